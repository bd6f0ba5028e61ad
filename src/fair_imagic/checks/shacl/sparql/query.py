"""From the query of a SPARQL constraint to a plan that finds all nodes at once.

``$this`` becomes a variable that is limited to the focus nodes, and every group sees
it, as with pre-binding. ``NOT EXISTS {P FILTER F}`` becomes what
:class:`~fair_imagic.checks.shacl.sparql.plan.Existence` says.

A condition that is not understood is left out where that can only add nodes: pySHACL
has the last word on each.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.condition import condition, conjuncts
from fair_imagic.checks.shacl.sparql.group import Group, Step
from fair_imagic.checks.shacl.sparql.pattern import (
    Pattern,
    join,
    pattern,
    with_filter,
)
from fair_imagic.checks.shacl.sparql.plan import GROUP, MARK, THIS, Existence, Plan
from fair_imagic.checks.shacl.sparql.scope import NotUnderstood, Scope, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.sparql.condition import Condition
    from fair_imagic.checks.shacl.sparql.plan import Part

__all__ = ["compile_query"]

_BASE = Pattern(
    Group((Step(f"?{THIS}", MARK, GROUP),)),
    Scope(frozenset({THIS}), frozenset(), {THIS: Source(nodes=True)}),
)
_STEPS = frozenset({"Project", "Distinct", "Reduced", "OrderBy", "Extend"})


def compile_query(text: str) -> Plan | None:
    """Return the plan of a query with its prefixes, or None where it has none."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(parseQuery(text)).algebra
        return _plan(query)
    except (NotUnderstood, ParseBaseException, re.error):
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
        return Plan(_outer(node).group, ())
    return _filtered(node)


def _seen_from(node: Any, outside: Pattern) -> Pattern:
    """Return a pattern; its inner groups get ``$this`` only where they need it."""
    try:
        return join(outside, pattern(node, Pattern()))
    except NotUnderstood:
        return join(outside, pattern(node, _BASE))


def _outer(node: Any) -> Pattern:
    return _seen_from(node, _BASE)


def _filtered(node: Any) -> Plan:
    inner, wanted, absent = _without_options(node.p, conjuncts(node.expr))
    outer = _outer(inner)
    parts: list[Part] = []
    for one in wanted:
        with contextlib.suppress(NotUnderstood):
            parts.append(_part(one, outer))
    for graph in absent:
        with contextlib.suppress(NotUnderstood):
            parts.append(_related(graph, outer, absent=True))
    return Plan(outer.group, tuple(parts))


def _part(expression: Any, outer: Pattern) -> Part:
    name = getattr(expression, "name", "")
    if name == "Builtin_NOTEXISTS":
        return _related(expression.graph, outer, absent=True)
    if name == "Builtin_EXISTS":
        return _related(expression.graph, outer, absent=False)
    return condition(expression, outer.scope)


def _related(graph: Any, outer: Pattern, *, absent: bool) -> Existence:
    """Return the part of (NOT) EXISTS."""
    wanted = []
    if graph.name == "Filter":
        wanted, graph = conjuncts(graph.expr), graph.p
    inner = _seen_from(graph, Pattern())
    both = join(outer, inner)
    inside, across = _sorted(wanted, inner, both)
    asked = frozenset().union(*(one.names for one in across))
    if asked & outer.scope.maybe:
        raise NotUnderstood("a condition on what may be unbound outside")
    keys = outer.scope.certain & (inner.scope.variables | asked)
    needed = inner.scope.variables & (outer.scope.variables | asked)
    if not keys or not needed:
        raise NotUnderstood("EXISTS that shares nothing with what surrounds it")
    inner = with_filter(inner, inside)
    return Existence(
        absent=absent,
        group=inner.group,
        across=tuple(across),
        keys=tuple(sorted(keys)),
        own=tuple(sorted(needed)),
        checks=(
            *both.group.all_checks,
            *inner.group.all_checks,
            *(check for one in across for check in one.checks),
        ),
    )


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
