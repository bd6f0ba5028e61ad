"""Points to fix of a publication set, and their correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from fair_imagic.entry import UnknownNameError
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _, ngettext
from fair_imagic.views import correction as correction_view
from fair_imagic.views import point as point_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow.correcting import correction
from fair_imagic_web import access, form, made_in_place
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.corrections import corrected
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from fair_imagic.workflow.images.correction import Correction

__all__ = ["blueprint", "points_page"]

blueprint = Blueprint("check", __name__)


@blueprint.get("/set/<name>/points")
@role("reader")
def points(name: str) -> str:
    """Check a set and show what to fix."""
    return points_page(name)


def points_page(
    name: str,
    *,
    errors: dict[str, str] | None = None,
    entered: Mapping[str, object] | None = None,
) -> str:
    """Draw the points of a set, with what could not be done on top."""
    # it checks the set where nobody has: the page then says what that said
    found = point_view.points_page(
        workspace(), name, requirements=request.values.get("requirements", "")
    )
    page = set_view.set_page(workspace(), name)
    return render_template(
        "set_points.html",
        page=page,
        points=found,
        proposals=correction_view.proposal_count(workspace(), name),
        corrected=corrected(),
        tab="points",
        tabs=set_tabs(page),
        errors=errors or {},
        entered=entered or {},
    )


@blueprint.post("/set/<name>/points")
@role("researcher")
def correct(name: str) -> tuple[str, int] | Response:
    """Set a value for everything that a point concerns, as one change."""
    key = form.text("cause", most=200)
    value = _value()
    if not value:
        return _refused(name, key, value, _("Enter a value."))
    everything = form.text("everything") == "yes"
    chosen = request.form.getlist("things")
    if not everything and not chosen:
        return _refused(name, key, value, _("Choose what this value is for."))
    try:
        done = correction.correct_cause(
            workspace(),
            name,
            key,
            text=value,
            author=access.author(),
            only=None if everything else chosen,
            requirements=form.text("requirements", most=200),
        )
    except UnknownNameError as error:
        told = made_in_place.entered("value").asking(error.names)
        text = f"{error.message}. {_('Say who or what is meant.')}"
        return _refused(name, key, value, text, told)
    except (InputError, NotFoundError) as error:
        expected = f" ({_('expected')}: {error.expected})" if error.expected else ""
        return _refused(name, key, value, error.message + expected)
    _tell(done)
    return redirect(url_for("check.points", name=name, requirements=_narrowed()))


def _narrowed() -> str | None:
    """Return of which target the points were shown, if of one only."""
    return form.text("requirements", most=200) or None


def _value() -> str:
    """Return the value of the form; several chosen ones are joined."""
    return made_in_place.entered("value").text


def _refused(
    name: str,
    key: str,
    value: str,
    text: str,
    told: made_in_place.Entered | None = None,
) -> tuple[str, int]:
    told = told or made_in_place.entered("value")
    entered = {"cause": key, "value": value, "told": told}
    return points_page(name, errors={"value": text}, entered=entered), 400


def _tell(done: Correction) -> None:
    for note in done.notes:
        flash(note, "should")
    if done.number is None:
        flash(_("Nothing had to be changed."), "should")
        return
    text = ngettext(
        "Corrected: {count} record. Change {number}.",
        "Corrected: {count} records. Change {number}.",
        done.records,
    )
    flash(text.format(count=done.records, number=done.number), "good")


@blueprint.post("/set/<name>/undo")
@role("researcher")
def take_back(name: str) -> Response:
    """Take one change back."""
    number = form.text("number", most=12)
    if not number.isdecimal():
        raise InputError(_("Name the change by its number"), found=number)
    done = correction.take_back(workspace(), name, int(number), author=access.author())
    flash(
        _("Change {number} is taken back by change {new}.").format(
            number=number, new=done.number
        ),
        "good",
    )
    return redirect(url_for("describe.describe", name=name))
