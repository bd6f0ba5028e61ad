"""Limits of physics: numbers that a field cannot have, whatever the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.reading import Refusal
from fair_imagic.entry.unit import written_unit_for
from fair_imagic.i18n import both
from fair_imagic.rdf import curie, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from fair_imagic.entry.reading import Reading
    from fair_imagic.model.slots import Slot

__all__ = ["is_within", "within_limits"]


def is_within(slot: Slot, number: Decimal) -> bool:
    """Return whether a number is within the limits of a field."""
    low, above, high = (
        None if limit is None else decimal_of(limit)
        for limit in (slot.low, slot.above, slot.high)
    )
    return (
        (low is None or number >= low)
        and (above is None or number > above)
        and (high is None or number <= high)
    )


def within_limits(slot: Slot, reading: Reading) -> Reading | Refusal:
    """Return a reading that is within the limits of its field, else why it is not.

    What is still a question passes: the answer to it is read again.
    """
    number = decimal_of(text_of(reading.terms[0][1]))
    if number is None or not reading.certain or is_within(slot, number):
        return reading
    return Refusal(
        message=both("This number is impossible here"),
        expected=_limits(slot),
        found=reading.text,
    )


def _limits(slot: Slot) -> Mapping[str, str]:
    unit = f" {written_unit_for(curie(slot.unit))}" if slot.unit else ""
    low, above, high = (
        f"{limit}{unit}" if limit is not None else None
        for limit in (slot.low, slot.above, slot.high)
    )
    if low and high:
        return both("from {low} to {high}", low=low, high=high)
    if above and high:
        return both("more than {low}, at most {high}", low=above, high=high)
    if above:
        return both("more than {low}", low=above)
    return both("at least {low}", low=low) if low else both("at most {high}", high=high)
