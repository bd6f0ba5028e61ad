"""What every template can use: menu, addresses of records, dates, sizes, notices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import get_flashed_messages, request, url_for
from markupsafe import Markup, escape

from fair_imagic import __version__
from fair_imagic.i18n import (
    _,
    count_text,
    current_language,
    day_text,
    moment_text,
    ngettext,
    size_text,
)
from fair_imagic.views import sharing
from fair_imagic_web import access, csrf, data_folder, language, tabs
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["record_url", "register", "role_words"]

_PAGES = ("collection", "set", "image", "instrument", "plan", "run", "result")


@dataclass(frozen=True)
class _Entry:
    label: str
    url: str
    current: bool


def register(app: Flask) -> None:
    """Give the templates of an application their functions and values."""
    build = Path(app.static_folder or "") / "build" / "htmx.min.js"
    app.jinja_env.globals.update(
        _=_,
        ngettext=ngettext,
        allowed=access.allowed,
        csrf_token=csrf.csrf_token,
        csrf_field=_csrf_field,
        switch_url=language.switch_url,
        record_url=record_url,
        next_button=tabs.next_button,
        own_teams=access.own_teams,
        who_sees=lambda record: sharing.who_sees(workspace(), record),
        notices=_notices,
        role_words=role_words,
        day=day_text,
        moment=moment_text,
        number=count_text,
        size=size_text,
        version=__version__,
        has_htmx=build.is_file(),
    )
    app.context_processor(_of_request)


def _of_request() -> dict[str, object]:
    settings = workspace().settings
    return {
        "language": current_language(),
        "visitor": access.visitor(),
        "menu": _menu(),
        "practice_mode": settings.practice_mode,
        "facility_name": settings.facility_name,
        "public_url": settings.public_url,
        "folder_problem": data_folder.problem(),
        "errors": {},
    }


def _menu() -> list[_Entry]:
    entries = [
        (
            _("Collections"),
            "catalogue.collections",
            "reader",
            ("/collection", "/image", "/run"),
        ),
        (_("Publication sets"), "catalogue.sets", "reader", ("/set",)),
        (_("Instruments"), "instruments.instruments", "reader", ("/instrument",)),
        (_("Plans"), "dmp.plans", "reader", ("/plan",)),
        (_("Query"), "sparql.page", "public", ("/query",)),
        (_("Accounts"), "admin.accounts_page", "administrator", ("/admin",)),
    ]
    return [
        _Entry(label, url_for(endpoint), _is_current(starts))
        for label, endpoint, role, starts in entries
        if access.allowed(role)
    ]


def _is_current(starts: tuple[str, ...]) -> bool:
    return request.path.startswith(starts) and not request.path.startswith("/setup")


def _csrf_field() -> Markup:
    token = escape(csrf.csrf_token())
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)


def _notices() -> list[tuple[str, str]]:
    return [(entry[0], entry[1]) for entry in get_flashed_messages(True)]


def record_url(iri: str) -> str:
    """Return the address of a record's page here, or an empty text.

    It is the end of the record's IRI, so that IRIs open where the service is.
    """
    base = workspace().settings.base_iri
    kind, _slash, name = iri.partition("#")[0].removeprefix(base).partition("/")
    if not iri.startswith(base) or kind not in _PAGES:
        return ""
    return f"/{kind}/{quote(name)}"


def role_words(role: str) -> str:
    """Return the name of a role in the reader's words."""
    words = {
        "reader": _("reader"),
        "researcher": _("researcher"),
        "facility": _("facility"),
        "administrator": _("administrator"),
    }
    return words.get(role, role)
