"""Tests of single values that SHACL cannot express, each by its name in the shapes.

A rule names its test with ``fi:test``; a value that does not pass gives the same kind
of finding as a broken shape.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from fair_imagic.checks.named_test import named_test
from fair_imagic.entry.character import has_control
from fair_imagic.entry.identifier import looks_like_orcid, orcid_in, ror_check_digits
from fair_imagic.entry.licence import is_spdx
from fair_imagic.entry.placeholder import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VALUE_TESTS", "value_test"]

ValueTest = Callable[[str], bool]


def value_test(name: str) -> ValueTest:
    """Return the test of this name; InputError lists the names."""
    return named_test(VALUE_TESTS, name, said_by="fi:test")


def _orcid_check_digit(text: str) -> bool:
    """ORCID: the last character follows ISO/IEC 7064 MOD 11-2.

    What does not even look like an ORCID passes: another rule says so.
    """
    return orcid_in(text) is not None or not looks_like_orcid(text)


def _ror_check_digits(text: str) -> bool:
    """ROR: the last two digits follow ISO/IEC 7064 MOD 97-10."""
    return ror_check_digits(text)


def _spdx_licence(text: str) -> bool:
    """Licence: an identifier of the SPDX list, as https://spdx.org/licenses/..."""
    return is_spdx(text)


def _no_control_characters(text: str) -> bool:
    """Text: no character that XML cannot carry, and no other control character."""
    return not has_control(text)


def _no_placeholder(text: str) -> bool:
    """Text: something said, not a stand-in such as TBD, n/a or :unav."""
    return not is_stand_in(text)


VALUE_TESTS: Mapping[str, ValueTest] = MappingProxyType(
    {
        "no-control-characters": _no_control_characters,
        "no-placeholder": _no_placeholder,
        "orcid-check-digit": _orcid_check_digit,
        "ror-check-digits": _ror_check_digits,
        "spdx-licence": _spdx_licence,
    }
)
