"""The corrections of a set as one table on a page: typed, looked at, then applied."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from fair_imagic.i18n import _
from fair_imagic.views import correction_sheet as sheet_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow import correcting as corrections
from fair_imagic_web import form
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.corrections import preview_page
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.views.correction_sheet import Sheet
    from fair_imagic.workflow.correcting import Flaw

__all__ = ["blueprint"]

blueprint = Blueprint("correction_sheet", __name__)
_CELL = "v-"
_LONGEST = 20_000
_MOST_ERRORS = 20


@dataclass(frozen=True, kw_only=True)
class _State:
    """What was typed by the key of the cell, which page is shown, what is wrong."""

    typed: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    start: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/set/<name>/corrections/form")
@role("researcher")
def show(name: str) -> str:
    """Show the open fields of a set's things as a table to type into."""
    sheet = sheet_view.sheet_of(workspace(), name)
    return _drawn(name, sheet, _State(kind=request.args.get("kind", "")))


@blueprint.post("/set/<name>/corrections/form")
@role("researcher")
def act(name: str) -> str | tuple[str, int]:
    """Fill cells, show another page, or show what the typed values would change."""
    sheet = sheet_view.sheet_of(workspace(), name)
    typed = _typed(sheet)
    act, _colon, detail = request.form.get("act", "preview").partition(":")
    kind = sheet.kind(request.form.get("kind", ""))
    start = form.text("start", most=form.MOST_DIGITS)
    state = _State(
        typed=typed,
        kind=kind.key if kind is not None else "",
        start=int(start) if start.isdecimal() else 0,
    )
    if act == "preview":
        return _preview(name, sheet, state)
    return _drawn(name, sheet, _moved(sheet, state, act, detail))


def _typed(sheet: Sheet) -> dict[str, str]:
    """Return what was typed so far: on other pages, then in the cells of this one."""
    try:
        kept = json.loads(request.form.get("typed", "") or "{}")
    except ValueError:
        kept = {}
    typed = {
        key: text[:_LONGEST]
        for key, text in (kept.items() if isinstance(kept, dict) else ())
        if key in sheet.cells and isinstance(text, str)
    }
    for name in request.form:
        key = name.removeprefix(_CELL)
        if name != key and key in sheet.cells:
            parts = (part.strip() for part in request.form.getlist(name))
            typed[key] = "; ".join(filter(None, parts))[:_LONGEST]
    return {key: text for key, text in typed.items() if text}


def _moved(sheet: Sheet, state: _State, act: str, detail: str) -> _State:
    """Return the state after a button that changes nothing in the set."""
    if act == "start":
        start = int(detail) if detail.isdecimal() and len(detail) < 9 else 0
        return _State(typed=state.typed, kind=state.kind, start=start)
    if act == "kind":
        return _State(typed=state.typed, kind=detail)
    typed = dict(state.typed)
    if act == "empty":
        typed = {}
    elif act == "proposed":
        typed = {k: c.proposed for k, c in sheet.cells.items() if c.proposed} | typed
    elif act in ("all", "down"):
        typed |= _filled(sheet, state, detail, down=act == "down")
    return _State(typed=typed, kind=state.kind, start=state.start)


def _filled(sheet: Sheet, state: _State, column: str, *, down: bool) -> dict[str, str]:
    """Return the empty cells of a column, with one text or with the one above."""
    kind = sheet.kind(state.kind)
    text = "" if down else form.text(f"all-{column}", most=_LONGEST)
    filled = {}
    for line in kind.lines if kind is not None else ():
        cell = line.cells.get(column)
        if cell is None:
            continue
        own = state.typed.get(cell.key, "")
        if down:
            text = own or text
        if text and not own:
            filled[cell.key] = text
    return filled


def _preview(name: str, sheet: Sheet, state: _State) -> str | tuple[str, int]:
    """Show what would be changed, or the cells that cannot be used."""
    if not state.typed:
        errors = {"sheet": _("Type at least one value.")}
        return _refused(name, sheet, state, errors)
    wishes = sheet.wishes(state.typed, origin=_("the table on the page"))
    record = workspace().record("set", name)
    shown = corrections.preview(workspace(), record, wishes)
    keys = {(cell.subject, cell.path): key for key, cell in sheet.cells.items()}
    errors = {
        keys.get((flaw.subject, flaw.path), "sheet"): _words(flaw)
        for flaw in shown.flaws
    }
    if not errors:
        return preview_page(name, wishes, typed=json.dumps(state.typed))
    kind, start = sheet.place_of(next(iter(errors)))
    at = _State(typed=state.typed, kind=kind or state.kind, start=start)
    return _refused(name, sheet, at, errors)


def _words(flaw: Flaw) -> str:
    near = ", ".join(label for _text, label in flaw.near)
    expected = _("{label}: {text}").format(label=_("expected"), text=flaw.expected)
    told = (flaw.message, expected if flaw.expected else "", flaw.hint, near)
    return " · ".join(filter(None, told))


def _refused(
    name: str, sheet: Sheet, state: _State, errors: Mapping[str, str]
) -> tuple[str, int]:
    told = _State(typed=state.typed, kind=state.kind, start=state.start, errors=errors)
    return _drawn(name, sheet, told), 400


def _drawn(name: str, sheet: Sheet, state: _State) -> str:
    page = set_view.set_page(workspace(), name)
    kind = sheet.kind(state.kind)
    last = max(0, len(kind.lines) - 1) if kind is not None else 0
    start = min(state.start, last) // sheet_view.ROWS * sheet_view.ROWS
    lines = kind.page(start) if kind is not None else ()
    here = {cell.key for line in lines for cell in line.cells.values()}
    listed = {
        f"{_CELL}{key}" if key in here else "sheet": text
        for key, text in list(state.errors.items())[:_MOST_ERRORS]
    }
    return render_template(
        "set_corrections_sheet.html",
        page=page,
        sheet=sheet,
        kind=kind,
        lines=lines,
        start=start,
        next_start=start + sheet_view.ROWS,
        previous_start=start - sheet_view.ROWS,
        typed=state.typed,
        typed_json=json.dumps(state.typed),
        proposed=sum(1 for cell in sheet.cells.values() if cell.proposed),
        tab="points",
        tabs=set_tabs(page),
        errors=listed,
        flaws=len(state.errors),
    )
