"""The language of a page: the switch, else the cookie, else the browser's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import g, request

from fair_imagic.i18n import LANGUAGES, current_language, set_language
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Response

__all__ = ["choose", "remember", "restore", "switch_url"]

_COOKIE = "lang"
_YEAR_S = 365 * 24 * 3600


def choose() -> None:
    """Set the language of this request."""
    g.language_before = current_language()
    asked = request.args.get("lang", "")
    g.language_asked = asked if asked in LANGUAGES else None
    kept = request.cookies.get(_COOKIE, "")
    wished = request.accept_languages.best_match(LANGUAGES)
    fallback = wished or workspace().settings.language or "en"
    set_language(g.language_asked or (kept if kept in LANGUAGES else fallback))


def restore(_error: BaseException | None = None) -> None:
    """Leave the thread in the language that it had before the request."""
    set_language(g.pop("language_before", "en"))


def remember(response: Response) -> Response:
    """Keep a choice made with the switch, and say what the answer depends on."""
    if g.get("language_asked"):
        response.set_cookie(
            _COOKIE,
            g.language_asked,
            max_age=_YEAR_S,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = current_language()
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def switch_url(language: str) -> str:
    """Return the address of this page in another language."""
    arguments = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    path = request.path if request.method in ("GET", "HEAD") else "/"
    return f"{path}?{urlencode([*arguments, ('lang', language)])}"
