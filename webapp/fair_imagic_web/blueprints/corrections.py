"""Corrections of many images at once: proposals, and tables that people filled in."""

from __future__ import annotations

import tempfile
from pathlib import Path
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

from fair_imagic.entry.thing import confidence_words
from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.files import archive_name
from fair_imagic.i18n import _, ngettext
from fair_imagic.views import correction as correction_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow import correcting as corrections
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from fair_imagic.workflow.correcting import Wishes

__all__ = ["blueprint", "corrected", "preview_page"]

blueprint = Blueprint("corrections", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/set/<name>/corrections")
@role("researcher")
def proposals(name: str) -> str:
    """Show what a rule can propose for the points of a set; nothing is changed."""
    return preview_page(name, correction_view.proposals_of(workspace(), name))


@blueprint.post("/set/<name>/corrections")
@role("researcher")
def apply(name: str) -> tuple[str, int] | AnyResponse:
    """Make the corrections that were shown and chosen, as one change."""
    wishes = corrections.wishes_from_json(request.form.get("wishes", ""))
    chosen = request.form.getlist("chosen")
    if not chosen:
        text = _("Choose at least one correction.")
        return preview_page(name, wishes, errors={"chosen": text}), 400
    record = workspace().record("set", name)
    shown = corrections.preview(workspace(), record, wishes, new=_confirmed())
    try:
        done = corrections.apply(
            workspace(), shown, author=access.author(), keys=chosen
        )
    except (InputError, ConflictError) as error:
        text = f"{error.message} {error.hint}".strip()
        return preview_page(name, wishes, errors={"chosen": text}), 409
    _tell(done.values, done.number)
    return redirect(url_for("check.points", name=name, corrected=done.number))


@blueprint.post("/set/<name>/corrections/new")
@role("researcher")
def confirm_new(name: str) -> str:
    """Show the corrections again, with the names that are told to be new."""
    return preview_page(
        name, corrections.wishes_from_json(request.form.get("wishes", ""))
    )


def _confirmed() -> list[str]:
    """Return the names that are told to be new, each once."""
    return list(dict.fromkeys(request.form.getlist("new")))


@blueprint.get("/set/<name>/points.xlsx")
@role("reader")
def table(name: str) -> Response:
    """Give the points of a set as a table to be filled in."""
    content = correction_view.table_of(workspace(), name)
    found = Response(content, mimetype=_XLSX)
    found.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    return found


@blueprint.post("/set/<name>/corrections/table")
@role("researcher")
def upload(name: str) -> tuple[str, int] | str:
    """Show what a filled-in table would change; nothing is changed."""
    given = request.files.get("table")
    if given is None or not given.filename:
        return _refused(name, _("Choose the table that you filled in."))
    # The name is somebody else's: it is cleaned before it names a file.
    label = Path(given.filename.replace("\\", "/")).name[-80:]
    with tempfile.TemporaryDirectory(prefix="fair-imagic-") as folder:
        path = Path(folder) / archive_name(label)
        given.save(path)
        try:
            root = workspace().record("set", name)
            wishes = corrections.wishes_in_file(path, label=label, root=root)
            return preview_page(name, wishes)
        except (InputError, NotFoundError) as error:
            parts = (error.message, error.expected, error.hint)
            return _refused(name, " · ".join(filter(None, parts)))


def preview_page(
    name: str,
    wishes: Wishes,
    *,
    errors: dict[str, str] | None = None,
    typed: str = "",
) -> str:
    """Draw what wishes would change; ``typed`` leads back to the table on the page."""
    page = set_view.set_page(workspace(), name)
    record = workspace().record("set", name)
    return render_template(
        "set_corrections.html",
        page=page,
        shown=corrections.preview(workspace(), record, wishes, new=_confirmed()),
        confirmed=_confirmed(),
        wishes=corrections.wishes_to_json(wishes),
        sure=confidence_words,
        typed=typed,
        tab="points",
        tabs=set_tabs(page),
        errors=errors or {},
    )


def _refused(name: str, text: str) -> tuple[str, int]:
    page = set_view.set_page(workspace(), name)
    html = render_template(
        "set_corrections_table.html",
        page=page,
        tab="points",
        tabs=set_tabs(page),
        errors={"table": text},
    )
    return html, 400


def _tell(values: int, number: int | None) -> None:
    if number is None:
        flash(_("Nothing had to be changed."), "should")
        return
    text = ngettext(
        "{count} value corrected. Change {number}.",
        "{count} values corrected. Change {number}.",
        values,
    )
    flash(text.format(count=values, number=number), "good")


def corrected() -> str:
    """Return the number of the change that was just made; empty where none was."""
    number = request.args.get("corrected", "")
    return number if number.isdecimal() and len(number) < form.MOST_DIGITS else ""
