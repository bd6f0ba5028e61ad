"""The target: a folder with data/, metadata/ and a manifest of checksums."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.point import Points
from fair_imagic.errors import InputError, RemoteRefusedError, RemoteUnavailableError
from fair_imagic.files import confined, sha256_of, write_atomically
from fair_imagic.gaps import Gap
from fair_imagic.publish import (
    Badge,
    Package,
    Receipt,
    RemoteState,
    Role,
    Target,
    TargetSetting,
    landing_page_of,
)
from fair_imagic.publish.setting import FOLDER, START
from fair_imagic.publish.settings import needed, values_of
from fair_imagic.publish.study import read_study, said
from fair_imagic.rdf import to_turtle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.publish import Published
    from fair_imagic.publish.base import Progress

_MANIFEST = "manifest-sha256.txt"
_METADATA = "metadata/set.ttl"
_BADGES = {
    "absent": Badge("not copied", "non copié", "waiting"),
    "copied": Badge("copied whole", "copié en entier", "done"),
}
_IRREVERSIBLE = {
    "en": "The set is copied into the folder archive, where nobody deletes it.",
    "fr": "Le jeu est copié dans l'archive en dossiers, où personne ne l'efface.",
}
_SETTINGS = (
    TargetSetting(
        name="folder",
        text={
            "en": "Folder that the sets are copied into",
            "fr": "Dossier dans lequel les jeux sont copiés",
        },
        kind=FOLDER,
        required=True,
    ),
    TargetSetting(
        name="page",
        text={
            "en": "Start of the addresses of the archive's own pages (ends with /)",
            "fr": "Début des adresses des pages de l'archive (finit par /)",
        },
        default="https://folder-archive.example.org/",
        kind=START,
    ),
)
_GAPS = (
    Gap(
        "scripts",
        {
            "en": "The scripts that belong to the set",
            "fr": "Les scripts qui appartiennent au jeu",
        },
    ),
)


class FolderArchive(Target):
    """Copies of sets in a folder, each copied once."""

    token = "folder-archive"
    title = "Folder archive"
    role = Role.COPY
    profiles = ("set", "ethics", "folder-archive")
    badges = _BADGES
    irreversible = _IRREVERSIBLE
    settings = _SETTINGS
    sandbox = "folder_archive.practice:PRACTICE"
    gaps = _GAPS

    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        key: str = "",
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return manifest and metadata, and which files go along."""
        del published
        study, places = read_study(snapshot), sources or {}
        names = {
            f"data/{number}/{said(file.path)}": file
            for number, file in enumerate(study.files)
        }
        version = said(study.record.version) or "1.0"
        named = f"{snapshot.root.removeprefix(settings.base_iri)}\n{version}"
        metadata = to_turtle(snapshot.public_own).encode()
        sums = {name: said(file.sha256) for name, file in names.items()}
        sums[_METADATA] = hashlib.sha256(metadata).hexdigest()
        lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
        return Package(
            target=self.token,
            key=key or f"set-{hashlib.sha256(named.encode()).hexdigest()[:16]}",
            subject=snapshot.root,
            snapshot_hash=snapshot.hash,
            version=version,
            files={_METADATA: metadata, _MANIFEST: "".join(lines).encode()},
            payload={"title": study.title, "version": version, "files": len(names)},
            attachments={
                name: places[file.iri]
                for name, file in names.items()
                if file.iri in places
            },
            missing=tuple(n for n, file in names.items() if file.iri not in places),
            landing_page=landing_page_of(settings, snapshot.root),
            lost=_GAPS if study.software else (),
        )

    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return the files that are not there."""
        del settings
        points = Points(self.token, package.subject, str(package.payload["title"]))
        return tuple(
            points.make(
                "file-not-found",
                message="The file {value} is not where it was imported from",
                repair="Make the folder of the images available again",
                place=name,
                value=name,
            )
            for name in package.missing
        )

    def submit(
        self,
        package: Package,
        key: str,
        settings: Settings,
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Copy into a folder beside, then give it its name: all or nothing."""
        if package.missing:
            raise InputError("Files were not found", found=", ".join(package.missing))
        archive = self._folder(settings)
        wanted = package.files[_MANIFEST]
        if not self._holds(archive, key, wanted):
            half = confined(archive, f"{key}.partial")
            shutil.rmtree(half, ignore_errors=True)
            for number, (name, source) in enumerate(package.attachments.items()):
                if progress is not None:
                    progress(number, len(package.attachments), name)
                place = confined(half, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, place)
            for name, content in package.files.items():
                place = confined(half, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(place, content)
            _compare(half, wanted)
            shutil.rmtree(confined(archive, key), ignore_errors=True)
            half.rename(confined(archive, key))
        return Receipt(identifier=key, url="", remote_state="copied")

    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return whether the folder is there."""
        if not (confined(self._folder(settings), key) / _MANIFEST).is_file():
            return RemoteState(exists=False, state="absent")
        return RemoteState(exists=True, state="copied", identifier=key, final=True)

    def host(self, settings: Settings) -> Mapping[str, Any]:
        """Return the archive as the host of a plan."""
        return {"title": self.title, "url": values_of(self, settings)["page"]}

    def _folder(self, settings: Settings) -> Path:
        folder = Path(needed(self, settings)["folder"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RemoteUnavailableError(
                "The folder archive cannot be reached", where=str(error.strerror)
            ) from error
        return folder

    def _holds(self, archive: Path, key: str, manifest: bytes) -> bool:
        kept = confined(archive, key) / _MANIFEST
        return kept.is_file() and kept.read_bytes() == manifest


def _compare(folder: Path, manifest: bytes) -> None:
    for line in manifest.decode().splitlines():
        digest, _two, name = line.partition("  ")
        if sha256_of(confined(folder, name)) != digest:
            raise RemoteRefusedError(
                "The copy is not what was checked", where=name, body=json.dumps(digest)
            )
