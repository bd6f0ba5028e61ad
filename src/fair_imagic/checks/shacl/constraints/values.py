"""Constraints on single values: class, datatype, kind of node, list of choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.base import (
    ValueConstraint,
    Verdict,
    certain,
)
from fair_imagic.checks.shacl.literals import (
    INTEGERS,
    RDF_LANG_STRING,
    XSD,
    day,
    language_tag,
    number,
)
from fair_imagic.rdf import expand, iri

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fair_imagic.checks.shacl.constraints.base import Judge
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["ClassOf", "Datatype", "HasValue", "Languages", "NodeKind", "OneOf"]

_BOOLEANS = ('"true"', '"false"')
_RDFS_LITERAL = expand("rdfs:Literal")
_RDFS_DATATYPE = expand("rdfs:Datatype")
_KINDS = {
    iri("sh:IRI"): "<",
    iri("sh:BlankNode"): "_",
    iri("sh:Literal"): '"',
    iri("sh:BlankNodeOrIRI"): "_<",
    iri("sh:BlankNodeOrLiteral"): '_"',
    iri("sh:IRIOrLiteral"): '<"',
}


@dataclass(frozen=True)
class ClassOf(ValueConstraint):
    """``sh:class``: every value is an instance of each class."""

    classes: tuple[Term, ...]

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that are not instances."""
        found: set[Term] = set()
        for name in self.classes:
            found |= set(values) - judge.members(name)
            # A literal is an instance of nothing.
            found.update(value for value in values if value[0] == '"')
        return certain(found)


@dataclass(frozen=True)
class NodeKind(ValueConstraint):
    """``sh:nodeKind``: IRI, blank node or literal."""

    kind: Term

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values of another kind."""
        allowed = _KINDS.get(self.kind, "")
        return certain({value for value in values if value[0] not in allowed})


@dataclass(frozen=True)
class OneOf(ValueConstraint):
    """``sh:in``: every value is a member of the list."""

    choices: frozenset[Term]

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that are not in the list."""
        return certain({value for value in values if value not in self.choices})


@dataclass(frozen=True)
class Languages(ValueConstraint):
    """``sh:languageIn``: every value is a text in one of these languages."""

    tags: frozenset[str]

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values in other languages or in none."""
        return certain({value for value in values if not self._allows(value)})

    def _allows(self, value: Term) -> bool:
        tag = language_tag(value)
        if not tag:
            return False
        return not self.tags.isdisjoint(("*", tag, tag.partition("-")[0]))


@dataclass(frozen=True)
class Datatype(ValueConstraint):
    """``sh:datatype``: every value is a well-formed literal of this type."""

    datatype: str

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that are not of the type, and those we are unsure of."""
        wanted = self.datatype
        if wanted == XSD + "string":
            return certain({v for v in values if v[0] != '"' or v[-1] != '"'})
        if wanted == RDF_LANG_STRING:
            return certain({v for v in values if language_tag(v) is None})
        if wanted in (_RDFS_LITERAL, _RDFS_DATATYPE):
            return Verdict(frozenset(), frozenset(values))
        ending = f'"^^<{wanted}>'
        others = {v for v in values if not v.endswith(ending)}
        sure = _well_formed(wanted)
        doubtful = judge.index.doubtful
        unsure = {
            v for v in values if v not in others and (v in doubtful or not sure(v))
        }
        return Verdict(others, others | unsure)


def _well_formed(datatype: str) -> Callable[[Term], bool]:
    """Return a test that passes only terms which are well-formed beyond doubt."""
    if datatype in (XSD + "decimal", XSD + "float", XSD + "double"):
        return lambda term: number(term) is not None
    if datatype in (XSD + "integer", XSD + "long"):
        return lambda term: number(term) is not None
    if datatype in INTEGERS:
        return lambda term: _is_small(term, datatype)
    if datatype in (XSD + "date", XSD + "dateTime"):
        return lambda term: day(term) is not None
    if datatype == XSD + "boolean":
        return lambda term: term.startswith(_BOOLEANS)
    if datatype in (XSD + "anyURI", XSD + "language"):
        return lambda _term: True
    return lambda term: not datatype.startswith((XSD, expand("rdf:")))


def _is_small(term: Term, datatype: str) -> bool:
    """Return whether a whole number is within the bounds of every type but byte's."""
    value = number(term)
    if value is None:
        return False
    if datatype == XSD + "nonNegativeInteger":
        return value >= 0
    if datatype == XSD + "positiveInteger":
        return value > 0
    return datatype.startswith((XSD + "unsigned", XSD + "int")) and 0 <= value <= 255


@dataclass(frozen=True)
class HasValue:
    """``sh:hasValue``: each of these terms is among the values."""

    parameter: Term
    terms: tuple[Term, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the focus nodes that lack one of the terms."""
        found: set[Term] = set()
        for term in self.terms:
            found |= view.nodes - view.nodes_with({term})
        return certain(found)
