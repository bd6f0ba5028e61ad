"""From filters of a query's algebra to conditions, with what they need of the data.

Understood is every expression of which rdflib's answer rests on its values alone: not
``EXISTS`` inside of it, not ``NOW()``, ``RAND()`` and their kind, no function of one's
own. Oxigraph may be asked only for a part of that: ``&& || !``, comparison of variables
and constants, ``IN`` with IRIs or plain texts, ``+`` and ``-`` on numbers, ``bound``;
and only while a check on the data
(:class:`~fair_imagic.checks.shacl.sparql.kinds.Check`) says that no comparison is an
error, so that engines cannot differ in how errors spread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.expression import (
    Arithmetic,
    Bound,
    Call,
    Comparison,
    Constant,
    Expression,
    Junction,
    Membership,
    Name,
    Negation,
    names_in,
)
from fair_imagic.checks.shacl.sparql.kinds import (
    COMPARABLE,
    EQUAL_ONLY,
    NEVER,
    NUMBERS,
    Check,
    Kind,
)
from fair_imagic.checks.shacl.sparql.scope import (
    NotUnderstood,
    Scope,
    constant,
    variable,
)
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from fair_imagic.rdf import Term

__all__ = ["Condition", "bound_expression", "condition", "conjuncts"]

_ORDER = frozenset({"<", "<=", ">", ">="})
_EQUAL = frozenset({"=", "!="})
_MEMBER = frozenset({"IN", "NOT IN"})
_JUNCTIONS = {"ConditionalAndExpression": "&&", "ConditionalOrExpression": "||"}
_ARITHMETIC = frozenset({"AdditiveExpression", "MultiplicativeExpression"})
# Functions whose answer rests on their arguments alone; how rdflib calls those.
_ONE, _TWO = ("arg",), ("arg1", "arg2")
_FUNCTIONS = {
    **dict.fromkeys(("STR", "LANG", "DATATYPE", "STRLEN", "UCASE", "LCASE"), _ONE),
    **dict.fromkeys(("isIRI", "isURI", "isBLANK", "isLITERAL", "isNUMERIC"), _ONE),
    **dict.fromkeys(("ABS", "CEIL", "FLOOR", "ROUND"), _ONE),
    **dict.fromkeys(("YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS"), _ONE),
    **dict.fromkeys(("LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS"), _TWO),
    **dict.fromkeys(("STRBEFORE", "STRAFTER", "sameTerm"), _TWO),
    "REGEX": ("text", "pattern", "flags"),
    "REPLACE": ("arg", "pattern", "replacement", "flags"),
    "SUBSTR": ("arg", "start", "length"),
}
_CASTS = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        *("string", "boolean", "integer", "decimal", "double", "float", "dateTime"),
    )
)


@dataclass(frozen=True)
class Condition:
    """A filter, and what must hold of the data before Oxigraph may be asked."""

    expression: Expression
    checks: tuple[Check, ...] = ()

    @property
    def text(self) -> str:
        """The filter in SPARQL."""
        return f"FILTER {_in_brackets(self.expression.text)}"

    @cached_property
    def names(self) -> frozenset[str]:
        """Its variables."""
        return names_in(self.expression)


def _in_brackets(text: str) -> str:
    return text if text.startswith("(") else f"({text})"


def conjuncts(expression: Any) -> list[Any]:
    """Return the parts of an expression that must all be true."""
    if getattr(expression, "name", "") != "ConditionalAndExpression":
        return [expression]
    parts = [expression.expr, *expression.other]
    return [one for part in parts for one in conjuncts(part)]


def condition(expression: Any, scope: Scope) -> Condition:
    """Return the condition of an algebra expression over the variables of a scope.

    Raises :class:`~fair_imagic.checks.shacl.sparql.scope.NotUnderstood`.
    """
    reader = _Reader(scope)
    made = reader.condition(expression)
    return Condition(made, tuple(reader.checks))


def bound_expression(expression: Any, scope: Scope) -> Expression:
    """Return what a variable is bound to; raises like :func:`condition`.

    Where that is an error the variable stays unbound, and what asks for it is an error
    too: it says the same as the expression in its place.
    """
    return _Reader(scope).operand(expression)


@dataclass(frozen=True)
class _Operands:
    """Where the values of some operands come from."""

    properties: frozenset[Term] = frozenset()
    constants: frozenset[Term] = frozenset()

    def beside(self, other: _Operands) -> _Operands:
        return _Operands(
            self.properties | other.properties, self.constants | other.constants
        )

    def check(self, *allowed: frozenset[Kind]) -> Check:
        check = Check(self.properties, self.constants, allowed)
        return check if check.holds(()) else NEVER


class _Reader:
    """Reads one filter; collects the checks on the way."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.checks: list[Check] = []

    def condition(self, node: Any) -> Expression:
        name = getattr(node, "name", "")
        if name in _JUNCTIONS:
            parts = tuple(map(self.condition, (node.expr, *node.other)))
            return Junction(_JUNCTIONS[name], parts)
        if name == "UnaryNot":
            return Negation(self.condition(node.expr))
        if name == "Builtin_BOUND":
            return self._bound(node.arg)
        if name == "RelationalExpression":
            return self._comparison(node)
        self.checks.append(NEVER)
        return self.operand(node)

    def _bound(self, term: Any) -> Bound:
        name = variable(term)
        if name is None or name not in self.scope.variables:
            raise NotUnderstood("bound() of a variable from elsewhere")
        return Bound(Name(name))

    def _comparison(self, node: Any) -> Expression:
        sign, left = str(node.op), self.operand(node.expr)
        if sign in _MEMBER:
            return self._membership(left, sign, node.other)
        if sign not in _ORDER | _EQUAL:
            raise NotUnderstood(sign)
        right = self.operand(node.other)
        allowed = COMPARABLE if sign in _ORDER else (*COMPARABLE, EQUAL_ONLY)
        both = self._source(left).beside(self._source(right))
        self.checks.append(both.check(*allowed))
        return Comparison(sign, left, right)

    def _membership(self, left: Expression, sign: str, listed: Any) -> Expression:
        if isinstance(listed, str):
            raise NotUnderstood("IN an empty list")
        members = tuple(map(self.operand, listed))
        source = self._source(left)
        for one in members:
            source = source.beside(self._source(one))
        # rdflib compares members as terms, not as values.
        self.checks.append(source.check(EQUAL_ONLY, frozenset({Kind.STRING})))
        if any(names_in(one) for one in members):
            self.checks.append(NEVER)
        return Membership(sign, left, members)

    def operand(self, node: Any) -> Expression:
        name = getattr(node, "name", "")
        if name in _ARITHMETIC:
            parts = tuple(map(self.operand, (node.expr, *node.other)))
            return Arithmetic(parts, tuple(map(str, node.op)))
        if name in ("UnaryMinus", "UnaryPlus"):
            raise NotUnderstood(name)
        if name == "Function":
            return self._cast(node)
        if name.startswith("Builtin_") and name != "Builtin_BOUND":
            return self._call(name.removeprefix("Builtin_"), node)
        if name:
            return self.condition(node)
        held = variable(node)
        if held is None:
            return Constant(constant(node))
        if held in self.scope.expressions:
            return self.scope.expressions[held]
        if held not in self.scope.certain:
            raise NotUnderstood("a comparison with what may be unbound")
        return Name(held)

    def _cast(self, node: Any) -> Call:
        if str(node.iri) not in _CASTS or len(node.expr or ()) != 1:
            raise NotUnderstood("a function of one's own")
        return Call(f"<{node.iri}>", (self.operand(node.expr[0]),))

    def _call(self, function: str, node: Any) -> Call:
        if function not in _FUNCTIONS:
            raise NotUnderstood(function)
        _look_at_pattern(node.pattern)
        arguments = (getattr(node, name) for name in _FUNCTIONS[function])
        return Call(
            function, tuple(self.operand(one) for one in arguments if one is not None)
        )

    def _source(self, one: Expression) -> _Operands:
        """Return where values to compare come from, and that they can be added."""
        if isinstance(one, Name):
            held = self.scope.sources[one.name]
            return _Operands(held.properties, held.constants)
        if isinstance(one, Constant):
            return _Operands(constants=frozenset({one.term}))
        if isinstance(one, Arithmetic) and {*one.signs} <= {"+", "-"}:
            # A number among the constants keeps the comparison to numbers.
            source = _Operands(constants=frozenset({_ZERO}))
            for part in one.parts:
                source = source.beside(self._source(part))
            self.checks.append(source.check(NUMBERS))
            return source
        self.checks.append(NEVER)
        return _Operands()


def _look_at_pattern(text: Any) -> None:
    """Raise ``re.error`` for a pattern that cannot be: pySHACL says so."""
    if isinstance(text, str) and variable(text) is None:
        re.compile(text)


_ZERO = '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'
