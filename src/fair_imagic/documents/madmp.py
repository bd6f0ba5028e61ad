"""maDMP: a plan as JSON of the RDA DMP Common Standard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.checks.point import Points
from fair_imagic.dmp.rules import points_to_fix
from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.documents.select import pointer_of, pointer_text
from fair_imagic.documents.translation import mapped
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.checking.own_rules import placed

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND"]


def _recognise(content: Content) -> bool:
    return content.is_json and isinstance(content.json, dict) and "dmp" in content.json


def _read(content: Content) -> Document:
    plan = content.json["dmp"]
    if not isinstance(plan, dict):
        raise InputError(
            _("This is not a data management plan"),
            where=f"{content.name}, /dmp",
            expected=_("an object"),
            found=json.dumps(plan)[:40],
        )

    def where(place: str) -> str:
        return f"{content.name}, {place}"

    base = document_iri(content.name)
    found = mapped(
        "madmp", plan, base=base, where=lambda p: where("/dmp" + pointer_text(p))
    )
    points = Points("madmp", base, str(plan.get("title") or content.name))
    own = points_to_fix(content.json, points)
    return Document(
        name=content.name,
        snapshot=found.snapshot,
        profiles=("madmp",),
        places=found.places,
        asked=found.asked,
        findings=tuple(placed(own, lambda place: where(pointer_of(place)))),
    )


KIND = Kind("madmp", lambda: _("maDMP (RDA DMP Common Standard)"), _recognise, _read)
