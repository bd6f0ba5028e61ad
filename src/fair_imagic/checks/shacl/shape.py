"""One shape as the filter sees it: what is understood, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import (
    PARAMETERS,
    PROPERTY,
    SPARQL,
    AllOf,
    AnyOf,
    ExactlyOneOf,
    Not,
    Qualified,
    read_constraint,
)
from fair_imagic.checks.shacl.paths import read_path
from fair_imagic.checks.shacl.statements import MalformedError
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fair_imagic.checks.shacl.constraints import Constraint
    from fair_imagic.checks.shacl.paths import Path
    from fair_imagic.checks.shacl.statements import Statements
    from fair_imagic.rdf import Term

__all__ = ["PATH", "NodeTest", "read_shape", "references"]

PATH = iri("sh:path")
_DEACTIVATED = iri("sh:deactivated")
_TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_FALSE = _TRUE.replace("true", "false")


@dataclass(frozen=True)
class NodeTest:
    """A shape: its path (none for a node shape) and what it asks of values.

    ``opaque`` are the parameters of constraints that are not understood: the reference
    must look at every node. ``custom`` says that constraint components of the shapes'
    own apply. ``properties`` are the property shapes that it hands its values to.
    """

    term: Term
    path: Path | None
    constraints: tuple[Constraint, ...] = ()
    opaque: tuple[Term, ...] = ()
    sparql: bool = False
    custom: bool = False
    properties: tuple[Term, ...] = ()
    # The path itself is not understood: nothing is known of the values.
    opaque_path: bool = False

    @property
    def is_transparent(self) -> bool:
        """Return whether its own constraints are all understood."""
        return not (self.opaque or self.sparql or self.custom or self.opaque_path)


def read_shape(
    shapes: Statements, term: Term, *, custom: Collection[Term] = ()
) -> NodeTest:
    """Return a shape; ``custom`` are the parameters of its graph's own components."""
    about = shapes.about(term)
    if _DEACTIVATED in about and _is_off(shapes, term):
        return NodeTest(term, None)
    lost, path = False, None
    try:
        said = shapes.single(term, PATH)
        path = None if said is None else read_path(shapes, said)
    except MalformedError:
        lost = True
    groups = dict.fromkeys(PARAMETERS[p] for p in about if p in PARAMETERS)
    sparql = groups.pop(SPARQL, False) is None
    properties = tuple(about.get(PROPERTY, ()))
    if not lost and all(PATH in shapes.about(child) for child in properties):
        groups.pop(PROPERTY, None)
    understood, opaque = _constraints(shapes, term, groups, lost=lost)
    return NodeTest(
        term,
        path,
        understood,
        opaque,
        sparql=sparql,
        custom=not about.keys().isdisjoint(custom),
        properties=() if PROPERTY in groups else properties,
        opaque_path=lost,
    )


def _is_off(shapes: Statements, term: Term) -> bool:
    values = shapes.values(term, _DEACTIVATED)
    if len(values) != 1 or values[0] not in (_TRUE, _FALSE):
        raise MalformedError(_DEACTIVATED)
    return values[0] == _TRUE


def _constraints(
    shapes: Statements, term: Term, groups: Collection[Term], *, lost: bool
) -> tuple[tuple[Constraint, ...], tuple[Term, ...]]:
    understood: list[Constraint] = []
    opaque: list[Term] = []
    for parameter in groups:
        try:
            if lost or parameter == PROPERTY:
                raise MalformedError(parameter)
            understood.append(read_constraint(shapes, term, parameter))
        except MalformedError:
            opaque.append(parameter)
    return tuple(understood), tuple(opaque)


def references(constraint: Constraint) -> Iterator[Term]:
    """Yield the shapes that a constraint asks about its values."""
    match constraint:
        case AllOf(shapes=shapes) | Not(shapes=shapes):
            yield from shapes
        case AnyOf(lists=lists) | ExactlyOneOf(lists=lists):
            for shapes in lists:
                yield from shapes
        case Qualified(shapes=pairs):
            for shape, siblings in pairs:
                yield from (shape, *siblings)
