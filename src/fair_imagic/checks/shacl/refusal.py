"""Refusals: what pySHACL says of malformed shapes, as an error for people."""

from __future__ import annotations

import contextlib
import re
import sys
import traceback
import warnings
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.shacl.shapes import Shapes

__all__ = ["no_recursion", "refusals"]


@contextlib.contextmanager
def refusals(shapes: Shapes) -> Iterator[None]:
    """Turn what pySHACL says about malformed shapes into an error for people."""
    try:
        yield
    # Looked up when something is raised: pySHACL takes long to load.
    except _refusals() as error:
        raise _malformed(shapes, error) from error
    except ValueError as error:
        if "rdf:rest" not in str(error):
            raise
        raise _malformed(shapes, error) from error  # a list that bites its tail
    except (ArithmeticError, TypeError) as error:
        raise InputError(
            _("A value cannot be compared as the requirements ask"),
            found=f"{type(error).__name__}: {error}",
            hint=_("Look for numbers and dates that are not written as such"),
        ) from error
    except Exception as error:
        if _is_of_the_reference(error):
            raise _malformed(shapes, error) from error
        raise


def _is_of_the_reference(error: Exception) -> bool:
    """Return whether rdflib or pySHACL raised it: they have no class for much."""
    *_rest, (frame, _line) = traceback.walk_tb(error.__traceback__)
    module = str(frame.f_globals.get("__name__", ""))
    return module.partition(".")[0] in ("rdflib", "pyshacl")


def _malformed(shapes: Shapes, error: Exception) -> InputError:
    return InputError(
        _("The requirements are not well-formed SHACL"),
        where=", ".join(sorted(map(str, shapes.folders))),
        found=str(error).strip(),
        hint=_("Correct the rule that the message names"),
    )


def _refusals() -> tuple[type[Exception], ...]:
    plain = (re.error, AssertionError, NotImplementedError)
    if "pyshacl" not in sys.modules:
        return plain
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning

    return (
        *plain,
        ReportableRuntimeError,
        ParseBaseException,
        ShapeRecursionWarning,
    )


@contextlib.contextmanager
def no_recursion() -> Iterator[None]:
    """Make an error of what pySHACL only warns of: shapes that lead to themselves."""
    from pyshacl.errors import ShapeRecursionWarning

    with warnings.catch_warnings():
        warnings.simplefilter("error", ShapeRecursionWarning)
        yield
