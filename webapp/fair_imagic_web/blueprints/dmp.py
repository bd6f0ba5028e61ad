"""Data management plans."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from fair_imagic.views import plan as plan_view
from fair_imagic_web.access import role
from fair_imagic_web.service import workspace

__all__ = ["blueprint"]

blueprint = Blueprint("dmp", __name__)


@blueprint.get("/plans")
@role("reader")
def plans() -> str:
    """List the plans."""
    return render_template("plans.html", rows=plan_view.plans_page(workspace()))


@blueprint.get("/plan/<name>")
@role("reader")
def plan(name: str) -> str:
    """Show one plan and what it promises."""
    return render_template("plan.html", page=plan_view.plan_page(workspace(), name))


@blueprint.get("/plan/<name>/madmp.json")
@role("reader")
def madmp(name: str) -> Response:
    """Send the plan as RDA DMP Common Standard JSON."""
    text = plan_view.madmp_text(workspace(), name)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
