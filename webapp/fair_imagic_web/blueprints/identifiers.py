"""Identifiers of records: each leads to what a visitor may see of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, request

from fair_imagic.errors import NotFoundError
from fair_imagic.views import identifier as identifier_view
from fair_imagic_web.access import allowed, role, seen_by_visitor, shows_published
from fair_imagic_web.page import record_url
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

__all__ = ["blueprint"]

blueprint = Blueprint("identifiers", __name__)


@blueprint.get("/id")
@role("public")
@shows_published
def of_iri() -> Response:
    """Lead from any IRI that a record has or had to its page."""
    return _leading_to(request.args.get("iri", ""))


@blueprint.get("/id/<kind>/<name>")
@role("public")
@shows_published
def of_name(kind: str, name: str) -> Response:
    """Lead from the end of an IRI to the page of its record."""
    return _leading_to(f"{workspace().settings.base_iri}{kind}/{name}")


def _leading_to(iri: str) -> Response:
    """Answer as for a thing that is not a page: 303, see other."""
    try:
        record = identifier_view.record_of_iri(workspace(), iri)
    except NotFoundError:
        abort(404)
    may_see = allowed("reader") and seen_by_visitor().sees(record)
    page = record_url(record) if may_see else ""
    page = page or identifier_view.public_page_of(workspace(), record)
    if not page:
        abort(404)  # who may not see it learns nothing, not even that it is there
    return redirect(page, code=303)
