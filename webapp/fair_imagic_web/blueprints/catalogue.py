"""Collections, publication sets and images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    render_template,
    send_file,
)

from fair_imagic.views import collection as collection_view
from fair_imagic.views import image as image_view
from fair_imagic.views import landing as landing_view
from fair_imagic.views import set as set_view
from fair_imagic.views import thumbnail as thumbnail_view
from fair_imagic_web import access
from fair_imagic_web.access import role
from fair_imagic_web.blueprints import selection
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from fair_imagic.views.set import SetRow

__all__ = ["blueprint"]

blueprint = Blueprint("catalogue", __name__)
# The overview shows the first ones; the list of sets has all.
_MOST_CARDS = 12


@blueprint.get("/")
@role("public")
def home() -> str:
    """Show what there is to this visitor."""
    if access.visitor() is None:
        published = landing_view.published(workspace())
        return render_template("home.html", published=published)
    listed = set_view.sets_page(workspace())
    waiting = {row.iri: row for row in listed if _waits(row)}
    return render_template(
        "home.html",
        sets=listed,
        waiting=list(waiting.values()),
        others=[row for row in listed if row.iri not in waiting],
        most=_MOST_CARDS,
        collections=collection_view.collections_page(workspace()),
    )


def _waits(row: SetRow) -> bool:
    """Return whether a set waits for this visitor: there is more to do than to see."""
    may = access.allowed("researcher") and workspace().may_edit(row.iri)
    return may and not row.path.act.is_end


@blueprint.get("/collections")
@role("reader")
def collections() -> str:
    """List the collections."""
    rows = collection_view.collections_page(workspace())
    return render_template("collections.html", collections=rows)


@blueprint.get("/collection/<name>")
@role("reader")
def collection(name: str) -> AnyResponse:
    """Show one collection."""
    return selection.collection_page(name)


@blueprint.get("/sets")
@role("reader")
def sets() -> str:
    """List the publication sets with their readiness."""
    return render_template("sets.html", sets=set_view.sets_page(workspace()))


@blueprint.get("/set/<name>")
@role("reader")
def set_(name: str) -> AnyResponse:
    """Show the images of one publication set."""
    return selection.set_page(name)


@blueprint.get("/image/<name>")
@role("reader")
def image(name: str) -> str:
    """Show one image."""
    page = image_view.image_page(workspace(), name)
    return render_template("image.html", page=page)


@blueprint.get("/thumbnails/<name>.png")
@role("reader")
def thumbnail(name: str) -> Response:
    """Send the small picture of an image."""
    path = thumbnail_view.thumbnail_path(workspace(), name)
    return send_file(path, mimetype="image/png", max_age=3600, conditional=True)
