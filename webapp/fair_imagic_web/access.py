"""Who may open a page: every route declares the role that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import abort, current_app, g, redirect, request, session, url_for

from fair_imagic.workflow.people import sessions
from fair_imagic.workflow.people.accounts import Account, Role
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

__all__ = [
    "allowed",
    "close_session",
    "guard",
    "is_personal",
    "needed_role",
    "open_session",
    "role",
    "visitor",
]

_TOKEN = "session"  # noqa: S105 - the name of a field

View = TypeVar("View", bound="Callable[..., object]")


def role(needed: str) -> Callable[[View], View]:
    """Declare the role that a route needs; put it right under the route."""
    wanted = Role(needed)

    def declare(view: View) -> View:
        view.needed_role = wanted  # type: ignore[attr-defined]
        return view

    return declare


def needed_role(endpoint: str) -> Role | None:
    """Return the role that an endpoint declares, or None where it declares none."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "needed_role", None)


def visitor() -> Account | None:
    """Return the account of this request, or None for a visitor without one."""
    if "account" not in g:
        g.account = _account_of_session()
    return g.account if isinstance(g.account, Account) else None


def is_personal() -> bool:
    """Return whether this request was looked at as one of somebody with an account."""
    return g.get("account") is not None


def _account_of_session() -> Account | None:
    token = session.get(_TOKEN)
    if not isinstance(token, str):
        return None
    account = sessions.account_of(workspace(), token)
    if account is None:
        # else each answer would make the cookie of a session that is over live longer
        session.clear()
    return account


def open_session(account: Account) -> None:
    """Start a fresh session of this account; the one of before is over."""
    close_session()
    session.permanent = True
    session[_TOKEN] = sessions.begin(workspace(), account)
    g.account = account


def close_session() -> None:
    """End the session of this request, wherever its cookie was copied to."""
    token = session.get(_TOKEN)
    session.clear()
    g.account = None
    if isinstance(token, str):
        sessions.end(workspace(), token)


def allowed(needed: str) -> bool:
    """Return whether this visitor has a role, for templates too."""
    account = visitor()
    own = Role(account.role) if account is not None else Role.PUBLIC
    return own.includes(Role(needed))


def guard() -> Response | None:
    """Stop a request whose visitor lacks the role that its route declares."""
    if request.endpoint is None:
        return None
    needed = needed_role(request.endpoint)
    if needed is None:
        abort(403)
    if needed is Role.PUBLIC or allowed(needed):
        return None
    if visitor() is not None:
        abort(403)
    if request.path.startswith("/api/") or request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))
