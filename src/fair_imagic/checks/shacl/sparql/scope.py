"""What a part of a query binds: its variables, and where their values come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.kinds import EQUAL_ONLY, JOINABLE, Check
from fair_imagic.errors import FairImagicError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Literal

    from fair_imagic.checks.shacl.sparql.expression import Expression
    from fair_imagic.rdf import Term

__all__ = ["ANY_NODE", "NotUnderstood", "Scope", "Source", "constant", "variable"]


class NotUnderstood(FairImagicError):
    """A part of a query lies outside the subset that is compiled.

    Never reaches a person: pySHACL answers such a query.
    """


# Stands for the subjects among the values of a variable.
ANY_NODE = "<>"


@dataclass(frozen=True)
class Source:
    """Where the values of a variable come from.

    They are objects of the properties, and subjects if ``nodes``; ``objects`` counts
    the places where the variable is an object. At the end of a repeated path they must
    be nodes (``only_nodes``): rdflib takes an empty text or a zero there for nothing.
    """

    properties: frozenset[Term] = frozenset()
    nodes: bool = False
    objects: int = 0
    only_nodes: bool = False

    @property
    def constants(self) -> frozenset[Term]:
        """Return what stands for values that are not looked up in the data."""
        return frozenset({ANY_NODE}) if self.nodes else frozenset()

    def check(self) -> Check | None:
        """Return what must hold of the values that this variable joins."""
        if not self.properties or not (self.only_nodes or self.objects > 1):
            return None
        allowed = EQUAL_ONLY if self.only_nodes else JOINABLE
        return Check(self.properties, self.constants, (allowed,))

    def beside(self, other: Source) -> Source:
        """Return the source of a variable that both patterns bind to one value."""
        kept = other if other.nodes and not other.properties else self
        return Source(
            kept.properties,
            kept.nodes,
            self.objects + other.objects,
            self.only_nodes or other.only_nodes,
        )

    def or_else(self, other: Source) -> Source:
        """Return the source of a variable that one of two patterns binds."""
        return Source(
            self.properties | other.properties,
            self.nodes or other.nodes,
            max(self.objects, other.objects),
            self.only_nodes or other.only_nodes,
        )


@dataclass(frozen=True)
class Scope:
    """The variables that are bound in each solution, and those that may be.

    ``expressions`` are those of BIND: they stand for an expression.
    """

    certain: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    sources: Mapping[str, Source] = field(default_factory=dict)
    expressions: Mapping[str, Expression] = field(default_factory=dict)

    @property
    def variables(self) -> frozenset[str]:
        """Return all variables of patterns."""
        return self.certain | self.maybe

    def clashes(self, other: Scope) -> bool:
        """Return whether a variable is used in both that cannot be joined."""
        loose = self.maybe | self.expressions.keys()
        return not loose.isdisjoint(other.variables | other.expressions.keys())


def variable(term: Any) -> str | None:
    """Return the name of a variable (blank nodes of a query are variables), or None."""
    from rdflib import BNode, Variable

    if isinstance(term, Variable):
        return str(term)
    return f"__{term}" if isinstance(term, BNode) else None


def constant(node: Any) -> Term:
    """Return the term of an IRI or literal of a query, in the form of the index."""
    from rdflib import Literal, URIRef

    from fair_imagic.checks.shacl.store import query_term

    if not isinstance(node, URIRef | Literal):
        raise NotUnderstood(getattr(node, "name", type(node).__name__))
    if isinstance(node, Literal) and not _is_plain(node):
        raise NotUnderstood("a literal whose text does not tell what rdflib holds")
    return query_term(node)


def _is_plain(node: Literal) -> bool:
    """Return whether a literal is the same once more when it is written and read."""
    from rdflib import Literal

    tag = node.language
    again = Literal(Literal(str(node)), datatype=node.datatype, lang=tag)
    return again == node and again.value == node.value and tag == (tag and tag.lower())
