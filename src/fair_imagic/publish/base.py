"""What a publication target is: a package, a receipt, a remote state, one class.

A target is one package under :mod:`fair_imagic.publish` (or of another distribution)
registered in the entry point group ``fair_imagic.targets``, those that are built in
too. ``build`` and ``inspect`` are pure; only ``submit`` and ``reconcile`` talk to the
archive.
"""

from __future__ import annotations

import abc
import enum
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.publish.study import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.config import Settings
    from fair_imagic.gaps import Gap
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.setting import TargetSetting

    Progress = Callable[[int, int, str], None]
    Json = dict[str, Any]

__all__ = [
    "Badge",
    "Package",
    "PageForm",
    "Published",
    "Receipt",
    "RemoteState",
    "Role",
    "Sources",
    "Target",
]

#: Where the bytes are: IRI of a file (or software) record -> path of the file (folder).
Sources = "Mapping[str, Path]"


class Role(enum.StrEnum):
    """What a target keeps of a set, and with that what its identifier stands for.

    ``page``: it keeps a description; its identifier (a DOI) opens the facility's own
    page and is what the set is cited by. ``copy``: it keeps the files. ``software``: it
    keeps the scripts.
    """

    PAGE = "page"
    COPY = "copy"
    SOFTWARE = "software"


@dataclass(frozen=True, kw_only=True)
class Published:
    """One thing that is already public: what it is about, where, under which name.

    ``identifier`` is the full form (``https://doi.org/10...``, ``S-BIAD...``,
    ``swh:1:dir:...``); ``address`` is the archive's own page about it, empty where
    nothing tells; ``url`` is where readers find it. ``registry.published`` makes one.
    """

    of: str
    target: str
    role: Role
    title: str
    identifier: str
    address: str = ""
    url: str = ""
    published_at: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class PageForm:
    """A form of a package that the landing page offers for programs.

    ``ending`` makes its address (``metadata.xml``), ``profile`` the vocabulary of a
    typed link to it; without a profile there is no link.
    """

    ending: str
    media_type: str
    title: str
    profile: str = ""


@dataclass(frozen=True, kw_only=True)
class Package:
    """Exactly what would be sent to a target.

    ``key`` is chosen before the first call and names the deposit for ever: a repeated
    submission with the same key never makes a second one. ``attachments`` are files
    that are streamed from where they are; ``lost`` are the known gaps of the target
    that this set meets: what it has and the archive cannot carry. ``version`` is that
    of the subject: another one is another publication.
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
    lost: tuple[Gap, ...] = ()

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


class Target(abc.ABC):
    """One place where a record can be published, whole: nothing of it is elsewhere.

    A target is a subclass with these attributes and methods; the object is registered
    in the entry point group ``fair_imagic.targets`` under its token.

    Parameters
    ----------
    token
        Its stable name, in commands, settings and records.
    title
        Its name for people, the same in every language.
    role
        What it keeps, and what its identifier stands for.
    profiles
        The requirements that it is checked against, its own last.
    badges
        The archive's own states in words.
    irreversible
        What cannot be taken back after sending, in each language.
    settings
        Its settings, the table ``[target.<token>]``.
    hosts
        Hosts that it contacts beside those of its settings of the kind ``address``.
    sandbox
        Import text (``package.module:attribute``) of its practice archive; empty where
        there is none: then it is off in practice mode.
    gaps
        What it cannot carry or do.
    page_forms
        The forms of its packages that landing pages offer.
    """

    token: str
    title: str
    role: Role
    profiles: tuple[str, ...] = ()
    badges: Mapping[str, Badge]
    irreversible: Mapping[str, str]
    settings: tuple[TargetSetting, ...] = ()
    hosts: tuple[str, ...] = ()
    sandbox: str = ""
    gaps: tuple[Gap, ...] = ()
    page_forms: tuple[PageForm, ...] = ()

    @abc.abstractmethod
    def build(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        key: str = "",
        sources: Mapping[str, Path] | None = None,
        published: tuple[Published, ...] = (),
    ) -> Package:
        """Return what would be sent; pure, and the same for the same input.

        ``key`` is the one that this edition has already: it is never computed anew.
        """

    @abc.abstractmethod
    def inspect(
        self, package: Package, settings: Settings | None = None
    ) -> tuple[Finding, ...]:
        """Return what the archive would refuse or spoil."""

    @abc.abstractmethod
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

    @abc.abstractmethod
    def reconcile(self, key: str, settings: Settings) -> RemoteState:
        """Return what the archive holds under the key."""

    def edition(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return the record that is published, and its version: once for each."""
        return snapshot.root, version_of(snapshot)

    def twins(self, package: Package, settings: Settings) -> tuple[str, ...]:
        """Return other keys under which the archive has the same record and version.

        It is asked before the first publication of an edition: an older backup may have
        been restored since. Nothing where an archive cannot tell.
        """
        del package, settings
        return ()

    def address_of(self, identifier: str) -> str:
        """Return the archive's page about an identifier; empty where nothing tells."""
        return identifier if identifier.startswith("http") else ""

    def host(self, settings: Settings) -> Mapping[str, Any] | None:
        """Return the host (RDA DMP Common Standard) where it keeps things.

        None stands for the facility itself.
        """
        del settings
        return None

    def facts(self, identifier: str) -> tuple[tuple[str, str], ...]:
        """Return what the record learns from its identifier: pairs of slot and text."""
        del identifier
        return ()

    def page_documents(self, package: Package) -> Mapping[str, str]:
        """Return the texts of the page forms by media type, those that there are."""
        del package
        return {}

    def folder_states(self, folder: Path | None, *, identifier: str) -> Iterator[str]:
        """Yield in one word each what stands against sending a folder of scripts.

        ``identifier`` is the one under which it was archived, where it was; the words
        are those of the tests in ``checks.node_tests.stored``.
        """
        del folder, identifier
        yield from ()
