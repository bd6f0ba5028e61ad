"""Constraints: what a rule asks for, as plain data taken from its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.rdf import PREFIXES, expand, iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.rdf import Term

    Described = Mapping[Term, Mapping[str, list[Term]]]

__all__ = ["Constraint", "constraints_of"]

_SH = PREFIXES["sh"]
_ONE = (
    "minCount",
    "maxCount",
    "datatype",
    "nodeKind",
    "class",
    "pattern",
    "minLength",
    "maxLength",
    "minInclusive",
    "minExclusive",
    "maxInclusive",
    "maxExclusive",
    "hasValue",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "path",
)
_LISTS = ("or", "xone", "and")
_NESTED = ("not", "node", "qualifiedValueShape")
# Shapes may refer to each other in a circle; nobody reads deeper than this.
_MOST_DEPTH = 4
_MOST_ITEMS = 500


@dataclass(frozen=True)
class Constraint:
    """One constraint: its SHACL name, its values, or for logic the parts of it."""

    kind: str
    values: tuple[str, ...] = ()
    parts: tuple[tuple[Constraint, ...], ...] = ()


def constraints_of(
    shape: Term, described: Described, *, depth: int = 0
) -> tuple[Constraint, ...]:
    """Return what a shape asks for, in a fixed order."""
    said = described.get(shape, {})
    found = [
        Constraint(name, tuple(sorted(text_of(t) for t in said[_SH + name])))
        for name in _ONE
        if said.get(_SH + name) and not said[_SH + name][0].startswith("_:")
    ]
    for head in said.get(_SH + "in", ()):
        items = tuple(text_of(term) for term in _items(head, described))
        found.append(Constraint("in", items))
    if depth < _MOST_DEPTH:
        found.extend(_logic(said, described, depth))
    return tuple(found)


def _logic(
    said: Mapping[str, list[Term]], described: Described, depth: int
) -> Iterator[Constraint]:
    for name in _LISTS:
        for head in said.get(_SH + name, ()):
            parts = tuple(
                constraints_of(part, described, depth=depth + 1)
                for part in _items(head, described)
            )
            yield Constraint(name, parts=parts)
    for name in _NESTED:
        # In the file's order: the names of blank nodes change with each reading.
        for part in said.get(_SH + name, ()):
            inner = constraints_of(part, described, depth=depth + 1)
            yield Constraint(name, parts=(inner,))


def _items(head: Term, described: Described) -> Iterator[Term]:
    """Yield the members of an RDF list; a broken or endless one just ends."""
    nil, first, rest = iri("rdf:nil"), expand("rdf:first"), expand("rdf:rest")
    for _number in range(_MOST_ITEMS):
        said = described.get(head, {})
        if head == nil or first not in said:
            return
        yield said[first][0]
        head = next(iter(said.get(rest, ())), nil)
