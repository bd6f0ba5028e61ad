"""Statements by subject: how shapes are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.literals import canonical
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.rdf import Term, Triple

__all__ = ["MalformedError", "Statements"]

_FIRST = iri("rdf:first")
_REST = iri("rdf:rest")
_NIL = iri("rdf:nil")


class MalformedError(Exception):
    """Shapes that we do not understand; pySHACL says what is wrong with them, if so."""


class Statements:
    """The statements of a shapes graph, literals in the form that rdflib gives them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[Term, dict[Term, dict[Term, None]]] = {}
        self._subjects: dict[Term, dict[Term, dict[Term, None]]] = {}
        self.spellings: dict[Term, Term] = {}
        for subject, predicate, value in triples:
            form = canonical(value)[0]
            if form != value:
                self.spellings.setdefault(form, value)
            about = self._said.setdefault(subject, {})
            about.setdefault(predicate, {})[form] = None
            pointing = self._subjects.setdefault(predicate, {})
            pointing.setdefault(form, {})[subject] = None

    def __contains__(self, subject: object) -> bool:
        return subject in self._said

    @property
    def all_subjects(self) -> Iterable[Term]:
        """Everything that something is said about."""
        return self._said.keys()

    def about(self, subject: Term) -> dict[Term, dict[Term, None]]:
        """Return what is said about a subject: values by predicate."""
        return self._said.get(subject, {})

    def values(self, subject: Term, predicate: Term) -> list[Term]:
        """Return the values of a predicate."""
        return list(self.about(subject).get(predicate, ()))

    def subjects(self, predicate: Term, value: Term | None = None) -> list[Term]:
        """Return the subjects that have a predicate (with this value, if given)."""
        pointing = self._subjects.get(predicate, {})
        if value is not None:
            return list(pointing.get(value, ()))
        return list({s: None for held in pointing.values() for s in held})

    def objects(self, predicate: Term) -> list[Term]:
        """Return all values of a predicate."""
        return list(self._subjects.get(predicate, ()))

    def single(self, subject: Term, predicate: Term) -> Term | None:
        """Return the only value, or None; MalformedError where there are several."""
        values = self.values(subject, predicate)
        if len(values) > 1:
            raise MalformedError(predicate)
        return values[0] if values else None

    def items(self, head: Term) -> Iterator[Term]:
        """Yield the members of a list; MalformedError where it is not a list."""
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.values(head, _FIRST), self.values(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise MalformedError(head)
            seen.add(head)
            yield first[0]
            head = rest[0]

    def reach(self, roots: Iterable[Term]) -> set[Term]:
        """Return all subjects that the roots lead to, themselves included."""
        waiting = [root for root in roots if root in self._said]
        found = set(waiting)
        while waiting:
            for values in self._said[waiting.pop()].values():
                for value in values:
                    if value in self._said and value not in found:
                        found.add(value)
                        waiting.append(value)
        return found
