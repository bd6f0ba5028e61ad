"""Dyes and fluorescent proteins by every name they go by: where they are excited.

``docs/sources.md`` says where the numbers of ``mappings/dyes.tsv`` come from.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from fair_imagic.resources import folder

__all__ = ["Dye", "dye_named"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Dye:
    """A dye with the range of its excitation and emission peaks, in nanometres."""

    name: str
    excitation_nm: tuple[Decimal, Decimal]
    emission_nm: tuple[Decimal, Decimal]

    def far_from_excitation_nm(self, wavelength_nm: Decimal) -> Decimal:
        """Return how far a wavelength is from where the dye is excited, 0 within."""
        low, high = self.excitation_nm
        return max(low - wavelength_nm, wavelength_nm - high, Decimal(0))


def dye_named(name: str) -> Dye | None:
    """Return the dye of this name, whatever its spaces, dashes and capitals."""
    return _table().get(_plain(name))


@functools.cache
def _table() -> dict[str, Dye]:
    found: dict[str, Dye] = {}
    path = folder("mappings") / "dyes.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            dye = Dye(row["dye"], _range(row, "excitation"), _range(row, "emission"))
            for name in (row["dye"], *row["other_names"].split("|")):
                if name:
                    found.setdefault(_plain(name), dye)
    return found


def _range(row: dict[str, str], kind: str) -> tuple[Decimal, Decimal]:
    return Decimal(row[f"{kind}_from"]), Decimal(row[f"{kind}_to"])


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
