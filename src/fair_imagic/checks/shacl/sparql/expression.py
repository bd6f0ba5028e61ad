"""Expressions of a query as data: what they are made of, and their text in SPARQL.

The same expression is printed for Oxigraph, computed value by value
(:mod:`~fair_imagic.checks.shacl.sparql.truth`) or handed to rdflib.
"""

from __future__ import annotations

from dataclasses import dataclass

from fair_imagic.rdf import Term  # noqa: TC001 - part of a union below

__all__ = [
    "Arithmetic",
    "Bound",
    "Call",
    "Comparison",
    "Constant",
    "Expression",
    "Junction",
    "Membership",
    "Name",
    "Negation",
    "names_in",
]


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str

    @property
    def text(self) -> str:
        """The variable in SPARQL."""
        return f"?{self.name}"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Nothing below it."""
        return ()


@dataclass(frozen=True)
class Constant:
    """An IRI or a literal."""

    term: Term

    @property
    def text(self) -> str:
        """The term in SPARQL."""
        return self.term

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Nothing below it."""
        return ()


@dataclass(frozen=True)
class Arithmetic:
    """Operands with ``+ - * /`` between them, from left to right."""

    parts: tuple[Expression, ...]
    signs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sum or product in SPARQL, in brackets."""
        rest = zip(self.signs, self.parts[1:], strict=True)
        more = "".join(f" {sign} {part.text}" for sign, part in rest)
        return f"({self.parts[0].text}{more})"


@dataclass(frozen=True)
class Call:
    """A function of SPARQL, or a cast by the IRI of a datatype."""

    function: str
    parts: tuple[Expression, ...]

    @property
    def text(self) -> str:
        """The call in SPARQL."""
        return f"{self.function}({', '.join(part.text for part in self.parts)})"


@dataclass(frozen=True)
class Comparison:
    """One of ``= != < <= > >=`` between two operands."""

    sign: str
    left: Expression
    right: Expression

    @property
    def text(self) -> str:
        """The comparison in SPARQL, in brackets."""
        return f"({self.left.text} {self.sign} {self.right.text})"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Both operands."""
        return self.left, self.right


@dataclass(frozen=True)
class Membership:
    """``IN`` or ``NOT IN`` a list."""

    sign: str
    one: Expression
    members: tuple[Expression, ...]

    @property
    def text(self) -> str:
        """The question in SPARQL, in brackets."""
        listed = ", ".join(member.text for member in self.members)
        return f"({self.one.text} {self.sign} ({listed}))"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The operand and the members."""
        return (self.one, *self.members)


@dataclass(frozen=True)
class Bound:
    """Whether a variable is bound."""

    one: Name

    @property
    def text(self) -> str:
        """The question in SPARQL."""
        return f"bound({self.one.text})"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The variable."""
        return (self.one,)


@dataclass(frozen=True)
class Negation:
    """``!`` of a condition."""

    one: Expression

    @property
    def text(self) -> str:
        """The negation in SPARQL, in brackets."""
        return f"(!{self.one.text})"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The condition."""
        return (self.one,)


@dataclass(frozen=True)
class Junction:
    """Conditions with ``&&`` or with ``||`` between them."""

    sign: str
    parts: tuple[Expression, ...]

    @property
    def text(self) -> str:
        """The conditions in SPARQL, in brackets."""
        return f"({f' {self.sign} '.join(part.text for part in self.parts)})"


Expression = (
    Name
    | Constant
    | Arithmetic
    | Call
    | Comparison
    | Membership
    | Bound
    | Negation
    | Junction
)


def names_in(expression: Expression) -> frozenset[str]:
    """Return all variables of an expression."""
    if isinstance(expression, Name):
        return frozenset({expression.name})
    return frozenset().union(*map(names_in, expression.parts))
