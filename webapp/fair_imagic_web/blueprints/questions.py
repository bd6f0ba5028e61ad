"""Answers of the researcher, and where questions and methods text were once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from fair_imagic.entry import UnknownNameError
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _, ngettext
from fair_imagic.workflow.correcting import questions as questions_use
from fair_imagic.workflow.correcting import repair
from fair_imagic_web import access, form, made_in_place
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.describe import describe_page
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

__all__ = ["blueprint"]

blueprint = Blueprint("questions", __name__)
_ANSWER = "answer:"


@blueprint.get("/set/<name>/questions")
@role("reader")
def questions(name: str) -> Response:
    """Lead on to the questions: they are a part of the description."""
    return redirect(url_for("describe.describe", name=name, _anchor="questions"))


@blueprint.post("/set/<name>/questions")
@role("researcher")
def answer(name: str) -> tuple[str, int] | Response:
    """Keep the answers that were given, as one change."""
    entered = _entered()
    answers = {key: one.text for key, one in entered.items() if one.text}
    if not answers:
        text = _("Answer at least one question.")
        return describe_page(name, errors={"answers": text}), 400
    try:
        done = questions_use.answer(workspace(), name, answers, author=access.author())
    except (InputError, NotFoundError) as error:
        where = f"{error.where}: " if error.where else ""
        expected = f" ({_('expected')}: {error.expected})" if error.expected else ""
        errors = {"answers": f"{where}{error.message}{expected}"}
        if isinstance(error, UnknownNameError):
            entered = {key: one.asking(error.names) for key, one in entered.items()}
            said = f"{error.message}. {_('Say who or what is meant.')}"
            errors = {"answers": f"{where}{said}"}
        return describe_page(name, errors=errors, answers=entered), 400
    for note in done.notes:
        flash(note, "should")
    text = ngettext(
        "Corrected: {count} record. Change {number}.",
        "Corrected: {count} records. Change {number}.",
        done.records,
    )
    flash(text.format(count=done.records, number=done.number), "good")
    return redirect(url_for("describe.describe", name=name, _anchor="questions"))


@blueprint.post("/image/<name>/contradiction")
@role("researcher")
def settle(name: str) -> Response:
    """Settle a contradiction of an image by one of its two values."""
    field = form.text("field", most=40)
    if field not in ("record_contradiction", "contradiction"):
        raise InputError(_("This form is not complete"), found=field)
    author = access.author()
    text = form.text("value", most=200)
    done = repair.settle(workspace(), name, field, text, author=author)
    for note in done.notes:
        flash(note, "should")
    flash(_("Corrected. Change {number}.").format(number=done.number), "good")
    return redirect(url_for("catalogue.image", name=name))


def _entered() -> dict[str, made_in_place.Entered]:
    """Return what the form says of each question."""
    fields = dict.fromkeys(map(made_in_place.field_of, request.form))
    return {
        one.removeprefix(_ANSWER): made_in_place.entered(one)
        for one in fields
        if one.startswith(_ANSWER)
    }


@blueprint.get("/set/<name>/methods")
@role("reader")
def methods(name: str) -> Response:
    """Lead on to the materials-and-methods text, in the language asked for."""
    text = request.args.get("text") or None
    return redirect(
        url_for("describe.describe", name=name, text=text, _anchor="methods")
    )
