"""A number with its unit, as a person types it."""

from __future__ import annotations

from fair_imagic.entry.unit import written_unit_for

__all__ = ["with_unit"]


def with_unit(number: str, unit: str) -> str:
    """Return ``0.323 µm`` for a number and a QUDT unit (``unit:MicroM``)."""
    return f"{number} {written_unit_for(unit)}" if unit else number
