"""SPARQL constraints: the nodes that may break one, found for all nodes at once."""

from __future__ import annotations

from fair_imagic.checks.sparql.batch import Batch, flagged
from fair_imagic.checks.sparql.constraint import plans_of
from fair_imagic.checks.sparql.plan import Plan

__all__ = ["Batch", "Plan", "flagged", "plans_of"]
