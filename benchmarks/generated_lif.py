"""Generated Leica files: many small images in one LIF, as a plate scan writes them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["write_lif"]

_WIDTH, _HEIGHT = 6, 4
_IMAGE = (
    '<Element Name="field {number}"><Data><Image TextDescription=""><ImageDescription>'
    '<Channels><ChannelDescription DataType="0" ChannelTag="0" Resolution="8" '
    'LUTName="Green" IsLUTInverted="0" BytesInc="0" BitInc="0" '
    'NameOfMeasuredQuantity="" Unit="" Min="0" Max="255"/></Channels><Dimensions>'
    '<DimensionDescription DimID="1" NumberOfElements="6" Origin="0" Length="5.0e-06" '
    'Unit="m" BytesInc="1" BitInc="0"/>'
    '<DimensionDescription DimID="2" NumberOfElements="4" Origin="0" Length="3.0e-06" '
    'Unit="m" BytesInc="6" BitInc="0"/></Dimensions></ImageDescription>'
    '<TimeStampList NumberOfTimeStamps="1">1d71114eb8b44f0 </TimeStampList>'
    '<Attachment Name="HardwareSetting" SystemTypeName="TCS SP8">'
    '<ATLConfocalSettingDefinition ObjectiveName="HC PL APO 63x/1.40" Zoom="{number}" '
    'NumericalAperture="1.4" Magnification="63"/></Attachment>'
    '</Image></Data><Memory Size="24" MemoryBlockID="MemBlock_{number}"/></Element>'
)


def write_lif(path: Path, count: int, *, numbers: Sequence[int] = ()) -> Path:
    """Write a LIF file with a number of small images, and return its path.

    Their names and pixels follow from their numbers: 0, 1, 2, ... if none are given.
    """
    numbers = numbers or range(count)
    images = "".join(_IMAGE.format(number=number) for number in numbers)
    header = (
        '<LMSDataContainerHeader Version="2"><Element Name="project"><Children>'
        f"{images}</Children></Element></LMSDataContainerHeader>"
    ).encode("utf-16-le")
    with path.open("wb") as stream:
        size = len(header) + 5
        stream.write(struct.pack("<IIBI", 0x70, size, 0x2A, len(header) // 2) + header)
        for number in numbers:
            mark = f"MemBlock_{number}".encode("utf-16-le")
            data = bytes((number + n) % 251 for n in range(_WIDTH * _HEIGHT))
            size = len(mark) + 14
            head = (0x70, size, 0x2A, len(data), 0x2A, len(mark) // 2)
            stream.write(struct.pack("<IIBQBI", *head) + mark + data)
    return path
