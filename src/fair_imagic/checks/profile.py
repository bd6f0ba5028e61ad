"""A profile: the requirements of one archive or standard, as a folder of shapes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError, InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import LANGUAGES, _
from fair_imagic.rdf import expand, iri, language_of, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.rdf import Term, Triple

__all__ = ["MANIFEST", "Profile", "read_profile"]

MANIFEST = "profile.ttl"

_TYPE = iri("rdf:type")
_PROFILE = iri("prof:Profile")
_BOOLEANS = {"true": True, "false": False}
# "model" are the rules that are generated from the model.
_TOKEN = re.compile(r"(?!model$)[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The requirements of one target.

    ``about`` are the root classes: where none of them has a node there is nothing to
    check. ``also_about`` are classes whose frozen copies (people, organisations) get
    points too. ``parents`` are tokens; ``ancestors`` the same profiles found, nearest
    first. ``blocks`` says whether a broken must stops a publication. ``checks`` names
    what is looked at, such as the landing page; nothing means the records themselves.
    ``gaps`` are what these requirements do not look at of what they are named after.
    ``beside`` are the tokens of requirements whose points stop it too, though they are
    not its own: an archive's profile is not met where the law forbids what it is for.
    One that is only there for that is not ``asked``: what stops nothing fails nothing.
    """

    token: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    version: str
    parents: tuple[str, ...]
    about: tuple[str, ...]
    also_about: tuple[str, ...]
    blocks: bool
    folder: Path
    shapes: tuple[Path, ...]
    ancestors: tuple[Profile, ...] = ()
    checks: str = ""
    gaps: tuple[Gap, ...] = ()
    beside: tuple[str, ...] = ()
    asked: bool = True

    @property
    def lineage(self) -> tuple[Profile, ...]:
        """Return the profile itself, then its ancestors."""
        return (self, *self.ancestors)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return the tokens of the lineage."""
        return tuple(profile.token for profile in self.lineage)

    @property
    def scope(self) -> frozenset[str]:
        """Return the classes whose context nodes get points."""
        return frozenset((*self.about, *self.also_about))

    @property
    def all_gaps(self) -> tuple[Gap, ...]:
        """Return what neither these requirements nor their ancestors look at."""
        return tuple(gap for profile in self.lineage for gap in profile.gaps)


def read_profile(folder: Path) -> Profile:
    """Return the profile of a folder, its parents not yet looked up.

    Raises :class:`~fair_imagic.errors.InputError` where the manifest misses a part.
    """
    manifest = _Manifest(folder / MANIFEST)
    return Profile(
        token=manifest.name(),
        title=manifest.texts("dcterms:title"),
        description=manifest.texts("dcterms:description"),
        version=manifest.one("dcat:version"),
        parents=tuple(_token(text) for text in manifest.all("prof:isProfileOf")),
        about=manifest.some("fi:about"),
        also_about=manifest.all("fi:alsoAbout"),
        blocks=manifest.yes_or_no("fi:blocks"),
        folder=folder,
        shapes=tuple(p for p in sorted(folder.glob("*.ttl")) if p.name != MANIFEST),
        checks=manifest.at_most_one("fi:checks"),
        gaps=manifest.gaps(),
    )


def _token(profile_iri: str) -> str:
    return profile_iri.rstrip("/").rpartition("/")[2]


class _Description:
    """What one profile.ttl says of one node."""

    def __init__(self, path: Path, triples: Iterable[Triple], subject: Term) -> None:
        self.path = path
        self.statements = [(p, o) for s, p, o in triples if s == subject]

    def terms(self, name: str) -> Iterator[Term]:
        wanted = iri(name)
        return (o for p, o in self.statements if p == wanted)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(text_of(term) for term in self.terms(name)))

    def some(self, name: str) -> tuple[str, ...]:
        values = self.all(name)
        if not values:
            raise self._missing(name)
        return values

    def one(self, name: str) -> str:
        values = self.some(name)
        if len(values) > 1:
            raise self._missing(name, found=", ".join(values))
        return values[0]

    def at_most_one(self, name: str) -> str:
        return self.one(name) if self.all(name) else ""

    def texts(self, name: str) -> dict[str, str]:
        found = {language_of(term): text_of(term) for term in self.terms(name)}
        for language in LANGUAGES:
            if not found.get(language):
                raise self._missing(f"{name} @{language}")
        return {language: found[language] for language in LANGUAGES}

    def _missing(self, name: str, *, found: str = "") -> InputError:
        return _incomplete(self.path, name, found=found)


class _Manifest(_Description):
    """What profile.ttl says of the profile that it describes."""

    def __init__(self, path: Path) -> None:
        triples = list(parse(path, format="ttl"))
        subjects = [s for s, p, o in triples if (p, o) == (_TYPE, _PROFILE)]
        if len(subjects) != 1:
            raise _incomplete(path, "prof:Profile", found=str(len(subjects)))
        super().__init__(path, triples, subjects[0])
        self._triples = triples

    def yes_or_no(self, name: str) -> bool:
        word = self.one(name)
        if word not in _BOOLEANS:
            raise InputError(
                _("These requirements do not say whether they stop a publication"),
                where=str(self.path),
                expected=f"{name} true / false",
                found=word,
            )
        return _BOOLEANS[word]

    def name(self) -> str:
        """Return the token: it stands in codes, options and names of files."""
        token = self.one("dcterms:identifier")
        if not _TOKEN.fullmatch(token):
            raise InputError(
                _("Requirements cannot have this name"),
                where=str(self.path),
                expected=_("letters without accents, digits and - only"),
                found=f"dcterms:identifier “{token}”",
            )
        return token

    def gaps(self) -> tuple[Gap, ...]:
        """Return what the requirements do not look at, sorted by name."""
        gaps = [self._gap(node) for node in self.terms("fi:gap")]
        for code, count in Counter(gap.code for gap in gaps).items():
            if count > 1:
                raise _incomplete(self.path, f"fi:gap “{code}”", found=str(count))
        return tuple(sorted(gaps, key=lambda gap: gap.code))

    def _gap(self, node: Term) -> Gap:
        about = _Description(self.path, self._triples, node)
        code = about.one("dcterms:identifier")
        try:
            return Gap(code, about.texts("dcterms:description"))
        except ConfigurationError as error:
            raise InputError(
                error.message,
                where=str(self.path),
                expected=error.expected,
                found=error.found,
            ) from error


def _incomplete(path: Path, name: str, *, found: str = "") -> InputError:
    return InputError(
        _("The description of these requirements is not complete"),
        where=str(path),
        expected=_("exactly one {name}").format(name=name),
        found=found,
        hint=_("Add {iri} to the file").format(iri=expand(name)),
    )
