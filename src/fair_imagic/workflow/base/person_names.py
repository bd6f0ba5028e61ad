"""Who is meant: people found by ORCID iD, e-mail address, name or short name.

A person's record has a name that says nothing; whoever names one goes through here.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
import weakref
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Catalogue, aliases
from fair_imagic.entry.character import cleaned
from fair_imagic.entry.identifier import orcid_in, orcid_of
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import ANSWERS, Organisation, Person, RecordGraph, mint, view
from fair_imagic.model.identifiers import slug
from fair_imagic.workflow.base.label import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Hit",
    "everybody",
    "find",
    "is_near",
    "is_shorter",
    "says_the_same",
    "the_person",
]

_MOST_SHOWN = 12
# "Ana Rous" for "Ana Roux"; less alike are other names.
_LIKENESS = 0.87

_lock = threading.Lock()
_read: weakref.WeakKeyDictionary[Catalogue, tuple[int, tuple[Hit, ...]]]
_read = weakref.WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A person, and what tells them apart from others; empty texts are not known."""

    record: str
    name: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    orcid: str = ""
    affiliation: str = ""
    roles: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The short name of the record."""
        return name_of(self.record)

    @property
    def words(self) -> str:
        """What tells the person apart, in one line."""
        known = (self.orcid, self.email, self.affiliation, self.id)
        told = ", ".join(filter(None, known))
        return f"{self.name} ({told})" if told else self.name

    @property
    def label(self) -> str:
        """What the person is called, and what tells them apart but for the record."""
        known = (self.name, self.orcid, self.email, self.affiliation)
        return ", ".join(filter(None, known))

    @functools.cached_property
    def keys(self) -> frozenset[tuple[str, ...]]:
        """The names that are this person's, as they are compared."""
        parts = f"{self.given_name} {self.family_name}"
        return frozenset(key for n in (self.name, parts) if (key := _key_of_name(n)))


def find(workspace: Workspace, text: str) -> tuple[Hit, ...]:
    """Return the people whom a text may mean, by name; none, or several, may be.

    What cannot be mistaken comes first: a record's name (those from before an upgrade
    too), then an ORCID iD, an e-mail address, and a full name, the family name first or
    last, or as ``ana-roux``. Capitals do not count, nor characters that nobody sees.
    """
    plain = cleaned(text).text
    people = everybody(workspace)
    record = _record_named(workspace, plain)
    orcid = orcid_in(plain)
    tests = (
        lambda one: one.record == record,
        lambda one: orcid is not None and one.orcid == orcid,
        lambda one: "@" in plain and one.email.casefold() == plain.casefold(),
        lambda one: _key_of_name(plain) in one.keys,
        # as records were named before: ``ana-roux``
        lambda one: plain == slug(plain) == slug(one.name),
    )
    for test in tests:
        hits = tuple(one for one in people if test(one))
        if hits:
            return hits
    return ()


def the_person(workspace: Workspace, text: str) -> Hit:
    """Return the person whom a text means.

    Raises NotFoundError with the names that there are, and InputError where it may be
    one of several: with what tells each of them apart.
    """
    hits = find(workspace, text)
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise InputError(
            _("Several people are meant by {name}").format(name=text),
            expected="; ".join(one.words for one in hits[:_MOST_SHOWN]),
            found=text,
            hint=_("Name the one by ORCID iD, e-mail address or short name."),
        )
    from fair_imagic.workflow.base.workspace import first_names

    names = [one.name for one in everybody(workspace)]
    raise NotFoundError(
        _("There is no {kind} named {name}").format(kind=_("person"), name=text),
        expected=first_names(names, near=text),
        hint=_("`fair-imagic person list` lists the people."),
    )


def everybody(workspace: Workspace) -> tuple[Hit, ...]:
    """Return all people who are not erased, by name."""
    catalogue = workspace.catalogue
    number = catalogue.last_number()
    with _lock:
        kept = _read.get(catalogue.whole)
    if kept is not None and kept[0] == number:
        return kept[1]
    hits = tuple(sorted(_people(catalogue), key=lambda one: (one.name, one.record)))
    with _lock:
        _read[catalogue.whole] = (number, hits)
    return hits


