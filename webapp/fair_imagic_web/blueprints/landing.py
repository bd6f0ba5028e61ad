"""Landing pages: where a DOI leads, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for

from fair_imagic.views import landing as landing_view
from fair_imagic.views import thumbnail as thumbnail_view
from fair_imagic_web.access import role, shows_published
from fair_imagic_web.headers import DOCUMENT_POLICY
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

__all__ = ["blueprint"]

blueprint = Blueprint("landing", __name__)
_HTML = "text/html"


@blueprint.get("/doi/<path:doi>")
@role("public")
@shows_published
def of_doi(doi: str) -> AnyResponse:
    """Lead from a DOI to its landing page."""
    name = landing_view.record_of_doi(workspace(), doi)
    return redirect(url_for("landing.landing", name=name))


@blueprint.get("/published/set/<name>")
@role("public")
@shows_published
def landing(name: str) -> Response:
    """Show a published set in the form that is asked for."""
    page = landing_view.landing(workspace(), name)
    asked = request.accept_mimetypes
    offered = [_HTML, *(one for one in page.documents if one != _HTML)]
    best = asked.best_match(offered) if asked else _HTML
    if best is None:
        abort(406)
    return _answer(page, best)


def _answer(page: landing_view.LandingPage, media_type: str) -> Response:
    body = page.documents[media_type]
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Link"] = page.link_header
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


@blueprint.get("/published/set/<name>/metadata.<ending>")
@role("public")
@shows_published
def document(name: str, ending: str) -> Response:
    """Send one form of a published set, at an address of its own."""
    page = landing_view.landing(workspace(), name)
    media_type = page.endings.get(ending, "")
    if media_type not in page.documents:
        abort(404)
    return _answer(page, media_type)


@blueprint.get("/published/set/<name>/linkset.json")
@role("public")
@shows_published
def links(name: str) -> Response:
    """Send the typed links of a published set."""
    return _answer(landing_view.landing(workspace(), name), landing_view.LINKSET)


@blueprint.get("/published/image/<name>.png")
@role("public")
@shows_published
def picture(name: str) -> Response:
    """Send the small picture of a published image."""
    public = landing_view.public_image(workspace(), name)
    path = thumbnail_view.thumbnail_path(workspace(), public)
    return send_file(path, mimetype="image/png", max_age=86400, conditional=True)
