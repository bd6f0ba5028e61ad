"""Proposals from the facility's defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_defaults"]

# The steps of a path from a publication set to things of a class.
_STEPS = {
    "PublicationSet": ("",),
    "Image": ("image.", "images."),
    "Sample": ("image.sample.", "images.sample."),
    "Objective": ("image.objective.", "images.objective."),
    "Channel": ("image.channels.", "image.channels[{index}]."),
}


def from_defaults(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the default that the facility keeps for this field."""
    if point.seen is not None:
        return None
    index = point.subject.rpartition("-")[2]
    for steps in _STEPS.get(point.class_name, ()):
        path = steps.format(index=index) + point.slot.name
        text = evidence.defaults.get(path)
        if text:
            return Proposal(
                value=text,
                source=both("default of the facility ({path})", path=path),
                confidence=Confidence.CERTAIN,
            )
    return None
