"""Optics: numbers of one image that physics or its microscope contradicts."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.checks.node_tests import facts
from fair_imagic.mapping.components import components_of
from fair_imagic.rdf import expand, literal, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.mapping.components import Component
    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

# Refractive indices at 23 °C, the highest in use for each medium.
_INDEX = {
    "Air": Decimal("1.0"),
    "Water": Decimal("1.34"),
    "Dipping": Decimal("1.56"),
    "Glycerol": Decimal("1.48"),
    "Silicone Oil": Decimal("1.41"),
    "Mineral Oil": Decimal("1.52"),
}
_COLOUR_SAMPLES = (3, 4)
_BINNINGS = (1, 2, 3, 4, 8)
_TOLERANCE = Decimal("0.1")
_ROUNDING = Decimal("0.005")
_RELAY = expand("nboq:relayLens")
_SEVERAL_PHOTONS = ("multi", "two-photon", "2-photon", "harmonic", "spectral", "cars")
# No dye is excited by one photon of more than this.
_LONGEST_ONE_PHOTON_NM = 690


def _as_many_channels(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield Size C where it is not the number of channels that are described."""
    described = len(set(facts.links(graph, focus, "fi:channel")))
    size = facts.first(graph, focus, "nboq:sizeC")
    count = facts.number(graph, focus, "nboq:sizeC")
    if not described or count is None:
        return
    # A colour camera's channel has a sample each for red, green, blue (and alpha).
    fitting = {described, *(described * samples for samples in _COLOUR_SAMPLES)}
    if count not in fitting:
        yield size


