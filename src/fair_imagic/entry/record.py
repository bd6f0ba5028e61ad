"""Records and parts by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.reading import Option, Reading, Refusal
from fair_imagic.i18n import LANGUAGES, both
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from fair_imagic.entry.names import Candidate, Names
    from fair_imagic.model.slots import Slot

__all__ = ["read_record"]


def read_record(slot: Slot, text: str, names: Names) -> Reading | Refusal:
    """Read the name or identifier of a record, or of a part of the microscope."""
    candidates = names.find(slot, text)
    exact = [one for one in candidates if one.exact]
    if not exact:
        found = dict.fromkeys([*candidates, *names.choices(slot)])
        return Refusal(
            message=both("No record is called {name}", name=text[:60])
            if slot.record_link
            else both("The microscope has no part called {name}", name=text[:60]),
            found=text,
            choices=tuple(map(_option, found)),
            hint=both("`fair-imagic status` lists what is there.")
            if slot.record_link
            else both("The record of the microscope names its parts."),
        )
    first = exact[0]
    plain = text.casefold() in (first.name.casefold(), first.iri.casefold())
    return Reading(
        terms=((slot.iri, iri(first.iri)),),
        certain=len(exact) == 1,
        note={} if plain else both("read as {value}", value=first.label),
        options=tuple(map(_option, exact)) if len(exact) > 1 else (),
        text=text,
    )


def _option(one: Candidate) -> Option:
    return Option(text=one.name, label=dict.fromkeys(LANGUAGES, one.label))
