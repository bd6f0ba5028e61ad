"""Units: what a source wrote, as a QUDT unit, and exact conversion between them."""

from __future__ import annotations

from decimal import Decimal, localcontext

from fair_imagic.entry.number import MOST_DIGITS, decimal_of

__all__ = [
    "converted",
    "decimal_text",
    "kept_quantity",
    "qudt_unit",
    "signs_for",
    "unit_named",
    "written_unit_for",
]

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
    "mV": ("unit:MilliV", "voltage", Decimal("0.001")),
    "µm/s": ("unit:MicroM-PER-SEC", "speed", Decimal("0.000001")),
    "nm/s": ("unit:NanoM-PER-SEC", "speed", Decimal("0.000000001")),
    "mm/s": ("unit:MilliM-PER-SEC", "speed", Decimal("0.001")),
    "g/mL": ("unit:GM-PER-MilliL", "density", Decimal(1)),
    "mg/mL": ("unit:MilliGM-PER-MilliL", "density", Decimal("0.001")),
    "µL": ("unit:MicroL", "volume", Decimal("0.001")),
    "mL": ("unit:MilliL", "volume", Decimal(1)),
    "mW/µm²": ("unit:MilliW-PER-MicroM2", "power density", Decimal(1)),
    "U/mL": ("nboq:EnzymeUnitPerMillilitre", "enzyme activity", Decimal(1)),
}
# What people write in words, in English and French; programs write the signs above.
_WORDS = {
    "nm": "nanometre nanometer nanomètre",
    "µm": "micron micrometre micrometer micromètre",
    "mm": "millimetre millimeter millimètre",
    "cm": "centimetre centimeter centimètre",
    "m": "metre meter mètre",
    "ms": "msec millisecond milliseconde",
    "µs": "microsecond microseconde",
    "s": "sec second seconde",
    "min": "minute",
    "h": "hr hour heure",
    "d": "day jour j",
    "mW": "milliwatt",
    "W": "watt",
    "°": "degree degré",
    "%": "percent pct",
    "V": "volt",
    "mV": "millivolt",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz mégahertz",
    "fps": "frames/s images/s",
    "°C": "celsius",
    "e-": "electron électron",
    "e-/Pixel/sec": "e-/px/s e-/pixel/s",
    "µL": "µl microlitre microliter",
    "mL": "ml millilitre milliliter",
    "mg/mL": "mg/ml",
    "g/mL": "g/ml g/cm³ g/cm3",
    "mW/µm²": "mW/µm2 mW/µm^2",
    "U/mL": "U/ml",
    "µm/s": "µm/sec",
    "nm/s": "nm/sec",
}
_SIGN_OF_WORD = {word: sign for sign, words in _WORDS.items() for word in words.split()}
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


def unit_named(text: str, *, like: str) -> str | None:
    """Return the sign of a unit that a person wrote, of the same kind as a QUDT unit.

    Words of English and French are understood, and ``u`` for micro. None where it is
    no unit of that kind.
    """
    wanted = _scale(like)
    for written in _spellings(text):
        scale = _scale(written)
        if scale is None:
            continue
        if wanted is None and scale[0] == like:
            return written
        if wanted is not None and scale[1] == wanted[1]:
            return written_unit_for(scale[0])
    return None


def signs_for(unit: str) -> tuple[str, ...]:
    """Return the signs of all units of the kind of a QUDT unit, its own first."""
    wanted = _scale(unit)
    units = dict.fromkeys([unit])
    units |= dict.fromkeys(
        entry[0] for entry in _SCALES.values() if wanted and entry[1] == wanted[1]
    )
    return tuple(written_unit_for(one) for one in units)


def _spellings(text: str) -> list[str]:
    """Return how a written unit may be meant, as it is written first."""
    plain = " ".join(text.replace(_GREEK_MU, _MICRO).replace("⁻", "-").split())
    micro = f"{_MICRO}{plain[1:]}" if plain.startswith("u") else plain
    words = (plain.lower(), plain.lower().removesuffix("s"), micro)
    signs = [_SIGN_OF_WORD[word] for word in words if word in _SIGN_OF_WORD]
    return [plain, micro, *signs]


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
    number = decimal_of(text)
    if number is None:
        return text
    if source[0] == target[0]:
        return f"{number:f}"
    with localcontext() as context:
        context.prec = MOST_DIGITS
        exact = number * source[2] / target[2]
        return f"{exact.normalize():f}"


def kept_quantity(text: str, unit: str | None, *, to: str) -> tuple[str, str] | None:
    """Return a file's number in another unit, and the unit that it is in.

    A text that is no number is kept with the unit of its source, so that whoever reads
    it later does not take ``162,5`` nm for micrometres. None where units do not fit.
    """
    value = converted(text, unit, to=to)
    if value is None:
        return None
    return value, to if decimal_of(text) is not None else qudt_unit(unit or "") or to


def decimal_text(text: str) -> str:
    """Return a number without exponent, digit for digit; other text unchanged."""
    number = decimal_of(text)
    return text if number is None else f"{number:f}"
