"""Units: what a source wrote, as a QUDT unit, and exact conversion between them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation, localcontext

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import curie

__all__ = [
    "convert",
    "converted",
    "decimal_text",
    "qudt_unit",
    "written_unit_for",
]

_EXACT_DIGITS = 100

# What programs write: (QUDT unit, kind of quantity, factor to the kind's base unit).
_METRE = {
    "m": ("unit:M", 0),
    "dm": ("unit:DeciM", -1),
    "cm": ("unit:CentiM", -2),
    "mm": ("unit:MilliM", -3),
    "µm": ("unit:MicroM", -6),
    "um": ("unit:MicroM", -6),
    "nm": ("unit:NanoM", -9),
    "Å": ("unit:ANGSTROM", -10),
    "pm": ("unit:PicoM", -12),
    "fm": ("unit:FemtoM", -15),
}
_SECOND = {
    "s": ("unit:SEC", 0),
    "ms": ("unit:MilliSEC", -3),
    "µs": ("unit:MicroSEC", -6),
    "us": ("unit:MicroSEC", -6),
    "ns": ("unit:NanoSEC", -9),
    "ps": ("unit:PicoSEC", -12),
}
_SCALES: dict[str, tuple[str, str, Decimal]] = {
    **{k: (u, "length", Decimal(1).scaleb(e)) for k, (u, e) in _METRE.items()},
    **{k: (u, "time", Decimal(1).scaleb(e)) for k, (u, e) in _SECOND.items()},
    "in": ("unit:IN", "length", Decimal("0.0254")),
    "inch": ("unit:IN", "length", Decimal("0.0254")),
    "min": ("unit:MIN", "time", Decimal(60)),
    "h": ("unit:HR", "time", Decimal(3600)),
    "d": ("unit:DAY", "time", Decimal(86400)),
    "W": ("unit:W", "power", Decimal(1)),
    "dW": ("unit:DeciW", "power", Decimal("0.1")),
    "mW": ("unit:MilliW", "power", Decimal("0.001")),
    "µW": ("unit:MicroW", "power", Decimal("0.000001")),
    "V": ("unit:V", "voltage", Decimal(1)),
    "kV": ("unit:KiloV", "voltage", Decimal(1000)),
    "Hz": ("unit:HZ", "frequency", Decimal(1)),
    "kHz": ("unit:KiloHZ", "frequency", Decimal(1000)),
    "MHz": ("unit:MegaHZ", "frequency", Decimal(1000000)),
    "fps": ("unit:FRAME-PER-SEC", "frame rate", Decimal(1)),
    "°C": ("unit:DEG_C", "temperature", Decimal(1)),
    "K": ("unit:K", "absolute temperature", Decimal(1)),
    "°": ("unit:DEG", "angle", Decimal(1)),
    "deg": ("unit:DEG", "angle", Decimal(1)),
    "rad": ("unit:RAD", "angle in radian", Decimal(1)),
    "%": ("unit:PERCENT", "ratio", Decimal(1)),
    "dB": ("unit:DeciB", "level", Decimal(1)),
    "decibel (dB)": ("unit:DeciB", "level", Decimal(1)),
    "mbar": ("unit:MilliBAR", "pressure", Decimal(1)),
    "e-": ("unit:E", "charge", Decimal(1)),
    "e- rms": ("nboq:ElectronRootMeanSquare", "noise", Decimal(1)),
    "e-/Pixel/sec": ("nboq:ElectronPerPixelSecond", "dark current", Decimal(1)),
}
_BY_QUDT = {entry[0]: entry for entry in reversed(list(_SCALES.values()))}
# Micro is typed as the Greek letter or as the micro sign.
_GREEK_MU = "\u03bc"
_MICRO = "\u00b5"


def qudt_unit(text: str) -> str | None:
    """Return the QUDT unit (``unit:MicroM``) of a written unit, or None."""
    found = _scale(text)
    return found[0] if found else None


def written_unit_for(unit: str) -> str:
    """Return how programs write a QUDT unit (``unit:MicroM``): its first sign."""
    return next((sign for sign, entry in _SCALES.items() if entry[0] == unit), unit)


def _scale(text: str) -> tuple[str, str, Decimal] | None:
    if text.startswith(("unit:", "nboq:")):
        return _BY_QUDT.get(text)
    return _SCALES.get(text.strip().replace(_GREEK_MU, _MICRO))


def converted(text: str, unit: str | None, *, to: str) -> str | None:
    """Return a number in another unit, exactly; None where units do not fit.

    A text that is no number comes back unchanged, to be reported by the checks.
    """
    source, target = _scale(unit or ""), _scale(to)
    if source is None or target is None or source[1] != target[1]:
        return None
    number = _decimal(text)
    if number is None:
        return text
    if source[0] == target[0]:
        return f"{number:f}"
    with localcontext() as context:
        context.prec = _EXACT_DIGITS
        exact = number * source[2] / target[2]
        return f"{exact.normalize():f}"


def convert(text: str, unit: str | None, target: str) -> str:
    """Return a number in the target unit (a QUDT IRI); no unit means the target's.

    Raises :class:`~fair_imagic.errors.InputError` for a text that is no number and
    for a unit of another quantity.
    """
    to = curie(target)
    value = converted(text, unit or to, to=to) if _scale(to) else decimal_text(text)
    if value is None:
        raise InputError(
            _("The unit {unit} does not fit here").format(unit=unit),
            expected=to.removeprefix("unit:"),
            found=f"{text} {unit}",
        )
    if _decimal(value) is None:
        raise InputError(_("This is not a number"), found=text)
    return value


def decimal_text(text: str) -> str:
    """Return a number without exponent, digit for digit; other text unchanged."""
    number = _decimal(text)
    return text if number is None else f"{number:f}"


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    # 1e999999 is a valid decimal whose text would fill the memory.
    too_wide = abs(number.adjusted()) > _EXACT_DIGITS if number.is_finite() else True
    return None if too_wide else number
