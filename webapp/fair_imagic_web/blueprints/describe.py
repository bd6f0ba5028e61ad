"""The description of a publication set: one form, questions, methods, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.entry import UnknownNameError
from fair_imagic.errors import ConflictError
from fair_imagic.i18n import _, current_language, ngettext
from fair_imagic.views import description as description_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow.correcting import description as description_use
from fair_imagic.workflow.correcting import questions as questions_use
from fair_imagic.workflow.sets import methods as methods_use
from fair_imagic_web import access, made_in_place
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.corrections import corrected
from fair_imagic_web.made_in_place import Entered, Row
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from fair_imagic.errors import InputError
    from fair_imagic.views.description import DescribedField, Description
    from fair_imagic.workflow.images.correction import Correction

__all__ = ["blueprint", "describe_page"]

blueprint = Blueprint("describe", __name__)

# Longer lists of records are searched by name (the macro ``picker``).
_MOST_LISTED = 20
# What the form showed of a field: only what differs from it is a change.
_SEEN = "seen:"
_OWN = "PublicationSet."


@blueprint.get("/set/<name>/describe")
@role("reader")
def describe(name: str) -> str:
    """Show what is said about one publication set, and from where."""
    return describe_page(name)


def describe_page(
    name: str,
    *,
    errors: dict[str, str] | None = None,
    entered: dict[str, Entered] | None = None,
    answers: dict[str, Entered] | None = None,
) -> str:
    """Draw the description of a set, with what could not be done on top."""
    # it checks the set where nobody has: the page then says what that said
    description = description_view.description_of(workspace(), name)
    page = set_view.set_page(workspace(), name)
    asked = request.args.get("text", "")
    language = asked if asked in ("en", "fr") else current_language()
    questions = questions_use.questions_of(workspace(), name)
    return render_template(
        "set_describe.html",
        page=page,
        sections=set_view.set_sections(workspace(), name),
        changes=set_view.set_history(workspace(), name),
        description=description,
        seen={one.name: _shown(one) for one in description.fields},
        entered=entered or {},
        questions=[one for one in questions if not one.key.startswith(_OWN)],
        answers=answers or {},
        methods=methods_use.methods_text(workspace(), name, language=language),
        language_of_text=language,
        changed=corrected(),
        errors=errors or {},
        tab="describe",
        tabs=set_tabs(page),
    )


def _shown(one: DescribedField) -> Entered:
    """Return what the form shows of a field, in the form in which it is sent."""
    if one.field.makes and len(one.field.choices) > _MOST_LISTED:
        labels = {choice.value: choice.label for choice in one.field.choices}
        return Entered(rows=tuple(Row(name=labels.get(t, t)) for t in one.texts))
    return Entered(chosen=one.texts)


@blueprint.post("/set/<name>/describe")
@role("researcher")
def keep(name: str) -> tuple[str, int] | Response:
    """Keep all fields that were edited as one change, or none of them."""
    # before anything is looked at: who sends the same field at the same time waits
    seen = workspace().catalogue.last_number()
    description = description_view.description_of(workspace(), name)
    entered, changed = _typed(description)
    errors = _overtaken(description, changed)
    if errors:
        return describe_page(name, errors=errors, entered=entered), 409
    author = access.author()
    try:
        done = description_use.describe(
            workspace(), name, changed, author=author, seen=seen
        )
    except ConflictError as conflict:
        description = description_view.description_of(workspace(), name)
        errors = _overtaken(description, changed)
        if not errors:
            raise conflict from None
        return describe_page(name, errors=errors, entered=entered), 409
    if done.change is None:
        errors = {f"field-{key}": _said(error) for key, error in done.flaws.items()}
        for key, error in done.flaws.items():
            if isinstance(error, UnknownNameError):
                entered[key] = entered[key].asking(error.names)
        return describe_page(name, errors=errors, entered=entered), 400
    return _told(name, done.change, len(changed))


def _typed(description: Description) -> tuple[dict[str, Entered], dict[str, str]]:
    """Return what the form holds, and of it what differs from what it showed."""
    entered = {
        one.name: made_in_place.entered(one.name)
        for one in description.fields
        if f"{_SEEN}{one.name}" in request.form
    }
    changed = {
        key: one.text
        for key, one in entered.items()
        if _plain(one.text) != _plain(request.form[f"{_SEEN}{key}"])
    }
    return entered, changed


def _told(name: str, change: Correction, fields: int) -> Response:
    for note in change.notes:
        flash(note, "should")
    number = change.number
    if number is None:
        flash(_("Nothing had to be changed."), "should")
        return redirect(url_for("describe.describe", name=name))
    text = ngettext(
        "{count} field changed. Change {number}.",
        "{count} fields changed. Change {number}.",
        fields,
    )
    flash(text.format(count=fields, number=number), "good")
    return redirect(url_for("describe.describe", name=name, corrected=number))


def _plain(text: str) -> list[str]:
    """Return a text as it counts: what a browser does to its lines makes no change."""
    return sorted(part.strip() for part in text.replace("\r\n", "\n").split(";"))


def _overtaken(description: Description, changed: dict[str, str]) -> dict[str, str]:
    """Return what somebody else changed since the form was shown."""
    errors = {}
    for one in description.fields:
        before = _plain(request.form.get(f"{_SEEN}{one.name}", ""))
        if one.name in changed and _plain(_shown(one).text) != before:
            text = _("{field}: somebody changed it meanwhile. It says now: {text}")
            now = ", ".join(value.words for value in one.values)
            errors[f"field-{one.name}"] = text.format(field=one.field.label, text=now)
    return errors


def _said(error: InputError) -> str:
    if isinstance(error, UnknownNameError):
        return f"{error.message}. {_('Say who or what is meant.')}"
    expected = f" ({_('expected')}: {error.expected})" if error.expected else ""
    return f"{error.message}{expected}"


@blueprint.get("/set/<name>/metadata")
@role("reader")
def metadata(name: str) -> Response:
    """Lead on from where this page was once."""
    return redirect(url_for("describe.describe", name=name))
