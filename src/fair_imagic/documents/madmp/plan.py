"""A maDMP document as others write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.madmp.standard import version_of
from fair_imagic.documents.madmp.vocabulary import ROOT
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_of, pointer_text, values_at
from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND"]


def _recognise(content: Content) -> bool:
    return content.is_json and isinstance(content.json, dict) and ROOT in content.json


def _read(content: Content) -> Reading:
    plan = content.json[ROOT]
    if not isinstance(plan, dict):
        raise InputError(
            _("This is not a data management plan"),
            where=f"{content.name}, /{ROOT}",
            expected=_("an object"),
            found=json.dumps(plan)[:40],
        )

    def where(pointer: str) -> str:
        return f"{content.name}, {pointer}"

    translation = translation_of(
        "madmp",
        plan,
        base=document_iri(content.name),
        where=lambda pointer: where(f"/{ROOT}{pointer_text(pointer)}"),
    )
    return Reading(
        name=content.name,
        root=translation.root,
        label=str(plan.get("title") or content.name),
        triples=translation.triples,
        places=translation.places,
        questions=translation.questions,
        form=content.json,
        where=lambda place: where(pointer_of(place)),
        gap_codes=_gap_codes(plan),
        remarks=(_judged_by(content.name, content.json),),
    )


def _judged_by(name: str, document: dict[str, Any]) -> str:
    version, is_named = version_of(document)
    if is_named:
        text = _("{name}: judged by version {version} of the standard, which it names")
    else:
        text = _(
            "{name}: judged by version {version} of the standard: it names none that "
            "is known"
        )
    return text.format(name=name, version=version)


def _gap_codes(plan: dict[str, Any]) -> tuple[str, ...]:
    paths = ("cost", "dataset/*/security_and_privacy")
    given = any(value for path in paths for _at, value in values_at(plan, path))
    return ("costs-and-measures",) if given else ()


_GAPS = (
    Gap(
        "costs-and-measures",
        both("Costs and measures of security are judged by their form only"),
    ),
    Gap(
        "addresses-not-opened",
        both("Addresses and identifiers are judged by their form; none is opened"),
    ),
)

KIND = Kind(
    "madmp",
    title=lambda: _("maDMP (RDA DMP Common Standard)"),
    recognise=_recognise,
    read=_read,
    profiles=("madmp",),
    rules="fair_imagic.dmp.document:document_points",
    order=30,
    gaps=_GAPS,
)
