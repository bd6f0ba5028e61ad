"""SPARQL: a page for people, and the protocol's address for programs."""

from __future__ import annotations

import contextlib
import io
import itertools
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)

from fair_imagic.errors import Cancelled, InputError, TooMuchError
from fair_imagic.i18n import _
from fair_imagic.views import query as query_view
from fair_imagic_web import access, problems
from fair_imagic_web.access import role
from fair_imagic_web.address import asking
from fair_imagic_web.csrf import any_origin
from fair_imagic_web.data_folder import reads_only
from fair_imagic_web.query_queue import QueueFull
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.wrappers import Response as AnyResponse

from fair_imagic_web.query_queue import QueryQueue, Seat

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)
_FORMATS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    "text/turtle": "turtle",
}
_MOST = 50_000
_PIECE_CHARACTERS = 16 << 10


def _scope() -> str:
    """Return the store that answers: only the staff asks about everything.

    What somebody else sees is never put into their query: the public store has
    nothing that is to be left out.
    """
    return "internal" if access.allowed("facility") else "public"


@blueprint.route("/query", methods=["GET", "POST"])
@role("public")
@reads_only
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
        with contextlib.closing(_seat()):
            result = query_view.run_for_page(
                workspace(), text, scope=_scope(), is_wanted=_presence()
            )
    except InputError as error:
        lines = str(error).splitlines()
        status = 503 if isinstance(error, TooMuchError) else 400
        return _page(text, error=". ".join(map(str.strip, lines))), status
    except QueueFull as full:
        busy = Response(_page(text, error=problems.busy_text()), 503)
        busy.headers["Retry-After"] = str(full.retry_after_s)
        return busy
    return _page(text, result=result)


def _seat() -> Seat:
    """Return the right to run one query now; raises QueueFull."""
    # the address for programs is everybody's, whoever is logged in
    account = access.visitor() if request.endpoint == "sparql.page" else None
    queues: dict[str, QueryQueue] = current_app.config["QUERY_QUEUES"]
    queue = queues["internal" if account else "public"]
    return queue.enter(account.name if account else asking(), is_wanted=_presence())


def _presence() -> Callable[[], bool]:
    """Return what tells whether the client is still there, where the server can."""
    is_gone = request.environ.get("waitress.client_disconnected", lambda: False)
    return lambda: not is_gone()


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
    """Return the answer: a short one at once, a long one as it is found.

    The query of a long one ends when its sending does, whoever ends that.
    """
    is_wanted = _presence()
    with contextlib.ExitStack() as opened:
        opened.enter_context(contextlib.closing(_seat()))
        stream = opened.enter_context(
            query_view.streamed(
                workspace(), text, wanted, scope=scope, is_wanted=is_wanted
            )
        )
        pieces = _pieces(stream)
        first = tuple(itertools.islice(pieces, 2))
        kind = f"{stream.media_type}; charset=utf-8"
        if len(first) > 1:
            response = Response(itertools.chain(first, pieces), content_type=kind)
            response.call_on_close(opened.pop_all().close)
            return response
        response = Response(first, content_type=kind)
        if notice := stream.notice():
            # a header is plain ASCII
            words = notice.encode("ascii", "replace").decode()
            response.headers["Warning"] = f'299 fair-imagic "{words}"'
    return response


def _pieces(stream: query_view.Stream) -> Iterator[bytes]:
    """Yield the text of an answer, many rows at a time."""
    waiting = io.StringIO()
    with contextlib.suppress(Cancelled):
        for piece in stream.pieces:
            waiting.write(piece)
            if waiting.tell() >= _PIECE_CHARACTERS:
                yield waiting.getvalue().encode()
                waiting = io.StringIO()
        yield waiting.getvalue().encode()


@blueprint.route("/sparql", methods=["GET", "POST"])
@role("public")
@any_origin
@reads_only
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
