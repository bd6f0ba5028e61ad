"""SPARQL: a page for people, and the protocol's address for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.views import query as query_view
from fair_imagic_web import access
from fair_imagic_web.access import role
from fair_imagic_web.csrf import any_origin
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)
_FORMATS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    "text/turtle": "turtle",
}
_MOST = 50_000


def _scope() -> str:
    return "internal" if access.allowed("reader") else "public"


@blueprint.route("/query", methods=["GET", "POST"])
@role("public")
def page() -> str | tuple[str, int] | Response:
    """Show the form, run what it brings, send a download where asked."""
    named = request.args.get("name", "")
    text = _whole(request.form.get("query", ""))
    examples = query_view.examples(workspace())
    chosen = next((one.text for one in examples if one.name == named), "")
    if request.method == "GET":
        return _page(chosen or (examples[0].text if examples else ""))
    wanted = request.form.get("format", "table")
    try:
        if wanted in ("csv", "json"):
            return _download(text, wanted, scope=_scope())
        result = query_view.run_for_page(workspace(), text, scope=_scope())
    except InputError as error:
        detail = f" {error.found}" if error.found else ""
        return _page(text, error=error.message + detail), 400
    return _page(text, result=result)


def _page(
    text: str, *, result: query_view.ResultPage | None = None, error: str = ""
) -> str:
    return render_template(
        "query.html",
        text=text,
        result=result,
        scope=_scope(),
        examples=query_view.examples(workspace()),
        errors={"sparql-text": error} if error else {},
    )


def _download(text: str, wanted: str, *, scope: str) -> Response:
    response = _answer(text, wanted, scope=scope)
    response.headers["Content-Disposition"] = f'attachment; filename="query.{wanted}"'
    return response


def _answer(text: str, wanted: str, *, scope: str) -> Response:
    made = query_view.serialised(workspace(), text, wanted, scope=scope)
    response = Response(made.body, content_type=f"{made.media_type}; charset=utf-8")
    if made.notice:
        # a header is plain ASCII; the body of a table has no place for a remark
        words = made.notice.encode("ascii", "replace").decode()
        response.headers["Warning"] = f'299 fair-imagic "{words}"'
    return response


@blueprint.route("/sparql", methods=["GET", "POST"])
@role("public")
@any_origin
def endpoint() -> AnyResponse:
    """Answer the SPARQL 1.1 protocol over published records, for everybody."""
    text = _query_of_request()
    if text is None:
        if request.accept_mimetypes.best == "text/html":
            return redirect(url_for("sparql.page"))
        raise InputError(_("There is no query"), expected="query=SELECT ... | POST")
    best = request.accept_mimetypes.best_match(list(_FORMATS)) or "application/json"
    response = _answer(text, _FORMATS[best], scope="public")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


def _query_of_request() -> str | None:
    if request.method == "POST" and request.mimetype == "application/sparql-query":
        return _whole(request.get_data(as_text=True))
    source = request.form if request.method == "POST" else request.args
    text = source.get("query")
    return None if text is None else _whole(text)


def _whole(text: str) -> str:
    """Return the query, or raise InputError for one that is too long to be one."""
    if len(text) > _MOST:
        raise InputError(
            _("The query is too long"),
            expected=_("{count} characters").format(count=_MOST),
            found=_("{count} characters").format(count=len(text)),
        )
    return text
