"""What a person types, as terms of the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.choice import value_named
from fair_imagic.entry.licence import licence_iri
from fair_imagic.entry.unit import convert
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import slots_of, term_for
from fair_imagic.rdf import PREFIXES, expand, iri
from fair_imagic.workflow.base.workspace import KINDS

if TYPE_CHECKING:
    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["is_answer", "slot_named", "statements_of_text"]

_ANSWERS = {
    "unknown": "unknown",
    "inconnu": "unknown",
    "not applicable": "notApplicable",
    "sans objet": "notApplicable",
    "withheld": "withheld",
    "non communiqué": "withheld",
}
_WITH_UNIT = re.compile(r"\s*([-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?)\s*(\S.*)?\Z")


def is_answer(text: str) -> bool:
    """Return whether a text says "unknown", "not applicable" or "withheld"."""
    return text.strip().lower() in _ANSWERS


def slot_named(class_name: str, name: str) -> Slot:
    """Return the slot of a class that a person names: ``license`` or ``dcat:keyword``.

    Raises :class:`~fair_imagic.errors.NotFoundError` with the names that exist.
    """
    wanted = name.strip()
    for slot in slots_of(class_name):
        if wanted in (slot.name, slot.iri) or expand(wanted) == slot.iri:
            return slot
    known = ", ".join(slot.name for slot in slots_of(class_name))
    raise NotFoundError(
        _("{class_name} has no field {name}").format(class_name=class_name, name=name),
        expected=known,
    )


def statements_of_text(
    workspace: Workspace, slot: Slot, text: str
) -> list[tuple[str, Term]]:
    """Return (predicate IRI, term) pairs for what a person typed for a slot.

    Several values of a field that takes several are separated by ``;``. A number may
    carry its unit. Raises :class:`~fair_imagic.errors.InputError` for a number that
    is none, and NotFoundError for a person or other record that does not exist.
    """
    parts = text.split(";") if slot.multivalued else [text]
    texts = [part.strip() for part in parts if part.strip()]
    if not texts:
        raise InputError(_("The value for {name} is empty").format(name=slot.name))
    found: list[tuple[str, Term]] = []
    for part in texts:
        answer = _ANSWERS.get(part.lower())
        if answer is not None:
            found.append((slot.iri, iri(PREFIXES["fi"] + answer)))
        elif slot.unit is not None:
            found += _quantity(slot, part)
        elif slot.record_link:
            found.append((slot.iri, iri(_record(workspace, slot, part))))
        else:
            value = value_named(slot, part) or part
            found.append((slot.iri, term_for(slot, value)))
    return found


def _quantity(slot: Slot, text: str) -> list[tuple[str, Term]]:
    match = _WITH_UNIT.match(text)
    if match is None:
        raise InputError(
            _("{name} needs a number").format(name=slot.name),
            expected="0.323 um",
            found=text,
        )
    number = convert(match[1], match[2], slot.unit or "")
    return [
        (slot.iri, term_for(slot, number)),
        (f"{slot.iri}Unit", iri(slot.unit or "")),
    ]


def _record(workspace: Workspace, slot: Slot, text: str) -> str:
    if slot.range == "Licence":
        return licence_iri(text)
    if "://" in text:
        return workspace.bases.inward_iri(text)
    kind = next(kind for kind, cls in KINDS.items() if cls.__name__ == slot.range)
    return workspace.record(kind, text)
