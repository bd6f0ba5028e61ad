"""Titles by which an archive tells records apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.checks.node_tests import facts
from fair_imagic.model import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_TITLE = "dcterms:title"
# Counted once for a graph: who compares each sample with each other never ends.
_counted: WeakKeyDictionary[RecordGraph, Counter[Term]] = WeakKeyDictionary()


def _of_one_sample(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a title that another sample has too."""
    if graph not in _counted:
        samples = graph.subjects_of(Sample.class_iri)
        titles = (set(facts.values(graph, one, _TITLE)) for one in samples)
        _counted[graph] = Counter(title for each in titles for title in each)
    for title in facts.values(graph, focus, _TITLE):
        if _counted[graph][title] > 1:
            yield title


TESTS = {"title-of-one-sample": _of_one_sample}
