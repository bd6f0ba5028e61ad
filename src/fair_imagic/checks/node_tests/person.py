"""People: one identifier, one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.entry.identifier import orcid_of
from fair_imagic.model import Person
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_ORCID = "fi:orcid"


def _orcid_of_one_person(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the ORCID of a person that another person has too."""
    for term in facts.values(graph, focus, _ORCID):
        bare = _bare(term)
        others = (one for one in graph.subjects_of(Person.class_iri) if one != focus)
        for other in others:
            if bare in map(_bare, facts.values(graph, other, _ORCID)):
                yield term
                break


def _bare(term: Term) -> str:
    return orcid_of(text_of(term))


TESTS = {"orcid-of-one-person": _orcid_of_one_person}
