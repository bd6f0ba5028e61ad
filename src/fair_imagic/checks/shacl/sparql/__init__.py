"""SPARQL constraints: the nodes that may break one, found for all nodes at once."""

from __future__ import annotations

from fair_imagic.checks.shacl.sparql.constraint import plans_of
from fair_imagic.checks.shacl.sparql.flags import flag_nodes
from fair_imagic.checks.shacl.sparql.plan import Plan

__all__ = ["Plan", "flag_nodes", "plans_of"]
