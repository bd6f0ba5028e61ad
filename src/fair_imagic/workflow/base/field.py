"""The form field of a value: what a person may type or choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_of_value
from fair_imagic.entry.contradiction import (
    is_contradiction,
    origin_of,
    side_words,
)
from fair_imagic.entry.sign import unit_sign
from fair_imagic.entry.told_name import MADE
from fair_imagic.i18n import current_language
from fair_imagic.model import slot_for
from fair_imagic.workflow.base.names import RecordNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Choice", "Field", "field_for"]

_LICENCES = ("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "MIT", "BSD-3-Clause")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice of a list."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: ``kind`` is ``text``, ``long``, ``number``, ``date`` or ``choice``.

    ``makes`` is the class of which a new record can be made here by its name.
    """

    label: str
    help: str
    kind: str
    unit: str
    multiple: bool
    choices: tuple[Choice, ...] = ()
    makes: str = ""


def field_for(
    workspace: Workspace,
    classes: Iterable[str],
    path: str,
    *,
    subjects: Iterable[str] = (),
) -> Field | None:
    """Return the field for a property of a class, or None where it cannot be typed.

    Of contradictions, what the ``subjects`` have in common can be chosen.
    """
    slot = next(filter(None, (slot_for(one, path) for one in classes)), None)
    if slot is None or slot.part:
        return None
    if is_contradiction(slot):
        choices = _sides(workspace, slot, subjects)
        return _field(slot, choices) if choices else None
    choices = _choices(workspace, slot)
    makes = slot.range if slot.record_link and slot.range in MADE else ""
    if slot.record_link and slot.range != "Licence" and not choices and not makes:
        return None
    return _field(slot, choices, makes)


def _field(slot: Slot, choices: tuple[Choice, ...], makes: str = "") -> Field:
    language = current_language()
    return Field(
        label=slot.label.get(language) or slot.name,
        help=slot.description.get(language, ""),
        kind="choice" if choices or makes else _kind(slot),
        unit=unit_sign(slot.unit) if slot.unit else "",
        multiple=slot.multivalued and not is_contradiction(slot),
        choices=choices,
        makes=makes,
    )


def _sides(
    workspace: Workspace, slot: Slot, subjects: Iterable[str]
) -> tuple[Choice, ...]:
    """Return the sides to choose from: whose value, where the values are not the same.

    Empty where one of the subjects has none.
    """
    names = RecordNames(workspace)
    found = [names.bound(one).choices(slot) for one in subjects]
    if not found or not all(found):
        return ()
    language = current_language()
    texts = {tuple(side_words(one.iri, language) for one in sides) for sides in found}
    if len(texts) == 1:
        return tuple(Choice(value=text, label=text) for text in texts.pop())
    origins = dict(origin_of(one.iri, language) for sides in found for one in sides)
    return tuple(Choice(value=name, label=label) for name, label in origins.items())


def _choices(workspace: Workspace, slot: Slot) -> tuple[Choice, ...]:
    if slot.range == "Licence":
        return tuple(Choice(value=name, label=name) for name in _LICENCES)
    if slot.values:
        return tuple(
            Choice(value=text, label=name_of_value(slot, text)) for text in slot.values
        )
    if not slot.record_link:
        return ()
    known = RecordNames(workspace).choices(slot)
    found = [Choice(value=one.iri, label=one.label) for one in known]
    return tuple(sorted(found, key=lambda choice: choice.label.lower()))


def _kind(slot: Slot) -> str:
    datatype = (slot.datatype or "").rpartition("#")[2]
    if datatype in ("integer", "decimal", "nonNegativeInteger"):
        return "number"
    if datatype == "date":
        return "date"
    long = slot.name in ("description", "acknowledgements") or "protocol" in slot.name
    return "long" if long else "text"
