"""Leaks: texts that would become public and tell about people who did not agree."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.model import Person, PublicationSet, Software, private_paths
from fair_imagic.model.personal import (
    emails_in,
    labelled_people_in,
    patients_in,
    people_in,
    personal_folders_in,
)
from fair_imagic.rdf import expand, iri, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

    Known = tuple[tuple[str, str], ...]

__all__ = ["TESTS"]

_GIVEN, _FAMILY, _NAME = (
    expand(name) for name in ("foaf:givenName", "foaf:familyName", "foaf:name")
)
# Who is named there is an author, and public for that.
_AUTHORS = tuple(
    expand(name) for name in ("dcterms:creator", "dcterms:contributor", "schema:author")
)
_AUTHORED = (PublicationSet.class_iri, Software.class_iri)
# Where people are named on purpose.
_THANKS = frozenset(
    expand(name) for name in ("fi:acknowledgements", "fi:fundingStatement")
)

_known_of: WeakKeyDictionary[RecordGraph, Known] = WeakKeyDictionary()


def _texts(graph: RecordGraph, focus: str) -> Iterator[Term]:
    """Yield the texts about a node that become public with it."""
    kept_back = _kept_back()
    for _subject, predicate, value in graph.describe(focus):
        if not is_iri(value) and predicate not in kept_back:
            yield value


@lru_cache(maxsize=1)
def _kept_back() -> frozenset[Term]:
    return frozenset(map(iri, (*private_paths(), *_THANKS)))


def _known_people(graph: RecordGraph) -> Known:
    """Return given and family names of the people who are no authors."""
    if graph not in _known_of:
        authors = {
            text_of(person)
            for kind in _AUTHORED
            for work in graph.subjects_of(kind)
            for path in _AUTHORS
            for person in graph.values(work, path)
        }
        people = (p for p in graph.subjects_of(Person.class_iri) if p not in authors)
        _known_of[graph] = tuple(_names(graph, person) for person in people)
    return _known_of[graph]


def _names(graph: RecordGraph, person: str) -> tuple[str, str]:
    def said(path: str) -> str:
        return next((text_of(t) for t in graph.values(person, path)), "").strip()

    given, _space, family = said(_NAME).rpartition(" ")
    return said(_GIVEN) or given, said(_FAMILY) or family


def _without(
    find: Callable[[str], Iterable[str]],
) -> Callable[[RecordGraph, str], Iterator[Term | None]]:
    """Return the test that yields the texts in which something is found."""
    # The same words stand at many images: a text is read once.
    found = lru_cache(maxsize=20_000)(lambda term: bool(list(find(text_of(term)))))

    def test(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
        return (term for term in _texts(graph, focus) if found(term))

    return test


def _without_person(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    known = _known_people(graph)
    for term in _texts(graph, focus):
        if people_in(text_of(term), known):
            yield term


TESTS = {
    "text-without-email": _without(emails_in),
    "text-without-patient": _without(patients_in),
    "text-without-person": _without_person,
    "text-without-personal-folder": _without(personal_folders_in),
    "text-without-user-name": _without(labelled_people_in),
}
