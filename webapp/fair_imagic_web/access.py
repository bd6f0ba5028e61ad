"""Who may open a page: every route declares the role that it needs.

Which records somebody sees and may change is decided in the workflow
(:mod:`fair_imagic.workflow.people.teams`). Here it is put in front of every view: the
workspace that views get is the one that this account sees, and the record that an
address names is looked for in it before the view runs.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, TypeVar

from flask import abort, current_app, g, redirect, request, session, url_for

from fair_imagic.catalogue import once
from fair_imagic.workflow.people import sessions, teams
from fair_imagic.workflow.people.accounts import Account, Role
from fair_imagic_web.service import look_as, whole, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "allowed",
    "author",
    "close_session",
    "guard",
    "is_personal",
    "named_record",
    "needed_role",
    "open_session",
    "own_teams",
    "role",
    "seen_by_visitor",
    "shows_published",
    "visitor",
]

_TOKEN = "session"  # noqa: S105 - the name of a field
_FIELD = re.compile(r"<(?:[a-z]+:)?(?P<name>[a-z_]+)>")
_READING = ("GET", "HEAD", "OPTIONS")
# The kind of record that is named after a part of an address: /set/<name>/points.
_KINDS = {
    "collection": "collection",
    "collections": "collection",
    "image": "image",
    "images": "image",
    "plan": "plan",
    "result": "result",
    "run": "run",
    "sample": "sample",
    "set": "set",
    "sets": "set",
    "thumbnails": "image",
}

View = TypeVar("View", bound="Callable[..., object]")


def role(needed: str) -> Callable[[View], View]:
    """Declare the role that a route needs; put it right under the route."""
    wanted = Role(needed)

    def declare(view: View) -> View:
        view.needed_role = wanted  # type: ignore[attr-defined]
        return view

    return declare


def shows_published(view: View) -> View:
    """Declare that a route shows what is published, whosever it is, and no more."""
    view.shows_published = True  # type: ignore[attr-defined]
    return view


def needed_role(endpoint: str) -> Role | None:
    """Return the role that an endpoint declares, or None where it declares none."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "needed_role", None)


def visitor() -> Account | None:
    """Return the account of this request, or None for a visitor without one."""
    if "account" not in g:
        g.account = _account_of_session()
    return g.account if isinstance(g.account, Account) else None


def author() -> str:
    """Return who a change of this request is by; empty for a visitor."""
    account = visitor()
    return account.name if account is not None else ""


def is_personal() -> bool:
    """Return whether this request was looked at as one of somebody with an account."""
    return g.get("account") is not None


def _account_of_session() -> Account | None:
    token = session.get(_TOKEN)
    if not isinstance(token, str):
        return None
    account = sessions.account_of(whole(), token)
    if account is None:
        # else each answer would make the cookie of a session that is over live longer
        session.clear()
    return account


def open_session(account: Account) -> None:
    """Start a fresh session of this account; the one of before is over."""
    close_session()
    session.permanent = True
    session[_TOKEN] = sessions.begin(whole(), account)
    g.account = account


def close_session() -> None:
    """End the session of this request, wherever its cookie was copied to."""
    token = session.get(_TOKEN)
    session.clear()
    g.account = None
    if isinstance(token, str):
        sessions.end(whole(), token)


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
        _look()
        return None
    if visitor() is not None:
        abort(403)
    if request.path.startswith("/api/") or request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))


def seen_by_visitor() -> Workspace:
    """Return the workspace as who sent this request sees it."""
    return teams.seen_by(whole(), visitor(), team=request.form.get("team", "")[:64])


def own_teams() -> tuple[teams.Team, ...]:
    """Return the teams of this visitor that something may be made for.

    What the staff makes in the pages belongs to their team too, where they have one.
    """
    account = visitor()
    return teams.teams_of(whole(), account.name) if account is not None else ()


def named_record(rule: str) -> tuple[str, str] | None:
    """Return the kind of record that the address of a route names, and its field.

    Records that everybody with an account sees, such as microscopes, are not guarded.
    """
    parts = rule.strip("/").split("/")
    for word, field in itertools.pairwise(parts):
        match = _FIELD.match(field)
        if match is not None and word in _KINDS:
            return _KINDS[word], match["name"]
    return None


def _look() -> None:
    """Give the views what this visitor sees; stop where the named record is not in it.

    It answers then like an address of something that is not there.
    """
    view = current_app.view_functions[request.endpoint or ""]
    if getattr(view, "shows_published", False):
        return
    if request.method in _READING:
        once.begin()
    look_as(seen_by_visitor())
    named = named_record(request.url_rule.rule) if request.url_rule else None
    if named is None:
        return
    kind, field = named
    record = workspace().record(kind, (request.view_args or {})[field])
    changes = request.method not in _READING and not getattr(view, "reads_only", False)
    if changes and not workspace().may_edit(record):
        abort(403, description="looking")
