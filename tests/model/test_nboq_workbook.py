"""The leaf fields of the workbook against the slots of the model."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import class_names, slots_of

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]
# rows that group others: child elements, references, choices (E in Latin or Greek)
_GROUP = re.compile(r"[EΕ]lement|Extension|Substitution|-$")
_LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
# the workbook writes it otherwise than the XSD, whose names files have
SPELT_OTHERWISE = {
    "Launguage": "Language",
    "MaxTemberature": "MaxTemperature",
    "MinTemperature": "MinTemberature",
    "OperationFrequency": "OperatingFrequency",
    "ElectronConversionFactor": "ElectronicConversionFactor",
    "ManufacturerOffset": "ManufacturerOffet",
    "HistochemistryType": "HystochemistryType",
    "PhysicaSizeY": "PhysicalSizeY",
    "PlaneOffsetX": "PlaneXOffset",
    "PlaneOffsetY": "PlaneYOffset",
    "PlaneOffsetZ": "PlaneZOffset",
    "FPBaseID": "FBBaseID",
    "NrOfScanPoint": "NrOfScanPoints",
    "MaxIntensityPiexlYCoordinate": "MaxIntensityPixelYCoordinate",
}
# parts of a key and value pair, or of a matrix, that are one text here
ONE_TEXT = {"K", "RowNr", "CellNr", "CellValue"}
# in the workbook only: neither the XSD nor the application has it
NOWHERE_ELSE = {"SequentialAcquisition"}


@pytest.fixture(scope="module")
def leaves(shared: Path) -> list[Row]:
    path = shared / "reference" / "nboq" / "tables" / "spreadsheet_rows_v02-01.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        row
        for row in rows
        if row["datatype"].strip() and not _GROUP.match(row["datatype"])
    ]


def tiers(rows: list[Row]) -> dict[str, int]:
    return dict(Counter(row["tier"] for row in rows))


def test_the_workbook_has_the_leaf_fields_of_the_specification(
    leaves: list[Row],
) -> None:
    # The specification leaves out types that begin with an E, to be rid of Element and
    # Extension; with them go 7 identifiers (ExperimenterID 4, EnvironmentalControl-
    # DeviceID 2, ElectroOpticalDeviceID 1): 783 fields hold a value.
    counted = [row for row in leaves if row["datatype"][0] not in "EΕ"]
    assert len(counted) == 776
    assert tiers(counted) == {"1": 223, "2": 321, "3": 228, "": 4}
    assert len(leaves) == 783
    assert sum(row["mm"] == "Y" for row in leaves) == 132


def same(name: str) -> str:
    plain = re.sub(r"\(.*?\)", "", name.translate(_LATIN))
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def test_every_leaf_field_is_a_slot_of_that_name_or_listed_here(
    leaves: list[Row],
) -> None:
    known = {same(s.field) for name in class_names() for s in slots_of(name) if s.field}
    other = [row["name"] for row in leaves if same(row["name"]) not in known]
    respelt = [name for name in other if name in SPELT_OTHERWISE]
    assert len(leaves) - len(other) == 758
    assert all(same(SPELT_OTHERWISE[name]) in known for name in respelt)
    assert set(other) == SPELT_OTHERWISE.keys() | ONE_TEXT | NOWHERE_ELSE
    assert len(respelt) == 15
