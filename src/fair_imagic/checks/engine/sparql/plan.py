"""From the query of a SPARQL constraint to one query for all nodes.

``$this`` becomes a variable that a mark in the store limits to the focus nodes, and
every group sees it, as with pre-binding. ``NOT EXISTS {P FILTER F}`` becomes ``MINUS``
with the distinct values that P and F need from outside, joined with the distinct values
that F needs of P: a published query is written to be read, and asked for each
solution anew it takes minutes where this takes a fraction of a second.

A condition that is not understood is left out where that can only add nodes: pySHACL
has the last word on each.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.engine.sparql.expression import condition, conjuncts
from fair_imagic.checks.engine.sparql.pattern import (
    Pattern,
    joined,
    pattern,
    with_filter,
)
from fair_imagic.checks.engine.sparql.scope import NotUnderstood, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.engine.sparql.expression import Condition
    from fair_imagic.checks.engine.sparql.kinds import Check
    from fair_imagic.rdf import Term

__all__ = ["GROUP", "MARK", "THIS", "Part", "Plan", "compiled"]

THIS = "this"
MARK = "<urn:fair-imagic:focus>"
# The group of focus nodes: filled in when the plan runs.
GROUP = "<urn:fair-imagic:group>"
_BASE = Pattern(
    f"?{THIS} {MARK} {GROUP} .",
    Scope(frozenset({THIS}), frozenset(), {THIS: Source(nodes=True)}),
)
_STEPS = frozenset({"Project", "Distinct", "Reduced", "OrderBy", "Extend"})


@dataclass(frozen=True)
class Part:
    """A text of the query with what must hold before it may be used."""

    text: str
    checks: tuple[Check, ...]
    properties: frozenset[Term]


@dataclass(frozen=True)
class Plan:
    """How the nodes of one constraint are found: a pattern, and parts that narrow it.

    Without the checks of the pattern all nodes may fail; a part whose checks do not
    hold is left out.
    """

    where: Part
    parts: tuple[Part, ...]

    @property
    def properties(self) -> frozenset[Term]:
        """Return all properties that the plan reads."""
        return frozenset().union(
            self.where.properties, *(part.properties for part in self.parts)
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return all checks of the plan."""
        return tuple(c for part in (self.where, *self.parts) for c in part.checks)


def compiled(text: str) -> Plan | None:
    """Return the plan of a query with its prefixes, or None where it has none."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(parseQuery(text)).algebra
        return _plan(query)
    except (NotUnderstood, ParseBaseException):
        return None
    except Exception as error:
        # rdflib has no class of its own for this; the data may declare the prefix.
        if str(error).startswith("Unknown namespace prefix"):
            return None
        raise


def _plan(query: Any) -> Plan:
    if query.name != "SelectQuery" or query.datasetClause is not None:
        raise NotUnderstood(query.name)
    node = query.p
    # What is computed from a solution, and their order, do not change whether there
    # is one.
    while node.name in _STEPS:
        node = node.p
    if node.name != "Filter":
        return _narrowed(_outer(node), [])
    return _filtered(node)


def _seen_from(node: Any, outside: Pattern) -> Pattern:
    """Return a pattern; its inner groups get ``$this`` only where they need it."""
    try:
        return joined(outside, pattern(node, Pattern()))
    except NotUnderstood:
        return joined(outside, pattern(node, _BASE))


def _outer(node: Any) -> Pattern:
    return _seen_from(node, _BASE)


def _filtered(node: Any) -> Plan:
    inner, wanted, absent = _without_options(node.p, conjuncts(node.expr))
    outer = _outer(inner)
    parts = []
    for one in wanted:
        with contextlib.suppress(NotUnderstood):
            parts.append(_part(one, outer))
    for graph in absent:
        with contextlib.suppress(NotUnderstood):
            parts.append(_related(graph, outer, "MINUS "))
    return _narrowed(outer, parts)


def _narrowed(outer: Pattern, parts: Iterable[Part]) -> Plan:
    return Plan(Part(outer.text, outer.checks, outer.properties), tuple(parts))


def _part(expression: Any, outer: Pattern) -> Part:
    name = getattr(expression, "name", "")
    if name == "Builtin_NOTEXISTS":
        return _related(expression.graph, outer, "MINUS ")
    if name == "Builtin_EXISTS":
        return _related(expression.graph, outer, "")
    made = condition(expression, outer.scope)
    return Part(f"FILTER {made.text}", made.checks, frozenset())


def _related(graph: Any, outer: Pattern, sign: str) -> Part:
    """Return the part of (NOT) EXISTS: solutions (without) those that it holds for."""
    wanted = []
    if graph.name == "Filter":
        wanted, graph = conjuncts(graph.expr), graph.p
    inner = _seen_from(graph, Pattern())
    both = joined(outer, inner)
    inside, across = _sorted(wanted, inner, both)
    asked = frozenset().union(*(one.variables for one in across))
    if asked & outer.scope.maybe:
        raise NotUnderstood("a condition on what may be unbound outside")
    keys = outer.scope.certain & (inner.scope.variables | asked)
    needed = inner.scope.variables & (outer.scope.variables | asked)
    if not keys or not needed:
        raise NotUnderstood("EXISTS that shares nothing with what surrounds it")
    inner = with_filter(inner, inside)
    text = _distinct(needed, inner.text)
    if across:
        filters = " ".join(f"FILTER {one.text}" for one in across)
        copy = _distinct(keys, outer.text)
        text = _distinct(keys, f"{{ {copy} }} {{ {text} }} {filters}")
    checks = (*both.checks, *inner.checks, *(c for one in across for c in one.checks))
    return Part(f"{sign}{{ {text} }}", checks, inner.properties)


def _sorted(
    wanted: Iterable[Any], inner: Pattern, both: Pattern
) -> tuple[list[Condition], list[Condition]]:
    """Return the conditions on the inner pattern alone, and those that see outside."""
    inside, across = [], []
    for one in wanted:
        try:
            inside.append(condition(one, inner.scope))
        except NotUnderstood:
            across.append(condition(one, both.scope))
    return inside, across


def _distinct(names: Iterable[str], text: str) -> str:
    listed = " ".join(f"?{name}" for name in sorted(names))
    return f"SELECT DISTINCT {listed} WHERE {{ {text} }}"


def _without_options(node: Any, wanted: list[Any]) -> tuple[Any, list[Any], list[Any]]:
    """Turn ``OPTIONAL {P} FILTER (!bound(?v))``, with v of P alone, into NOT EXISTS.

    Returns the pattern without the options, the other conditions, and each P.
    """
    absent = []
    while node.name == "LeftJoin":
        found = [one for one in wanted if _says_unbound(one, node)]
        if not found:
            break
        wanted = [one for one in wanted if one not in found]
        absent.append(_as_group(node))
        node = node.p1
    return node, wanted, absent


def _says_unbound(expression: Any, join: Any) -> bool:
    if getattr(expression, "name", "") != "UnaryNot":
        return False
    inner = expression.expr
    if getattr(inner, "name", "") != "Builtin_BOUND" or inner.arg in join.p1._vars:
        return False
    try:
        option = _seen_from(join.p2, Pattern())
    except NotUnderstood:
        return False
    return str(inner.arg) in option.scope.certain


def _as_group(join: Any) -> Any:
    from rdflib.plugins.sparql.parserutils import CompValue

    if getattr(join.expr, "name", "") == "TrueFilter":
        return join.p2
    return CompValue("Filter", p=join.p2, expr=join.expr)
