"""People and organisations: those who make, keep and publish images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import Organisation, Person, RecordGraph, views
from fair_imagic.tables import read_table
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.people.typed_person import as_read

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["PersonEntry", "add", "import_table", "list_people"]

_COLUMNS = {
    "name",
    "given_name",
    "family_name",
    "email",
    "orcid",
    "role",
    "affiliation",
    "ror",
    "address",
}


@dataclass(frozen=True)
class PersonEntry:
    """What is known about one person, as typed; empty text means not known."""

    name: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    orcid: str = ""
    role: str = ""
    affiliation: str = ""
    ror: str = ""
    address: str = ""


def add(workspace: Workspace, entry: PersonEntry, *, author: str) -> str:
    """Keep one person (and their organisation) and return the person's IRI."""
    return _keep(workspace, [as_read(entry)], author)[0]


def import_table(workspace: Workspace, path: Path, *, author: str) -> list[str]:
    """Keep every person of a CSV table and return their IRIs.

    Columns: ``name`` and any of the other fields of :class:`PersonEntry`.
    """
    table = read_table(path)
    unknown = set(table.columns) - _COLUMNS
    if unknown or "name" not in table.columns:
        raise InputError(
            _("This table does not describe people"),
            where=str(path),
            expected=", ".join(sorted(_COLUMNS)),
            found=", ".join(table.columns),
        )
    entries = [
        as_read(PersonEntry(**row.cells), where=f"{path.name}:{row.line}")
        for row in table.rows
    ]
    return _keep(workspace, entries, author)


def list_people(workspace: Workspace) -> list[Person]:
    """Return everybody in the catalogue, by IRI."""
    records = workspace.catalogue.records(Person.class_iri)
    triples = (t for record in records for t in workspace.catalogue.effective(record))
    return views(Person, RecordGraph(triples))


def _keep(workspace: Workspace, entries: list[PersonEntry], author: str) -> list[str]:
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    kept = [_describe(workspace, edits, entry) for entry in entries]
    edits.append(author, "people")
    return kept


def _describe(workspace: Workspace, edits: Edits, entry: PersonEntry) -> str:
    if not entry.name.strip():
        raise InputError(_("A person needs a name"))
    iri = workspace.mint("person", entry.name)
    affiliation = None
    if entry.affiliation:
        affiliation = workspace.mint("organisation", entry.affiliation)
        edits.create(
            Organisation(
                iri=affiliation,
                name=entry.affiliation,
                ror=entry.ror or None,
                address=entry.address or None,
            )
        )
    edits.create(
        Person(
            iri=iri,
            name=entry.name.strip(),
            given_name=entry.given_name or None,
            family_name=entry.family_name or None,
            email=entry.email or None,
            orcid=entry.orcid or None,
            role=(entry.role,) if entry.role else (),
            affiliation=affiliation,
        )
    )
    return iri
