"""Units as people write them: ``µm`` for ``unit:MicroM``."""

from __future__ import annotations

import re
from functools import cache

from fair_imagic.i18n import current_language

__all__ = ["ucum_sign", "unit_sign"]

_PREFIXES = {
    "Atto": "a",
    "Femto": "f",
    "Pico": "p",
    "Nano": "n",
    "Micro": "µ",
    "Milli": "m",
    "Centi": "c",
    "Deca": "da",
    "Deci": "d",
    "Hecto": "h",
    "Kilo": "k",
    "Mega": "M",
    "Giga": "G",
    "Tera": "T",
}
_SIGNS = {
    "A": "A",
    "ANGSTROM": "Å",
    "ATM": "atm",
    "AU": "ua",
    "B": "B",
    "BAR": "bar",
    "DEG": "°",
    "C": "C",
    "DEG_C": "°C",
    "DEG_F": "°F",
    "DEG_R": "°R",
    "E": "e⁻",
    "FT": "ft",
    "GM": "g",
    "GON": "gon",
    "HR": "h",
    "HZ": "Hz",
    "J": "J",
    "K": "K",
    "L": "L",
    "LM": "lm",
    "LUX": "lx",
    "LY": "ly",
    "M": "m",
    "MI": "mi",
    "M_HG": "mHg",
    "MIN": "min",
    "MOL": "mol",
    "OHM": "Ω",
    "PA": "Pa",
    "PARSEC": "pc",
    "PERCENT": "%",
    "PIXEL_COUNT": "px",
    "PSI": "psi",
    "PT": "pt",
    "RAD": "rad",
    "SEC": "s",
    "SR": "sr",
    "TORR": "Torr",
    "UNITLESS": "",
    "V": "V",
    "W": "W",
    "YD": "yd",
    # ours, where QUDT has none
    "ElectronPerPixelSecond": "e⁻/px/s",
    "ElectronRootMeanSquare": "e⁻ rms",
    "EnzymeUnitPerMillilitre": "U/mL",
}
_WORDS = {
    "DAY": {"en": "d", "fr": "j"},
    "FRAME-PER-SEC": {"en": "fps", "fr": "images/s"},
    "IN": {"en": "in", "fr": "po"},
    "ReferenceFrame": {"en": "reference frame", "fr": "cadre de référence"},
    "REV-PER-MIN": {"en": "rpm", "fr": "tr/min"},
}
_PART = re.compile(rf"({'|'.join(_PREFIXES)})?([A-Za-z_]+?)(\d*)")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def unit_sign(unit: str) -> str:
    """Return the sign of a unit (its IRI or short form) in the language in use.

    A unit that nobody gave a sign is told by its name, never by its code's prefix.
    """
    name = unit.strip("<>").rpartition("/")[2].rpartition(":")[2]
    if name in _WORDS:
        return _WORDS[name].get(current_language(), _WORDS[name]["en"])
    return _composed(name)


def ucum_sign(code: str) -> str:
    """Return the sign of a UCUM code (``um2`` is µm²); nothing for a pure number."""
    if code in ("", "1"):
        return ""
    micro = f"µ{code[1:]}" if code.startswith("u") else code
    return "/".join(_with_power(part) for part in micro.split("/"))


def _with_power(text: str) -> str:
    name = text.rstrip("0123456789")
    return f"{name}{text[len(name) :].translate(_POWERS)}"


@cache
def _composed(name: str) -> str:
    above, _per, below = name.partition("-PER-")
    parts = [
        "·".join(_part(one) for one in side.split("-"))
        for side in (above, *below.split("-PER-"))
        if side
    ]
    return "/".join(parts) or name


def _part(text: str) -> str:
    if text in _SIGNS:
        return _SIGNS[text]
    match = _PART.fullmatch(text)
    if match is None or match[2] not in _SIGNS:
        return text
    prefix = _PREFIXES.get(match[1] or "", "")
    return f"{prefix}{_SIGNS[match[2]]}{match[3].translate(_POWERS)}"
