"""Proposals from what the channels of an image tell about each other and the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.term import term_named
from fair_imagic.i18n import both
from fair_imagic.model import Channel, Image, view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_channels"]

# The method of an image whose channels all have this acquisition mode. Wide field says
# how light falls in; the contrast then names the method.
_BY_MODE = {
    "LaserScanningConfocalMicroscopy": "confocal microscopy",
    "SpinningDiskConfocal": "spinning disk confocal microscopy",
    "SPIM": "SPIM",
}
_BY_CONTRAST = {
    "Fluorescence": "fluorescence microscopy",
    "Brightfield": "bright-field microscopy",
}
_FLUORESCENCE = "Fluorescence"


def from_channels(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose contrast and name of a channel, and the imaging method of an image."""
    if point.seen is not None:
        return None
    if point.class_name == "Channel":
        seen = view(Channel, evidence.graph, point.subject)
        if point.slot.name == "contrast_method":
            return _contrast(seen)
        if point.slot.name == "name" and seen.fluorophore:
            return _likely(seen.fluorophore, both("the fluorophore of the channel"))
    elif point.slot.name in ("imaging_method", "imaging_method_label"):
        return _method(evidence, point)
    return None


def _contrast(channel: Channel) -> Proposal | None:
    if channel.fluorophore:
        return _likely(
            _FLUORESCENCE,
            both("the channel has a fluorophore: {name}", name=channel.fluorophore),
        )
    excited, emitted = channel.excitation_wavelength, channel.emission_wavelength
    if not (excited and emitted):
        return None
    lit, seen = decimal_of(excited), decimal_of(emitted)
    if lit is None or seen is None:
        return None
    source = both(
        "the channel is lit at {excited} nm and seen at {emitted} nm",
        excited=excited,
        emitted=emitted,
    )
    return _likely(_FLUORESCENCE, source) if seen > lit else None


def _method(evidence: Evidence, point: Point) -> Proposal | None:
    image = view(Image, evidence.graph, point.subject)
    channels = [view(Channel, evidence.graph, one) for one in image.channels]
    modes = {channel.acquisition_mode for channel in channels}
    contrasts = {channel.contrast_method for channel in channels}
    for said, names in ((modes, _BY_MODE), (contrasts, _BY_CONTRAST)):
        if len(said) != 1:
            continue
        word = said.pop() or ""
        term = term_named("imaging-methods", names[word]) if word in names else None
        if term is not None:
            source = both(
                "{label} (FBbi), as all channels say {word}",
                label=term.label,
                word=word,
            )
            by_term = point.slot.datatype is None
            return _likely(term.iri if by_term else term.label, source)
    return None


def _likely(text: str, source: Mapping[str, str]) -> Proposal:
    return Proposal(value=text, source=source, confidence=Confidence.LIKELY)
