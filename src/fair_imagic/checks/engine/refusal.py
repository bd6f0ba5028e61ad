"""Refusals: what pySHACL says of malformed shapes, as an error for people."""

from __future__ import annotations

import contextlib
import re
import warnings
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["no_recursion", "refused"]


@contextlib.contextmanager
def refused() -> Iterator[None]:
    """Turn what pySHACL says about malformed shapes into an error for people."""
    try:
        yield
    # Looked up only where something is raised: pySHACL takes long to load.
    except _refusals() as error:
        raise InputError(
            _("The requirements are not well-formed SHACL"),
            found=str(error).strip(),
            hint=_("Correct the rule that the message names"),
        ) from error
    except (ArithmeticError, TypeError) as error:
        raise InputError(
            _("A value cannot be compared as the requirements ask"),
            found=f"{type(error).__name__}: {error}",
            hint=_("Look for numbers and dates that are not written as such"),
        ) from error


def _refusals() -> tuple[type[Exception], ...]:
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning

    return (
        ReportableRuntimeError,
        ParseBaseException,
        ShapeRecursionWarning,
        re.error,
        AssertionError,
        NotImplementedError,
    )


@contextlib.contextmanager
def no_recursion() -> Iterator[None]:
    """Make an error of what pySHACL only warns of: shapes that lead to themselves."""
    from pyshacl.errors import ShapeRecursionWarning

    with warnings.catch_warnings():
        warnings.simplefilter("error", ShapeRecursionWarning)
        yield
