"""Numbers that physics, or the microscope of the image, contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]


@pytest.mark.parametrize(
    ("size", "channels", "fits"),
    [
        (2, 2, True),
        (3, 1, True),
        (4, 1, True),
        (6, 2, True),
        (2, 1, False),
        (1, 2, False),
    ],
)
def test_size_c_counts_channels_or_their_colour_samples(
    failing: Failing, size: int, channels: int, *, fits: bool
) -> None:
    listed = ", ".join(f"<urn:c{number}>" for number in range(channels))
    turtle = f"<urn:i> nboq:sizeC {size} ; fi:channel {listed} ."
    found = failing("as-many-channels-as-described", turtle, "urn:i")
    assert found == ([] if fits else [str(size)])


def test_an_image_without_described_channels_is_not_counted(failing: Failing) -> None:
    turtle = "<urn:i> nboq:sizeC 2 ."
    assert failing("as-many-channels-as-described", turtle, "urn:i") == []


@pytest.mark.parametrize(
    ("aperture", "medium", "possible"),
    [
        ("0.95", "Air", True),
        ("1.05", "Air", False),
        ("1.2", "Water", True),
        ("1.4", "Water", False),
        ("1.49", "Mineral Oil", True),
        ("1.6", "Mineral Oil", False),
        ("1.6", "Other", True),
    ],
)
def test_an_aperture_does_not_exceed_the_index_of_its_medium(
    failing: Failing, aperture: str, medium: str, *, possible: bool
) -> None:
    turtle = f'<urn:o> nboq:lensNA {aperture} ; nboq:immersionType "{medium}" .'
    found = failing("aperture-of-its-medium", turtle, "urn:o")
    assert found == ([] if possible else [aperture])


@pytest.mark.parametrize(
    ("excitation", "emission", "more", "fits"),
    [
        ("488", "520", "", True),
        ("520", "488", "", False),
        ("488", "488", "", False),
        ("0.488", "520", "nboq:excitationWavelengthUnit unit:MicroM ;", True),
        ("920", "510", "", True),
        ("640", "510", 'nboq:acquisitionMode "MultiPhotonMicroscopy" ;', True),
        ("0", "0", "", True),
    ],
)
def test_emission_is_longer_than_excitation_but_for_several_photons(
    failing: Failing, excitation: str, emission: str, more: str, *, fits: bool
) -> None:
    turtle = (
        f"<urn:c> nboq:excitationWavelength {excitation} ; {more}"
        f"nboq:emissionWavelength {emission} ."
    )
    found = failing("emission-longer-than-excitation", turtle, "urn:c")
    assert found == ([] if fits else [emission])


def _microscope(pixel: str = "6.5", *, more: str = "") -> str:
    return (
        "<urn:i> fi:objective <urn:i#o> ; fi:acquiredWith <urn:m> ."
        "<urn:i#o> nboq:magnification 20 ; nboq:lensNA 0.8 ."
        "<urn:m> nboq:component <urn:m#o>, <urn:m#c> ."
        "<urn:m#o> a nboq:Objective ; nboq:magnification 20.0 ; nboq:lensNA 0.8 ."
        f"<urn:m#c> a nboq:CMOS ; nboq:pixelWidth {pixel} ; "
        f"nboq:pixelWidthUnit unit:MicroM . {more}"
    )


def test_an_objective_that_the_microscope_has_passes_and_another_is_named(
    failing: Failing,
) -> None:
    name = "objective-of-its-microscope"
    assert failing(name, _microscope(), "urn:i") == []
    other = _microscope().replace(
        "<urn:m#o> a nboq:Objective ; nboq:magnification 20.0",
        "<urn:m#o> a nboq:Objective ; nboq:magnification 40.0",
    )
    assert failing(name, other, "urn:i") == ["urn:i#o"]
    said_already = '<urn:i> fi:recordContradiction "Magnification: 20 | 40" .'
    assert failing(name, other + said_already, "urn:i") == []


@pytest.mark.parametrize(
    ("pixel_size", "found"),
    [
        ("0.325", []),
        ("0.323", []),
        ("0.65", []),
        ("0.5", ["0.5 µm ≠ 0.325 µm"]),
        ("0.16780898323268245", ["0.168 µm ≠ 0.325 µm"]),
        ("65", ["65 µm ≠ 0.325 µm"]),
    ],
)
def test_a_pixel_size_follows_from_camera_and_magnification(
    failing: Failing, pixel_size: str, found: list[str]
) -> None:
    size = f"<urn:i> nboq:physicalSizeX {pixel_size} ."
    assert failing("pixel-of-its-camera", _microscope(more=size), "urn:i") == found


@pytest.mark.parametrize(
    "reason",
    [
        '<urn:i> fi:channel <urn:c> . <urn:c> nboq:acquisitionMode "LaserScanning" .',
        "<urn:m> nboq:component <urn:m#x> . <urn:m#x> a nboq:MagnificationChanger .",
        "<urn:m> nboq:component <urn:m#x> . <urn:m#x> a nboq:PhotoMultiplierTube .",
    ],
)
def test_a_pixel_size_that_has_other_causes_is_not_judged(
    failing: Failing, reason: str
) -> None:
    turtle = _microscope(more=f"<urn:i> nboq:physicalSizeX 0.5 . {reason}")
    assert failing("pixel-of-its-camera", turtle, "urn:i") == []


def test_coarse_pixels_are_told_in_numbers(failing: Failing) -> None:
    def found(size: str, *, unit: str = "unit:MicroM") -> list[str]:
        more = (
            f"<urn:i> nboq:physicalSizeX {size} ; nboq:physicalSizeXUnit {unit} ;"
            "fi:channel <urn:c>, <urn:d> . <urn:c> nboq:emissionWavelength 520 ."
            "<urn:d> nboq:emissionWavelength 640 ."
        )
        return failing("sampled-finely-enough", _microscope(more=more), "urn:i")

    assert found("0.16") == []
    assert found("160", unit="unit:NanoM") == []
    assert found("0.65") == ["0.65 µm > 0.162 µm (λ 520 nm, NA 0.8)"]


@pytest.mark.parametrize("number", ["1e999999", "-1e-999999", "INF", "NaN", "sNaN"])
def test_a_number_beyond_reason_is_no_number(failing: Failing, number: str) -> None:
    turtle = _microscope(
        f'"{number}"^^xsd:decimal',
        more=f'<urn:i> nboq:physicalSizeX "{number}"^^xsd:decimal ;'
        f'nboq:sizeC "{number}" ; fi:channel <urn:c> .'
        f'<urn:c> nboq:emissionWavelength "{number}"^^xsd:double .',
    )
    assert failing("pixel-of-its-camera", turtle, "urn:i") == []
    assert failing("sampled-finely-enough", turtle, "urn:i") == []
    assert failing("as-many-channels-as-described", turtle, "urn:i") == []
