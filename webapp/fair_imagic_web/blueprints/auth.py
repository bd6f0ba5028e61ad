"""Log in, log out, and the first administrator."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.people import accounts
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.address import asking
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from fair_imagic_web.throttle import Throttle

__all__ = ["blueprint"]

blueprint = Blueprint("auth", __name__)
_MOST_PASSWORD = 1024


@blueprint.get("/login")
@role("public")
def login() -> str | Response:
    """Show the form, or go on where somebody is logged in already."""
    target = form.safe_next(request.args.get("next", "/"))
    if access.visitor() is not None:
        return redirect(target)
    return _form(target)


def _form(target: str, *, entered: str = "", error: str = "") -> str:
    errors = {"name": error} if error else {}
    return render_template("login.html", next=target, entered=entered, errors=errors)


@blueprint.post("/login")
@role("public")
def enter() -> tuple[str, int] | Response:
    """Open a session for the right name and password."""
    name = form.text("name", most=64).lower()
    target = form.safe_next(form.text("next"))
    throttle = cast("Throttle", current_app.config["THROTTLE"])
    wait_s = throttle.begin(name, asking())
    if wait_s:
        text = _("Too many failed attempts. Try again in {minutes} min.")
        error = text.format(minutes=-(-wait_s // 60))
        later = make_response(_form(target, entered=name, error=error), 429)
        later.headers["Retry-After"] = str(wait_s)
        return later
    password = request.form.get("password", "")[:_MOST_PASSWORD]
    account = accounts.authenticate(workspace(), name, password=password)
    if account is None:
        error = _("This name and password do not fit together.")
        return _form(target, entered=name, error=error), 401
    throttle.succeeded(name, asking())
    access.open_session(account)
    return redirect(target)


@blueprint.post("/logout")
@role("public")
def logout() -> Response:
    """End the session, here and wherever its cookie was copied to."""
    access.close_session()
    return redirect("/")


@blueprint.get("/setup")
@role("public")
def setup() -> str:
    """Show the form for the first administrator, to who has the printed link."""
    _setup_allowed(request.args.get("code", ""))
    return _setup_form(request.args.get("code", ""))


def _setup_allowed(code: str) -> None:
    expected = str(current_app.config["SETUP_CODE"])
    right = hmac.compare_digest(code.encode(), expected.encode())
    if not right or not accounts.nobody_yet(workspace()):
        abort(404)


def _setup_form(code: str, *, entered: str = "", error: str = "") -> str:
    return render_template(
        "setup.html",
        code=code,
        entered=entered,
        errors={"name": error} if error else {},
        min_length=accounts.MIN_PASSWORD_LENGTH,
    )


@blueprint.post("/setup")
@role("public")
def create_first() -> tuple[str, int] | Response:
    """Create the first administrator and log in."""
    code = form.text("code")
    _setup_allowed(code)
    name = form.text("name", most=64)
    password = request.form.get("password", "")[:_MOST_PASSWORD]
    try:
        account = accounts.create(
            workspace(), name, password=password, role="administrator"
        )
    except (InputError, ConflictError) as error:
        return _setup_form(code, entered=name, error=error.message), 400
    access.open_session(account)
    return redirect("/")
