"""Accounts, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.people import accounts
from fair_imagic.workflow.people.accounts import Role
from fair_imagic_web import form
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

__all__ = ["blueprint"]

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/accounts")
@role("administrator")
def accounts_page() -> str:
    """List the accounts."""
    return _page()


def _page(*, errors: dict[str, str] | None = None, entered: str = "") -> str:
    return render_template(
        "users.html",
        accounts=accounts.list_accounts(workspace()),
        roles=[str(one) for one in Role if one is not Role.PUBLIC],
        min_length=accounts.MIN_PASSWORD_LENGTH,
        errors=errors or {},
        entered=entered,
    )


@blueprint.post("/accounts")
@role("administrator")
def create() -> tuple[str, int] | Response:
    """Create an account."""
    name = form.text("name", most=64)
    password = request.form.get("password", "")[:1024]
    try:
        accounts.create(
            workspace(), name, password=password, role=form.text("role", most=20)
        )
    except (InputError, ConflictError) as error:
        return _page(errors={"name": error.message}, entered=name), 400
    flash(_("The account {name} is open.").format(name=name), "good")
    return redirect(url_for("admin.accounts_page"))


@blueprint.post("/accounts/<name>/role")
@role("administrator")
def change_role(name: str) -> Response:
    """Give an account another role."""
    accounts.change_role(workspace(), name, role=form.text("role", most=20))
    flash(_("The role of {name} is changed.").format(name=name), "good")
    return redirect(url_for("admin.accounts_page"))


@blueprint.post("/accounts/<name>/active")
@role("administrator")
def set_active(name: str) -> Response:
    """Close an account, or open it again."""
    wanted = form.text("active", most=3)
    if wanted not in ("yes", "no"):
        raise InputError(
            _("The form does not say whether the account is to be open"),
            expected="active=yes | active=no",
        )
    accounts.set_active(workspace(), name, active=wanted == "yes")
    return redirect(url_for("admin.accounts_page"))
