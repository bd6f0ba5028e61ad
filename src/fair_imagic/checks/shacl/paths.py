"""Property paths: from a node to its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fair_imagic.checks.shacl.statements import MalformedError
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.statements import Statements
    from fair_imagic.rdf import Term

__all__ = ["Backwards", "Path", "Predicate", "read_path"]

_FIRST = iri("rdf:first")
_INVERSE = iri("sh:inversePath")
_ALTERNATIVE = iri("sh:alternativePath")
_REPEATED = {
    iri("sh:zeroOrMorePath"): (True, True),
    iri("sh:oneOrMorePath"): (False, True),
    iri("sh:zeroOrOnePath"): (True, False),
}
# The reference gives up on paths that are nested ten deep.
_DEEPEST = 8


class Path(Protocol):
    """A way from a node to other nodes."""

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        """Return the nodes that a node leads to; some may come twice."""


@dataclass(frozen=True)
class Predicate:
    """One predicate, forwards."""

    term: Term

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        """Return the objects."""
        return index.table(self.term).values(node)


@dataclass(frozen=True)
class Backwards:
    """One predicate, from its objects."""

    term: Term

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        """Return the subjects."""
        return index.table(self.term).inverse.values(node)


@dataclass(frozen=True)
class _Sequence:
    steps: tuple[Path, ...]

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        found = {node}
        for step in self.steps:
            found = {value for one in found for value in step.values(index, one)}
        return found


@dataclass(frozen=True)
class _Alternative:
    paths: tuple[Path, ...]

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        return {value for path in self.paths for value in path.values(index, node)}


@dataclass(frozen=True)
class _Repeated:
    path: Path
    zero: bool
    more: bool

    def values(self, index: Index, node: Term) -> Iterable[Term]:
        found = {node} if self.zero else set()
        waiting = list(self.path.values(index, node))
        while waiting:
            value = waiting.pop()
            if value not in found:
                found.add(value)
                if self.more:
                    waiting.extend(self.path.values(index, value))
        return found


def read_path(shapes: Statements, term: Term) -> Path:
    """Return the path that a value of ``sh:path`` describes.

    Raises MalformedError for what is not exactly one well-formed path.
    """
    return _read(shapes, term, backwards=False, depth=0)


def _read(shapes: Statements, term: Term, *, backwards: bool, depth: int) -> Path:
    if term[0] == "<":
        return Backwards(term) if backwards else Predicate(term)
    if term[0] != "_" or depth > _DEEPEST:
        raise MalformedError(term)

    def inner(one: Term, place: int = 0) -> Path:
        return _read(shapes, one, backwards=backwards, depth=depth + 1 + place)

    about = shapes.about(term)
    if _FIRST in about:
        steps = _items(shapes, term)
        if depth + len(steps) > _DEEPEST:
            raise MalformedError(term)
        return _Sequence(tuple(inner(step, place) for place, step in enumerate(steps)))
    if len(about) != 1:
        raise MalformedError(term)
    predicate, values = next(iter(about.items()))
    if len(values) != 1:
        raise MalformedError(term)
    value = next(iter(values))
    if predicate == _INVERSE:
        return _read(shapes, value, backwards=not backwards, depth=depth + 1)
    if predicate == _ALTERNATIVE:
        return _Alternative(tuple(map(inner, _items(shapes, value))))
    if predicate not in _REPEATED:
        raise MalformedError(term)
    zero, more = _REPEATED[predicate]
    return _Repeated(inner(value), zero, more)


def _items(shapes: Statements, head: Term) -> tuple[Term, ...]:
    items = tuple(shapes.items(head))
    if len(items) < 2:
        raise MalformedError(head)
    return items
