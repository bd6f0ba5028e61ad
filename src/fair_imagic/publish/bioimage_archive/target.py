"""The publication target BioImage Archive: upload, validate, submit, read back."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.section import texts, title_of
from fair_imagic.errors import InputError, RemoteRefusedError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.model import with_public_types
from fair_imagic.publish.address import landing_page_of
from fair_imagic.publish.base import (
    Badge,
    Package,
    Receipt,
    RemoteState,
    Role,
    Target,
)
from fair_imagic.publish.bioimage_archive.naming import name_table
from fair_imagic.publish.bioimage_archive.service import open_service
from fair_imagic.publish.bioimage_archive.submission import (
    METADATA_FILE,
    submission_of,
)
from fair_imagic.publish.setting import ADDRESS, TargetSetting
from fair_imagic.publish.study import read_study, said, version_of
from fair_imagic.rdf import to_turtle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Progress, Published
    from fair_imagic.publish.bioimage_archive.service import Service
    from fair_imagic.publish.study import Study

__all__ = ["TARGET", "BioImageArchive"]

_PAGETAB = "submission.json"
_BADGES = {
    "absent": Badge("not submitted", "non soumis", "waiting"),
    "INVALID": Badge("refused by the archive", "refusé par l'archive", "failed"),
    "SUBMITTED": Badge("received, being read", "reçu, en cours de lecture", "waiting"),
    "PROCESSED": Badge(
        "accepted, released on its date", "accepté, public à sa date", "done"
    ),
}


_SETTINGS = (
    TargetSetting(
        name="url",
        text=both("Address of the BioStudies submission API"),
        kind=ADDRESS,
        required=True,
        plain="biostudies_url",
    ),
    TargetSetting(
        name="user",
        text=both("BioStudies account"),
        required=True,
        plain="biostudies_user",
    ),
    TargetSetting(
        name="password",
        text=both("Password of that account"),
        required=True,
        secret=True,
        plain="biostudies_password",
    ),
)
_GAPS = (
    Gap(
        "structured-settings",
        both(
            "Channels and microscope settings as structured data of the archive (sent"
            " as a text, and whole in the file nboq-metadata.ttl)"
        ),
    ),
    Gap("microscope-quality", both("Quality measurements of the microscope")),
    Gap("contributors", both("Contributors who are not authors")),
    Gap(
        "processing-parameters",
        both(
            "Processing parameters (the name of the method is sent; they are only in"
            " the file nboq-metadata.ttl)"
        ),
    ),
)
_STUDIES = "https://www.ebi.ac.uk/biostudies/bioimages/studies/"


class BioImageArchive(Target):
    """Submissions with a BioImage Archive accession."""

    token = "bioimage-archive"  # noqa: S105  (a name, no secret)
    title = "BioImage Archive"
    role = Role.COPY
    profiles = ("set", "ethics", "nboq-tier-1", "bioimage-archive")
    badges: Mapping[str, Badge] = _BADGES
    irreversible = both(
        "The images and their description will be submitted to the BioImage"
        " Archive. After its release a study cannot be deleted by you."
    )
    settings = _SETTINGS
    sandbox = "fair_imagic.sandbox.biostudies:PRACTICE"
    gaps = _GAPS

    def address_of(self, identifier: str) -> str:
        """Return the archive's page of an accession."""
        return f"{_STUDIES}{identifier}"

    def host(self, settings: Settings) -> Mapping[str, Any]:
        """Return the archive as the host of a plan."""
        del settings
        return {
            "title": "BioImage Archive",
            "url": "https://www.ebi.ac.uk/bioimage-archive/",
            "description": "EMBL-EBI's archive of biological images",
            "geo_location": "GB",
            "pid_system": ["other", "doi"],
            "support_versioning": "yes",
        }

    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        key: str = "",
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return PageTab, file lists and metadata file, and which files go along."""
        study = read_study(snapshot)
        key = key or self.key_for(snapshot, settings)
        made = submission_of(
            study,
            snapshot,
            released=max(said(study.record.issued), (snapshot.taken_at or "")[:10]),
            root_path=key,
            published=published,
        )
        places = sources or {}
        named = {made.names[file.iri]: file.iri for file in study.files}
        return Package(
            target=self.token,
            key=key,
            subject=snapshot.root,
            snapshot_hash=snapshot.hash,
            version=version_of(snapshot),
            files={
                **made.lists,
                METADATA_FILE: _metadata(snapshot),
                _PAGETAB: _text(made.pagetab),
            },
            payload=made.pagetab,
            attachments={
                name: places[iri] for name, iri in named.items() if iri in places
            },
            missing=tuple(name for name, iri in named.items() if iri not in places),
            renamed=name_table(study.files, made.names),
            landing_page=landing_page_of(settings, snapshot.root),
            lost=_lost(study),
        )

    def key_for(
        self, snapshot: Snapshot, settings: Settings, *, counter: int = 0
    ) -> str:
        """Return the folder that names the submission for ever: ``imagic-...``."""
        record = snapshot.root.removeprefix(settings.base_iri)
        named = f"{settings.facility_key}\n{record}\n{counter}"
        return f"imagic-{hashlib.sha256(named.encode()).hexdigest()[:20]}"

    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return what back end, form and ingest of the archive object to."""
        from fair_imagic.checks.point import Points
        from fair_imagic.publish.bioimage_archive.rules import (
            file_points,
            points_to_fix,
        )

        del settings
        section = package.payload["section"]
        points = Points(self.token, package.subject, title_of(section))
        lists = {
            name: content
            for name, content in package.files.items()
            if name.endswith(".tsv")
        }
        found = [*points_to_fix(package.payload, points)]
        return (*found, *file_points(lists, package.missing, points))

    def submit(
        self,
        package: Package,
        key: str,
        settings: Settings,
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Send the files, let the archive check the lists, submit, read back.

        A submission that the archive already holds from the same folder is updated
        under its accession, or only confirmed where nothing differs.
        """
        if package.missing:
            raise InputError(
                _("Files of the submission were not found"),
                found=", ".join(package.missing[:10]),
                hint=_("Make the folder of the images available again."),
            )
        service = open_service(self, settings)
        held = service.find(key)
        if held is None or not _same(held, package.payload):
            _upload(service, package, key, progress)
            held = _submit(service, package, held)
        accession = str(held.get("accno", ""))
        return Receipt(
            identifier=accession,
            url=self.address_of(accession),
            remote_state="PROCESSED",
            raw={"accno": accession},
        )

    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return the submission that was sent from the folder of this key."""
        held = open_service(self, settings).find(key)
        if held is None:
            return RemoteState(exists=False, state="absent")
        accession = str(held.get("accno", ""))
        return RemoteState(
            exists=True,
            state="PROCESSED",
            identifier=accession,
            url=self.address_of(accession),
            final=True,
            raw={"accno": accession},
        )


def _upload(
    service: Service, package: Package, key: str, progress: Progress | None
) -> None:
    contents: dict[str, bytes | Path] = {
        **package.attachments,
        **{name: data for name, data in package.files.items() if name != _PAGETAB},
    }
    for number, name in enumerate(sorted(contents)):
        if progress is not None:
            progress(number, len(contents), name)
        path = PurePosixPath(name)
        folder = PurePosixPath(key) / path.parent
        service.upload(str(folder), path.name, contents[name])
    for name in sorted(package.files):
        if name.endswith(".tsv"):
            service.validate_list(name, root_path=key)


def _submit(
    service: Service, package: Package, held: dict[str, Any] | None
) -> dict[str, Any]:
    accession = {"accno": held["accno"]} if held and held.get("accno") else {}
    answer = service.submit({**accession, **package.payload})
    accno = str(answer.get("accno") or answer.get("accNo") or "")
    if not accno:
        raise RemoteRefusedError(
            _("The BioImage Archive gave no accession"),
            where=service.url,
            body=json.dumps(answer)[:1000],
            hint=_("Publish again: a submission that arrived is found by its files."),
        )
    return service.read(accno)


def _same(held: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Return whether the archive holds what would be sent, by its plain parts."""
    ours, theirs = sent["section"], held.get("section") or {}
    names = ("Title", "Description", "Keywords", "License", "ReleaseDate")
    return (
        all(texts(ours, name) == texts(theirs, name) for name in names)
        and _urls(ours) == _urls(theirs)
        and len(ours.get("subsections", [])) == len(theirs.get("subsections", []))
    )


def _urls(section: dict[str, Any]) -> list[str]:
    return [str(one.get("url")) for one in section.get("links", [])]


def _metadata(snapshot: Snapshot) -> bytes:
    return to_turtle(sorted(set(with_public_types(snapshot.public_own)))).encode()


def _text(pagetab: dict[str, Any]) -> bytes:
    return json.dumps(pagetab, indent=1, ensure_ascii=False).encode()


def _lost(study: Study) -> tuple[Gap, ...]:
    met = {
        "structured-settings": bool(study.images),
        "microscope-quality": bool(study.instruments),
        "contributors": bool(study.contributors),
        "processing-parameters": bool(study.runs),
    }
    return tuple(gap for gap in _GAPS if met[gap.code])


TARGET = BioImageArchive()
