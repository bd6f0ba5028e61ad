"""Dyes: the light of a channel that its dye does not take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.entry.dye import dye_named
from fair_imagic.rdf import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_MOST_NM = 60
# Light of this and more comes from a laser for several photons.
_SEVERAL_PHOTONS_NM = 690
_SEVERAL = ("multi", "two-photon", "2-photon", "harmonic", "cars")


def _near_its_dye(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield an excitation that is more than 60 nm from where the dye is excited.

    A channel without a fluorophore often has the name of one.
    """
    name = facts.text(graph, focus, "nboq:fluorophore")
    dye = dye_named(name or facts.text(graph, focus, "nboq:channelName"))
    seen = facts.length(graph, focus, "nboq:excitationWavelength", unit="unit:NanoM")
    if dye is None or seen is None or not 0 < seen < _SEVERAL_PHOTONS_NM:
        return
    mode = facts.text(graph, focus, "nboq:acquisitionMode").lower()
    if any(word in mode for word in _SEVERAL):
        return
    if dye.far_from_excitation_nm(seen) > _MOST_NM:
        low, high = dye.excitation_nm
        yield literal(f"{seen:f} nm ≠ {dye.name} {low:f}-{high:f} nm")


TESTS = {"excitation-near-its-dye": _near_its_dye}
