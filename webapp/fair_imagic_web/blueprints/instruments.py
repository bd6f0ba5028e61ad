"""Microscope records: their versions, the forms of their components, their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.views import instrument as instrument_view
from fair_imagic.views import instrument_form as form_view
from fair_imagic.views.passport import passport_html
from fair_imagic.workflow.microscopes import edit as edit_use
from fair_imagic.workflow.microscopes import files as files_use
from fair_imagic.workflow.microscopes import version_proposals as proposals_use
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.headers import DOCUMENT_POLICY
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

__all__ = ["blueprint"]

blueprint = Blueprint("instruments", __name__)


@blueprint.get("/instruments")
@role("reader")
def instruments() -> str:
    """List the instruments."""
    rows = instrument_view.instruments_page(workspace())
    return render_template("instruments.html", rows=rows)


@blueprint.get("/instrument/<name>")
@role("reader")
def instrument(name: str) -> str:
    """Show one instrument with its versions and components."""
    return _instrument(name)


def _instrument(name: str, *, errors: dict[str, str] | None = None) -> str:
    page = instrument_view.instrument_page(workspace(), name, version=_version())
    return render_template(
        "instrument.html",
        page=page,
        kinds=form_view.kinds() if access.allowed("facility") else (),
        errors=errors or {},
    )


def _version() -> str:
    return request.args.get("version", "")[:40]


@blueprint.get("/instrument/<name>/passport")
@role("reader")
def passport(name: str) -> Response:
    """Send the passport of an instrument: a page on its own, to print."""
    text = passport_html(workspace(), name, version=_version())
    answer = Response(text, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return answer


@blueprint.get("/instrument/<name>/micro-meta.json")
@role("reader")
def export(name: str) -> Response:
    """Send an instrument as a Micro-Meta App file."""
    text = files_use.export_text(workspace(), name, version=_version())
    answer = Response(text, mimetype="application/json")
    short = name.rpartition("/")[2]
    answer.headers["Content-Disposition"] = f'attachment; filename="{short}.json"'
    return answer


@blueprint.get("/instrument/<name>/compare")
@role("reader")
def compare(name: str) -> str:
    """Show what differs between two versions."""
    first, second = (request.args.get(key, "")[:40] for key in ("first", "second"))
    found = files_use.compare(workspace(), name, first, second)
    page = instrument_view.instrument_page(workspace(), name)
    return render_template(
        "instrument_compare.html", page=page, found=found, first=first, second=second
    )


@blueprint.post("/instrument/<name>/new-version")
@role("facility")
def new_version(name: str) -> AnyResponse:
    """Accept the proposed new version of a published set."""
    wanted = form.text("set", most=200)
    number = proposals_use.accept(workspace(), wanted, author=access.author())
    text = _("{name} has a new version (change {number}). Publish it again.")
    flash(text.format(name=wanted, number=number), "good")
    return redirect(url_for("instruments.instrument", name=name))


@blueprint.get("/instrument/<name>/component/<fragment>")
@role("facility")
def component(name: str, fragment: str) -> str:
    """Show the form of a component."""
    page = form_view.form_page(workspace(), name, fragment)
    return render_template("instrument_form.html", page=page)


@blueprint.post("/instrument/<name>/component/<fragment>")
@role("facility")
def save_component(name: str, fragment: str) -> tuple[str, int] | AnyResponse:
    """Keep the values of a component as one change."""
    record = workspace().record("instrument", name)
    held = {key: form.text(key) for key in request.form if key != "csrf"}
    since = held.pop("valid_from", "")
    try:
        done = edit_use.edit_component(
            workspace(),
            record,
            form_view.subject_of(record, fragment),
            held,
            author=access.author(),
            valid_from=since,
        )
    except edit_use.FieldErrors as error:
        page = form_view.form_page(workspace(), name, fragment, entered=held)
        return (
            render_template(
                "instrument_form.html", page=page, errors=error.errors, since=since
            ),
            400,
        )
    saved = done.number is not None
    said = _("The microscope record is saved.") if saved else _("Nothing changed.")
    flash(said, "good")
    for note in done.notes:
        flash(note, "should")
    return redirect(url_for("instruments.instrument", name=name))


@blueprint.post("/instrument/<name>/component")
@role("facility")
def add_component(name: str) -> tuple[str, int] | AnyResponse:
    """Add a component and open its form."""
    record = workspace().record("instrument", name)
    try:
        made = edit_use.add_component(
            workspace(),
            record,
            form.text("kind", most=80),
            form.text("component-name", most=200),
            author=access.author(),
            valid_from=form.text("valid_from", most=40),
        )
    except InputError as error:
        return _instrument(name, errors={"component-name": error.message}), 400
    fragment = made.partition("#")[2]
    return redirect(url_for("instruments.component", name=name, fragment=fragment))


@blueprint.post("/instrument/<name>/component/<fragment>/remove")
@role("facility")
def remove_component(name: str, fragment: str) -> tuple[str, int] | AnyResponse:
    """Take a component off the microscope."""
    record = workspace().record("instrument", name)
    since = form.text("valid_from", most=40)
    try:
        edit_use.remove_component(
            workspace(),
            record,
            form_view.subject_of(record, fragment),
            author=access.author(),
            valid_from=since,
        )
    except InputError as error:
        page = form_view.form_page(workspace(), name, fragment)
        errors = {"remove-from": error.message}
        return (
            render_template("instrument_form.html", page=page, errors=errors),
            400,
        )
    flash(_("The component is removed."), "good")
    return redirect(url_for("instruments.instrument", name=name))


@blueprint.post("/instrument/<name>/duplicate")
@role("facility")
def duplicate(name: str) -> tuple[str, int] | AnyResponse:
    """Copy an instrument under a new name."""
    new = form.text("copy-name", most=80)
    try:
        made = files_use.duplicate(workspace(), name, new, author=access.author())
    except (ConflictError, InputError) as error:
        return _instrument(name, errors={"copy-name": error.message}), 400
    return redirect(url_for("instruments.instrument", name=made.rpartition("/")[2]))
