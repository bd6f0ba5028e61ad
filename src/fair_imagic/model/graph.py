"""RecordGraph: an index over the statements of some records, kept in memory."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from fair_imagic.model.texts import begin_of, kinds_in
from fair_imagic.rdf import terms_of_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fair_imagic.model.texts import Texts
    from fair_imagic.rdf import Term, Triple

    _Paths = dict[Term, Term | dict[Term, None]]

__all__ = ["RDF_TYPE", "RecordGraph"]

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TYPE_TERM = f"<{RDF_TYPE}>"


class RecordGraph:
    """Statements indexed by subject and predicate; each statement counts once.

    IRIs are given and returned without brackets, values are terms. Made for a
    million statements: a path with one value (nearly all) costs no container, and
    predicates and types are shared strings. What comes as texts is read record by
    record, when somebody asks for it.
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._shared: dict[Term, Term] = {}
        self._index = _indexed(triples, self._shared)
        # The texts of records that nobody asked for yet.
        self._unread: dict[str, list[str]] = {}
        self._in_order = True

    @classmethod
    def of_texts(cls, texts: Texts) -> RecordGraph:
        """Return the graph of texts, sorted: each is read when it is asked for."""
        graph = cls()
        graph._in_order = False
        for begin, text in texts:
            graph._unread.setdefault(begin, []).append(text)
        return graph

    def __len__(self) -> int:
        """Return the number of statements."""
        return sum(
            len(held) if isinstance(held, dict) else 1
            for paths in self._whole.values()
            for held in paths.values()
        )

    def __contains__(self, subject_iri: object) -> bool:
        """Return whether something is said about an IRI."""
        return self._said(f"<{subject_iri}>") is not None

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """All statements, grouped by subject in the order in which they came."""
        return tuple(
            statement
            for subject in self._whole
            for statement in self._statements(subject)
        )

    @property
    def subjects(self) -> list[str]:
        """The IRIs that something is said about."""
        return [subject[1:-1] for subject in self._whole]

    def subjects_of(self, class_iri: str) -> list[str]:
        """Return the subjects that have exactly this type, sorted."""
        return sorted(self._by_type.get(f"<{class_iri}>", ()))

    def values(self, subject_iri: str, predicate_iri: str) -> list[Term]:
        """Return the values of one path, in the order in which they came."""
        paths = self._said(f"<{subject_iri}>")
        return [] if paths is None else _listed(paths.get(f"<{predicate_iri}>"))

    def types(self, subject_iri: str) -> list[str]:
        """Return the class IRIs of a subject."""
        return [term[1:-1] for term in self.values(subject_iri, RDF_TYPE)]

    def predicates(self, subject_iri: str) -> list[str]:
        """Return the predicate IRIs used with a subject."""
        return [term[1:-1] for term in self._said(f"<{subject_iri}>") or ()]

    def describe(self, subject_iri: str) -> list[Triple]:
        """Return the statements about one subject."""
        return list(self._statements(f"<{subject_iri}>"))

    def referring_to(
        self, object_iri: str, predicate_iri: str | None = None
    ) -> list[str]:
        """Return the subjects that link to an IRI (by one predicate if given)."""
        predicate = None if predicate_iri is None else f"<{predicate_iri}>"
        links = self._links.get(f"<{object_iri}>", ())
        found = {s[1:-1] for s, p in links if predicate in (None, p)}
        return sorted(found)

    @cached_property
    def kinds(self) -> dict[Term, tuple[Term, ...]]:
        """The types of every subject, as terms; found without reading the rest."""
        read = {
            subject: tuple(_listed(paths.get(_TYPE_TERM)))
            for subject, paths in self._index.items()
        }
        for pieces in self._unread.values():
            read.update(kinds_in("".join(pieces), _TYPE_TERM))
        return read

    def _said(self, subject: Term) -> _Paths | None:
        """Return what is said about a subject, read now if it was not yet."""
        known = self._index.get(subject)
        if known is None and self._unread:
            begin = begin_of(subject)
            if begin in self._unread:
                # Taken away last: another thread must not find neither.
                self._index.update(self._read(self._unread[begin]))
                self._unread.pop(begin, None)
                return self._index.get(subject)
        return known

    @property
    def _whole(self) -> dict[Term, _Paths]:
        """All that is said, every record read."""
        if not self._in_order:
            texts = (text for pieces in self._unread.values() for text in pieces)
            everything = self._index | self._read(texts)
            self._index = dict(sorted(everything.items()))
            self._unread = {}
            self._in_order = True
        return self._index

    def _read(self, texts: Iterable[str]) -> dict[Term, _Paths]:
        return _indexed(chain.from_iterable(map(terms_of_lines, texts)), self._shared)

    def _statements(self, subject: Term) -> Iterator[Triple]:
        for predicate, held in (self._said(subject) or {}).items():
            for value in _listed(held):
                yield (subject, predicate, value)

    @cached_property
    def _by_type(self) -> dict[Term, list[str]]:
        found: dict[Term, list[str]] = {}
        for subject, types in self.kinds.items():
            for type_term in types:
                found.setdefault(type_term, []).append(subject[1:-1])
        return found

    @cached_property
    def _links(self) -> dict[Term, list[tuple[Term, Term]]]:
        found: dict[Term, list[tuple[Term, Term]]] = {}
        for subject in self._whole:
            for _s, predicate, value in self._statements(subject):
                if value.startswith("<") and predicate != _TYPE_TERM:
                    found.setdefault(value, []).append((subject, predicate))
        return found


def _indexed(
    triples: Iterable[Sequence[Term]], shared: dict[Term, Term]
) -> dict[Term, _Paths]:
    index: dict[Term, _Paths] = {}
    for subject, predicate, value in triples:
        paths = index.get(subject)
        if paths is None:
            paths = index[subject] = {}
        held = paths.get(predicate)
        if held is None:
            if predicate == _TYPE_TERM:
                value = shared.setdefault(value, value)
            paths[shared.setdefault(predicate, predicate)] = value
        elif isinstance(held, dict):
            held[value] = None
        elif held != value:
            paths[predicate] = {held: None, value: None}
    return index


def _listed(held: Term | dict[Term, None] | None) -> list[Term]:
    if held is None:
        return []
    return list(held) if isinstance(held, dict) else [held]
