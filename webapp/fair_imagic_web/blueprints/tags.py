"""Values for images from a table: what it would do is shown, then it is applied."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import archive_name
from fair_imagic.i18n import _
from fair_imagic.views import set as set_view
from fair_imagic.workflow.correcting import tags
from fair_imagic_web import access
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from fair_imagic.workflow.correcting.tags import TagTable

__all__ = ["blueprint"]

blueprint = Blueprint("tags", __name__)


@blueprint.get("/set/<name>/tags")
@role("researcher")
def choose(name: str) -> str:
    """Ask for a table with values for the images of a set."""
    return _page(name)


@blueprint.post("/set/<name>/tags")
@role("researcher")
def show(name: str) -> tuple[str, int] | str:
    """Show what a table would do to the images; nothing is changed."""
    given = request.files.get("table")
    if given is None or not given.filename:
        return _page(name, errors={"table": _("Choose a table.")}), 400
    # The name is somebody else's: it is cleaned before it names a file.
    label = Path(given.filename.replace("\\", "/")).name[-80:]
    with tempfile.TemporaryDirectory(prefix="fair-imagic-") as folder:
        path = Path(folder) / archive_name(label)
        given.save(path)
        try:
            return _page(name, tags.read_tags(path, label=label))
        except (InputError, NotFoundError) as error:
            parts = (error.message, error.expected, error.found, error.hint)
            text = " · ".join(filter(None, parts))
            return _page(name, errors={"table": text}), 400


@blueprint.post("/set/<name>/tags/apply")
@role("researcher")
def apply(name: str) -> tuple[str, int] | AnyResponse:
    """Apply the table that was shown, as one change."""
    record = workspace().record("set", name)
    table = tags.tags_from_json(request.form.get("table", ""))
    plan = tags.plan_tags(workspace(), record, table)
    try:
        done = tags.apply_tags(
            workspace(),
            plan,
            author=access.author(),
            all_fitting=request.form.get("all_fitting") == "yes",
        )
    except InputError as error:
        parts = (error.message, error.found, error.hint)
        text = " · ".join(filter(None, parts))
        return _page(name, table, errors={"all_fitting": text}), 409
    if done.number is None:
        flash(_("Nothing had to be changed."), "should")
        return redirect(url_for("check.points", name=name))
    text = _("Values set: {values}, records: {records} (change {number})")
    told = text.format(values=done.values, records=done.records, number=done.number)
    flash(told, "good")
    return redirect(url_for("check.points", name=name, corrected=done.number))


def _page(
    name: str, table: TagTable | None = None, *, errors: dict[str, str] | None = None
) -> str:
    page = set_view.set_page(workspace(), name)
    record = workspace().record("set", name)
    return render_template(
        "set_tags.html",
        page=page,
        plan=tags.plan_tags(workspace(), record, table) if table else None,
        table=tags.tags_to_json(table) if table else "",
        tab="images",
        tabs=set_tabs(page),
        errors=errors or {},
    )
