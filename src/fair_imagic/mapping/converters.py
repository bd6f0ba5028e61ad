"""Converters: the text of a fact as terms of the model, nothing ever dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.unit import decimal_text, kept_quantity
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.mapping.table import value_words
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.mapping.table import MappingRow
    from fair_imagic.rdf import Term
    from fair_imagic.readers.base import RawFact

__all__ = ["terms_of"]

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{2})?(?P<rgb>[0-9A-Fa-f]{6})\Z")
_SIGNED = re.compile(r"-?\d{1,11}\Z")


def terms_of(item: RawFact, row: MappingRow) -> list[tuple[str, Term]]:
    """Return the properties (prefixed names) and terms that a fact fills.

    A quantity gives its value and its unit; one whose unit cannot be converted
    gives nothing and stays a raw fact, as does a word that says too little for the
    slot's list. A value that is not of the slot's datatype is kept with that datatype,
    for the checks to report.
    """
    text = item.value.strip()
    if not text:
        return []
    if row.unit_from == "fact":
        return _quantity(text, item.unit, row)
    converter = _CONVERTERS.get(row.converter)
    if converter is None:
        raise ConfigurationError(
            _("The mapping table names an unknown converter"),
            expected=", ".join(_CONVERTERS),
            found=row.converter,
        )
    term = converter(text, row)
    return [(row.slot, term)] if term is not None else []


def _quantity(text: str, unit: str | None, row: MappingRow) -> list[tuple[str, Term]]:
    kept = kept_quantity(text, unit, to=row.converter)
    if kept is None:
        return []
    return [
        (row.slot, literal(kept[0], datatype="xsd:decimal")),
        (f"{row.slot}Unit", iri(kept[1])),
    ]


def _text(text: str, row: MappingRow) -> Term:
    return literal(text)


def _integer(text: str, row: MappingRow) -> Term:
    return literal(text, datatype="xsd:integer")


def _decimal(text: str, row: MappingRow) -> Term:
    return literal(decimal_text(text), datatype="xsd:decimal")


def _percent(text: str, row: MappingRow) -> Term | None:
    """Return a share from 0 to 1 in percent; another number is not guessed about."""
    share = decimal_of(text)
    if share is None or not 0 <= share <= 1:
        return None
    return literal(f"{(100 * share).normalize():f}", datatype="xsd:decimal")


def _date_time(text: str, row: MappingRow) -> Term:
    return literal(text.replace(" ", "T", 1), datatype="xsd:dateTime")


def _value(text: str, row: MappingRow) -> Term | None:
    word = value_words().get((row.slot, text), text)
    return literal(word) if word else None


def _colour(text: str, row: MappingRow) -> Term:
    match = _HEX.match(text)
    if match:
        return literal(f"#{match['rgb'].upper()}")
    if _SIGNED.match(text):  # OME: red, green, blue, alpha in a signed number
        return literal(f"#{(int(text) & 0xFFFFFFFF) >> 8:06X}")
    return literal(text)


_CONVERTERS: dict[str, Callable[[str, MappingRow], Term | None]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "percent": _percent,
    "date_time": _date_time,
    "value": _value,
    "colour": _colour,
}
