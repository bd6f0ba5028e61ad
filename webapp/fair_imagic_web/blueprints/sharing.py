"""Who may see a set, a collection or a plan: invitations, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.views.sharing import sharing_page
from fair_imagic.workflow.people import teams
from fair_imagic_web import form
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

__all__ = ["blueprint"]

blueprint = Blueprint("sharing", __name__)


@role("reader")
def page(kind: str, name: str) -> str:
    """Show who may see a record."""
    return _page(kind, name)


def _page(
    kind: str, name: str, *, errors: dict[str, str] | None = None, entered: str = ""
) -> str:
    return render_template(
        "sharing.html",
        page=sharing_page(workspace(), kind, name),
        errors=errors or {},
        entered=entered,
    )


@role("researcher")
def invite(kind: str, name: str) -> tuple[str, int] | Response:
    """Invite an account to a record."""
    account = form.text("account", most=64)
    if not account:
        return _page(kind, name, errors={"account": _("Enter an account name.")}), 400
    record = workspace().record(kind, name)
    may_edit = request.form.get("right") == "edit"
    try:
        guest = teams.invite(workspace(), record, account, may_edit=may_edit)
    except (InputError, NotFoundError) as error:
        return _page(
            kind, name, errors={"account": error.message}, entered=account
        ), 400
    text = _("{name} may see this")
    if guest.may_edit:
        text = _("{name} may see and change this")
    flash(text.format(name=guest.account), "good")
    return redirect(url_for("sharing.page", kind=kind, name=name))


@role("researcher")
def uninvite(kind: str, name: str) -> Response:
    """Take an invitation back."""
    account = form.text("account", most=64)
    teams.uninvite(workspace(), workspace().record(kind, name), account)
    flash(_("{name} is no longer invited").format(name=account), "good")
    return redirect(url_for("sharing.page", kind=kind, name=name))


@role("facility")
def give(kind: str, name: str) -> Response:
    """Let a record belong to a team."""
    record = workspace().record(kind, name)
    team = teams.give(workspace(), [record], form.text("to-team", most=80))
    flash(_("It belongs to {team} now").format(team=team.title), "good")
    return redirect(url_for("sharing.page", kind=kind, name=name))


for _kind in teams.KINDS:
    for _view, _ending, _method in (
        (page, "", "GET"),
        (invite, "/invite", "POST"),
        (uninvite, "/uninvite", "POST"),
        (give, "/team", "POST"),
    ):
        blueprint.add_url_rule(
            f"/{_kind}/<name>/sharing{_ending}",
            view_func=_view,
            methods=[_method],
            defaults={"kind": _kind},
        )
