"""People, organisations and samples that a change makes on the way, each once.

A name that nobody has is made a record only where somebody says that it is new. The
record and the link to it are one change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.entry import Option, Reading, Refusal, joined, plain_value
from fair_imagic.i18n import LANGUAGES, both
from fair_imagic.model import (
    Organisation,
    Person,
    Sample,
    is_same_name,
    mint_apart,
    slot_named,
    statements,
)
from fair_imagic.model.identifiers import opaque
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.person_names import Hit, everybody
from fair_imagic.workflow.people.person import PersonEntry
from fair_imagic.workflow.people.recognition import DoubtfulPersonError, recognised
from fair_imagic.workflow.people.typed_person import as_read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fair_imagic.entry import NewName
    from fair_imagic.model import Record, Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Newcomers"]


@dataclass(frozen=True)
class _Made:
    """A record that is linked to: as it is told, and all that it says if it is new."""

    told: NewName
    record: str
    instance: Record | None = None


class Newcomers:
    """Turns names that no record has into records, once they are told to be new.

    ``confirmed`` names them, or says that all are; else the text does (``new: Ana``).
    """

    def __init__(
        self, workspace: Workspace, *, confirmed: bool | Collection[str] = ()
    ) -> None:
        self._workspace = workspace
        self._all = confirmed is True
        self._confirmed = [] if isinstance(confirmed, bool) else list(confirmed)
        self._made: list[_Made] = []

    def confirm(self, names: Iterable[str]) -> None:
        """Take names as new wherever they stand."""
        self._confirmed.extend(names)

    def settled(self, reading: Reading, slot: Slot) -> Reading | Refusal:
        """Return a reading with its new names as links, else who may be meant."""
        made: list[_Made] = []
        for name in reading.new:
            if not self._is_confirmed(name):
                return replace(reading.question(), hint=_how_to_confirm(name))
            outcome = self._record(name)
            if isinstance(outcome, Refusal):
                return outcome
            made.append(outcome)
        links = ((slot.iri, iri(one.record)) for one in made)
        fresh = [one for one in made if one.instance is not None]
        told = [both("new: {name}", name=one.told.words) for one in fresh]
        return replace(
            reading,
            terms=(*reading.terms, *links),
            certain=not reading.ambiguous,
            note=joined((reading.note, *told)),
            new=(),
            others=tuple(triple for one in fresh for triple in _said(one.instance)),
        )

    def instance_of(self, name: NewName) -> tuple[str, Record | None]:
        """Return the record of a name that is confirmed, and what it says if new.

        Raises InputError where the name is somebody's who may be meant.
        """
        outcome = self._record(name)
        if isinstance(outcome, Refusal):
            raise outcome.error()
        return outcome.record, outcome.instance

    def _is_confirmed(self, name: NewName) -> bool:
        known = (*self._confirmed, *(one.told.name for one in self._of(name.kind)))
        return (
            self._all
            or name.confirmed
            or any(is_same_name(name.name, one) for one in known)
        )

    def _of(self, kind: str) -> list[_Made]:
        return [one for one in self._made if one.told.kind == kind]

    def _record(self, name: NewName) -> _Made | Refusal:
        for one in self._of(name.kind):
            pair = (one.told.identifier, name.identifier)
            if is_same_name(one.told.name, name.name) and not _differ(*pair):
                fuller = replace(one.told, identifier=pair[0] or pair[1])
                again = self._made_of(fuller, record=one.record)
                break
        else:
            again = self._made_of(name)
        if isinstance(again, _Made):
            self._made.append(again)
        return again

    def _made_of(self, name: NewName, *, record: str = "") -> _Made | Refusal:
        if name.kind == Person.__name__:
            return self._person(name, record)
        return self._titled(name)

    def _person(self, name: NewName, record: str) -> _Made | Refusal:
        is_email = "@" in name.identifier
        typed = PersonEntry(
            name.name,
            email=name.identifier if is_email else "",
            orcid="" if is_email else name.identifier,
        )
        entry = as_read(typed)[0]
        hit = Hit(record="", name=entry.name, email=entry.email, orcid=entry.orcid)
        try:
            known = recognised(hit, _may_be(hit, everybody(self._workspace)))
        except DoubtfulPersonError as error:
            return _namesakes(name, error)
        if known is not None:
            return _Made(name, known.record)
        made = Person(
            iri=record or self._workspace.mint("person", opaque("p")),
            name=entry.name,
            email=entry.email or None,
            orcid=entry.orcid or None,
        )
        return _Made(name, made.iri, made)

    def _titled(self, name: NewName) -> _Made:
        """Return the sample or organisation of a name: not that of another name."""
        kind = name.kind.lower()
        record = self._workspace.mint(kind, name.name, as_title=True)
        others = (one for one in self._of(name.kind) if one.record == record)
        if any(not is_same_name(one.told.name, name.name) for one in others):
            base = self._workspace.settings.base_iri
            record = mint_apart(base, kind, name.name)
        if self._workspace.catalogue.exists(record):
            return _Made(name, record)
        if name.kind == Sample.__name__:
            return _Made(name, record, Sample(iri=record, title=name.name))
        slot = slot_named(Organisation.__name__, "ror")
        ror = plain_value(name.identifier, slot) if name.identifier else None
        return _Made(name, record, Organisation(iri=record, name=name.name, ror=ror))


def _said(instance: Record | None) -> list[tuple[str, str, str]]:
    return [] if instance is None else list(statements(instance))


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


def _may_be(entered: Hit, people: Iterable[Hit]) -> list[Hit]:
    """Return the people of the very name or identifier: those near were shown."""
    return [
        one
        for one in people
        if one.keys & entered.keys
        or (entered.orcid and one.orcid == entered.orcid)
        or (entered.email and one.email.casefold() == entered.email.casefold())
    ]


def _namesakes(name: NewName, error: DoubtfulPersonError) -> Refusal:
    options = tuple(
        Option(text=one.id, label=dict.fromkeys(LANGUAGES, one.label))
        for one in error.hits
    )
    return Refusal(
        message=dict.fromkeys(LANGUAGES, error.message),
        found=name.words,
        choices=options,
        hint=both(
            "Write the short name of the one who is meant, or an identifier that tells "
            "the new one apart."
        ),
    )


def _how_to_confirm(name: NewName) -> dict[str, str]:
    return both(
        "Name one that is there; for a new one write “new: {name}”.",
        name=name.words,
    )
