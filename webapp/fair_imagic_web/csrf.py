"""Forms that only our own pages can send: a token in the session and in each form."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, TypeVar

from flask import abort, current_app, request, session

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["any_origin", "csrf_token", "guard"]

View = TypeVar("View", bound="Callable[..., object]")
_SAFE = ("GET", "HEAD", "OPTIONS")


def csrf_token() -> str:
    """Return the token of this session, for a hidden field named ``csrf``."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(32)
    return str(session["csrf"])


def any_origin(view: View) -> View:
    """Let a POST route that changes nothing be called from anywhere."""
    view.any_origin = True  # type: ignore[attr-defined]
    return view


def guard() -> None:
    """Stop a request that could change something and does not carry the token."""
    if request.method in _SAFE or request.endpoint is None:
        return
    view = current_app.view_functions.get(request.endpoint)
    if getattr(view, "any_origin", False):
        return
    sent = request.form.get("csrf") or request.headers.get("X-CSRF-Token", "")
    if not hmac.compare_digest(sent.encode(), csrf_token().encode()):
        abort(400, description="csrf")
