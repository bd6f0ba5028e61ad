"""Small image files of every kind, written on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OME = "http://www.openmicroscopy.org/Schemas/OME"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="{namespace}" UUID="urn:uuid:11111111-1111-1111-1111-111111111111">
  <Instrument ID="Instrument:0">
    <Microscope Manufacturer="Acme" Model="Scope 1" SerialNumber="S-1"/>
    <Detector ID="Detector:0" Model="Cam 1" Type="CCD"/>
    <Objective ID="Objective:0" Manufacturer="Acme" Model="Plan 10x"
      NominalMagnification="10.0" LensNA="0.30" Immersion="Air"/>
    <Objective ID="Objective:1" Manufacturer="Acme" Model="Plan 63x"
      NominalMagnification="63.0" LensNA="{aperture}" Immersion="Oil"
      WorkingDistance="190" WorkingDistanceUnit="µm"/>
  </Instrument>
  <Image ID="Image:0" Name="first">
    <AcquisitionDate>2026-01-02T03:04:05</AcquisitionDate>
    <Description>a &lt;small&gt; test</Description>
    <InstrumentRef ID="Instrument:0"/>
    <ObjectiveSettings ID="Objective:1" RefractiveIndex="1.518"/>
    <Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" SignificantBits="12"
      SizeX="8" SizeY="6" SizeZ="2" SizeC="2" SizeT="1"
      PhysicalSizeX="0.0001" PhysicalSizeXUnit="mm" PhysicalSizeY="100"
      PhysicalSizeYUnit="nm" PhysicalSizeZ="0.3">
      <Channel ID="Channel:0:0" Name="DAPI" ExcitationWavelength="405"
        EmissionWavelength="450.5" Color="65535" Fluor="DAPI">
        <DetectorSettings ID="Detector:0" Gain="2.5"/>
      </Channel>
      <Channel ID="Channel:0:1" Name="GFP" ExcitationWavelength="488"
        PinholeSize="50"/>
      {inside}
    </Pixels>
  </Image>
</OME>
"""
_PLANE = '<Plane TheZ="{z}" TheT="0" TheC="{c}" ExposureTime="{time}"/>'


def ome_text(
    *, namespace: str = f"{OME}/2016-06", inside: str = "", aperture: str = "1.40"
) -> str:
    """Return an OME-XML document with two channels and two objectives."""
    return DOCUMENT.format(namespace=namespace, inside=inside, aperture=aperture)


@pytest.fixture
def ome_document() -> Callable[..., str]:
    """Return a function that writes OME-XML with two channels, two objectives."""
    return ome_text


@pytest.fixture
def ome_xml(tmp_path: Path) -> Path:
    planes = "".join(
        _PLANE.format(z=z, c=c, time=time)
        for z, c, time in ((0, 0, "0.1"), (1, 0, "0.3"), (0, 1, "0.2"), (1, 1, "0.2"))
    )
    path = tmp_path / "image.ome.xml"
    path.write_text(ome_text(inside=planes), encoding="utf-8")
    return path


@pytest.fixture
def ome_tiff(tmp_path: Path) -> Path:
    path = tmp_path / "image.ome.tif"
    data = np.arange(2 * 3 * 16 * 20, dtype=np.uint16).reshape(2, 3, 16, 20)
    tifffile.imwrite(
        path,
        data,
        ome=True,
        photometric="minisblack",
        metadata={
            "axes": "CZYX",
            "PhysicalSizeX": 0.25,
            "PhysicalSizeXUnit": "µm",
            "Channel": {"Name": ["DAPI", "GFP"]},
        },
    )
    return path


@pytest.fixture
def plain_tiff(tmp_path: Path) -> Path:
    path = tmp_path / "plain.tif"
    data = np.arange(48 * 64, dtype=np.uint8).reshape(48, 64)
    tifffile.imwrite(path, data, photometric="minisblack", metadata=None)
    return path


@pytest.fixture
def imagej_tiff(tmp_path: Path) -> Path:
    path = tmp_path / "imagej.tif"
    data = np.zeros((3, 2, 16, 20), dtype=np.uint16)
    data[:, 0, :, :10] = 100
    data[:, 1, :, 10:] = 200
    tifffile.imwrite(
        path,
        data,
        imagej=True,
        resolution=(4.0, 4.0),
        metadata={"axes": "ZCYX", "unit": "um", "spacing": 0.5, "finterval": 2.0},
    )
    return path