def _aperture_of_its_medium(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield an aperture that is larger than the medium's refractive index."""
    aperture = facts.number(graph, focus, "nboq:lensNA")
    index = _INDEX.get(facts.text(graph, focus, "nboq:immersionType"))
    if aperture is not None and index is not None and aperture > index:
        yield facts.first(graph, focus, "nboq:lensNA")


def _longer_emission(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield an emission wavelength that is not longer than the excitation."""
    emission = _nm(graph, focus, "nboq:emissionWavelength")
    excitation = _nm(graph, focus, "nboq:excitationWavelength")
    if emission is None or excitation is None or emission > excitation:
        return
    mode = facts.text(graph, focus, "nboq:acquisitionMode").lower()
    several = any(word in mode for word in _SEVERAL_PHOTONS)
    if not several and excitation <= _LONGEST_ONE_PHOTON_NM:
        yield facts.first(graph, focus, "nboq:emissionWavelength")


def _nm(graph: RecordGraph, node: str, name: str) -> Decimal | None:
    found = facts.length(graph, node, name, unit="unit:NanoM")
    return found if found is not None and found > 0 else None


def _um(graph: RecordGraph, node: str, name: str) -> Decimal | None:
    found = facts.length(graph, node, name, unit="unit:MicroM")
    return found if found is not None and found > 0 else None


_parts_of: WeakKeyDictionary[RecordGraph, dict[str, list[Component]]] = (
    WeakKeyDictionary()
)


def _microscope_parts(graph: RecordGraph, image: str) -> list[Component]:
    named = facts.links(graph, image, "fi:instrumentVersion")
    for microscope in named or facts.links(graph, image, "fi:acquiredWith"):
        # Thousands of images come from one microscope: it is read once.
        known = _parts_of.setdefault(graph, {})
        if microscope not in known:
            known[microscope] = components_of(graph, microscope)
        if known[microscope]:
            return known[microscope]
    return []


def _objective_of_its_microscope(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield an objective that the microscope's record does not hold.

    What the file contradicts is said already when images are linked to a microscope.
    """
    lens = facts.first(graph, focus, "fi:objective")
    if lens is None or facts.first(graph, focus, "fi:recordContradiction") is not None:
        return
    held = [p for p in _microscope_parts(graph, focus) if p.is_a("Objective")]
    if held and not any(_is_lens(graph, text_of(lens), one) for one in held):
        yield lens


def _is_lens(graph: RecordGraph, lens: str, held: Component) -> bool:
    """Return whether nothing that both say of two objectives differs."""
    for name in ("magnification", "lensNA"):
        number, other = (
            facts.number(graph, lens, f"nboq:{name}"),
            held.number(name),
        )
        if number is not None and other is not None and abs(number - other) > _ROUNDING:
            return False
    return True


def _pixel_of_its_camera(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a pixel size that no camera of the microscope can give.

    A pixel of the image is a pixel of the sensor divided by the magnification, times
    the binning. Says nothing where a part changes the magnification.
    """
    seen = _um(graph, focus, "nboq:physicalSizeX")
    magnification = _magnification(graph, focus)
    if seen is None or magnification is None or _scans(graph, focus):
        return
    parts = _microscope_parts(graph, focus)
    cameras = [part for part in parts if part.is_a("Camera")]
    scanners = [part for part in parts if part.is_a("PointDetector")]
    if not cameras or scanners or _changes_magnification(parts):
        return
    sensors = [_um(graph, camera.iri, "nboq:pixelWidth") for camera in cameras]
    if None in sensors:
        return
    expected = [one / magnification for one in sensors if one is not None]
    if not any(_about(seen, one * times) for one in expected for times in _BINNINGS):
        shown = ", ".join(_shown(one) for one in sorted(set(expected)))
        yield literal(f"{_shown(seen)} µm ≠ {shown} µm")


def _magnification(graph: RecordGraph, image: str) -> Decimal | None:
    for lens in facts.links(graph, image, "fi:objective"):
        for name in ("nboq:calibratedMagnification", "nboq:magnification"):
            found = facts.number(graph, lens, name)
            # Some programs write 1 for "unknown".
            if found is not None and found > 1:
                return found
    return None


def _scans(graph: RecordGraph, image: str) -> bool:
    """Return whether a channel was scanned: its pixels have no size on a sensor."""
    return any(
        facts.first(graph, channel, "nboq:pinholeDiameter") is not None
        or "scanning" in facts.text(graph, channel, "nboq:acquisitionMode").lower()
        for channel in facts.links(graph, image, "fi:channel")
    )


def _changes_magnification(parts: list[Component]) -> bool:
    return any(
        part.is_a("MagnificationChanger") or part.values.get(_RELAY) for part in parts
    )


def _about(seen: Decimal, expected: Decimal) -> bool:
    return abs(seen - expected) <= _TOLERANCE * expected


def _sampled_finely(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield in numbers where pixels are too large for what the objective resolves.

    Nyquist: two pixels for the Abbe limit, the emission divided by twice the
    aperture; the shortest emission of the image counts.
    """
    seen = _um(graph, focus, "nboq:physicalSizeX")
    lenses = facts.links(graph, focus, "fi:objective")
    channels = facts.links(graph, focus, "fi:channel")
    if seen is None or not lenses or not channels:
        return
    aperture = facts.number(graph, lenses[0], "nboq:lensNA")
    found = [_nm(graph, one, "nboq:emissionWavelength") for one in channels]
    waves = [one for one in found if one is not None]
    if aperture is None or aperture <= 0 or not waves:
        return
    limit = min(waves) / 1000 / (4 * aperture)
    if seen > limit * (1 + _TOLERANCE):
        numbers = f"{_shown(seen)} µm > {_shown(limit)} µm"
        light = f"λ {_shown(min(waves))} nm, NA {_shown(aperture)}"
        yield literal(f"{numbers} ({light})")


def _shown(number: Decimal) -> str:
    """Return a number with the three digits that matter here."""
    return f"{Context(prec=3).create_decimal(number).normalize():f}"


TESTS = {
    "as-many-channels-as-described": _as_many_channels,
    "aperture-of-its-medium": _aperture_of_its_medium,
    "emission-longer-than-excitation": _longer_emission,
    "objective-of-its-microscope": _objective_of_its_microscope,
    "pixel-of-its-camera": _pixel_of_its_camera,
    "sampled-finely-enough": _sampled_finely,
}
