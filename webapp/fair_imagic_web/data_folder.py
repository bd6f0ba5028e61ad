"""The data folder under a running service: nothing is written to another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import current_app, request

from fair_imagic.errors import ConfigurationError
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["guard", "problem", "reads_only"]

View = TypeVar("View", bound="Callable[..., object]")
_READING = ("GET", "HEAD", "OPTIONS")


def reads_only(view: View) -> View:
    """Declare that a POST route changes nothing."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def guard() -> None:
    """Refuse what could write where the data folder is another one now (503)."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in _READING and not getattr(view, "reads_only", False):
        workspace().catalogue.database.refuse_replaced()


def problem(*, look_inside: bool = False) -> str:
    """Return why nothing can be written, in words; empty where it can.

    A look at the file costs pages nothing; ``look_inside`` reads the database.
    """
    try:
        workspace().catalogue.database.refuse_replaced(look_inside=look_inside)
    except ConfigurationError as error:
        return f"{error.message}. {error.hint}"
    return ""
