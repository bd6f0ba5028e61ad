"""From graph patterns of a query's algebra to groups, with what they bind.

Understood: triple patterns with fixed properties and property paths of sequence,
alternative, inverse, ``*``, ``+`` and ``?`` (the last three on properties alone);
groups; UNION; OPTIONAL; filters as in
:mod:`~fair_imagic.checks.shacl.sparql.condition`; BIND of what only filters ask for.
Not understood: variables as properties, sub-queries, GRAPH.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.condition import (
    Condition,
    bound_expression,
    condition,
    conjuncts,
)
from fair_imagic.checks.shacl.sparql.group import (
    Group,
    Step,
    Verbatim,
    is_name,
    name_of,
)
from fair_imagic.checks.shacl.sparql.kinds import EQUAL_ONLY, JOINABLE, NEVER, Check
from fair_imagic.checks.shacl.sparql.path import ends
from fair_imagic.checks.shacl.sparql.scope import (
    NotUnderstood,
    Scope,
    Source,
    constant,
    variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.checks.shacl.sparql.kinds import Kind
    from fair_imagic.rdf import Term

__all__ = ["Pattern", "join", "pattern", "with_filter"]


@dataclass(frozen=True)
class Pattern:
    """A group and the variables that it binds."""

    group: Group = field(default_factory=Group)
    scope: Scope = field(default_factory=Scope)


def pattern(node: Any, base: Pattern) -> Pattern:
    """Return the pattern of an algebra node.

    ``base`` binds what every group sees (``$this``): it is added to each of them.
    Raises :class:`~fair_imagic.checks.shacl.sparql.scope.NotUnderstood`.
    """
    if node.name == "BGP":
        return join(base, _triples(node.triples))
    if node.name == "Join":
        left, right = pattern(node.p1, base), pattern(node.p2, base)
        # Nothing, beside which rdflib puts the first group in braces.
        return right if left == Pattern() else join(left, _nested(right))
    if node.name == "Union":
        return join(base, _union(pattern(node.p1, base), pattern(node.p2, base)))
    if node.name == "LeftJoin":
        return _optional(node, base)
    if node.name == "Extend":
        return _bound(node, base)
    if node.name == "Filter":
        inner = pattern(node.p, base)
        return with_filter(
            inner, [condition(one, inner.scope) for one in conjuncts(node.expr)]
        )
    raise NotUnderstood(node.name)


def with_filter(inner: Pattern, conditions: Iterable[Condition]) -> Pattern:
    """Return a pattern with conditions added."""
    group = inner.group
    return replace(inner, group=replace(group, elements=(*group.elements, *conditions)))


def join(left: Pattern, right: Pattern) -> Pattern:
    """Return both patterns beside each other; shared values must be the same term."""
    one, two = left.scope, right.scope
    if one.clashes(two) or two.clashes(one):
        raise NotUnderstood("a variable of OPTIONAL, UNION or BIND used elsewhere")
    sources = _merged(one.sources, two.sources)
    group = Group(
        left.group.elements + right.group.elements,
        (*left.group.checks, *right.group.checks, *_joins(sources)),
        left.group.properties | right.group.properties,
    )
    scope = Scope(
        one.certain | two.certain,
        one.maybe | two.maybe,
        sources,
        {**one.expressions, **two.expressions},
    )
    return Pattern(group, scope)


def _bound(node: Any, base: Pattern) -> Pattern:
    """Return a pattern with one more variable, which stands for an expression."""
    inner, name = pattern(node.p, base), str(node.var)
    scope = inner.scope
    made = bound_expression(node.expr, scope)
    own = Scope(expressions={name: made})
    if own.clashes(scope):
        raise NotUnderstood("BIND of a variable that has a value")
    return replace(
        inner, scope=replace(scope, expressions={**scope.expressions, name: made})
    )


def _merged(one: Mapping[str, Source], two: Mapping[str, Source]) -> dict[str, Source]:
    merged = dict(one)
    for name, source in two.items():
        merged[name] = merged[name].beside(source) if name in merged else source
    return merged


def _joins(sources: Mapping[str, Source]) -> list[Check]:
    checks = (source.check() for source in sources.values())
    return [check for check in checks if check is not None]


def _nested(inner: Pattern) -> Pattern:
    group = inner.group
    return replace(inner, group=Group((group,), group.checks, group.properties))


def _union(left: Pattern, right: Pattern) -> Pattern:
    one, two = left.scope, right.scope
    certain = one.certain & two.certain
    sources = dict(one.sources)
    for name, source in two.sources.items():
        sources[name] = sources[name].or_else(source) if name in sources else source
    text = f"{{ {{ {left.group.text} }} UNION {{ {right.group.text} }} }}"
    group = Group(
        (Verbatim(text),),
        left.group.all_checks + right.group.all_checks,
        left.group.properties | right.group.properties,
    )
    loose = (
        one.variables | two.variables | one.expressions.keys() | two.expressions.keys()
    )
    return Pattern(group, Scope(certain, loose - certain, sources))


def _optional(node: Any, base: Pattern) -> Pattern:
    required, option = pattern(node.p1, base), pattern(node.p2, base)
    both = join(required, option)
    if getattr(node.expr, "name", "") != "TrueFilter":
        conditions = [condition(one, both.scope) for one in conjuncts(node.expr)]
        option = with_filter(option, conditions)
    bound = option.scope.variables | option.scope.expressions.keys()
    added = bound - required.scope.variables
    text = f"OPTIONAL {{ {option.group.text} }}"
    group = Group(
        (*required.group.elements, Verbatim(text)),
        (*both.group.checks, *option.group.all_checks),
        both.group.properties,
    )
    scope = Scope(
        required.scope.certain,
        required.scope.maybe | added,
        both.scope.sources,
        required.scope.expressions,
    )
    return Pattern(group, scope)


def _triples(triples: Any) -> Pattern:
    """Return the pattern of triple patterns beside each other."""
    steps = [step for triple in triples for step in _steps(*triple)]
    made, held = Pattern(), set()
    # rdflib's order is another one in each process.
    for step in sorted(steps, key=str):
        made = join(made, _walked(step))
        if not ends(step.path).may_be_empty:
            held |= step.names
    for step in steps:
        # A path of no length leads from any node to itself, also from those that are
        # not in the store: one end must be known to be there.
        if ends(step.path).may_be_empty and held.isdisjoint(step.names):
            raise NotUnderstood("a path of no length between two free ends")
    return made


@dataclass(frozen=True)
class _Walk:
    """A path from one end to the other."""

    subject: str
    path: Any
    value: str

    @property
    def names(self) -> set[str]:
        return {name_of(end) for end in (self.subject, self.value) if is_name(end)}

    def __str__(self) -> str:
        return f"{self.subject} {self.path.n3()} {self.value}"


def _steps(subject: Any, path: Any, value: Any) -> Iterator[_Walk]:
    """Yield a path as the steps that it is made of."""
    yield from _taken_apart(_Walk(_end(subject), path, _end(value)))


def _end(term: Any) -> str:
    name = variable(term)
    return constant(term) if name is None else f"?{name}"


def _taken_apart(walk: _Walk) -> Iterator[_Walk]:
    from rdflib.paths import InvPath, SequencePath

    if isinstance(walk.path, InvPath) and not walk.value.startswith('"'):
        yield from _taken_apart(_Walk(walk.value, walk.path.arg, walk.subject))
    elif isinstance(walk.path, SequencePath):
        parts = walk.path.args
        # Named after the whole: the same path twice may well lead the same way.
        name = hashlib.sha256(str(walk).encode()).hexdigest()[:16]
        between = [f"?__{name}_{number}" for number in range(1, len(parts))]
        stops = (walk.subject, *between, walk.value)
        for part, (start, end) in zip(parts, pairwise(stops), strict=True):
            yield from _taken_apart(_Walk(start, part, end))
    else:
        yield walk


def _walked(walk: _Walk) -> Pattern:
    from rdflib import URIRef

    path = ends(walk.path)
    known: dict[str, Source] = {}
    for end, source in ((walk.subject, path.start), (walk.value, path.end)):
        if is_name(end):
            name = name_of(end)
            known[name] = known[name].beside(source) if name in known else source
    checks = (*path.checks, *_joins(known))
    if walk.value.startswith('"'):
        kinds = EQUAL_ONLY if path.end.only_nodes else JOINABLE
        checks = (*checks, _literal_check(path.end, walk.value, kinds))
    step: Step | Verbatim
    if isinstance(walk.path, URIRef):
        step = Step(walk.subject, path.text, walk.value)
    else:
        step = Verbatim(f"{walk.subject} {path.text} {walk.value} .")
    scope = Scope(frozenset(known), frozenset(), known)
    return Pattern(Group((step,), checks, path.properties), scope)


def _literal_check(end: Source, term: Term, kinds: frozenset[Kind]) -> Check:
    """Return what must hold before the store may be asked for a literal."""
    check = Check(end.properties, frozenset({term}), (kinds,))
    return check if check.holds(()) else NEVER
