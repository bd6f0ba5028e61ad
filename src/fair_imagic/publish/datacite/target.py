"""The publication target DataCite: draft, compare, publish, confirm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fair_imagic.documents.datacite.xml_writer import to_xml
from fair_imagic.errors import ConflictError, RemoteRefusedError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.publish.address import landing_page_of
from fair_imagic.publish.base import (
    Badge,
    Package,
    PageForm,
    Receipt,
    RemoteState,
    Role,
    Target,
)
from fair_imagic.publish.datacite.attributes import attributes_of
from fair_imagic.publish.datacite.doi import PRACTICE_PREFIX, doi_for
from fair_imagic.publish.datacite.service import open_service
from fair_imagic.publish.plain_text import has_markup
from fair_imagic.publish.setting import ADDRESS, TargetSetting
from fair_imagic.publish.settings import values_of
from fair_imagic.publish.study import read_study, said, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Progress, Published
    from fair_imagic.publish.study import Study

__all__ = ["TARGET", "DataCite"]

_KERNEL = "datacite.xml"
_BADGES = {
    "absent": Badge("no DOI yet", "pas encore de DOI", "waiting"),
    "draft": Badge(
        "reserved, does not open yet", "réservé, inactif pour l'instant", "waiting"
    ),
    "registered": Badge("opens, not searchable", "actif, non référencé", "waiting"),
    "findable": Badge("public", "public", "done"),
}


_SETTINGS = (
    TargetSetting(
        name="doi_prefix",
        default=PRACTICE_PREFIX,
        text=both("DOI prefix; 10.99999 is for practice only"),
        plain="doi_prefix",
    ),
    TargetSetting(
        name="url",
        text=both("Address of the DataCite REST API"),
        kind=ADDRESS,
        required=True,
    ),
    TargetSetting(name="user", text=both("DataCite repository account"), required=True),
    TargetSetting(
        name="password",
        text=both("Password of that account"),
        required=True,
        secret=True,
    ),
    TargetSetting(
        name="xsd", text=both("Folder with DataCite's official XSD, if you have it")
    ),
)
_GAPS = (
    Gap("image-files", both("The images themselves: they stay where they are")),
    Gap(
        "structured-settings",
        both("Channels, objectives and detectors as structured data (sent as a text)"),
    ),
    Gap(
        "processing-parameters",
        both("Processing parameters and versions of libraries"),
    ),
    Gap("microscope-quality", both("Quality measurements of the microscope")),
    Gap(
        "markup",
        both("Markup in texts (such as <b>): their words are sent without it"),
    ),
)
_JSON = PageForm(
    ending="json",
    media_type="application/vnd.datacite.datacite+json",
    title="DataCite JSON",
)
_XML = PageForm(
    ending="xml",
    media_type="application/vnd.datacite.datacite+xml",
    title="DataCite XML",
    profile="http://datacite.org/schema/kernel-4",
)


class DataCite(Target):
    """DOIs for publication sets, created exactly once."""

    token = "datacite"  # noqa: S105  (a name, no secret)
    title = "DataCite DOI"
    role = Role.PAGE
    profiles = ("set", "ethics", "nboq-tier-1", "datacite")
    badges: Mapping[str, Badge] = _BADGES
    irreversible = both(
        "A DOI will be created and made public. A public DOI stays for ever: it can"
        " be corrected and withdrawn, but never deleted."
    )
    settings = _SETTINGS
    sandbox = "fair_imagic.sandbox.datacite:PRACTICE"
    gaps = _GAPS
    page_forms = (_XML, _JSON)

    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        key: str = "",
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return attributes and kernel-4.7 XML; the images stay where they are."""
        del sources
        study = read_study(snapshot)
        doi = key or self.key_for(snapshot, settings)
        landing = landing_page_of(settings, snapshot.root)
        attributes = attributes_of(
            study,
            snapshot,
            doi=doi,
            landing_page=landing,
            settings=settings,
            published=published,
        )
        return Package(
            target=self.token,
            key=doi,
            subject=snapshot.root,
            snapshot_hash=snapshot.hash,
            version=version_of(snapshot),
            files=_files(attributes),
            payload=attributes,
            landing_page=landing,
            lost=_lost(study),
        )

    def key_for(
        self, snapshot: Snapshot, settings: Settings, *, counter: int = 0
    ) -> str:
        """Return the DOI that this version of the record has or would get."""
        return doi_for(
            values_of(self, settings)["doi_prefix"],
            facility_key=settings.facility_key,
            record=snapshot.root.removeprefix(settings.base_iri),
            version=version_of(snapshot),
            counter=counter,
        )

    def twins(self, package: Package, settings: Settings) -> tuple[str, ...]:
        """Return the DOIs of the account that lead to the same page, same version."""
        service = open_service(self, settings)
        if service.get(package.key) is not None:
            return ()
        same = [
            str(one["doi"]).lower()
            for one in service.leading_to(package.landing_page)
            if (one.get("version") or "1.0") == package.version
        ]
        return tuple(sorted({*same} - {package.key.lower()}))

    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return what our rules, and the official XSD where configured, object to."""
        from fair_imagic.checks.point import Points
        from fair_imagic.publish.datacite.official import official_points
        from fair_imagic.publish.datacite.rules import points_to_fix

        titles = package.payload.get("titles") or [{}]
        points = Points(self.token, package.subject, str(titles[0].get("title", "")))
        found = [*points_to_fix(package.payload, points)]
        if settings is not None:
            found += _practice_points(package, settings, points)
            xsd = values_of(self, settings)["xsd"]
            if xsd and _KERNEL in package.files:
                found += official_points(package.files[_KERNEL], xsd, points)
        return tuple(found)

    def submit(
        self,
        package: Package,
        key: str,
        settings: Settings,
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Reserve the DOI, compare what is held, publish, and confirm.

        Every step may be repeated: after a lost answer the same call completes.
        """
        service = open_service(self, settings)
        tell = progress or _silent
        tell(0, 3, _("Reserving {doi}").format(doi=key))
        _refuse_foreign(service.get(key), package)
        sent = {name: package.payload[name] for name in package.payload}
        service.put(key, sent)
        tell(1, 3, _("Comparing what DataCite holds"))
        held = service.get(key)
        _compare(held or {}, sent, key)
        if (held or {}).get("state") != "findable":
            tell(2, 3, _("Making {doi} public").format(doi=key))
            service.put(key, {"event": "publish", "url": package.landing_page})
            held = service.get(key)
        return _receipt(held or {}, key)

    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return what DataCite holds under the DOI."""
        held = open_service(self, settings).get(key)
        if held is None:
            return RemoteState(exists=False, state="absent")
        return RemoteState(
            exists=True,
            state=str(held.get("state", "draft")),
            identifier=f"https://doi.org/{key}",
            url=str(held.get("url") or ""),
            final=held.get("state") == "findable",
            raw=held,
        )

    def page_documents(self, package: Package) -> Mapping[str, str]:
        """Return the attributes as JSON and, where it can hold them, the kernel XML."""
        text = json.dumps(package.payload, indent=1, ensure_ascii=False)
        found = {_JSON.media_type: text}
        if _KERNEL in package.files:
            found[_XML.media_type] = package.files[_KERNEL].decode()
        return found


def _silent(_done: int, _total: int, _text: str) -> None:
    """Tell nobody."""


def _files(attributes: dict[str, Any]) -> dict[str, bytes]:
    body = {"data": {"type": "dois", "attributes": attributes}}
    text = json.dumps(body, indent=2, ensure_ascii=False, sort_keys=True)
    files = {"datacite.json": text.encode()}
    try:
        files[_KERNEL] = to_xml(attributes)
    except (ValueError, TypeError, KeyError):
        return files  # the rules say what is wrong; XML cannot hold it
    return files


def _lost(study: Study) -> tuple[Gap, ...]:
    met = {
        "image-files": bool(study.files),
        "structured-settings": bool(study.images),
        "processing-parameters": bool(study.runs),
        "microscope-quality": bool(study.instruments),
        "markup": any(map(has_markup, _texts_of_people(study))),
    }
    return tuple(gap for gap in _GAPS if met[gap.code])


def _texts_of_people(study: Study) -> list[str]:
    record = study.record
    texts = [
        record.title,
        record.description,
        record.funding_statement,
        record.acknowledgements,
        *record.keywords,
        *(sample.preparation_protocol for sample in study.samples),
    ]
    return list(map(said, texts))


def _practice_points(
    package: Package, settings: Settings, points: Points
) -> list[Finding]:
    """Return what is fine for practice only: the prefix, a page on this machine."""
    found: list[Finding] = []
    if settings.practice_mode:
        return found
    if package.key.startswith(f"{PRACTICE_PREFIX}/"):
        found.append(
            points.make(
                "practice-prefix",
                message="{value} has a prefix for practice, not a real DOI prefix",
                repair="Enter your DOI prefix in the setting doi_prefix",
                place="doi",
                value=package.key,
            )
        )
    if urlsplit(package.landing_page).hostname in ("127.0.0.1", "localhost", "::1"):
        found.append(
            points.make(
                "landing-page-not-public",
                message="Readers cannot reach the page {value}",
                repair="Enter the public address of the service in public_url",
                place="url",
                value=package.landing_page,
            )
        )
    return found


def _refuse_foreign(held: dict[str, Any] | None, package: Package) -> None:
    """Refuse a DOI that already names something else."""
    if held is None or not held.get("titles"):
        return
    names = {
        str(one.get("alternateIdentifier"))
        for one in held.get("alternateIdentifiers") or held.get("identifiers") or []
    } | {str(one.get("identifier")) for one in held.get("identifiers") or []}
    if package.subject in names or held.get("url") == package.landing_page:
        return
    raise ConflictError(
        _("This DOI already names something else"),
        where=package.key,
        expected=package.landing_page,
        found=str(held.get("url")),
        hint=_("Raise the version of the publication set to get another DOI."),
    )


def _compare(held: dict[str, Any], sent: dict[str, Any], doi: str) -> None:
    """Refuse to publish a draft that is not what was sent."""
    for name, ours, theirs in (
        ("titles", _texts(sent, "titles", "title"), _texts(held, "titles", "title")),
        (
            "creators",
            _texts(sent, "creators", "name"),
            _texts(held, "creators", "name"),
        ),
        (
            "publicationYear",
            str(sent.get("publicationYear")),
            str(held.get("publicationYear")),
        ),
        ("url", sent.get("url"), held.get("url")),
    ):
        if ours != theirs:
            raise RemoteRefusedError(
                _("DataCite holds another {name} than the one sent").format(name=name),
                where=doi,
                body=f"{theirs!r}",
                hint=_("The DOI stays reserved. Publish again, or tell the facility."),
            )


def _texts(record: dict[str, Any], name: str, key: str) -> list[str]:
    return [str(one.get(key)) for one in record.get(name) or []]


def _receipt(held: dict[str, Any], doi: str) -> Receipt:
    if held.get("state") != "findable":
        raise RemoteRefusedError(
            _("DataCite did not make the DOI public"),
            where=doi,
            body=str(held.get("state")),
            hint=_("The DOI stays reserved. Publish again, or tell the facility."),
        )
    return Receipt(
        identifier=f"https://doi.org/{doi}",
        url=str(held.get("url") or ""),
        remote_state="findable",
        raw={"state": held.get("state"), "url": held.get("url"), "doi": doi},
    )


TARGET = DataCite()
