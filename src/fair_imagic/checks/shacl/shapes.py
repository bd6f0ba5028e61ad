"""Shapes as the engine takes them: their statements, and the subclasses of a model."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.graph import add_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib import Graph

    from fair_imagic.checks.shacl.plan import Plan
    from fair_imagic.rdf import Term, Triple

__all__ = ["Shapes"]


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """The statements of some shapes.

    ``hash`` changes with any byte of any file; ``pairs`` say which class is a subclass
    of which. ``folders`` are named where the shapes turn out not to be well formed.
    """

    hash: str
    triples: tuple[Triple, ...]
    pairs: tuple[Triple, ...] = ()
    folders: tuple[Path, ...] = ()

    @functools.cached_property
    def plan(self) -> Plan:
        """What the engine does with these shapes."""
        from fair_imagic.checks.shacl.plan import compile_plan

        return compile_plan(self.triples)

    @functools.cached_property
    def graph(self) -> Graph:
        """All shapes as rdflib sees them."""
        return _rdflib_graph(self.triples)

    def graph_of(self, shapes: Iterable[Term]) -> Graph:
        """Return the part of the graph that these shapes rest on."""
        part = self.plan.part(shapes)
        return _rdflib_graph(t for t in self.triples if t[0] in part)


def _rdflib_graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph

    return add_all(Graph(bind_namespaces="none"), triples)
