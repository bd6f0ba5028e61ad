"""What a person, or a program, reads when something cannot be done."""

from __future__ import annotations

import dataclasses
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from fair_imagic.errors import (
    Cancelled,
    ConfigurationError,
    ConflictError,
    FairImagicError,
    InputError,
    NotFoundError,
    RemoteError,
    TooMuchError,
)
from fair_imagic.i18n import _
from fair_imagic_web import access
from fair_imagic_web.query_queue import QueueFull

if TYPE_CHECKING:
    from flask import Flask, Response

__all__ = ["Problem", "busy_text", "register"]

# A path of this machine, or an address of its database. Web addresses stay.
_PLACE = re.compile(
    r"(?:sqlite|postgres)[a-z+0-9]*://\S*|file:/\S*|(?<![\w:/.<])/[^\s/'\"]+/[^\s'\":,;]*"
)
_LOG = logging.getLogger("fair_imagic.web")

_STATUS: tuple[tuple[type[FairImagicError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    # not the client's mistake: what is asked for is more than the service gives
    (TooMuchError, 503),
    (InputError, 400),
    (RemoteError, 502),
    (ConfigurationError, 503),
    # the client went away: nobody reads this
    (Cancelled, 499),
)


@dataclass(frozen=True)
class Problem:
    """What happened, where, what was expected and found, and what to do next."""

    status: int
    title: str
    where: str = ""
    expected: str = ""
    found: str = ""
    hint: str = ""


def register(app: Flask) -> None:
    """Answer every error of the application with a page or a JSON body."""
    app.register_error_handler(FairImagicError, _own)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(QueueFull, _busy)


def busy_text() -> str:
    """Return what is said where no query is taken."""
    return _("Too many queries are being answered: send yours again in some seconds.")


def _busy(full: QueueFull) -> Response:
    answer, status = _answer(Problem(503, busy_text(), request.path))
    response = make_response(answer, status)
    response.headers["Retry-After"] = str(full.retry_after_s)
    return response


def _own(error: FairImagicError) -> tuple[Response | str, int]:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    if status >= 500:
        _LOG.error("%s %s: %s", request.method, request.path, error.message)
    problem = Problem(
        status, error.message, error.where, error.expected, error.found, error.hint
    )
    return _answer(problem if access.visitor() is not None else _public(problem))


def _public(problem: Problem) -> Problem:
    """Return what a visitor without an account may know: nothing of this machine."""
    if problem.status >= 500:
        problem = dataclasses.replace(problem, where="", found="")

    def masked(text: str) -> str:
        return _PLACE.sub("…", text)

    return Problem(
        problem.status,
        masked(problem.title),
        masked(problem.where),
        masked(problem.expected),
        masked(problem.found),
        masked(problem.hint),
    )


def _http(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    return _answer(_explained(status, error.description or ""))


def _explained(status: int, description: str) -> Problem:
    where = request.path
    if description == "looking":
        return Problem(
            status,
            _("You may see this, not change it"),
            where,
            hint=_("Ask its team to invite you to change it."),
        )
    if description == "csrf":
        return Problem(
            status,
            _("This form has expired"),
            where,
            hint=_("Go back, load the page again and send the form once more."),
        )
    title, hint = _texts(status)
    return Problem(status, title, where, hint=hint)


def _texts(status: int) -> tuple[str, str]:
    again = _("Start again from the first page.")
    texts = {
        400: (
            _("This request cannot be understood"),
            _("Go back and check what you entered."),
        ),
        401: (_("This needs an account"), _("Log in, then try again.")),
        403: (
            _("Your account may not do this"),
            _("Ask an administrator of the service for the role that it needs."),
        ),
        404: (
            _("There is no such page"),
            _("Check the address, or start again from the first page."),
        ),
        405: (_("This address does not accept that kind of request"), again),
        406: (
            _("This record is not available in the format asked for"),
            _("Ask for HTML, JSON-LD, Turtle or DataCite JSON."),
        ),
        413: (_("This is too large"), _("Send less at once.")),
        429: (_("Too many failed attempts"), _("Wait some minutes, then try again.")),
    }
    mistake = (
        _("The service made a mistake"),
        _("Try again; if it stays, tell the administrator the time and the page."),
    )
    return texts.get(status, mistake)


def _answer(problem: Problem) -> tuple[Response | str, int]:
    if request.path.startswith(("/api/", "/sparql")):
        body = {
            "title": problem.title,
            "status": problem.status,
            "instance": problem.where or request.path,
            "expected": problem.expected,
            "found": problem.found,
            "detail": problem.hint,
        }
        response = jsonify({key: value for key, value in body.items() if value})
        response.mimetype = "application/problem+json"
        return response, problem.status
    page = render_template("problem.html", problem=problem)
    return page, problem.status
