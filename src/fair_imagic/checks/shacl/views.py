"""Focus nodes with their values, asked as sets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from fair_imagic.checks.shacl.index import Table
from fair_imagic.checks.shacl.paths import Backwards, Predicate

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.paths import Path
    from fair_imagic.rdf import Term

__all__ = ["View", "view_of"]


class View(Protocol):
    """The value nodes of some focus nodes."""

    nodes: AbstractSet[Term]

    @property
    def key(self) -> Term | None:
        """Stands for the values that may be met, where other views share them."""

    @property
    def distinct(self) -> AbstractSet[Term]:
        """Every value that is met, perhaps some more."""

    @property
    def all_values(self) -> AbstractSet[Term]:
        """Exactly the values of these focus nodes."""

    def values(self, node: Term) -> Collection[Term]:
        """Return the distinct values of one focus node."""

    def nodes_with(self, values: AbstractSet[Term]) -> set[Term]:
        """Return the focus nodes that have one of these values."""

    def fewer(self, count: int) -> set[Term]:
        """Return the focus nodes with fewer values than this."""

    def more(self, count: int) -> set[Term]:
        """Return the focus nodes with more values than this."""


class _Itself:
    """Node shapes: each node is its own value."""

    key = None

    def __init__(self, nodes: AbstractSet[Term]) -> None:
        self.nodes = nodes
        self.distinct = self.all_values = nodes

    def values(self, node: Term) -> Collection[Term]:
        return (node,)

    def nodes_with(self, values: AbstractSet[Term]) -> set[Term]:
        return set(self.nodes & values)

    def fewer(self, count: int) -> set[Term]:
        return set(self.nodes) if count > 1 else set()

    def more(self, count: int) -> set[Term]:
        return set(self.nodes) if count < 1 else set()


class _Through:
    """Values out of a table: all questions are set operations on it."""

    def __init__(
        self, nodes: AbstractSet[Term], table: Table, key: Term | None
    ) -> None:
        self.nodes = nodes
        self.key = key
        self._table = table

    @property
    def distinct(self) -> AbstractSet[Term]:
        return self._table.distinct

    @cached_property
    def all_values(self) -> AbstractSet[Term]:
        one, many = self._table.one, self._table.many
        found = {one[node] for node in self.nodes if node in one}
        for node in many.keys() & self.nodes:
            found.update(many[node])
        return found

    def values(self, node: Term) -> Collection[Term]:
        return self._table.values(node)

    def nodes_with(self, values: AbstractSet[Term]) -> set[Term]:
        if not values:
            return set()
        nodes, one, many = self.nodes, self._table.one, self._table.many
        if len(nodes) < len(one):
            found = {node for node in nodes if one.get(node) in values}
        else:
            found = {n for n, held in one.items() if held in values and n in nodes}
        for node in many.keys() & nodes:
            if not many[node].keys().isdisjoint(values):
                found.add(node)
        return found

    def fewer(self, count: int) -> set[Term]:
        if count < 1:
            return set()
        if count == 1:
            return set(frozenset(self.nodes).difference(self._table.one))
        many = self._table.many
        return {node for node in self.nodes if len(many.get(node, ())) < count}

    def more(self, count: int) -> set[Term]:
        if count < 1:
            return {node for node in self.nodes if node in self._table.one}
        many = self._table.many
        several = many.keys() & self.nodes
        if count == 1:
            return several
        return {node for node in several if len(many[node]) > count}


def _collected(nodes: AbstractSet[Term], index: Index, path: Path) -> Table:
    """Return the values of a longer path as a table."""
    table = Table()
    for node in nodes:
        for value in path.values(index, node):
            table.add(node, value)
    return table


def view_of(index: Index, path: Path | None, nodes: AbstractSet[Term]) -> View:
    """Return the values of these nodes along a path; without one, the nodes."""
    if path is None:
        return _Itself(nodes)
    if isinstance(path, Predicate):
        return _Through(nodes, index.table(path.term), path.term)
    if isinstance(path, Backwards):
        return _Through(nodes, index.table(path.term).inverse, f"^{path.term}")
    return _Through(nodes, _collected(nodes, index, path), None)
