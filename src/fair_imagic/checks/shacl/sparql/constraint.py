"""The SPARQL constraints of a shape as plans.

pySHACL itself reads the constraint, so that prefixes, ``$PATH`` and what it refuses
are exactly its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.plan import THIS, Plan
from fair_imagic.checks.shacl.sparql.query import compile_query

if TYPE_CHECKING:
    from pyshacl.shape import Shape

__all__ = ["plans_of"]


def plans_of(shape: Shape) -> tuple[Plan | None, ...]:
    """Return one plan for each active SPARQL constraint of a shape.

    None stands for a constraint without a plan: all its nodes may fail.
    """
    from pyshacl.constraints.sparql.sparql_based_constraints import (
        SH_sparql,
        SPARQLBasedConstraint,
    )
    from pyshacl.errors import ConstraintLoadError

    if (shape.node, SH_sparql, None) not in shape.sg.graph:
        return ()
    try:
        held = SPARQLBasedConstraint(shape).sparql_constraints
    except ConstraintLoadError:
        return (None,)  # pySHACL says the same when it looks at a node
    return tuple(_plan(helper) for helper in held if not helper.deactivated)


def _plan(helper: Any) -> Plan | None:
    from pyshacl.errors import (
        ReportableRuntimeError,
        ValidationFailure,
    )
    from rdflib import URIRef

    try:
        bound, text = helper.pre_bind_variables(URIRef("urn:fair-imagic:any"))
    except (ReportableRuntimeError, ValidationFailure, NotImplementedError):
        return None  # the same again when it looks at a node
    # Where pySHACL does not find $this in the text, it does not bind it either.
    if set(bound) != {THIS}:
        return None
    return compile_query(helper.apply_prefixes(text))
