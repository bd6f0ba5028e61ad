"""The report of a set to take away, and decisions of the facility about its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, url_for

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.views import report as report_view
from fair_imagic.workflow.publishing import decision
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.check import points_page
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

__all__ = ["blueprint"]

blueprint = Blueprint("reports", __name__)


@blueprint.get("/set/<name>/report.<ending>")
@role("reader")
def report(name: str, ending: str) -> Response:
    """Give the report of a set as a file."""
    drawn = report_view.report_file(workspace(), name, ending)
    if drawn is None:
        abort(404)
    found = Response(drawn.text, mimetype=drawn.media_type)
    found.headers.set("Content-Disposition", "attachment", filename=drawn.file_name)
    return found


@blueprint.post("/set/<name>/decisions")
@role("facility")
def decide(name: str) -> tuple[str, int] | AnyResponse:
    """Keep the decision that a point does not stop a target."""
    target, _bar, code = form.text("point", most=300).partition("|")
    reason = form.text("reason", most=4000)
    try:
        made = decision.decide(
            workspace(), name, target, code=code, reason=reason, author=access.author()
        )
    except (InputError, ConflictError, NotFoundError) as error:
        wanted = f" ({_('expected')}: {error.expected})" if error.expected else ""
        entered = {"point": f"{target}|{code}", "reason": reason}
        errors = {"reason": f"{error.message}{wanted}"}
        return points_page(name, errors=errors, entered=entered), 400
    text = _("Decided by {author}: {code} does not stop {target}.")
    flash(text.format(author=made.author, code=made.code, target=made.target), "should")
    return redirect(url_for("check.points", name=name))


@blueprint.post("/set/<name>/decisions/take-back")
@role("facility")
def take_back(name: str) -> AnyResponse:
    """Take a decision back: the point stops the target again."""
    target, code = form.text("target", most=100), form.text("code", most=200)
    number = decision.take_back(
        workspace(), name, target, code=code, author=access.author()
    )
    text = _("Taken back by change {number}: {code} stops the set again.")
    flash(text.format(number=number, code=code), "good")
    return redirect(url_for("check.points", name=name))
