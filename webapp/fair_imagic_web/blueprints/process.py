"""Processing runs: how processed images were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect

from fair_imagic.views import run as run_view
from fair_imagic_web.access import role
from fair_imagic_web.page import record_url
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

__all__ = ["blueprint"]

blueprint = Blueprint("process", __name__)


@blueprint.get("/run/<name>")
@role("reader")
def run(name: str) -> Response:
    """Lead to an image that a run made, whose page tells the run."""
    return redirect(record_url(run_view.first_image(workspace(), name)))
