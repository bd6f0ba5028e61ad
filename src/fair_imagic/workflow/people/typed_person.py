"""What a person typed about somebody, as it is kept."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.entry import plain_value
from fair_imagic.entry.character import cleaned
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import slot_named

if TYPE_CHECKING:
    from fair_imagic.workflow.people.person import PersonEntry

__all__ = ["as_read"]

# The field of an entry, and the field of the model that it fills.
_SLOTS = {
    "name": ("Person", "name"),
    "given_name": ("Person", "given_name"),
    "family_name": ("Person", "family_name"),
    "email": ("Person", "email"),
    "orcid": ("Person", "orcid"),
    "role": ("Person", "role"),
    "affiliation": ("Organisation", "name"),
    "ror": ("Organisation", "ror"),
    "address": ("Organisation", "address"),
}


def as_read(entry: PersonEntry, *, where: str = "") -> tuple[PersonEntry, list[str]]:
    """Return an entry whose texts are as the model has them, and what is to be told.

    Empty texts stay; characters that nobody sees are taken out, and shown. Raises
    :class:`~fair_imagic.errors.InputError` with the field for what it cannot hold, such
    as an ORCID iD with a wrong check digit.
    """
    read, notes = {}, []
    for name, (class_name, field) in _SLOTS.items():
        clean = cleaned(getattr(entry, name))
        if clean.shown:
            told = _("Characters that nobody sees were taken out: {shown}")
            notes.append(told.format(shown=clean.shown))
        place = f"{where}:{name}" if where else name
        slot = slot_named(class_name, field)
        read[name] = plain_value(clean.text, slot, where=place) if clean.text else ""
    if not read["name"]:
        raise InputError(_("A person needs a name"), where=where)
    return dataclasses.replace(entry, **read), notes
