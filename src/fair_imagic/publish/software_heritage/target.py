"""The publication target Software Heritage: deposit once, follow, compare the SWHID."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.entry.identifier import is_swhid
from fair_imagic.errors import InputError, RemoteRefusedError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.model import PublicationSet, Software, slug, view
from fair_imagic.publish.address import landing_page_of
from fair_imagic.publish.base import (
    Badge,
    Package,
    Receipt,
    RemoteState,
    Role,
    Target,
)
from fair_imagic.publish.setting import ADDRESS, START, TargetSetting
from fair_imagic.publish.settings import values_of
from fair_imagic.publish.software_heritage.archive import read_folder, zipped
from fair_imagic.publish.software_heritage.entry import entry_xml
from fair_imagic.publish.software_heritage.folder import folder_states
from fair_imagic.publish.software_heritage.service import open_service
from fair_imagic.publish.software_heritage.swhid import directory_swhid
from fair_imagic.publish.study import read_agent, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Progress, Published
    from fair_imagic.publish.software_heritage.service import Deposit, Service

__all__ = ["TARGET", "SoftwareHeritage"]

_PATIENCE_S = 30.0
_BADGES = {
    "absent": Badge("not deposited", "non déposé", "waiting"),
    "partial": Badge("deposit begun", "dépôt commencé", "waiting"),
    "deposited": Badge("received, to be checked", "reçu, à vérifier", "waiting"),
    "verified": Badge("checked, to be loaded", "vérifié, à charger", "waiting"),
    "loading": Badge("being loaded", "chargement en cours", "waiting"),
    "rejected": Badge("refused by the archive", "refusé par l'archive", "failed"),
    "failed": Badge("loading failed", "échec du chargement", "failed"),
    "expired": Badge("given up", "abandonné", "failed"),
    "done": Badge("archived", "archivé", "done"),
}


_SETTINGS = (
    TargetSetting(
        name="url",
        text=both("Address of the Software Heritage deposit API"),
        kind=ADDRESS,
        required=True,
        plain="swh_url",
    ),
    TargetSetting(
        name="user",
        text=both("Software Heritage deposit account"),
        required=True,
        plain="swh_user",
    ),
    TargetSetting(
        name="password",
        text=both("Password of that account"),
        required=True,
        secret=True,
        plain="swh_password",
    ),
    TargetSetting(
        name="collection",
        text=both("Software Heritage deposit collection"),
        default="imagic",
        required=True,
        plain="swh_collection",
    ),
    TargetSetting(
        name="provider_url",
        text=both(
            "Start of the origins that the deposit account may use (ends with /)"
        ),
        default="https://fair-imagic.example.org/software/",
        kind=START,
        plain="swh_provider_url",
    ),
)
_GAPS = (
    Gap(
        "images-processed",
        both("Which images were processed with it (kept on their pages)"),
    ),
    Gap(
        "empty-folders",
        both("Empty folders, caches and the history of version control"),
    ),
)
_ARCHIVE = "https://archive.softwareheritage.org/"


@dataclass(frozen=True)
class SoftwareHeritage(Target):
    """Deposits of source folders, one for each version of a software record."""

    token = "software-heritage"  # noqa: S105  (a name, no secret)
    title = "Software Heritage"
    role = Role.SOFTWARE
    profiles = ("software-heritage",)
    irreversible = both(
        "The scripts will be archived for ever. Nothing can be taken out of the"
        " Software Heritage archive, not even on request of the authors."
    )
    settings = _SETTINGS
    sandbox = "fair_imagic.sandbox.sword:PRACTICE"
    gaps = _GAPS
    patience_s: float = _PATIENCE_S
    poll_s: float = 0.5

    @property
    def badges(self) -> Mapping[str, Badge]:  # type: ignore[override]
        """The deposit states in words."""
        return _BADGES

    def address_of(self, identifier: str) -> str:
        """Return the archive's page of a SWHID."""
        return f"{_ARCHIVE}{identifier}"

    def host(self, settings: Settings) -> Mapping[str, Any]:
        """Return the archive as the host of a plan."""
        del settings
        return {
            "title": "Software Heritage",
            "url": "https://www.softwareheritage.org/",
            "description": "The universal archive of software source code",
            "geo_location": "FR",
            "pid_system": ["other"],
            "support_versioning": "yes",
        }

    def facts(self, identifier: str) -> tuple[tuple[str, str], ...]:
        """Return that the software has this SWHID."""
        return (("fi:swhid", identifier),) if is_swhid(identifier) else ()

    def folder_states(self, folder: Path | None, *, identifier: str) -> Iterator[str]:
        """Yield in one word each what stands against depositing a folder."""
        yield from folder_states(folder, swhid=identifier)

    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        key: str = "",
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return entry and archive of the software (or of the set's only software).

        ``sources`` gives the folder of the software record.
        """
        del published
        software = view(Software, snapshot.graph, _software_of(snapshot))
        files = read_folder(_folder_of(software, sources or {}))
        key = key or _origin(software, values_of(self, settings))
        landing = landing_page_of(settings, snapshot.root)
        authors = tuple(read_agent(snapshot.graph, one) for one in software.authors)
        swhid = directory_swhid(files)
        return Package(
            target=self.token,
            key=key,
            subject=software.iri,
            snapshot_hash=snapshot.hash,
            version=_version_of(software),
            files={
                "entry.xml": entry_xml(
                    software, authors, origin=key, landing_page=landing
                ),
                "archive.zip": zipped(files),
            },
            payload={
                "origin": key,
                "swhid": swhid,
                "title": said(software.title),
                "version": said(software.version),
                "files": sorted(files),
            },
            landing_page=landing,
            lost=self.gaps,
        )

    def edition(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return the software of the set, and its version."""
        software = view(Software, snapshot.graph, _software_of(snapshot))
        return software.iri, _version_of(software)

    def key_for(
        self, snapshot: Snapshot, settings: Settings, *, counter: int = 0
    ) -> str:
        """Return the origin that names the deposit for ever."""
        del counter
        software = view(Software, snapshot.graph, _software_of(snapshot))
        return _origin(software, values_of(self, settings))

    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return what the deposit server would refuse or a reader would miss."""
        from fair_imagic.checks.point import Points
        from fair_imagic.publish.software_heritage.rules import (
            archive_points,
            entry_points,
        )

        points = Points(self.token, package.subject, str(package.payload["title"]))
        origin = str(package.payload["origin"])
        provider = origin.rsplit("/", 1)[0]
        if settings is not None:
            provider = values_of(self, settings)["provider_url"]
        return (
            *entry_points(package.files["entry.xml"], provider, points),
            *archive_points(package.files["archive.zip"], points),
        )

    def submit(
        self,
        package: Package,
        key: str,
        settings: Settings,
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Deposit unless the origin has one, then follow it until the archive is done.

        Returns a receipt that is not final where the archive takes longer than our
        patience: the same call later follows the same deposit.
        """
        service = open_service(self, settings)
        deposit = service.find(key)
        if deposit is None:
            deposit = service.create(
                package.files["archive.zip"],
                package.files["entry.xml"],
                name="archive.zip",
            )
        deposit = self._followed(service, deposit, progress)
        _refuse_failure(deposit)
        expected = str(package.payload["swhid"])
        if deposit.status == "done" and deposit.swhid != expected:
            raise RemoteRefusedError(
                _("Software Heritage archived something else than what was sent"),
                where=key,
                body=f"{deposit.swhid} instead of {expected}",
                hint=_("Compare the folder with the archive, raise the version."),
            )
        return Receipt(
            identifier=expected,
            url=self.address_of(expected),
            remote_state=deposit.status,
            final=deposit.status == "done",
            raw={"deposit": deposit.id, "context": deposit.swhid_context},
        )

    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return the deposit of the origin."""
        deposit = open_service(self, settings).find(key)
        if deposit is None:
            return RemoteState(exists=False, state="absent")
        return RemoteState(
            exists=True,
            state=deposit.status,
            identifier=deposit.swhid,
            url=self.address_of(deposit.swhid) if deposit.swhid else "",
            final=deposit.status == "done",
            raw={"deposit": deposit.id, "context": deposit.swhid_context},
        )

    def _followed(
        self, service: Service, deposit: Deposit, progress: Progress | None
    ) -> Deposit:
        # A crash inside the server's checker leaves a deposit waiting for ever.
        deadline = time.monotonic() + self.patience_s
        while deposit.status not in ("done", "rejected", "failed", "expired"):
            if time.monotonic() > deadline:
                return deposit
            if progress is not None:
                progress(0, 1, _BADGES.get(deposit.status, _BADGES["deposited"]).en)
            time.sleep(self.poll_s)
            deposit = service.status(deposit.id)
        return deposit if deposit.swhid else service.status(deposit.id)


def _software_of(snapshot: Snapshot) -> str:
    graph = snapshot.graph
    if Software.class_iri in graph.types(snapshot.root):
        return snapshot.root
    found = view(PublicationSet, graph, snapshot.root).software
    if len(found) != 1:
        raise InputError(
            _("The publication set must have exactly one software to deposit"),
            where=snapshot.root,
            found=", ".join(found) or _("none"),
            hint=_("Name the software record itself."),
        )
    return found[0]


def _folder_of(software: Software, sources: Mapping[str, Path]) -> Path:
    folder = sources.get(software.iri)
    if folder is None:
        raise InputError(
            _("The folder of the scripts of {name} is not known").format(
                name=said(software.title) or software.iri
            ),
            hint=_("Give the folder that holds the scripts."),
        )
    return folder


def _origin(software: Software, own: Mapping[str, str]) -> str:
    name = software.iri.rstrip("/").rpartition("/")[2]
    version = slug(_version_of(software))
    return f"{own['provider_url']}{slug(name)}/{version}"


def _version_of(software: Software) -> str:
    return said(software.version) or "1"


def _refuse_failure(deposit: Deposit) -> None:
    if deposit.status in ("rejected", "failed", "expired"):
        raise RemoteRefusedError(
            _("Software Heritage did not archive the deposit"),
            where=deposit.id,
            body=f"{deposit.status}: {deposit.detail}",
            hint=_("Correct the points named above, then publish again."),
        )


TARGET = SoftwareHeritage()
