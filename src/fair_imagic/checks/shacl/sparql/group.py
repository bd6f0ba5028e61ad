"""Groups of a query as data: triple patterns and filters, and their text in SPARQL.

What only Oxigraph can answer (UNION, OPTIONAL, paths of open length) is kept as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.sparql.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.shacl.sparql.kinds import Check
    from fair_imagic.rdf import Term

__all__ = ["Condition", "Element", "Group", "Step", "Verbatim", "is_name", "name_of"]


def name_of(end: str) -> str:
    """Return the name of a variable that is the end of a step."""
    return end[1:]


def is_name(end: str) -> bool:
    """Return whether the end of a step is a variable, not a term."""
    return end.startswith("?")


@dataclass(frozen=True)
class Step:
    """A triple pattern: from a subject by a predicate to a value.

    Both ends are a term, or a variable with its question mark.
    """

    subject: str
    predicate: Term
    value: str

    @property
    def text(self) -> str:
        """The triple pattern in SPARQL."""
        return f"{self.subject} {self.predicate} {self.value} ."

    @property
    def names(self) -> frozenset[str]:
        """Its variables."""
        ends = (self.subject, self.value)
        return frozenset(name_of(end) for end in ends if is_name(end))


@dataclass(frozen=True)
class Verbatim:
    """A part of a group that is known by its text alone."""

    text: str


@dataclass(frozen=True)
class Group:
    """Elements beside each other, in the order of the text.

    ``checks`` are what must hold of the data before Oxigraph may be asked, besides
    those of the conditions; ``properties`` is all that is read.
    """

    elements: tuple[Element, ...] = ()
    checks: tuple[Check, ...] = ()
    properties: frozenset[Term] = frozenset()

    @property
    def text(self) -> str:
        """The group in SPARQL, without braces."""
        return " ".join(
            f"{{ {one.text} }}" if isinstance(one, Group) else one.text
            for one in self.elements
        )

    @property
    def flat(self) -> Iterator[Step | Condition | Verbatim]:
        """The elements of this group and of the groups in it."""
        for one in self.elements:
            if isinstance(one, Group):
                yield from one.flat
            else:
                yield one

    @property
    def all_checks(self) -> tuple[Check, ...]:
        """All checks, those of conditions included."""
        held = (
            c for one in self.flat if isinstance(one, Condition) for c in one.checks
        )
        return (*self.checks, *held)


Element = Step | Condition | Verbatim | Group
