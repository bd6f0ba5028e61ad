"""Records and parts by what people call them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.entry.character import visible
from fair_imagic.entry.reading import Option, Reading, Refusal, where_made
from fair_imagic.entry.told_name import MADE, is_name, told_name
from fair_imagic.i18n import LANGUAGES, both
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.entry.names import Candidate, Names
    from fair_imagic.model.slots import Slot

__all__ = ["read_record"]

# Where records are listed that no name alone makes.
_LISTS = {
    "Instrument": "fair-imagic instrument list",
    "InstrumentVersion": "fair-imagic instrument list",
    "Plan": "fair-imagic dmp list",
    "PublicationSet": "fair-imagic set list",
    "Software": "fair-imagic software add",
}


def read_record(slot: Slot, text: str, names: Names) -> Reading | Refusal:
    """Read the name or identifier of a record, or of a part of the microscope.

    A name that no record has is a question, where a record can be made for it.
    """
    candidates = names.find(slot, text)
    exact = [one for one in candidates if one.exact]
    if exact:
        return _known(slot, text, exact)
    if slot.record_link and slot.range in MADE:
        return _unknown(slot, text, names)
    command = _LISTS.get(slot.range, "fair-imagic status")
    return Refusal(
        message=both("No record is called {name}", name=text[:60])
        if slot.record_link
        else both("The microscope has no part called {name}", name=text[:60]),
        found=text,
        choices=_options([*candidates, *names.choices(slot)]),
        hint=both("See {command}.", command=f"`{command}`")
        if slot.record_link
        else both("The record of the microscope names its parts."),
    )


def _known(slot: Slot, text: str, exact: list[Candidate]) -> Reading:
    first = exact[0]
    plain = text.casefold() in (first.name.casefold(), first.iri.casefold())
    return Reading(
        terms=((slot.iri, iri(first.iri)),),
        certain=len(exact) == 1,
        note={} if plain else both("read as {value}", value=first.label),
        options=tuple(map(_option, exact)) if len(exact) > 1 else (),
        text=text,
    )


def _unknown(slot: Slot, text: str, names: Names) -> Reading | Refusal:
    """Return who a name with an identifier is, or the name as a new one."""
    told = told_name(slot.range, text)
    by_identifier = _exact(slot, told.identifier, names)
    if len(by_identifier) == 1 and _may_be(slot, by_identifier[0], told.name, names):
        return _known(slot, text, by_identifier)
    if not told.name:
        return Refusal(
            message=both("No record has the identifier {value}", value=text[:60]),
            expected=both("a name before it: {example}", example=f"… {text[:60]}"),
            found=text,
            hint=where_made(told),
        )
    if not is_name(slot.range, told.name):
        return Refusal(
            message=both("Signs alone are no name: {name}", name=visible(told.name)),
            found=visible(text[:60]),
            choices=_options(names.choices(slot)),
        )
    near = [*by_identifier, *names.find(slot, told.name)]
    return Reading(
        terms=(),
        certain=False,
        options=_options([*near, *names.choices(slot)]),
        new=(replace(told, near=_options(near)),),
        text=text,
    )


def _exact(slot: Slot, text: str, names: Names) -> list[Candidate]:
    return [one for one in names.find(slot, text) if one.exact] if text else []


def _may_be(slot: Slot, one: Candidate, name: str, names: Names) -> bool:
    """Return whether a name may be that of the record with the identifier."""
    return not name or one.iri in (known.iri for known in names.find(slot, name))


def _options(candidates: Iterable[Candidate]) -> tuple[Option, ...]:
    """Return each record once."""
    return tuple(map(_option, {one.iri: one for one in candidates}.values()))


def _option(one: Candidate) -> Option:
    return Option(text=one.name, label=dict.fromkeys(LANGUAGES, one.label))
