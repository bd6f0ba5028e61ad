"""Filter expressions that rdflib and Oxigraph answer alike, written as SPARQL again.

Understood: ``&& || !``, comparison of variables and constants, ``IN`` with IRIs or
plain texts, ``+`` and ``-`` on numbers, ``bound``. Every compared value brings a check
on the data (:class:`~fair_imagic.checks.engine.sparql.kinds.Check`): where it holds no
comparison is an error, so engines cannot differ in how errors spread. Regular
expressions, casts and functions are not understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.engine.sparql.kinds import (
    COMPARABLE,
    EQUAL_ONLY,
    NUMBERS,
    Check,
    Kind,
)
from fair_imagic.checks.engine.sparql.scope import NotUnderstood, Scope, variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.rdf import Term

__all__ = ["Condition", "condition", "conjuncts"]

_ORDER = frozenset({"<", "<=", ">", ">="})
_EQUAL = frozenset({"=", "!="})
_MEMBER = frozenset({"IN", "NOT IN"})


@dataclass(frozen=True)
class Condition:
    """A filter: its text, its variables, and what must hold of the data."""

    text: str
    variables: frozenset[str]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class _Operand:
    text: str
    variables: frozenset[str]
    properties: frozenset[Term]
    constants: frozenset[Term]


def conjuncts(expression: Any) -> list[Any]:
    """Return the parts of an expression that must all be true."""
    if getattr(expression, "name", "") != "ConditionalAndExpression":
        return [expression]
    parts = [expression.expr, *expression.other]
    return [one for part in parts for one in conjuncts(part)]


def condition(expression: Any, scope: Scope) -> Condition:
    """Return the condition of an algebra expression over the variables of a scope.

    Raises :class:`~fair_imagic.checks.engine.sparql.scope.NotUnderstood`.
    """
    name = getattr(expression, "name", "")
    if name in ("ConditionalAndExpression", "ConditionalOrExpression"):
        parts = [condition(p, scope) for p in (expression.expr, *expression.other)]
        sign = " && " if name == "ConditionalAndExpression" else " || "
        return _joined(sign.join(part.text for part in parts), parts)
    if name == "UnaryNot":
        part = condition(expression.expr, scope)
        return _joined(f"!{part.text}", [part])
    if name == "Builtin_BOUND":
        return _bound(expression.arg, scope)
    if name == "RelationalExpression":
        return _comparison(expression, scope)
    raise NotUnderstood(name or "a bare value as condition")


def _joined(text: str, parts: Iterable[Condition]) -> Condition:
    parts = tuple(parts)
    variables = frozenset().union(*(part.variables for part in parts))
    checks = tuple(check for part in parts for check in part.checks)
    return Condition(f"({text})", variables, checks)


def _bound(term: Any, scope: Scope) -> Condition:
    name = variable(term)
    if name is None or name not in scope.variables:
        raise NotUnderstood("bound() of a variable from elsewhere")
    return Condition(f"bound(?{name})", frozenset({name}))


def _comparison(expression: Any, scope: Scope) -> Condition:
    sign = str(expression.op)
    left = _operand(expression.expr, scope)
    if sign in _MEMBER:
        return _membership(left, sign, expression.other, scope)
    if sign not in _ORDER | _EQUAL:
        raise NotUnderstood(sign)
    right = _operand(expression.other, scope)
    allowed = COMPARABLE if sign in _ORDER else (*COMPARABLE, EQUAL_ONLY)
    check = _check((left, right), allowed)
    text = f"({left.text} {sign} {right.text})"
    return Condition(text, left.variables | right.variables, check)


def _membership(left: _Operand, sign: str, listed: Any, scope: Scope) -> Condition:
    members = [_operand(one, scope) for one in listed]
    if not members or any(one.variables for one in members):
        raise NotUnderstood("IN without constants")
    # rdflib compares members as terms, not as values.
    check = _check((left, *members), (EQUAL_ONLY, frozenset({Kind.STRING})))
    text = f"({left.text} {sign} ({', '.join(one.text for one in members)}))"
    return Condition(text, left.variables, check)


def _check(
    operands: tuple[_Operand, ...], allowed: tuple[frozenset[Kind], ...]
) -> tuple[Check, ...]:
    properties = frozenset().union(*(one.properties for one in operands))
    constants = frozenset().union(*(one.constants for one in operands))
    check = Check(properties, constants, allowed)
    if not check.holds(()):
        raise NotUnderstood("a comparison on which the engines may differ")
    return (check,)


def _operand(node: Any, scope: Scope) -> _Operand:
    if getattr(node, "name", "") == "AdditiveExpression":
        return _sum(node, scope)
    name = variable(node)
    if name is not None:
        return _variable(name, scope)
    term = _constant(node)
    return _Operand(term, frozenset(), frozenset(), frozenset({term}))


def _variable(name: str, scope: Scope) -> _Operand:
    if name not in scope.certain:
        raise NotUnderstood("a comparison with what may be unbound")
    source = scope.sources[name]
    return _Operand(f"?{name}", frozenset({name}), source.properties, source.constants)


def _sum(node: Any, scope: Scope) -> _Operand:
    parts = [_operand(one, scope) for one in (node.expr, *node.other)]
    properties = frozenset().union(*(one.properties for one in parts))
    constants = frozenset().union(*(one.constants for one in parts))
    if not Check(properties, constants, (NUMBERS,)).holds(()):
        raise NotUnderstood("a sum of what are no numbers")
    text = parts[0].text + "".join(_signed(node.op, parts[1:]))
    variables = frozenset().union(*(one.variables for one in parts))
    # A number among the constants keeps the comparison to numbers.
    return _Operand(f"({text})", variables, properties, constants | {_ZERO})


_ZERO = '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'


def _signed(signs: Any, parts: list[_Operand]) -> Iterator[str]:
    for sign, part in zip(signs, parts, strict=True):
        yield f" {sign} {part.text}"


def _constant(node: Any) -> Term:
    from rdflib import Literal, URIRef

    if not isinstance(node, URIRef | Literal):
        raise NotUnderstood(getattr(node, "name", type(node).__name__))
    return str(node.n3())