def is_near(one: Hit, other: Hit) -> bool:
    """Return whether two names may be one: accents, initials, a letter more or less."""
    return any(_are_near(a, b) for a in one.keys for b in other.keys)


def says_the_same(one: Hit, other: Hit) -> bool:
    """Return whether two names are one, but for accents, initials and words left out.

    So it may be asked of one person's names; those of two people may be as near.
    """
    pairs = ((_words(a), _words(b)) for a in one.keys for b in other.keys)
    return any(_fit(*sorted(pair, key=len)) for pair in pairs)


def is_shorter(name: str, other: str) -> bool:
    """Return whether a name has fewer letters than another one."""
    letters, others = (sum(map(len, _words(_key_of_name(n)))) for n in (name, other))
    return letters < others


def _key_of_name(text: str) -> tuple[str, ...]:
    """Return a full name as it is compared: its words, without case and order."""
    plain = unicodedata.normalize("NFC", cleaned(text).text.casefold())
    return tuple(sorted(plain.replace(",", " ").split()))


def _people(catalogue: Catalogue) -> Iterable[Hit]:
    records = catalogue.records(Person.class_iri)
    said = catalogue.effective_of(records)
    people = [view(Person, RecordGraph(t), iri) for iri, t in said.items()]
    names = _organisations(
        catalogue, {one.affiliation for one in people if one.affiliation}
    )
    for one in people:
        given, family = _said(one.given_name), _said(one.family_name)
        name = _said(one.name) or f"{given} {family}".strip()
        if name:
            yield Hit(
                record=one.iri,
                name=name,
                given_name=given,
                family_name=family,
                email=_said(one.email),
                orcid=orcid_of(_said(one.orcid)),
                affiliation=names.get(one.affiliation or "", ""),
                roles=tuple(one.role),
            )


def _said(value: str | None) -> str:
    return "" if value is None or value in ANSWERS else value


def _organisations(catalogue: Catalogue, records: set[str]) -> dict[str, str]:
    said = catalogue.effective_of(sorted(records))
    views = (view(Organisation, RecordGraph(t), iri) for iri, t in said.items())
    return {one.iri: one.name or name_of(one.iri) for one in views}


def _record_named(workspace: Workspace, text: str) -> str:
    """Return the record that a text names, as it is or as it was; it need not exist."""
    if "://" in text:
        record = workspace.bases.inward_iri(text)
    else:
        record = mint(workspace.settings.base_iri, "person", text)
    return aliases.current(workspace.catalogue.database, record)


def _are_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    plain, others = _plain_key(one), _plain_key(other)
    if plain == others or _abbreviates(plain, others) or _abbreviates(others, plain):
        return True
    matcher = SequenceMatcher(None, " ".join(plain), " ".join(others))
    # the first two are cheap, and never below the third
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _LIKENESS for ratio in ratios)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether a name is the other with initials: ``a. roux``, ``ana roux``."""
    words, rest = list(long), [word.strip(".") for word in short]
    if len(words) != len(rest) or not any(len(word) == 1 for word in rest):
        return False
    for word in sorted(rest, key=len, reverse=True):
        fits = [w for w in words if w == word or (len(word) == 1 and w[0] == word)]
        if not fits:
            return False
        words.remove(fits[0])
    return True


def _words(key: tuple[str, ...]) -> list[str]:
    return re.findall(r"\w+", " ".join(_plain_key(key)))


def _fit(few: list[str], many: list[str]) -> bool:
    """Return whether each word is one of the others, or one's initial, or has it."""
    rest = list(many)
    for word in sorted(few, key=len, reverse=True):
        fits = [w for w in rest if w == word]
        fits += [w for w in rest if 1 in (len(w), len(word)) and w[0] == word[0]]
        if not fits:
            return False
        rest.remove(fits[0])
    # initials alone are nobody's
    return few == many or any(len(word) > 1 and word in many for word in few)


@functools.lru_cache(maxsize=4096)
def _plain_key(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(map(_plain, key)))


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in apart if not unicodedata.combining(c))
