"""Processing runs: how new images and results were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, send_file, url_for

from fair_imagic.views import run as run_view
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirection

__all__ = ["blueprint"]

blueprint = Blueprint("process", __name__)


@blueprint.get("/run/<name>")
@role("reader")
def run(name: str) -> str:
    """Show one run and all that came of it."""
    return render_template("run.html", page=run_view.run_page(workspace(), name))


@blueprint.get("/result/<name>")
@role("reader")
def result(name: str) -> Redirection:
    """Lead to the run that made a result: its page shows it."""
    made_by = run_view.run_name_of_result(workspace(), name)
    return redirect(url_for("process.run", name=made_by, _anchor=name))


@blueprint.get("/result/<name>/file")
@role("reader")
def result_file(name: str) -> Response:
    """Send the file of a result, to be saved: a browser must not run what is in it."""
    path = run_view.result_file(workspace(), name)
    return send_file(path, as_attachment=True, download_name=path.name)
