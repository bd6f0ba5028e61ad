"""What a publication target is: a package, a receipt, a remote state, one protocol.

A target is one package under :mod:`fair_imagic.publish` (or of another distribution)
registered in the entry point group ``fair_imagic.targets``. ``build`` and ``inspect``
are pure; only ``submit`` and ``reconcile`` talk to the archive.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.resources import installed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot

    Progress = Callable[[int, int, str], None]
    Json = dict[str, Any]

__all__ = [
    "RESOLVERS",
    "Badge",
    "Package",
    "Published",
    "Receipt",
    "RemoteState",
    "Sources",
    "Target",
    "available",
    "load",
]

GROUP = "fair_imagic.targets"
BUILT_IN = {
    "datacite": "fair_imagic.publish.datacite:TARGET",
    "bioimage-archive": "fair_imagic.publish.bioimage_archive:TARGET",
    "software-heritage": "fair_imagic.publish.software_heritage:TARGET",
}

#: Target -> what an identifier is put behind to make the address of its page.
RESOLVERS = {
    "bioimage-archive": "https://www.ebi.ac.uk/biostudies/bioimages/studies/",
    "software-heritage": "https://archive.softwareheritage.org/",
}

#: Where the bytes are: IRI of a file (or software) record -> path of the file (folder).
Sources = "Mapping[str, Path]"


@dataclass(frozen=True, kw_only=True)
class Published:
    """One thing that is already public: what it is about, where, under which name.

    ``identifier`` is the full form (``https://doi.org/10...``, ``S-BIAD...``,
    ``swh:1:dir:...``).
    """

    of: str
    target: str
    identifier: str
    url: str = ""
    published_at: str = ""

    @property
    def address(self) -> str:
        """The archive's own page about it; empty where nothing tells."""
        start = RESOLVERS.get(self.target, "")
        if start and not self.identifier.startswith("http"):
            return start + self.identifier
        return self.identifier if self.identifier.startswith("http") else self.url


@dataclass(frozen=True, kw_only=True)
class Package:
    """Exactly what would be sent to a target.

    ``key`` is chosen before the first call and names the deposit for ever: a repeated
    submission with the same key never makes a second one. ``attachments`` are files
    that are streamed from where they are; ``lost`` says what the target cannot carry.
    """

    target: str
    key: str
    subject: str
    snapshot_hash: str
    version: str = "1.0"
    files: Mapping[str, bytes] = field(default_factory=dict)
    payload: Json = field(default_factory=dict)
    attachments: Mapping[str, Path] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    landing_page: str = ""
    lost: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 over payload, files and attachment names."""
        digest = hashlib.sha256(json.dumps(self.payload, sort_keys=True).encode())
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name])
        digest.update("\0".join(sorted(self.attachments)).encode())
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the archive answered: identifier in full form, address, its own state.

    ``final`` is false while the archive still works on the deposit: ask again.
    """

    identifier: str
    url: str
    remote_state: str
    final: bool = True
    raw: Json = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RemoteState:
    """What the archive holds under a key now."""

    exists: bool
    state: str = ""
    identifier: str = ""
    url: str = ""
    final: bool = False
    raw: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Badge:
    """A remote state in words, and whether it is the end of the way.

    ``kind`` is ``done``, ``waiting`` or ``failed``.
    """

    en: str
    fr: str
    kind: str


class Target(Protocol):
    """One place where a record can be published."""

    token: str
    title: str
    profiles: tuple[str, ...]
    badges: Mapping[str, Badge]

    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return what would be sent; pure, and the same for the same input."""
        ...

    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return what the archive would refuse or spoil."""
        ...

    def submit(
        self,
        package: Package,
        key: str,
        settings: Settings,
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Send the package; repeating it after a lost answer makes no second deposit.

        Raises RemoteUnavailableError (outcome unknown) or RemoteRefusedError.
        """
        ...

    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return what the archive holds under the key."""
        ...


def available() -> dict[str, Target]:
    """Return every target by its token: the built-in ones and the installed ones."""
    found = {token: _built_in(place) for token, place in BUILT_IN.items()}
    for entry in installed(GROUP):
        if entry.name not in found:
            found[entry.name] = entry.load()
    return found


def _built_in(place: str) -> Target:
    from importlib import import_module

    module, _colon, name = place.partition(":")
    target: Target = getattr(import_module(module), name)
    return target


def load(token: str) -> Target:
    """Return the target of that name; NotFoundError lists the names there are."""
    targets = available()
    if token not in targets:
        raise NotFoundError(
            _("There is no publication target {token}").format(token=token),
            expected=", ".join(sorted(targets)),
            found=token,
        )
    return targets[token]
