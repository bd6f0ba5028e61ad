"""Runs plans over a store in memory that holds only what they read.

The store is filled from the statements themselves, never read back as data: what it
answers are nodes. A plan whose checks on the data do not hold flags every node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.sparql.kinds import kind_of
from fair_imagic.checks.shacl.sparql.plan import GROUP, MARK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Store

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.sparql.kinds import Check, Kind
    from fair_imagic.checks.shacl.sparql.plan import Plan
    from fair_imagic.rdf import Term

__all__ = ["Batch"]

# A blank node has no name that a query could use.
_BLANK = "<urn:fair-imagic:blank:"


class Batch:
    """The statements that some plans read, in a store made when the first runs."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kinds: dict[Term, frozenset[Kind]] = {}
        self._groups: dict[frozenset[Term], Term] = {}
        self._made: Store | None = None
        self._loaded: set[Term] = set()

    def run(self, plan: Plan, focus: frozenset[Term]) -> AbstractSet[Term]:
        """Return the focus nodes that may fail."""
        if not self._hold(plan.where.all_checks):
            return focus
        parts = [part for part in plan.parts if self._hold(part.checks)]
        query = plan.query(parts).replace(GROUP, self._group(focus))
        self._fill(plan.properties)
        try:
            rows = self._store.query(query)
            return {_named(str(row[0])) for row in rows}  # type: ignore[union-attr]
        except (SyntaxError, RuntimeError, OSError):
            return focus  # a query that Oxigraph refuses: pySHACL looks at all

    def _hold(self, checks: Iterable[Check]) -> bool:
        return all(
            check.holds(kind for name in check.properties for kind in self._held(name))
            for check in checks
        )

    def _held(self, name: Term) -> frozenset[Kind]:
        """Return the kinds of all objects of a property."""
        if name not in self._kinds:
            self._kinds[name] = frozenset(
                map(kind_of, self._index.table(name).distinct)
            )
        return self._kinds[name]

    @property
    def _store(self) -> Store:
        from pyoxigraph import Store

        if self._made is None:
            self._made = Store()
        return self._made

    def _fill(self, properties: frozenset[Term]) -> None:
        for name in sorted(properties - self._loaded):
            self._loaded.add(name)
            self._load(
                f"{_renamed(subject)} {name} {_renamed(value)} .\n"
                for subject, value in self._index.table(name).pairs()
            )

    def _load(self, lines: Iterable[str]) -> None:
        from pyoxigraph import RdfFormat

        # These were parsed once already: no need to look at each IRI again.
        self._store.bulk_load(
            "".join(lines).encode(), RdfFormat.N_TRIPLES, lenient=True
        )

    def _group(self, nodes: frozenset[Term]) -> Term:
        """Return the name of a group of nodes, marked in the store."""
        if nodes not in self._groups:
            name = f"{GROUP[:-1]}:{len(self._groups)}>"
            self._groups[nodes] = name
            self._load(f"{_renamed(node)} {MARK} {name} .\n" for node in nodes)
        return self._groups[nodes]


def _renamed(term: Term) -> Term:
    return f"{_BLANK}{term[2:]}>" if term.startswith("_:") else term


def _named(term: Term) -> Term:
    return f"_:{term[len(_BLANK) : -1]}" if term.startswith(_BLANK) else term
