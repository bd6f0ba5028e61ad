"""Proposals from other images of the set that were made the same way and agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.quantity import with_unit
from fair_imagic.i18n import both
from fair_imagic.model import Image, view
from fair_imagic.rdf import curie, text_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from fair_imagic.rdf import Term
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_other_images"]

_LEAST = 2
# What images made with the same settings share. Dates, samples, texts and sizes in
# pixels are each image's own and never taken from another one.
_SHARED = {
    "Image": (
        "instrument",
        "imaging_method",
        "imaging_method_label",
        "physical_size_x",
        "physical_size_y",
        "physical_size_z",
    ),
    "Objective": (
        "manufacturer",
        "model",
        "magnification",
        "lens_na",
        "immersion_type",
        "correction",
        "working_distance",
    ),
    "Channel": (
        "name",
        "fluorophore",
        "excitation_wavelength",
        "emission_wavelength",
        "contrast_method",
        "acquisition_mode",
        "illumination_type",
        "exposure_time",
        "detector",
        "light_source",
    ),
}
_OF_THE_COLLECTION = ("instrument",)


def from_other_images(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose a value on which at least two other images agree, and none differs.

    They must have the same microscope, objective and picture size (for the microscope
    itself: the same collection); a channel is compared with its namesakes.
    """
    shared = _SHARED.get(point.class_name, ())
    if point.seen is not None or point.slot.name not in shared:
        return None
    by_collection = point.slot.name in _OF_THE_COLLECTION
    groups = evidence.once(
        ("groups", by_collection), lambda: _groups(evidence, by_collection)
    )
    mine = groups.of.get(point.record)
    if mine is None:
        return None
    fragment = point.subject.partition("#")[2]
    name = evidence.text(point.subject, "Channel", "name") if fragment else ""
    found = evidence.once(
        ("values", by_collection, mine, fragment, name, point.slot.iri),
        lambda: _values(evidence, point, groups.like(mine), name),
    )
    if len(found) != 1:
        return None
    (((term, unit), count),) = found.items()
    if count < _LEAST:
        return None
    return Proposal(
        value=with_unit(text_of(term), curie(text_of(unit)) if unit else ""),
        source=both("{count} other images made the same way agree", count=count),
        confidence=Confidence.LIKELY,
    )


@dataclass(frozen=True)
class _Groups:
    """Images by what they must have in common, both ways.

    An image may share one thing with some and another with others: its collections.
    """

    of: dict[str, tuple[Hashable, ...]]
    members: dict[Hashable, list[str]]

    def like(self, keys: tuple[Hashable, ...]) -> list[str]:
        """Return the images that have one of these in common, each once."""
        return list(dict.fromkeys(i for key in keys for i in self.members[key]))


def _values(
    evidence: Evidence, point: Point, images: list[str], name: str
) -> Counter[tuple[Term, Term | None]]:
    """Count the values (with units) of the point's field in images made alike."""
    found: Counter[tuple[Term, Term | None]] = Counter()
    fragment = point.subject.partition("#")[2]
    for image in images:
        subject = f"{image}#{fragment}" if fragment else image
        channel = point.class_name == "Channel"
        if channel and evidence.text(subject, "Channel", "name") != name:
            continue
        for term in evidence.graph.values(subject, point.slot.iri):
            units = evidence.graph.values(subject, f"{point.slot.iri}Unit")
            found[term, units[0] if units else None] += 1
    return found


def _groups(evidence: Evidence, by_collection: bool) -> _Groups:
    of: dict[str, tuple[Hashable, ...]] = {}
    members: dict[Hashable, list[str]] = {}
    for image in evidence.images:
        seen = view(Image, evidence.graph, image)
        keys: tuple[Hashable, ...] = seen.collection
        if not by_collection:
            settings = _settings(evidence, seen)
            keys = () if settings is None else (settings,)
        if keys:
            of[image] = keys
        for key in keys:
            members.setdefault(key, []).append(image)
    return _Groups(of, members)


def _settings(evidence: Evidence, seen: Image) -> Hashable | None:
    """Return microscope, objective and picture size; None where they are not known."""
    lens = tuple(
        evidence.text(seen.objective or "", "Objective", name)
        for name in ("model", "magnification", "lens_na")
    )
    if not seen.instrument or not any(lens):
        return None
    return (
        seen.instrument,
        lens,
        seen.size_x,
        seen.size_y,
        len(seen.channels),
        seen.pixel_type,
    )
