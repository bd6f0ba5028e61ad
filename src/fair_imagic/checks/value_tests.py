"""Tests of single values that SHACL cannot express, each by its name in the shapes.

A rule names its test with ``fi:test``; a value that does not pass gives the same kind
of finding as a broken shape.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from importlib import metadata
from types import MappingProxyType
from typing import TYPE_CHECKING

from fair_imagic import cache
from fair_imagic.checks.named_test import named_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["VALUE_TESTS", "value_test"]

ValueTest = Callable[[str], bool]

_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\Z")
_ROR = re.compile(r"https://ror\.org/0([0-9a-hj-km-np-tv-z]{6})(\d{2})\Z")
# ROR counts in Crockford's base 32: no i, l, o, u.
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_PLACEHOLDER = re.compile(
    r"\s*(?:\(?:?(?:unav|unkn|unal|unap|unas|none|null|tba|tbd|etal)\)?"
    r"|n\.?[/.]?a\.?|to be (?:done|determined|announced|completed)|todo|xxx+|test"
    r"|untitled|unknown|lorem ipsum.*|à (?:compléter|définir|remplir|préciser)"
    r"|sans titre|inconnue?|-+|\?+|\.+)?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SPDX = "https://spdx.org/licenses/"


def value_test(name: str) -> ValueTest:
    """Return the test of this name; InputError lists the names."""
    return named_test(VALUE_TESTS, name, said_by="fi:test")


def _orcid_check_digit(text: str) -> bool:
    """ORCID: the last character follows ISO/IEC 7064 MOD 11-2.

    What does not even look like an ORCID passes: another rule says so.
    """
    match = _ORCID.match(text)
    if match is None:
        return True
    digits, total = match[1].replace("-", "").upper(), 0
    for character in digits:
        total = (2 * total + (10 if character == "X" else int(character))) % 11
    return digits.strip("0") != "" and total == 1


def _ror_check_digits(text: str) -> bool:
    """ROR: the last two digits follow ISO/IEC 7064 MOD 97-10."""
    match = _ROR.match(text)
    if match is None:
        return True
    number = 0
    for character in match[1]:
        number = number * 32 + _CROCKFORD.index(character)
    return 98 - (number * 100) % 97 == int(match[2])


def _spdx_licence(text: str) -> bool:
    """Licence: an identifier of the SPDX list, as https://spdx.org/licenses/..."""
    name = text.removeprefix(_SPDX).removesuffix(".html")
    return text.startswith(_SPDX) and name in _spdx_names()


@functools.cache
def _spdx_names() -> frozenset[str]:
    key = cache.key_of("SPDX names", metadata.version("license-expression"))
    return cache.recall(
        key,
        lambda: frozenset(_read_spdx_names()),
        write=lambda names: "\n".join(sorted(names)).encode(),
        read=lambda content: frozenset(content.decode().split("\n")),
    )


def _read_spdx_names() -> Iterator[str]:
    """Yield the names; the library that has them takes long to load."""
    from license_expression import get_license_index

    for entry in get_license_index():
        name = entry.get("spdx_license_key") or ""
        if name and not name.startswith("LicenseRef"):
            yield name


def _no_control_characters(text: str) -> bool:
    """Text: no character that XML cannot carry, and no other control character."""
    return _CONTROL.search(text) is None


def _no_placeholder(text: str) -> bool:
    """Text: something said, not a stand-in such as TBD, n/a or :unav."""
    return _PLACEHOLDER.match(text) is None


VALUE_TESTS: Mapping[str, ValueTest] = MappingProxyType(
    {
        "no-control-characters": _no_control_characters,
        "no-placeholder": _no_placeholder,
        "orcid-check-digit": _orcid_check_digit,
        "ror-check-digits": _ror_check_digits,
        "spdx-licence": _spdx_licence,
    }
)
