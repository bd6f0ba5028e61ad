"""Proposals from the SPDX list: the licence that a text means."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.licence import licence_like, licences_meant
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_licences"]


def from_licences(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the licence of the SPDX list that is written, or is nearest to it."""
    if point.slot.range != "Licence" or point.seen is None:
        return None
    text = unquote(point.seen)
    meant = licences_meant(text)
    name = meant.ids[0] if meant is not None else licence_like(text)
    if name is None:
        return None
    certain = meant is not None and meant.certain
    return Proposal(
        value=name,
        source=both("the SPDX list, for “{text}”", text=text[:60]),
        confidence=Confidence.CERTAIN if certain else Confidence.UNSURE,
    )
