"""Tests in Python by the name that a rule gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["named_test"]

Test = TypeVar("Test")


def named_test(tests: Mapping[str, Test], name: str, *, said_by: str) -> Test:
    """Return the test of this name, which a rule gives with the property ``said_by``.

    Raises :class:`~fair_imagic.errors.InputError` with the names that there are.
    """
    if name not in tests:
        raise InputError(
            _("A rule names a test that does not exist"),
            expected=", ".join(sorted(tests)),
            found=name,
            hint=_("Correct {property} in the requirements").format(property=said_by),
        )
    return tests[name]
