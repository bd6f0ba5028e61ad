"""The sign that people read for a QUDT unit."""

from __future__ import annotations

__all__ = ["unit_sign"]

_SIGNS = {
    "MicroM": "µm",
    "NanoM": "nm",
    "MilliM": "mm",
    "MilliSEC": "ms",
    "SEC": "s",
    "PERCENT": "%",
    "MilliW": "mW",
    "DEG": "°",
    "DEG_C": "°C",
    "V": "V",
}


def unit_sign(unit: str) -> str:
    """Return the sign of a QUDT unit (``µm``), else its QUDT name."""
    name = unit.rpartition("/")[2].rpartition(":")[2]
    return _SIGNS.get(name, name)
