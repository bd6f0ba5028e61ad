"""Leica LIF with headers written here: axes, time, camera, damage."""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.readers import RawImage

HEADER = (
    '<LMSDataContainerHeader Version="2"><Element Name="project"><Children>'
    '<Element Name="{name}"><Data><Image TextDescription="{text}"><ImageDescription>'
    "<Channels>{channels}</Channels><Dimensions>{axes}</Dimensions></ImageDescription>"
    '<TimeStampList NumberOfTimeStamps="1">1d71114eb8b44f0 </TimeStampList>{more}'
    '</Image></Data><Memory Size="{size}" MemoryBlockID="MemBlock_1"/></Element>'
    "</Children></Element></LMSDataContainerHeader>"
)
CHANNEL = (
    '<ChannelDescription DataType="0" ChannelTag="0" BitInc="0" Resolution="{bits}" '
    'LUTName="{colour}" IsLUTInverted="0" NameOfMeasuredQuantity="" Unit="" '
    'BytesInc="{inc}" Min="0" Max="255"/>'
)
AXIS = (
    '<DimensionDescription DimID="{number}" NumberOfElements="{count}" '
    'Origin="{origin}" Length="{length}" Unit="{unit}" BytesInc="{inc}" BitInc="0"/>'
)


def axis(number: int, count: int, length: str, inc: int, **more: str) -> str:
    values = {"unit": "m", "origin": "0"} | more
    return AXIS.format(number=number, count=count, length=length, inc=inc, **values)


def block(mark: bytes, data: bytes, *, header: bool = False) -> bytes:
    if header:
        size = len(mark) + 5
        return struct.pack("<IIBI", 0x70, size, 0x2A, len(mark) // 2) + mark
    size = len(mark) + 14
    head = struct.pack("<IIBQBI", 0x70, size, 0x2A, len(data), 0x2A, len(mark) // 2)
    return head + mark + data


def written(path: Path, *, axes: str, size: int, more: str = "", bits: int = 8) -> Path:
    channels = CHANNEL.format(bits=bits, colour="Green", inc=0)
    text = HEADER.format(
        name="série", text="note", channels=channels, axes=axes, size=size, more=more
    )
    data = bytes(number % 251 for number in range(size))
    path.write_bytes(
        block(text.encode("utf-16-le"), b"", header=True)
        + block("MemBlock_1".encode("utf-16-le"), data)
    )
    return path


@pytest.fixture
def lif(tmp_path: Path) -> Path:
    axes = axis(1, 5, "4.0e-06", 1) + axis(2, 4, "3.0e-06", 5)
    return written(tmp_path / "image.lif", axes=axes, size=20)


def told(image: RawImage, key: str) -> tuple[str, str | None]:
    found = image.first(key)
    assert found is not None, key
    return found.value, found.unit


def test_the_step_is_the_length_over_one_less_than_the_pixels(lif: Path) -> None:
    image = read(lif).images[0]
    assert told(image, "Image/Name") == ("série", None)
    value, unit = told(image, "Image/Pixels/PhysicalSizeX")
    assert (float(value), unit) == (1e-6, "m")
    assert told(image, "Image/AcquisitionDate")[0].startswith("2021-03-04T16:39:17")
    assert pixels(lif, 0).shape == (1, 1, 1, 4, 5)


def test_excitation_steps_are_channels(tmp_path: Path) -> None:
    steps = axis(9, 3, "2.0e-08", 20, origin="4.0e-07")
    axes = axis(1, 5, "4.0e-06", 1) + axis(2, 4, "3.0e-06", 5) + steps
    path = written(tmp_path / "sweep.lif", axes=axes, size=60)
    image = read(path).images[0]
    assert told(image, "Image/Pixels/SizeC")[0] == "3"
    value, unit = told(image, "Image/Pixels/Channel[2]/ExcitationWavelength")
    assert (float(value), unit) == (4.2e-7, "m")
    assert told(image, "Image/Pixels/Channel[1]/Name")[0] == "410 nm"


@pytest.mark.parametrize("length", ["1e999999999", "NaN", "a metre", "", "-1E-999999"])
def test_a_length_that_is_no_number_gives_no_step_and_stays_as_it_is(
    tmp_path: Path, length: str
) -> None:
    steps = axis(9, 3, length, 20, origin="4.0e-07")
    axes = axis(1, 5, length, 1) + axis(2, 4, "3.0e-06", 5) + steps
    image = read(written(tmp_path / "odd.lif", axes=axes, size=60)).images[0]
    assert image.first("Image/Pixels/PhysicalSizeX") is None
    assert image.first("Image/Pixels/Channel[2]/ExcitationWavelength") is None
    if length:
        key = "Image/Pixels/leica:ExcitationWavelength/Length"
        assert told(image, key)[0] == length


def test_twelve_bits_are_kept(tmp_path: Path) -> None:
    axes = axis(1, 5, "4.0e-06", 2) + axis(2, 4, "3.0e-06", 10)
    path = written(tmp_path / "deep.lif", axes=axes, size=40, bits=12)
    image = read(path).images[0]
    assert told(image, "Image/Pixels/SignificantBits")[0] == "12"
    assert told(image, "Image/Pixels/Type")[0] == "uint16"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_a_truncated_file_is_told(lif: Path, part: float) -> None:
    whole = lif.read_bytes()
    lif.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(lif)


def test_entities_in_the_header_are_refused(tmp_path: Path) -> None:
    name = "LMSDataContainerHeader"
    text = f'<!DOCTYPE {name} [<!ENTITY x "y">]><{name} Version="&x;"/>'
    path = tmp_path / "bomb.lif"
    path.write_bytes(block(text.encode("utf-16-le"), b"", header=True))
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        read(path)


def test_pixels_without_the_library_name_what_to_install(
    lif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "liffile", None)
    assert len(read(lif).images) == 1
    with pytest.raises(UnreadableFileError, match="liffile") as caught:
        pixels(lif, 0)
    assert "fair-imagic[formats]" in caught.value.hint
