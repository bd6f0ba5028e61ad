"""Proposals from the name of an objective: ``Plan-Apochromat 20x/0.8 Air``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_objective_name"]

_MAGNIFICATION = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*[x×](?![a-z])", re.I)
_APERTURE = re.compile(
    r"[x×]\s*/?\s*([01]\.\d{1,3})(?!\d)|NA\s*=?\s*([01]\.\d{1,3})", re.I
)
_ANY_OIL = "Mineral Oil"
_IMMERSIONS = (
    (re.compile(r"\b(?:silicone?|sil)\b", re.I), "Silicone Oil"),
    (re.compile(r"\b(?:oil|oel|huile)\b", re.I), _ANY_OIL),
    (re.compile(r"\b(?:water|w|eau)\b(?!\s*dip)", re.I), "Water"),
    (re.compile(r"\b(?:glyc(?:erol|erin)?)\b", re.I), "Glycerol"),
    (re.compile(r"\b(?:dry|air)\b", re.I), "Air"),
)


def from_objective_name(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose what the model's name of an objective tells."""
    if point.seen is not None or point.class_name != "Objective":
        return None
    name = evidence.text(point.subject, point.class_name, "model") or evidence.text(
        point.subject, point.class_name, "name"
    )
    told = _TOLD.get(point.slot.name)
    text = told(name) if told is not None and name else ""
    if not text:
        return None
    # "Oil" is a word for mineral and for silicone oil.
    unsure = text == _ANY_OIL
    return Proposal(
        value=text,
        source=both("the name of the objective, “{name}”", name=name[:60]),
        confidence=Confidence.UNSURE if unsure else Confidence.LIKELY,
    )


def _magnification(name: str) -> str:
    match = _MAGNIFICATION.search(name)
    return match[1] if match else ""


def _aperture(name: str) -> str:
    match = _APERTURE.search(name)
    return next(filter(None, match.groups()), "") if match else ""


def _immersion(name: str) -> str:
    found = [value for pattern, value in _IMMERSIONS if pattern.search(name)]
    return found[0] if len(found) == 1 else ""


_TOLD: dict[str, Callable[[str], str]] = {
    "magnification": _magnification,
    "lens_na": _aperture,
    "immersion_type": _immersion,
}
