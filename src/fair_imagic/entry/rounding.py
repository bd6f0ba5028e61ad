"""Numbers as people read them: at most six significant digits.

What is stored keeps every digit; only printing rounds.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from fair_imagic.i18n import decimal_sign

__all__ = ["rounded", "rounded_quantity"]

DIGITS = 6
# outside of these powers of ten a number is easier to read with an exponent
_SMALLEST = -6
_LARGEST = 15


def rounded(text: str | None) -> str:
    """Return a number with six significant digits and the language's decimal sign.

    Whole numbers stay whole, zeros at the end go, and thousands stay together, so that
    what is printed can be typed again. Other text stays as it is; nothing gives an
    empty text.
    """
    number = _number(text or "")
    if number is None:
        return text or ""
    if not number:
        return "0"
    if not _SMALLEST <= number.adjusted() < _LARGEST:
        return _with_exponent(number)
    places = max(DIGITS - 1 - number.adjusted(), 0)
    plain = f"{number:.{places}f}"
    return _signed(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def rounded_quantity(text: str) -> str:
    """Return a number with its unit (``0.323 µm``) rounded; other text as it is."""
    number, space, unit = text.partition(" ")
    if not space or _number(number) is None:
        return rounded(text)
    return f"{rounded(number)}\N{NO-BREAK SPACE}{unit}"


def _number(text: str) -> Decimal | None:
    """Return a finite number; what a person typed with a blank or ``_`` is none."""
    if not text.isascii() or "_" in text or text != text.strip():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _with_exponent(number: Decimal) -> str:
    digits, _e, power = f"{number:.{DIGITS - 1}e}".partition("e")
    digits = digits.rstrip("0").rstrip(".")
    return _signed(f"{digits}e{int(power)}")


def _signed(text: str) -> str:
    return text.replace(".", decimal_sign())
