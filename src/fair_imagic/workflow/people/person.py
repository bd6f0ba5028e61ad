"""People and organisations: those who make, keep and publish images."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import Organisation, Person, slots_of, term_for
from fair_imagic.model.identifiers import opaque
from fair_imagic.tables import read_table
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.person_names import (
    Hit,
    everybody,
    is_shorter,
    the_person,
)
from fair_imagic.workflow.people.recognition import (
    DoubtfulPersonError,
    OtherNameError,
    recognised,
)
from fair_imagic.workflow.people.typed_person import as_read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Kept", "PersonEntry", "add", "import_table", "list_people"]

_NEW = "new"


@dataclass(frozen=True)
class PersonEntry:
    """What is known about one person, as typed; empty text means not known.

    ``person`` says who it is: a short name, ORCID iD or e-mail address of somebody who
    is there, or ``new`` for somebody else of the same name.
    """

    name: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    orcid: str = ""
    role: str = ""
    affiliation: str = ""
    ror: str = ""
    address: str = ""
    person: str = ""


@dataclass(frozen=True)
class Kept:
    """Who was entered: the record, whether it is a new one, and what is to be told."""

    record: str
    is_new: bool
    notes: tuple[str, ...] = ()


def add(workspace: Workspace, entry: PersonEntry, *, author: str) -> Kept:
    """Keep one person (and their organisation); one who is there is completed.

    Raises :class:`~fair_imagic.workflow.people.recognition.DoubtfulPersonError` where
    somebody of this name is there, and ConflictError for an ORCID iD of another.
    """
    return _keep(workspace, [as_read(entry)], author)[0]


def import_table(workspace: Workspace, path: Path, *, author: str) -> list[Kept]:
    """Keep every person of a CSV table, all of them or none.

    Columns: ``name`` and any of the other fields of :class:`PersonEntry`. Raises what
    :func:`add` raises, with the row, or all rows that are in doubt.
    """
    table = read_table(path)
    columns = {one.name for one in fields(PersonEntry)}
    if set(table.columns) - columns or "name" not in table.columns:
        raise InputError(
            _("This table does not describe people"),
            where=str(path),
            expected=", ".join(sorted(columns)),
            found=", ".join(table.columns),
        )
    typed = [
        as_read(PersonEntry(**row.cells), where=f"{path.name}:{row.line}")
        for row in table.rows
    ]
    return _keep(workspace, typed, author, where=str(path))


def list_people(workspace: Workspace) -> list[Hit]:
    """Return everybody in the catalogue who is not erased, by name."""
    return list(everybody(workspace))


def _keep(
    workspace: Workspace,
    typed: Sequence[tuple[PersonEntry, list[str]]],
    author: str,
    where: str = "",
) -> list[Kept]:
    """Look for each person and keep them, while nobody else can enter any."""
    database = workspace.catalogue.database
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    with database.transaction() as connection:
        database.one_writer(connection)
        people = list(everybody(workspace))
        kept, doubts = [], []
        for entry, notes in typed:
            try:
                known = _known(workspace, entry, people)
            except DoubtfulPersonError as error:
                doubts.append(error)
                continue
            hit, made = _described(workspace, edits, entry, known)
            namesakes = [one for one in people if one.keys & hit.keys]
            if made.is_new:
                notes = [*notes, *map(_namesake, namesakes)]
            people = [one for one in people if one.record != hit.record] + [hit]
            kept.append(replace(made, notes=(*notes, *made.notes)))
        if doubts:
            raise _joint(doubts, where)
        edits.append(author, "people", within=connection)
    return kept


def _namesake(one: Hit) -> str:
    return _("another person of this name is there: {person}").format(person=one.words)


def _joint(doubts: list[DoubtfulPersonError], where: str) -> InputError:
    """Return the one doubt of a command, or all those of a table."""
    if not where:
        return doubts[0]
    hint = _(
        "Say in a column “person” who each one is: the short name of somebody who "
        "is there, or “new”."
    )
    if any(isinstance(one, OtherNameError) for one in doubts):
        wrong = _("Correct ORCID iDs and e-mail addresses that are another person's.")
        hint = f"{hint} {wrong}"
    return InputError(
        _("Some people of this table may be there already; nothing was kept"),
        where=where,
        expected="; ".join(one.expected for one in doubts),
        found="; ".join(one.found for one in doubts),
        hint=hint,
    )


def _known(
    workspace: Workspace, entry: PersonEntry, people: Sequence[Hit]
) -> Hit | None:
    """Return who is entered if they are there."""
    entered = _hit_of(entry, record="")
    if entry.person and entry.person.casefold() != _NEW:
        person = the_person(workspace, entry.person)
        others = [one for one in people if one.record != person.record]
        recognised(Hit(record="", name="", orcid=entry.orcid), others, new=True)
        return person
    return recognised(entered, people, new=bool(entry.person))


def _hit_of(entry: PersonEntry, *, record: str) -> Hit:
    return Hit(
        record=record,
        name=entry.name,
        given_name=entry.given_name,
        family_name=entry.family_name,
        email=entry.email,
        orcid=entry.orcid,
        affiliation=entry.affiliation,
        roles=(entry.role,) if entry.role else (),
    )


def _described(
    workspace: Workspace, edits: Edits, entry: PersonEntry, known: Hit | None
) -> tuple[Hit, Kept]:
    """Say of a person what was entered; fields that were left open stay as they are."""
    record = known.record if known else workspace.mint("person", opaque("p"))
    entered = _hit_of(entry, record=record)
    if known is None:
        edits.describe_as(record, Person.class_iri)
        hit, said = entered, entered
    else:
        changed = {
            one.name: getattr(entered, one.name)
            for one in fields(Hit)
            if getattr(entered, one.name) and one.name not in ("record", "roles")
        }
        if not entry.person and is_shorter(entered.name, known.name):
            # who was recognised keeps the fuller name
            changed.pop("name")
        roles = tuple(dict.fromkeys((*known.roles, *entered.roles)))
        hit = replace(known, **changed, roles=roles)
        said = replace(
            entered,
            name=changed.get("name", ""),
            roles=roles if roles != known.roles else (),
        )
    _say(workspace, edits, said, entry)
    return hit, Kept(record, known is None, _notes(known, hit))


def _say(workspace: Workspace, edits: Edits, said: Hit, entry: PersonEntry) -> None:
    values: dict[str, tuple[str, ...]] = {
        name: (text,)
        for name in ("name", "given_name", "family_name", "email", "orcid")
        if (text := getattr(said, name))
    }
    if said.roles:
        values["role"] = said.roles
    if entry.affiliation:
        values["affiliation"] = (_organisation(workspace, edits, entry),)
    for slot in slots_of(Person.__name__):
        if slot.name in values:
            terms = [(slot.iri, term_for(slot, text)) for text in values[slot.name]]
            edits.put(said.record, terms)


def _organisation(workspace: Workspace, edits: Edits, entry: PersonEntry) -> str:
    record = workspace.mint("organisation", entry.affiliation)
    edits.create(
        Organisation(
            iri=record,
            name=entry.affiliation,
            ror=entry.ror or None,
            address=entry.address or None,
        )
    )
    return record


def _notes(known: Hit | None, now: Hit) -> tuple[str, ...]:
    if known is None:
        return ()
    if known == now:
        return (_("{person} is there already").format(person=known.words),)
    return (
        _("{person} is there already and was completed").format(person=known.words),
    )
