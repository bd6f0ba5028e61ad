"""The service for programs: lists, reports and health, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from fair_imagic import __version__
from fair_imagic.i18n import in_languages
from fair_imagic.views import collection as collection_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow.checking.verdict import verdict_on
from fair_imagic_web import data_folder
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Response

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__)


@blueprint.get("/health")
@role("public")
def health() -> tuple[Response, int]:
    """Say whether the service answers, and can keep what it is told."""
    if not data_folder.problem(look_inside=True):
        return jsonify({"status": "ok", "version": __version__}), 200
    why = in_languages(lambda: data_folder.problem(look_inside=True))
    return jsonify({"status": "failed", "version": __version__, "why": why}), 503


@blueprint.get("/api/v1/collections")
@role("reader")
def collections() -> Response:
    """List the collections."""
    rows = collection_view.collections_page(workspace())
    return jsonify({"collections": [asdict(row) for row in rows]})


@blueprint.get("/api/v1/sets")
@role("reader")
def sets() -> Response:
    """List the publication sets with their readiness."""
    rows = set_view.sets_page(workspace())
    return jsonify({"sets": [asdict(row) for row in rows]})


@blueprint.get("/api/v1/sets/<name>/report")
@role("reader")
def report(name: str) -> Response:
    """Check a set and send the report."""
    record = workspace().record("set", name)
    return jsonify(verdict_on(workspace(), record).report.to_dict())
