"""OME-XML documents for measuring: many small varied ones, or one with many planes."""

from __future__ import annotations

import random

__all__ = ["many_planes", "varied"]

_NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06"
_IMMERSIONS = ("Oil", "Water", "Air", "Glycerol")
_TYPES = ("uint8", "uint16", "float")
_DYES = ("DAPI", "GFP", "Alexa Fluor 568", "Cy5")


def varied(count: int, *, seed: int = 3) -> list[bytes]:
    """Return documents like those of usual acquisitions, one to two images each."""
    chance = random.Random(seed)
    return [_document(chance, number) for number in range(count)]


def many_planes(planes: int) -> bytes:
    """Return one document whose only image has this many planes."""
    chance = random.Random(planes)
    return _whole(_instrument(chance), _image(chance, 0, channels=2, planes=planes))


def _document(chance: random.Random, number: int) -> bytes:
    images = [
        _image(
            chance, index, channels=chance.randint(1, 4), planes=chance.randint(2, 24)
        )
        for index in range(chance.randint(1, 2))
    ]
    note = (
        '<StructuredAnnotations><MapAnnotation ID="Annotation:0"><Value>'
        f'<M K="slide">{number}</M></Value></MapAnnotation></StructuredAnnotations>'
    )
    return _whole(_instrument(chance), *images, note if chance.random() < 0.5 else "")


def _whole(*parts: str) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<OME xmlns="{_NAMESPACE}">'
    return f"{head}{''.join(parts)}</OME>".encode()


def _instrument(chance: random.Random) -> str:
    magnification = chance.choice((10, 20, 40, 63, 100))
    return (
        '<Instrument ID="Instrument:0">'
        f'<Microscope Manufacturer="Acme" Model="Inverted {chance.randint(1, 9)}"/>'
        '<LightEmittingDiode ID="LightSource:0" Manufacturer="Acme" Model="Lumen"/>'
        f'<Detector ID="Detector:0" Type="CMOS" Model="Cam {chance.randint(1, 5)}"/>'
        f'<Objective ID="Objective:0" Model="Plan {magnification}x" '
        f'NominalMagnification="{magnification}" LensNA="{chance.randint(3, 14) / 10}"'
        f' Immersion="{chance.choice(_IMMERSIONS)}" WorkingDistance="0.2" '
        'WorkingDistanceUnit="mm"/></Instrument>'
    )


def _image(chance: random.Random, index: int, *, channels: int, planes: int) -> str:
    size_z = planes // channels + 1
    day = chance.randint(1, 28)
    size = chance.choice((512, 1024, 2048))
    described = "".join(_channel(chance, index, number) for number in range(channels))
    listed = "".join(
        f'<Plane TheZ="{number // channels}" TheC="{number % channels}" TheT="0" '
        f'DeltaT="{number * 0.25}" ExposureTime="{0.1 + number % channels}" '
        f'PositionX="{chance.random():.4f}" PositionY="1.5" PositionZ="{number}"/>'
        for number in range(planes)
    )
    return (
        f'<Image ID="Image:{index}" Name="field {index}">'
        f"<AcquisitionDate>2026-03-{day:02}T10:00:00</AcquisitionDate>"
        '<InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>'
        f'<Pixels ID="Pixels:{index}" DimensionOrder="XYCZT" '
        f'Type="{chance.choice(_TYPES)}" SizeX="{size}" SizeY="{size}" '
        f'SizeZ="{size_z}" SizeC="{channels}" SizeT="1" '
        f'PhysicalSizeX="0.1{chance.randint(1, 9)}" PhysicalSizeXUnit="µm" '
        'PhysicalSizeY="0.11" PhysicalSizeYUnit="µm" PhysicalSizeZ="300" '
        f'PhysicalSizeZUnit="nm">{described}<MetadataOnly/>{listed}</Pixels></Image>'
    )


def _channel(chance: random.Random, image: int, number: int) -> str:
    excitation = chance.choice((405, 488, 561, 640))
    return (
        f'<Channel ID="Channel:{image}:{number}" Name="{_DYES[number]}" '
        f'Fluor="{_DYES[number]}" SamplesPerPixel="1" AcquisitionMode="WideField" '
        f'IlluminationType="Epifluorescence" ExcitationWavelength="{excitation}" '
        f'EmissionWavelength="{excitation + 40}" Color="{chance.randint(1, 10**8)}">'
        '<LightSourceSettings ID="LightSource:0"/>'
        f'<DetectorSettings ID="Detector:0" Gain="{chance.randint(1, 9)}"/></Channel>'
    )
