"""Targets: the nodes that a shape looks at of its own accord."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.constraints import Judge
    from fair_imagic.checks.shacl.statements import Statements
    from fair_imagic.rdf import Term

__all__ = ["TARGETS", "Targets", "read_targets"]

_TYPE = iri("rdf:type")
_CLASS = iri("rdfs:Class")
_OWL_CLASS = "<http://www.w3.org/2002/07/owl#Class>"
_SUBCLASS = iri("rdfs:subClassOf")
_NODE = iri("sh:targetNode")
_OF_CLASS = iri("sh:targetClass")
_SUBJECTS = iri("sh:targetSubjectsOf")
_OBJECTS = iri("sh:targetObjectsOf")
TARGETS = (_OF_CLASS, _NODE, _OBJECTS, _SUBJECTS)


@dataclass(frozen=True)
class Targets:
    """What a shape says about the nodes it looks at."""

    nodes: frozenset[Term]
    classes: tuple[Term, ...]
    subjects_of: tuple[Term, ...]
    objects_of: tuple[Term, ...]
    # How the shapes write literals among the nodes, where rdflib writes otherwise.
    spellings: Mapping[Term, Term]

    def __bool__(self) -> bool:
        """Return whether there is any target at all."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def nodes_in(self, judge: Judge) -> AbstractSet[Term]:
        """Return the focus nodes in the data."""
        if self.classes and not (
            self.nodes or self.subjects_of or self.objects_of or len(self.classes) > 1
        ):
            # Shapes of one class share one set.
            return judge.members(self.classes[0])
        found = set(self.nodes)
        for name in self.classes:
            found |= judge.members(name)
        for predicate in self.subjects_of:
            found.update(judge.index.table(predicate).one)
        for predicate in self.objects_of:
            found.update(judge.index.table(predicate).distinct)
        return frozenset(found)


def read_targets(shapes: Statements, term: Term) -> Targets:
    """Return the targets of a shape."""
    classes = shapes.values(term, _OF_CLASS)
    kinds = {_CLASS, _OWL_CLASS, *shapes.subjects(_SUBCLASS, _CLASS)}
    if not kinds.isdisjoint(shapes.values(term, _TYPE)):
        # A shape that is a class looks at its own instances.
        classes.append(term)
    return Targets(
        nodes=frozenset(shapes.values(term, _NODE)),
        classes=tuple(dict.fromkeys(classes)),
        subjects_of=tuple(shapes.values(term, _SUBJECTS)),
        objects_of=tuple(shapes.values(term, _OBJECTS)),
        spellings=shapes.spellings,
    )
