"""Numbers as people and programs write them: decimal signs, thousands, exponents."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

__all__ = ["MOST_DIGITS", "Number", "decimal_of", "number_in", "plain_number"]

MOST_DIGITS = 100
"""A number wider than this is none: its text would fill the memory."""

_LONGEST = 200
_SPACES = " \u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'\u2019"
_SIGNS = "+\uff0b\u2212\u2013\ufe63\uff0d-"
_MINUS = "-\u2212\u2013\ufe63\uff0d"
_SHAPE = re.compile(
    rf"(?P<sign>[{_SIGNS}]?)\s*"
    rf"(?P<digits>(?:\d|[.,\uff0c\uff0e](?=\d))"
    rf"(?:\d|[.,\uff0c\uff0e{_APOSTROPHES}{_SPACES}](?=\d))*)"
    rf"\.?(?:[eE](?P<exponent>[{_SIGNS}]?\d{{1,12}})"
    rf"|\s*[x×*·]\s*10\s*\^\s*(?P<power>[{_SIGNS}]?\d{{1,12}}))?"
    # what follows is its unit, but 1/02/2026 is a date and no number
    r"(?:\s*(?![/.,:_\u2013-]\s*\d)(?P<unit>[^\d\s].*))?\Z",
    re.DOTALL,
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?\Z")
# English, French and Swiss ways of grouping; Babel knows which signs each of them uses.
_LOCALES = ("en", "fr", "de_CH")
# 1.234,5 is written so in Germany and Spain, and can mean nothing else.
_LOCALE_OF_POINT_AND_COMMA = "de"
_GROUP_SPACE = "\u202f"
_GROUP_APOSTROPHE = "\u2019"
_NO_UNITS = ("", "x", "×", "na")


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number with a point and no exponent, and the unit that is written after it.

    ``others`` are what it could be as well (a comma may set thousands apart);
    ``decimal_comma`` tells that a comma was taken as the decimal sign.
    """

    value: str
    unit: str = ""
    others: tuple[str, ...] = ()
    decimal_comma: bool = False


def number_in(text: str) -> Number | None:
    """Return the number that a text is, with its unit; None where it is none.

    Spaces and apostrophes that set thousands apart, full-width digits and the minus
    sign are understood. What Babel reads in two ways has ``others``: the first is the
    one with a decimal comma.
    """
    match = _SHAPE.match(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        return None
    digits = _ascii(match["digits"])
    found = [digits] if _PLAIN.match(digits) else _values(digits)
    sign = "-" if match["sign"] and match["sign"] in _MINUS else ""
    exponent = _ascii(match["exponent"] or match["power"] or "0")
    values = [_plain(f"{sign}{one}", exponent) for one in found]
    if not values or None in values:
        return None
    first, *others = (one or "" for one in values)
    return Number(
        value=first,
        unit=(match["unit"] or "").strip(),
        others=tuple(others),
        decimal_comma=found[0] == re.sub(r"[^\d,]", "", digits).replace(",", ".")
        and "," in digits,
    )


def plain_number(text: str) -> str | None:
    """Return ``0.323`` for ``0,323`` and ``3.23E-1``, ``20`` for ``20x``.

    A unit is kept. A comma that may set thousands apart (``1,234``) gives None.
    """
    found = number_in(text)
    if found is None or found.others:
        return None
    bare = found.unit.lower() in _NO_UNITS
    return found.value if bare else f"{found.value} {found.unit}"


def decimal_of(text: str) -> Decimal | None:
    """Return a number in the model's own writing; None for others and endless ones."""
    try:
        number = Decimal(text.strip().replace("_", "?"))  # Python takes 1_000
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return None
    return number


def _plain(digits: str, exponent: str) -> str | None:
    number = decimal_of(digits if exponent == "0" else f"{digits}E{exponent}")
    return None if number is None else format(number, "f")


def _ascii(text: str) -> str:
    """Return digits and signs of any script as ASCII has them."""
    plain = []
    for one in text:
        digit = unicodedata.decimal(one, None)
        if digit is not None:
            plain.append(str(digit))
        elif one in _MINUS:
            plain.append("-")
        else:
            plain.append({"\uff0c": ",", "\uff0e": ".", "\uff0b": "+"}.get(one, one))
    return "".join(plain)


def _values(digits: str) -> list[str]:
    """Return what the digits can be, the reading with a decimal comma first."""
    from babel.numbers import NumberFormatError, parse_decimal

    both_signs = "," in digits and "." in digits
    locales = (*_LOCALES, _LOCALE_OF_POINT_AND_COMMA) if both_signs else _LOCALES
    typed = re.sub(f"[{_SPACES}]", _GROUP_SPACE, digits)
    typed = re.sub(f"[{_APOSTROPHES}]", _GROUP_APOSTROPHE, typed)
    if typed.startswith((".", ",")):
        typed = f"0{typed}"
    found: list[Decimal] = []
    for locale in locales:
        try:
            found.append(parse_decimal(typed, locale=locale, strict=True))
        except NumberFormatError:
            continue
    return [format(one, "f") for one in sorted(dict.fromkeys(found))]
