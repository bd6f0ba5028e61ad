"""Where the values of points come from, as the catalogue knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.i18n import in_languages
from fair_imagic.model import Image
from fair_imagic.rdf import expand, iri, record_of, text_of
from fair_imagic.workflow.base.shown_value import place_words
from fair_imagic.workflow.checking.origin_words import origin_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fair_imagic.catalogue import Origin
    from fair_imagic.checks import Finding, Report
    from fair_imagic.model import Snapshot
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["origin_lookup", "with_origins"]

# How many images' origins are read at once.
_PAGE = 100


def origin_lookup(
    workspace: Workspace, snapshot: Snapshot
) -> Callable[[str, str, str | None], Mapping[str, str]]:
    """Return a function that says where a value comes from; records are read once."""
    known: dict[str, dict[Triple, Origin]] = {}
    places: dict[str, Mapping[str, str]] = {}
    images = sorted(snapshot.graph.subjects_of(Image.class_iri))
    pages = {one: at // _PAGE for at, one in enumerate(images)}

    def origin(focus: str, path: str, value: str | None) -> Mapping[str, str]:
        if value is None:
            return {}
        record = record_of(focus)
        if record not in known:
            page = pages.get(record)
            # Where one image has a point to fix, those beside it often have it too.
            start, more = (page or 0) * _PAGE, 0 if page is None else _PAGE
            together = {record, *images[start : start + more]}
            known.update(workspace.catalogue.origins_of(together))
        found = known[record].get((iri(focus), iri(expand(path)), value))
        if found is None:
            return {}
        if found.place not in places:
            places[found.place] = in_languages(
                lambda: place_words(workspace, found.place)
            )
        return origin_texts(found, places[found.place])

    return origin


def with_origins(workspace: Workspace, snapshot: Snapshot, report: Report) -> Report:
    """Return a report of another process, which does not know them, with origins."""
    origin = origin_lookup(workspace, snapshot)

    def told(finding: Finding) -> Finding:
        term = _term(snapshot, finding)
        texts = origin(finding.focus, finding.path, term)
        return replace(finding, origins=texts) if texts else finding

    return replace(report, findings=tuple(map(told, report.findings)))


def _term(snapshot: Snapshot, finding: Finding) -> Term | None:
    """Return the value of a point as the record has it."""
    if finding.value is None:
        return None
    if finding.term is not None and text_of(finding.term) == finding.value:
        return finding.term
    # A rule about a whole thing: the value shown is what stands at its path.
    return min(snapshot.graph.values(finding.focus, expand(finding.path)), default=None)
