"""Numbers with their unit, as statements of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.number import number_in
from fair_imagic.entry.reading import Option, Reading, Refusal, example, joined
from fair_imagic.entry.unit import (
    converted,
    qudt_unit,
    signs_for,
    unit_named,
    written_unit_for,
)
from fair_imagic.i18n import both
from fair_imagic.model.view import term_for
from fair_imagic.rdf import curie, expand, iri

if TYPE_CHECKING:
    from fair_imagic.entry.number import Number
    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term

__all__ = ["read_number", "read_unit", "with_unit"]

# What people write after a magnification and an aperture; neither is a unit.
_NO_UNITS = ("", "x", "×", "na")


def with_unit(number: str, unit: str) -> str:
    """Return ``0.323 µm`` for a number and a QUDT unit (``unit:MicroM``)."""
    return f"{number} {written_unit_for(unit)}" if unit else number


def read_number(slot: Slot, text: str) -> Reading | Refusal:
    """Read a number, with its unit where the field has one."""
    number = number_in(text)
    if number is None:
        return Refusal(
            message=both("This is not a number"),
            expected=example(_example(slot)),
            found=text,
        )
    if slot.unit is None:
        return _bare(slot, number, text)
    unit = curie(slot.unit)
    sign = unit_named(number.unit, like=unit) if number.unit else written_unit_for(unit)
    if sign is None:
        return Refusal(
            message=both("The unit {unit} does not fit here", unit=number.unit[:40]),
            found=text,
            choices=tuple(Option(text=one) for one in signs_for(unit)),
        )
    values = [_in_unit(one, sign, unit) for one in (number.value, *number.others)]
    return _reading(slot, number, text, values=values, sign=sign)


def read_unit(slot: Slot, text: str) -> Reading | Refusal:
    """Read a unit by the sign or word that people write for it."""
    named = qudt_unit(text) or (curie(text) if "://" in text else None)
    if named is None and qudt_unit(text.replace("u", "µ", 1)):
        named = qudt_unit(text.replace("u", "µ", 1))
    if named is None:
        return Refusal(
            message=both("This is not a unit that is known here"),
            expected=example("µm"),
            found=text,
        )
    return Reading(terms=((slot.iri, iri(expand(named))),), text=text)


def _bare(slot: Slot, number: Number, text: str) -> Reading | Refusal:
    if number.unit.lower() not in _NO_UNITS:
        return Refusal(
            message=both("This field takes a number without a unit"),
            choices=(Option(text=number.value),),
            found=text,
        )
    return _reading(slot, number, text, values=[number.value, *number.others])


def _reading(
    slot: Slot, number: Number, text: str, *, values: list[str], sign: str = ""
) -> Reading | Refusal:
    """Return the reading, a question where the comma can set thousands apart."""
    whole = not (slot.datatype or "").endswith("#decimal")
    fitting = [one for one in values if not (whole and _has_fraction(one))]
    if not fitting:
        return Refusal(
            message=both("This field takes a whole number"),
            choices=(Option(text=values[0].partition(".")[0]),),
            found=text,
        )
    values = [one.partition(".")[0] for one in fitting] if whole else fitting
    terms: list[tuple[str, Term]] = [(slot.iri, term_for(slot, values[0]))]
    if slot.unit is not None:
        terms.append((f"{slot.iri}Unit", iri(slot.unit)))
    target = written_unit_for(curie(slot.unit)) if slot.unit else ""
    shown = [f"{one} {target}".strip() for one in values]
    return Reading(
        terms=tuple(terms),
        certain=len(values) == 1,
        note=_note(number, text, shown[0], typed=f"{number.value} {sign}".strip()),
        options=tuple(Option(text=one) for one in shown) if len(values) > 1 else (),
        text=text,
    )


def _note(number: Number, text: str, shown: str, *, typed: str) -> dict[str, str]:
    comma: dict[str, str] = {}
    if number.decimal_comma and shown.startswith(number.value.partition(".")[0] + "."):
        comma = both("comma taken as the decimal sign")
    plain = "".join(text.split())
    unit_left_out = plain == number.value and shown.startswith(number.value)
    same = plain in ("".join(shown.split()), plain if unit_left_out else "")
    read = {} if same else both("read as {value}", value=shown)
    return joined((comma, read))


def _in_unit(value: str, sign: str, unit: str) -> str:
    found = converted(value, sign, to=unit)
    return value if found is None else found


def _has_fraction(value: str) -> bool:
    return value.partition(".")[2].strip("0") != ""


def _example(slot: Slot) -> str:
    if slot.unit is not None:
        return f"0.323 {written_unit_for(curie(slot.unit))}"
    return "1234.5" if (slot.datatype or "").endswith("#decimal") else "1234"
