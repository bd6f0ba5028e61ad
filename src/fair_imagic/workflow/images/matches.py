"""What an image was made with, by its microscope's record, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import SourceKind
from fair_imagic.entry.thing import confidence_words
from fair_imagic.i18n import _
from fair_imagic.mapping import match_components
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.readers import RawFact
from fair_imagic.workflow.base.label import label_in

if TYPE_CHECKING:
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["MatchRow", "matches_of"]


@dataclass(frozen=True, kw_only=True)
class MatchRow:
    """A part of an image, the component that it was matched to, how sure and why.

    ``kind`` is the sign: ``good``, ``could`` or ``should``.
    """

    part: str
    role: str
    component: str
    confidence: str
    kind: str
    reason: str


def matches_of(workspace: Workspace, image: str) -> tuple[MatchRow, ...]:
    """Return the matches of an image to its microscope; none where it has none."""
    catalogue = workspace.catalogue
    effective = catalogue.effective(image)
    seen = view(Image, RecordGraph(effective), image)
    instrument = seen.instrument_version or seen.instrument
    if instrument is None or not catalogue.exists(instrument):
        return ()
    said, facts = _from_files(workspace, image)
    found = match_components(
        image,
        RecordGraph(said),
        instrument,
        RecordGraph(catalogue.effective(instrument)),
        facts=facts,
    )
    return tuple(
        MatchRow(
            part=label_in(effective, one.part) if "#channel" in one.part else "",
            role=_role(one.role),
            component=one.label,
            confidence=confidence_words(one.confidence),
            kind=_KINDS[str(one.confidence)],
            reason=one.reason,
        )
        for one in found.matches
    )


_KINDS = {"certain": "good", "likely": "could", "unsure": "should"}


def _role(role: str) -> str:
    words = {
        "objective": _("objective"),
        "detector": _("detector"),
        "light source": _("light source"),
        "filter": _("filter"),
    }
    return words[role]


def _from_files(
    workspace: Workspace, image: str
) -> tuple[list[Triple], tuple[RawFact, ...]]:
    """Return what the image's files say, as statements and as raw facts."""
    said: list[Triple] = []
    facts: list[RawFact] = []
    sources = {
        one.source.iri
        for one in workspace.catalogue.origins(image).values()
        if one.source.kind is SourceKind.FILE
    }
    for source in sorted(sources):
        said += workspace.catalogue.source_statements(image, source)
        kept = workspace.catalogue.facts(source, parts=("", image))
        facts += [
            RawFact(one.key, one.value, one.unit, one.place)
            for one in (*kept.get("", ()), *kept.get(image, ()))
        ]
    return said, tuple(facts)
