"""A microscope record of more than sixty parts, with values that say nothing in it."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_large_microscope"]

_MANY = {
    "Objective.json": 8,
    "ExcitationFilter.json": 14,
    "EmissionFilter.json": 16,
    "StandardDichroic.json": 12,
    "Fluorescence_LightSource_LightEmittingDiode.json": 4,
    "CMOS.json": 6,
    "AcquisitionSoftware.json": 2,
}


def write_large_microscope(model: Path, folder: Path) -> Path:
    """Write a record with many parts of each kind that a small one has one of."""
    record = json.loads(model.read_text(encoding="utf-8"))
    parts: list[dict[str, Any]] = []
    for one in record["components"]:
        for number in range(_MANY.get(one["Schema_ID"], 1)):
            parts.append(_copy(one, number))
    record |= {
        "ID": _identifier("large"),
        "Name": "Large microscope",
        "components": parts,
        "linkedFields": {},
    }
    path = folder / "large.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def _copy(part: dict[str, Any], number: int) -> dict[str, Any]:
    found = json.loads(json.dumps(part))
    found |= {
        "ID": _identifier(f"{part['ID']}-{number}"),
        "Name": f"{part['Name']} no. {number + 1}",
    }
    if found["Schema_ID"] == "Objective.json":
        found |= {"Magnification": 10 * (number + 1), "WorkingDistance": -1}
    if found["Schema_ID"] == "CMOS.json":
        found |= {"ReadOutNoise": -1, "QuantumEfficiency": -1, "ArrayWidth": 2048}
    return found


def _identifier(text: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, text))
