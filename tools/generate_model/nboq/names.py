"""Names made from the names in the source: properties, slots, labels."""

from __future__ import annotations

import re

__all__ = ["class_name", "label", "property_name", "slot_name"]

_WORD = re.compile(
    r"[A-Z]+[0-9]*(?=[A-Z][a-z]|$)|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+"
)
# the workbook has Greek capitals that look like Latin ones
_LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")


def words(name: str) -> list[str]:
    """Return the words of ``LensNA``: ``Lens``, ``NA``."""
    parts = re.split(r"[^A-Za-z0-9]+", name.translate(_LATIN))
    return [word for part in parts for word in _WORD.findall(part)]


def property_name(name: str) -> str:
    """Return the local name of the property: ``LensNA`` -> ``lensNA``."""
    first, *rest = words(name)
    capitalised = (word[0].upper() + word[1:] for word in rest)
    return first.lower() + "".join(capitalised)


def slot_name(name: str) -> str:
    """Return the name in code: ``LensNA`` -> ``lens_na``."""
    return "_".join(words(name)).lower()


def class_name(name: str) -> str:
    """Return the name of a class: ``Z-Drive`` -> ``ZDrive``."""
    return "".join(word[0].upper() + word[1:] for word in words(name))


def label(name: str) -> str:
    """Return words for a person: ``LensNA`` -> ``Lens NA``."""
    first, *rest = words(name)
    lowered = (word if word[1:].isupper() else word.lower() for word in rest)
    return " ".join([first, *lowered])
