"""Runs plans over a store in memory that holds only what they read.

The store is filled from the statements themselves, never read back as data: what it
answers are nodes. A plan whose checks on the data do not hold flags every node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.engine.sparql.kinds import kind_of
from fair_imagic.checks.engine.sparql.plan import GROUP, MARK, THIS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Store

    from fair_imagic.checks.engine.sparql.kinds import Check, Kind
    from fair_imagic.checks.engine.sparql.plan import Plan
    from fair_imagic.rdf import Term

__all__ = ["Statements", "flagged"]

# A blank node has no name that a query could use.
_BLANK = "<urn:fair-imagic:blank:"


@dataclass(frozen=True)
class Statements:
    """The data by property: subjects with objects, and the distinct objects.

    Literals must be in the form that rdflib gives them.
    """

    pairs: Callable[[Term], Iterable[tuple[Term, Term]]]
    values: Callable[[Term], Iterable[Term]]


def flagged(
    plans: Mapping[str, Sequence[Plan | None]],
    focus: Mapping[str, Collection[Term]],
    statements: Statements,
) -> dict[str, AbstractSet[Term]]:
    """Return for each shape the focus nodes that may break a SPARQL constraint.

    ``plans`` come from :func:`~fair_imagic.checks.engine.sparql.constraint.plans_of`,
    ``focus`` are the focus nodes of each shape.
    """
    asked = {shape: held for shape, held in plans.items() if held and focus.get(shape)}
    known = [plan for held in asked.values() for plan in held if plan is not None]
    batch = _Batch(statements, known)
    found: dict[str, AbstractSet[Term]] = {}
    for shape, held in asked.items():
        nodes = frozenset(focus[shape])
        if None in held:
            found[shape] = set(nodes)
        else:
            found[shape] = {n for plan in held if plan for n in batch.run(plan, nodes)}
    return {shape: nodes for shape, nodes in found.items() if nodes}


class _Batch:
    """The statements that some plans read, in a store."""

    def __init__(self, statements: Statements, plans: Iterable[Plan]) -> None:
        self._data = statements
        self._kinds: dict[Term, frozenset[Kind]] = {}
        self._groups: dict[frozenset[Term], Term] = {}
        self._store: Store | None = None
        self._properties = frozenset().union(*(plan.properties for plan in plans))

    def run(self, plan: Plan, focus: frozenset[Term]) -> Iterable[Term]:
        """Return the focus nodes that may fail."""
        if not self._hold(plan.where.checks):
            return focus
        # A literal cannot be the subject of a mark: pySHACL looks at it anyway.
        literals = {node for node in focus if node.startswith('"')}
        group = self._group(focus - literals)
        used = [part.text for part in plan.parts if self._hold(part.checks)]
        where = " ".join((plan.where.text, *used)).replace(GROUP, group)
        store = self._filled()
        try:
            rows = store.query(f"SELECT DISTINCT ?{THIS} WHERE {{ {where} }}")
            return literals | {_named(str(row[0])) for row in rows}  # type: ignore[union-attr]
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
            self._kinds[name] = frozenset(map(kind_of, self._data.values(name)))
        return self._kinds[name]

    def _filled(self) -> Store:
        from pyoxigraph import Store

        if self._store is None:
            self._store = Store()
            for name in sorted(self._properties):
                self._load(
                    f"{_renamed(subject)} {name} {_renamed(value)} .\n"
                    for subject, value in self._data.pairs(name)
                )
        return self._store

    def _load(self, lines: Iterable[str]) -> None:
        from pyoxigraph import RdfFormat

        # These were parsed once already: no need to look at each IRI again.
        self._filled().bulk_load(
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
