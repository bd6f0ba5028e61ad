"""Links between records: what a record says about what another one says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.entry.identifier import doi_of
from fair_imagic.model.personal import CLEANED_COPY
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_DERIVED_FROM = "prov:wasDerivedFrom"
# Raw data that somebody published elsewhere in an archive of images.
_IN_ARCHIVE = re.compile(
    r"https?://(?:(?:www\.)?ebi\.ac\.uk/(?:biostudies|bioimage-archive|empiar)/\S"
    r"|idr\.openmicroscopy\.org/\S"
    r"|identifiers\.org/(?:biostudies|bioimages|empiar|idr|doi)[:/]\S)",
    re.IGNORECASE,
)


def _is_archived(address: str) -> bool:
    """Return whether an address leads to what is published: by its DOI, or there."""
    return doi_of(address) is not None or bool(_IN_ARCHIVE.match(address))


def _derived_from_something_described(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the sources of a processed image that are neither here nor archived."""
    for source in facts.values(graph, focus, _DERIVED_FROM):
        address = text_of(source)
        if address not in graph and not _is_archived(address):
            yield source


def _derived_from_something_shared(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the sources that are here but that no reader of the set would get.

    What stands for a source and is in the set is what its reader gets: a cleaned copy
    of a file that must not be shared.
    """
    sources = facts.values(graph, focus, _DERIVED_FROM)
    if not sources:
        return
    part = expand("dcterms:hasPart")
    wholes = set(graph.referring_to(focus, part))
    wholes.update(graph.referring_to(focus, expand("fi:result")))  # a table, a figure
    for source in sources:
        address = text_of(source)
        if address not in graph or _is_archived(address):
            continue
        published = facts.first(graph, address, "fi:isPublished") is not None
        shared = (address, *_stand_ins(graph, address))
        held = any(wholes.intersection(graph.referring_to(i, part)) for i in shared)
        if not published and not held:
            yield source


def _stand_ins(graph: RecordGraph, address: str) -> list[str]:
    """Return the images that stand for one, and its cleaned copies of former times."""
    found = list(graph.referring_to(address, expand("fi:standsFor")))
    for image in graph.referring_to(address, expand(_DERIVED_FROM)):
        runs = facts.links(graph, image, "prov:wasGeneratedBy")
        if CLEANED_COPY in {facts.text(graph, run, "fi:processor") for run in runs}:
            found.append(image)
    return found


TESTS = {
    "derived-from-something-described": _derived_from_something_described,
    "derived-from-something-shared": _derived_from_something_shared,
}
