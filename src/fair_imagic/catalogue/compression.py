"""Compression of the journal's small texts, with a dictionary of what they share."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["pack", "pack_all", "unpack"]

# What is kept under a version must be readable for ever: never edit an entry, add one.
_TERMS = "https://w3id.org/fair-imagic/terms/"
_NBOQ = "https://w3id.org/fair-imagic/nboq/v02-01/"
_DICTIONARY_1 = "\n".join(
    [
        *(
            f" <{_TERMS}{name}> "
            for name in (
                "imagePlace",
                "libraryVersion",
                "parameterValue",
                "parameterName",
                "softwareVersion",
                "softwareName",
                "outputSha256",
                "growthProtocol",
                "preparationProtocol",
                "biologicalEntity",
                "organismLabel",
                "organism",
                "imagingMethodLabel",
                "imagingMethod",
                "contentKind",
                "sample",
                "fileset",
                "seriesIndex",
                "objective",
                "detector",
                "lightSource",
                "sha256",
                "path",
                "file",
                "channelIndex",
                "channel",
                "acquiredWith",
            )
        ),
        *(
            f" <{_NBOQ}{name}> "
            for name in (
                "pinholeDiameterUnit",
                "pinholeDiameter",
                "exposureTimeUnit",
                "exposureTime",
                "illuminationType",
                "acquisitionMode",
                "contrastMethod",
                "emissionWavelengthUnit",
                "emissionWavelength",
                "fluorophore",
                "excitationWavelengthUnit",
                "excitationWavelength",
                "channelName",
                "timeIncrementUnit",
                "timeIncrement",
                "catalogNumber",
                "immersionType",
                "magnification",
                "lensNA",
                "manufacturer",
                "model",
                "name",
                "physicalSizeZUnit",
                "physicalSizeZ",
                "physicalSizeYUnit",
                "physicalSizeY",
                "physicalSizeXUnit",
                "physicalSizeX",
                "significantBits",
                "pixelType",
                "dimensionOrder",
                "sizeT",
                "sizeC",
                "sizeZ",
                "sizeY",
                "sizeX",
            )
        ),
        "Image/Pixels/Channel[0]/EmissionWavelength",
        "Image/Pixels/Channel[1]/ExcitationWavelength",
        "Instrument/Objective/Image/Pixels/PhysicalSizeXUnit",
        "Image/AcquisitionDateImage/DescriptionImage/Name",
        " <http://www.w3.org/ns/prov#wasGeneratedBy> ",
        " <http://www.w3.org/ns/prov#wasDerivedFrom> ",
        " <http://www.w3.org/ns/dcat#byteSize> ",
        " <http://www.w3.org/ns/dcat#mediaType> ",
        " <http://www.w3.org/ns/sosa/resultTime> ",
        " <http://purl.org/dc/terms/description> ",
        " <http://purl.org/dc/terms/isPartOf> ",
        " <http://purl.org/dc/terms/hasPart> ",
        " <http://purl.org/dc/terms/title> ",
        " <http://qudt.org/vocab/unit/MilliSEC> .",
        " <http://qudt.org/vocab/unit/NanoM> .",
        " <http://qudt.org/vocab/unit/MicroM> .",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        f" <{_TERMS}Fileset> .",
        f" <{_TERMS}File> .",
        f" <{_TERMS}Channel> .",
        f" <{_TERMS}Image> .",
        '"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> .',
        '"^^<http://www.w3.org/2001/XMLSchema#dateTime> .',
        '"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    ]
).encode()
_DICTIONARIES = {1: _DICTIONARY_1}
_CURRENT = 1
_LEVEL = 6


def pack(text: str) -> bytes:
    """Return the text compressed; the first byte names the dictionary."""
    return pack_all((text,))


def pack_all(texts: Iterable[str], *, level: int = _LEVEL) -> bytes:
    """Return texts, one after the other, as :func:`pack` does; level 1 is quick."""
    packer = zlib.compressobj(level, zdict=_DICTIONARIES[_CURRENT])
    packed = [packer.compress(text.encode()) for text in texts]
    return b"".join((bytes([_CURRENT]), *packed, packer.flush()))


def unpack(data: bytes) -> str:
    """Return the text that :func:`pack` was given."""
    opener = zlib.decompressobj(zdict=_DICTIONARIES[data[0]])
    return (opener.decompress(data[1:]) + opener.flush()).decode()
