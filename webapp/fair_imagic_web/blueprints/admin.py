"""Accounts and teams, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.people import accounts, teams
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
        teams=teams.list_teams(workspace()),
        alone=teams.without_team(workspace()),
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


@blueprint.post("/teams")
@role("administrator")
def make_team() -> tuple[str, int] | Response:
    """Make a team."""
    try:
        made = teams.make(workspace(), form.text("team-title", most=200))
    except (InputError, ConflictError) as error:
        return _page(errors={"team-title": error.message}), 400
    flash(_("Team {name} is made").format(name=made.title), "good")
    return redirect(url_for("admin.accounts_page", _anchor="teams"))


@blueprint.post("/teams/give")
@role("administrator")
def give_to_team() -> Response:
    """Let all that belongs to no team belong to one."""
    alone = [one.iri for one in teams.without_team(workspace())]
    given = teams.give(workspace(), alone, form.text("to-team", most=80))
    text = _("Team {team}: {count} more").format(team=given.title, count=len(alone))
    flash(text, "good")
    return redirect(url_for("admin.accounts_page", _anchor="teams"))


@blueprint.post("/teams/<team>/join")
@role("administrator")
def join_team(team: str) -> Response:
    """Put an account into a team."""
    name = form.text("account", most=64)
    joined = teams.join(workspace(), team, name)
    text = _("{name} is in the team {team}").format(name=name, team=joined.title)
    flash(text, "good")
    return redirect(url_for("admin.accounts_page", _anchor="teams"))


@blueprint.post("/teams/<team>/leave")
@role("administrator")
def leave_team(team: str) -> Response:
    """Take an account out of a team."""
    name = form.text("account", most=64)
    left = teams.leave(workspace(), team, name)
    text = _("{name} is no longer in the team {team}")
    flash(text.format(name=name, team=left.title), "good")
    return redirect(url_for("admin.accounts_page", _anchor="teams"))
