"""Constraints of SHACL Core as questions about sets of nodes."""

from __future__ import annotations

from fair_imagic.checks.shacl.constraints.base import (
    Constraint,
    Judge,
    ValueConstraint,
    Verdict,
)
from fair_imagic.checks.shacl.constraints.nested import (
    AllOf,
    AnyOf,
    ExactlyOneOf,
    Not,
    Qualified,
)
from fair_imagic.checks.shacl.constraints.registry import (
    PARAMETERS,
    PROPERTY,
    SPARQL,
    read_constraint,
)

__all__ = [
    "PARAMETERS",
    "PROPERTY",
    "SPARQL",
    "AllOf",
    "AnyOf",
    "Constraint",
    "ExactlyOneOf",
    "Judge",
    "Not",
    "Qualified",
    "ValueConstraint",
    "Verdict",
    "read_constraint",
]
