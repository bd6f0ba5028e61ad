"""The image files of the sample study: OME-TIFF with the gaps that real files have."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.files import write_atomically
from fair_imagic.workflow.demo.sample_study.pixels import (
    Optics,
    nuclei_field,
    nuclei_stack,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ImageFile", "study_images", "write_image"]

WIDEFIELD = Optics(pixel_size_um=0.323, numerical_aperture=0.8, emission_um=0.46)
CONFOCAL = Optics(
    pixel_size_um=0.18,
    numerical_aperture=1.4,
    emission_um=0.46,
    refractive_index=1.518,
    section_um=0.5,
    photons=220,
)
_XMLNS = "http://www.openmicroscopy.org/Schemas/OME/2016-06"


@dataclass(frozen=True)
class ImageFile:
    """One image file of the study: what is in it, and what was left out."""

    name: str
    seed: int
    optics: Optics
    sections: int
    date: str
    objective: dict[str, str]
    channels: tuple[dict[str, str], ...]
    instrument: str
    without: frozenset[str] = field(default_factory=frozenset)


_DAPI = {
    "Name": "DAPI",
    "Fluor": "DAPI",
    "ExcitationWavelength": "385",
    "EmissionWavelength": "460",
    "ContrastMethod": "Fluorescence",
    "IlluminationType": "Epifluorescence",
    "Color": "65535",
    "exposure": "40",
}
_GFP = {
    "Name": "GFP-tubulin",
    "Fluor": "EGFP",
    "ExcitationWavelength": "475",
    "EmissionWavelength": "525",
    "ContrastMethod": "Fluorescence",
    "IlluminationType": "Epifluorescence",
    "Color": "16711935",
    "exposure": "120",
}
_AIR = {
    "Model": "Plan-Apochromat 20x/0.8",
    "NominalMagnification": "20",
    "LensNA": "0.8",
    "Immersion": "Air",
}
_OIL = {
    "Model": "HC PL APO 63x/1.40 OIL",
    "NominalMagnification": "63",
    "LensNA": "1.4",
    "Immersion": "Oil",
}


def study_images() -> list[ImageFile]:
    """Return the twenty files: eighteen fields and two confocal stacks.

    Left out on purpose: the pixel size of four files, the objective of two, the
    acquisition date of one. Titles, people, licence and sample are in no file at all.
    """
    files = [_field(number) for number in range(1, 19)]
    return files + [_stack(number) for number in (1, 2)]


def _field(number: int) -> ImageFile:
    without = set()
    if number in (3, 7, 11, 15):
        without.add("pixel size")
    if number in (5, 6):
        without.add("objective")
    if number == 9:
        without.add("date")
    condition = "control" if number <= 9 else "nocodazole"
    day = "03" if number <= 9 else "10"
    return ImageFile(
        name=f"field_{number:02d}_{condition}.ome.tiff",
        seed=100 + number,
        optics=WIDEFIELD,
        sections=1,
        date=f"2026-03-{day}T{9 + number // 4:02d}:{number:02d}:00",
        objective=_AIR,
        channels=(_DAPI, _GFP),
        instrument="widefield",
        without=frozenset(without),
    )


def _stack(number: int) -> ImageFile:
    confocal = {
        "AcquisitionMode": "LaserScanningConfocalMicroscopy",
        "PinholeSize": "46",
        "exposure": "",
    }
    return ImageFile(
        name=f"zstack_{number:02d}.ome.tiff",
        seed=200 + number,
        optics=CONFOCAL,
        sections=16,
        date=f"2026-04-0{number}T14:10:00",
        objective=_OIL,
        channels=({**_DAPI, **confocal},),
        instrument="confocal",
    )


def write_image(folder: Path, image: ImageFile) -> Path:
    """Write one file and return its path. The same image gives the same pixels."""
    import tifffile

    if image.sections > 1:
        shape = (image.sections, 128, 128)
        pixels = nuclei_stack(image.seed, shape_zyx=shape, count=7, optics=image.optics)
    else:
        pixels = nuclei_field(image.seed, size_px=256, count=22, optics=image.optics)
    path = folder / image.name
    xml = ome_xml(image, pixels.shape)
    content = io.BytesIO()
    tifffile.imwrite(
        content,
        pixels,
        description=xml.encode(),
        metadata=None,
        photometric="minisblack",
        compression="zlib",
        software="FAIR Imag'IC sample study",
        ome=False,
    )
    write_atomically(path, content.getvalue())
    return path


def ome_xml(image: ImageFile, shape: tuple[int, ...]) -> str:
    """Return the OME-XML of an image file, as a microscope would have written it."""
    stack = image.sections > 1
    objective = "" if "objective" in image.without else _objective(image)
    settings = '<ObjectiveSettings ID="Objective:0"/>' if objective else ""
    date = f"<AcquisitionDate>{image.date}</AcquisitionDate>"
    name = image.name.removesuffix(".ome.tiff")
    channels = "".join(map(_channel, range(len(image.channels)), image.channels))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><OME xmlns="{_XMLNS}">{objective}'
        f'<Image ID="Image:0" Name="{html.escape(name)}">'
        f"{'' if 'date' in image.without else date}{settings}"
        f"<Pixels {_attributes(_pixels(image, shape))}>"
        f"{channels}"
        f'<TiffData IFD="0" PlaneCount="{len(image.channels) * image.sections}"/>'
        f"{''.join(_planes(image)) if not stack else ''}</Pixels></Image></OME>"
    )


def _objective(image: ImageFile) -> str:
    immersion = _attributes({"ID": "Objective:0", **image.objective})
    return f'<Instrument ID="Instrument:0"><Objective {immersion}/></Instrument>'


def _pixels(image: ImageFile, shape: tuple[int, ...]) -> dict[str, str]:
    sizes = {
        "ID": "Pixels:0",
        "DimensionOrder": "XYZCT",
        "Type": "uint16",
        "SignificantBits": "12",
        "SizeX": str(shape[-1]),
        "SizeY": str(shape[-2]),
        "SizeZ": str(image.sections),
        "SizeC": str(len(image.channels)),
        "SizeT": "1",
    }
    if "pixel size" not in image.without:
        size = str(image.optics.pixel_size_um)
        sizes |= {"PhysicalSizeX": size, "PhysicalSizeY": size}
    if image.sections > 1:
        sizes["PhysicalSizeZ"] = str(image.optics.section_um)
    return sizes


def _channel(number: int, channel: dict[str, str]) -> str:
    kept = {key: text for key, text in channel.items() if key != "exposure" and text}
    return f"<Channel {_attributes({'ID': f'Channel:{number}', **kept})}/>"


def _planes(image: ImageFile) -> Any:
    for number, channel in enumerate(image.channels):
        times = {"ExposureTime": channel["exposure"], "ExposureTimeUnit": "ms"}
        place = {"TheC": str(number), "TheZ": "0", "TheT": "0"}
        yield f"<Plane {_attributes({**place, **times})}/>"


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'{key}="{html.escape(text)}"' for key, text in values.items())
