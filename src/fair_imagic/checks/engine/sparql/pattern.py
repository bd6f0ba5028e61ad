"""Graph patterns of a query's algebra, written as SPARQL again with what they bind.

Understood: triple patterns with fixed properties and property paths of sequence,
alternative, inverse, ``*``, ``+`` and ``?`` (the last three on properties alone);
groups; UNION; OPTIONAL; filters as in
:mod:`~fair_imagic.checks.engine.sparql.expression`.
Not understood: variables as properties, sub-queries, BIND inside a group, GRAPH.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.engine.sparql.expression import Condition, condition, conjuncts
from fair_imagic.checks.engine.sparql.kinds import EQUAL_ONLY, JOINABLE, Check
from fair_imagic.checks.engine.sparql.scope import (
    NotUnderstood,
    Scope,
    Source,
    variable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.rdf import Term

__all__ = ["Pattern", "joined", "pattern", "with_filter"]


@dataclass(frozen=True)
class Pattern:
    """A group: its text without braces, its scope, checks, and properties it reads."""

    text: str = ""
    scope: Scope = field(default_factory=Scope)
    checks: tuple[Check, ...] = ()
    properties: frozenset[Term] = frozenset()


def pattern(node: Any, base: Pattern) -> Pattern:
    """Return the pattern of an algebra node.

    ``base`` binds what every group sees (``$this``): it is added to each of them.
    Raises :class:`~fair_imagic.checks.engine.sparql.scope.NotUnderstood`.
    """
    if node.name == "BGP":
        return joined(base, _triples(node.triples))
    if node.name == "Join":
        left, right = pattern(node.p1, base), pattern(node.p2, base)
        return joined(left, _group(right)) if left.text else right
    if node.name == "Union":
        return joined(base, _union(pattern(node.p1, base), pattern(node.p2, base)))
    if node.name == "LeftJoin":
        return _optional(node, base)
    if node.name == "Filter":
        inner = pattern(node.p, base)
        return with_filter(
            inner, [condition(one, inner.scope) for one in conjuncts(node.expr)]
        )
    raise NotUnderstood(node.name)


def with_filter(inner: Pattern, conditions: list[Condition]) -> Pattern:
    """Return a pattern with conditions added."""
    text = "".join(f" FILTER {one.text}" for one in conditions)
    checks = tuple(check for one in conditions for check in one.checks)
    return Pattern(
        inner.text + text, inner.scope, inner.checks + checks, inner.properties
    )


def joined(left: Pattern, right: Pattern) -> Pattern:
    """Return both patterns beside each other; shared values must be the same term."""
    one, two = left.scope, right.scope
    if one.maybe & two.variables or two.maybe & one.variables:
        raise NotUnderstood("a variable of OPTIONAL or UNION used elsewhere")
    sources = _merged(one.sources, two.sources)
    return Pattern(
        f"{left.text} {right.text}".strip(),
        Scope(one.certain | two.certain, one.maybe | two.maybe, sources),
        (*left.checks, *right.checks, *_joins(sources)),
        left.properties | right.properties,
    )


def _merged(one: Mapping[str, Source], two: Mapping[str, Source]) -> dict[str, Source]:
    merged = dict(one)
    for name, source in two.items():
        merged[name] = merged[name].beside(source) if name in merged else source
    return merged


def _joins(sources: Mapping[str, Source]) -> list[Check]:
    checks = (source.check() for source in sources.values())
    return [check for check in checks if check is not None]


def _group(inner: Pattern) -> Pattern:
    text = f"{{ {inner.text} }}"
    return Pattern(text, inner.scope, inner.checks, inner.properties)


def _union(left: Pattern, right: Pattern) -> Pattern:
    one, two = left.scope, right.scope
    certain = one.certain & two.certain
    sources = dict(one.sources)
    for name, source in two.sources.items():
        sources[name] = sources[name].or_else(source) if name in sources else source
    return Pattern(
        f"{{ {{ {left.text} }} UNION {{ {right.text} }} }}",
        Scope(certain, (one.variables | two.variables) - certain, sources),
        left.checks + right.checks,
        left.properties | right.properties,
    )


def _optional(node: Any, base: Pattern) -> Pattern:
    required, option = pattern(node.p1, base), pattern(node.p2, base)
    both = joined(required, option)
    conditions = []
    if getattr(node.expr, "name", "") != "TrueFilter":
        conditions = [condition(one, both.scope) for one in conjuncts(node.expr)]
    option = with_filter(option, conditions)
    added = option.scope.variables - required.scope.variables
    return Pattern(
        f"{required.text} OPTIONAL {{ {option.text} }}",
        Scope(required.scope.certain, required.scope.maybe | added, both.scope.sources),
        (*both.checks, *(check for one in conditions for check in one.checks)),
        both.properties,
    )


def _triples(triples: Any) -> Pattern:
    """Return the pattern of triple patterns beside each other."""
    made, held = Pattern(), set()
    # rdflib's order is another one in each process.
    triples = sorted(triples, key=lambda triple: [str(term) for term in triple])
    for triple in triples:
        made = joined(made, _triple(*triple))
        if not _ends(triple[1]).may_be_empty:
            held |= _names(triple)
    for triple in triples:
        # A path of no length leads from any node to itself, also from those that are
        # not in the store: one end must be known to be there.
        if _ends(triple[1]).may_be_empty and held.isdisjoint(_names(triple)):
            raise NotUnderstood("a path of no length between two free ends")
    return made


def _names(triple: Any) -> set[str]:
    names = (variable(triple[0]), variable(triple[2]))
    return {name for name in names if name is not None}


def _triple(subject: Any, path: Any, value: Any) -> Pattern:
    ends = _ends(path)
    known: dict[str, Source] = {}
    for term, source in ((subject, ends.start), (value, ends.end)):
        name = variable(term)
        if name is not None:
            known[name] = known[name].beside(source) if name in known else source
    checks = (*ends.checks, *_joins(known))
    constant = _constant_term(value)
    if constant is not None and constant.startswith('"'):
        kinds = EQUAL_ONLY if ends.end.only_nodes else JOINABLE
        join = Check(ends.end.properties, frozenset({constant}), (kinds,))
        checks = (*checks, join)
        if not join.holds(()):
            raise NotUnderstood("a literal that the engines write differently")
    text = f"{_written(subject)} {ends.text} {_written(value)} ."
    scope = Scope(frozenset(known), frozenset(), known)
    return Pattern(text, scope, checks, ends.properties)


def _constant_term(term: Any) -> Term | None:
    return None if variable(term) is not None else str(term.n3())


def _written(term: Any) -> str:
    name = variable(term)
    return str(term.n3()) if name is None else f"?{name}"


@dataclass(frozen=True)
class _Ends:
    """A path: its text, where its two ends come from, what it reads."""

    text: str
    start: Source
    end: Source
    properties: frozenset[Term]
    may_be_empty: bool = False
    from_value: bool = False
    checks: tuple[Check, ...] = ()


def _ends(path: Any) -> _Ends:
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, URIRef):
        term = str(path.n3())
        held = frozenset({term})
        return _Ends(term, Source(nodes=True), Source(held, objects=1), held)
    if isinstance(path, InvPath):
        one = _ends(path.arg)
        return _Ends(
            f"^({one.text})",
            one.end,
            one.start,
            one.properties,
            one.may_be_empty,
            from_value=True,
            checks=one.checks,
        )
    if isinstance(path, SequencePath):
        return _sequence([_ends(one) for one in path.args])
    if isinstance(path, AlternativePath):
        return _alternative([_ends(one) for one in path.args])
    if isinstance(path, MulPath) and isinstance(path.path, URIRef):
        return _repeated(_ends(path.path), path.mod)
    raise NotUnderstood("a variable or an unusual path as property")


def _sequence(parts: list[_Ends]) -> _Ends:
    start, end = parts[0].start, parts[-1].end
    # A path of no length hands on what it was given.
    for part in parts[1:]:
        start = start.or_else(part.start) if parts[0].may_be_empty else start
    for part in parts[:-1]:
        end = end.or_else(part.end) if parts[-1].may_be_empty else end
    return _Ends(
        "/".join(f"({part.text})" for part in parts),
        start,
        end,
        frozenset().union(*(part.properties for part in parts)),
        all(part.may_be_empty for part in parts),
        from_value=parts[0].from_value,
        checks=_links(parts),
    )


def _links(parts: list[_Ends]) -> tuple[Check, ...]:
    """Return the checks where one part ends and the next begins."""
    checks = [check for part in parts for check in part.checks]
    for one, two in pairwise(parts):
        nodes = one.end.only_nodes or two.start.only_nodes
        if two.from_value or nodes:
            held = one.end.properties | two.start.properties
            constants = one.end.constants | two.start.constants
            kinds = EQUAL_ONLY if nodes else JOINABLE
            checks.append(Check(held, constants, (kinds,)))
    return tuple(checks)


def _alternative(parts: list[_Ends]) -> _Ends:
    start, end = parts[0].start, parts[0].end
    for part in parts[1:]:
        start, end = start.or_else(part.start), end.or_else(part.end)
    return _Ends(
        "|".join(f"({part.text})" for part in parts),
        start,
        end,
        frozenset().union(*(part.properties for part in parts)),
        any(part.may_be_empty for part in parts),
        from_value=any(part.from_value for part in parts),
        checks=tuple(check for part in parts for check in part.checks),
    )


def _repeated(one: _Ends, sign: Any) -> _Ends:
    either = replace(one.start.or_else(one.end), only_nodes=True)
    start = replace(one.start, only_nodes=True) if sign == "+" else either
    # What lies between two steps is a node as well.
    checks = (Check(one.end.properties, frozenset(), (EQUAL_ONLY,)),)
    text = f"({one.text}){sign}"
    return _Ends(text, start, either, one.properties, sign != "+", checks=checks)
