"""Which fields a "materials and methods" text needs (from the spreadsheet)."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_marked_fields"]

_DECORATION = re.compile(r"\s*(\(.*?\)|-?\s*(APE|Abstract Parent Element)\b.*)\s*")


def read_marked_fields(path: Path) -> frozenset[tuple[str, str]]:
    """Return (class, field) pairs flagged M&M; classes as the spreadsheet has them."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return frozenset(
        (_owner(row["parent"]), _plain(row["name"]))
        for row in rows
        if row["mm"] == "Y" and row["parent"]
    )


def _owner(path: str) -> str:
    """Return the last class of ``Instrument/Filter-APE/substitution group (...)``."""
    steps = [s for s in path.split("/") if not s.startswith("substitution")]
    return _plain(steps[-1]).replace("ManufacturerSpecs", "ManufacturerSpec")


def _plain(text: str) -> str:
    return _DECORATION.sub("", text.strip())
