"""Headers of every answer: what a page may load, and what may be kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic_web import access, static_files

if TYPE_CHECKING:
    from flask import Response

__all__ = ["DOCUMENT_POLICY", "secured"]

DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
"""For a page that is one self-contained document: its style is inside, no script is."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secured(response: Response) -> Response:
    """Complete the headers of an answer.

    What was made for somebody with an account is kept nowhere: not by a proxy, and not
    by a browser that others use after. Pictures may be kept by the browser, and style
    and scripts, which are the same for everybody, by anybody.
    """
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if static_files.is_static():
        return static_files.kept(response)
    if access.is_personal():
        if (response.mimetype or "").startswith("image/"):
            response.cache_control.public = False
            response.cache_control.private = True
        else:
            response.headers["Cache-Control"] = "no-store"
    return response
