"""Publications of a set: states, what would be sent, and the two steps to send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from fair_imagic.errors import RemoteError
from fair_imagic.i18n import _
from fair_imagic.publish.registry import load
from fair_imagic.views import preview as preview_view
from fair_imagic.views import publication as publication_view
from fair_imagic.views import set as set_view
from fair_imagic.views.destination import Door
from fair_imagic.workflow.publishing import asking, confirmation
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from fair_imagic.views.destination import TargetAct
    from fair_imagic.views.publication import TargetRow

__all__ = ["blueprint"]

blueprint = Blueprint("publish", __name__)


@blueprint.get("/set/<name>/publications")
@role("reader")
def publications(name: str) -> str:
    """Show where a set was sent to and what stands in the way elsewhere."""
    # it checks the set where nobody has: the page then says what that said
    targets = publication_view.targets_of(workspace(), name)
    page = set_view.set_page(workspace(), name)
    return render_template(
        "set_publications.html",
        page=page,
        targets=targets,
        act_url=_act_url,
        tab="publish",
        tabs=set_tabs(page),
    )


def _act_url(name: str, target: TargetRow, act: TargetAct) -> str:
    """Return where a button of an archive's card leads."""
    if act.door is Door.SEE:
        return target.row.page if target.row is not None else ""
    if act.door is Door.POINTS:
        wanted = target.requirements or None
        return url_for("check.points", name=name, requirements=wanted)
    endpoints = {
        Door.LOOK: "publish.preview",
        Door.SEND: "publish.confirm",
        Door.ASK: "publish.ask",
    }
    return url_for(endpoints[act.door], name=name, target=target.token)


def _card_url(name: str, target: str) -> str:
    return url_for("publish.publications", name=name, _anchor=f"target-{target}")


@blueprint.post("/set/<name>/publish/<target>/ask")
@role("researcher")
def ask(name: str, target: str) -> Response:
    """Ask the archives what they hold of a set; nothing is sent."""
    load(target)
    try:
        asking.ask(workspace(), name, author=access.author())
    except RemoteError as error:
        flash(f"{error.message} {error.hint}".strip(), "should")
    else:
        flash(_("The archive was asked: this is what it says now."), "good")
    return redirect(_card_url(name, target))


@blueprint.get("/set/<name>/publish/<target>/preview")
@role("researcher")
def preview(name: str, target: str) -> str:
    """Show exactly what would be sent."""
    found = preview_view.preview(workspace(), name, target)
    return render_template(
        "preview.html", name=name, preview=found, back=_card_url(name, target)
    )


@blueprint.get("/set/<name>/publish/<target>")
@role("researcher")
def confirm(name: str, target: str) -> str:
    """Ask for the second step, in plain words."""
    return _confirm(name, target)


def _confirm(name: str, target: str, *, errors: dict[str, str] | None = None) -> str:
    found = preview_view.preview(workspace(), name, target)
    return render_template(
        "confirm.html",
        name=name,
        set_title=found.set_title,
        preview=found,
        back=_card_url(name, target),
        errors=errors or {},
    )


@blueprint.post("/set/<name>/publish/<target>")
@role("researcher")
def send(name: str, target: str) -> tuple[str, int] | Response:
    """Publish a set, if it is still the very package that was looked at."""
    if form.text("understood") != "yes":
        text = _("Tick the box to say that you understand.")
        return _confirm(name, target, errors={"understood": text}), 400
    sent = confirmation.send(
        workspace(),
        name,
        target,
        confirmed=confirmation.Confirmation(
            form.text("version", most=64), form.text("package", most=64)
        ),
        author=access.author(),
    )
    if not sent.identifier:
        return _confirm(name, target, errors={"understood": sent.words}), 409
    flash(_("Published: {identifier}").format(identifier=sent.shown), "good")
    return redirect(_card_url(name, target))
