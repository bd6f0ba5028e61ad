"""Links between records: what a record says about what another one says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_DERIVED_FROM = expand("prov:wasDerivedFrom")


def _derived_from_something_described(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Return the sources of a processed image of which nothing is known."""
    for source in graph.values(focus, _DERIVED_FROM):
        if text_of(source) not in graph:
            yield source


TESTS = {"derived-from-something-described": _derived_from_something_described}
