"""Renaming: people of an older program get names that say nothing, and sheets.

All of it in the copy of a database that is made for it: see :mod:`anew`. Snapshots that
must stay whole stay as they are, names included; others go.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from fair_imagic.catalogue import actors
from fair_imagic.catalogue.aliases import hash_of
from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.sheet_writer import Made, SheetWriter
from fair_imagic.catalogue.sheets import with_sheets
from fair_imagic.catalogue.source import SourceKind
from fair_imagic.catalogue.state import RecordState
from fair_imagic.catalogue.tables import (
    ALIAS,
    CHANGE,
    CHANGE_SET,
    CHECKPOINT,
    JOB,
    RECORD,
    SHEET,
    SOURCE,
)
from fair_imagic.model import sheet, texts
from fair_imagic.model.identifiers import opaque

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    Progress = Callable[[int, int], None]

__all__ = ["Renaming", "contents", "holds_names", "planned", "rename"]

_IRI = re.compile(r"<([^<>\s\"]+?)(#[^<>\s\"]*)?>")


class Renaming:
    """Which records and sources get which IRI; people by the ids of their records."""

    def __init__(self, people: dict[int, tuple[str, str]]) -> None:
        self.people = people
        self._new = dict(people.values())
        self._folders = {old.rpartition("/")[0] for old in self._new}

    def iri(self, old: str) -> str:
        """Return the new IRI of a record."""
        return self._new.get(old, old)

    def text(self, text: str) -> str:
        """Return lines with the new IRIs."""
        if not any(f"<{folder}/" in text for folder in self._folders):
            return text
        return _IRI.sub(self._term, text)

    def _term(self, match: re.Match[str]) -> str:
        return f"<{self.iri(match[1])}{match[2] or ''}>"


class _Row(NamedTuple):
    id: int
    record_id: int
    source_id: int
    kind: str
    text: bytes
    sheet: str | None


def planned(connection: Connection) -> Renaming:
    """Return new names for people of an older program, those who are removed too."""
    return Renaming(
        {
            key: (iri, f"{iri.rpartition('/')[0]}/{opaque('p')}")
            for key, iri in _people(connection)
            if _is_older(connection, key)
        }
    )


def _is_older(connection: Connection, record_id: int) -> bool:
    """Return whether what is said of a person lies in the journal itself.

    So it does where an older program wrote of them, be it before this one did.
    """
    of_person = CHANGE.c.record_id == record_id
    has_sheet = select(CHANGE.c.id).where(of_person, CHANGE.c.sheet.is_not(None))
    if connection.execute(has_sheet.limit(1)).first() is None:
        return True
    clear = select(CHANGE.c.text).where(of_person, CHANGE.c.sheet.is_(None))
    changes = map(ChangeText.unpacked, connection.execute(clear).scalars())
    lines = (line for one in changes for line in (*one.added, *one.removed))
    return any(map(sheet.is_of_sheet, lines))


def holds_names(connection: Connection) -> bool:
    """Return whether the journal itself holds names of people or authors."""
    authors = connection.execute(select(CHANGE_SET.c.author).distinct()).scalars()
    if not all(map(actors.is_actor, authors)):
        return True
    return any(_is_older(connection, key) for key, _iri in _people(connection))


def _people(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield id and IRI of each record that is, or was, a person's."""
    of_class = RECORD.c.class_iri.in_(sheet.personal_classes())
    for row in connection.execute(select(RECORD).where(of_class)):
        yield row.id, row.iri
    gone = select(CHANGE.c.text, RECORD.c.id, RECORD.c.iri).join(
        RECORD, RECORD.c.id == CHANGE.c.record_id
    )
    seen = set()
    for row in connection.execute(gone.where(RECORD.c.class_iri.is_(None))):
        text = ChangeText.unpacked(row.text)
        if row.id not in seen and sheet.is_personal(text.added_text):
            seen.add(row.id)
            yield row.id, row.iri


def contents(connection: Connection, renaming: Renaming) -> dict[str, bytes]:
    """Return a hash of what each record says, under the new names."""
    found = {}
    for page in Reader(connection, checkpoints=False).pages():
        for state in page.values():
            text = texts.text_of(texts.lines_in(renaming.text(state.text())))
            found[renaming.iri(state.iri)] = hashlib.sha256(text.encode()).digest()
    return found


def rename(
    connection: Connection, renaming: Renaming, progress: Progress | None = None
) -> None:
    """Rename people and authors everywhere in the journal, in one transaction."""
    _rename_records(connection, renaming)
    _rename_authors(connection)
    _rename_sources(connection)
    connection.execute(delete(CHECKPOINT))
    people = {key: RecordState(new) for key, (_old, new) in renaming.people.items()}
    writer = SheetWriter(connection, people)
    total = connection.execute(
        select(CHANGE.c.id).order_by(CHANGE.c.id.desc())
    ).scalar()
    for page in _pages(connection):
        rows, said = [], []
        whole = _taken_out(connection, [row for row in page if row.record_id in people])
        for row in page:
            old, held = ChangeText.unpacked(row.text), row.sheet
            text = _renamed(whole.get(row.id, old), renaming)
            if row.record_id in people:
                level = SourceKind(row.kind).level
                made = Made(row.id, row.record_id, row.source_id, level, text)
                text, held, sealed = writer.parted(made)
                said += [sealed] if sealed else []
            if text != old or held != row.sheet:
                rows.append({"key": row.id, "data": text.packed(), "held": held})
        _write(connection, rows, said)
        if progress is not None:
            progress(page[-1].id, total or 0)


def _taken_out(connection: Connection, rows: list[_Row]) -> dict[int, ChangeText]:
    """Return changes of people as they were made; their sheets are made again."""
    whole = with_sheets(connection, {row.id: (row.text, row.sheet) for row in rows})
    sealed = [row.id for row in rows if row.sheet is not None]
    if sealed:
        connection.execute(delete(SHEET).where(SHEET.c.change_id.in_(sealed)))
    return whole


def _write(
    connection: Connection, rows: list[dict[str, object]], said: list[dict[str, object]]
) -> None:
    if rows:
        change = update(CHANGE).where(CHANGE.c.id == bindparam("key"))
        change = change.values(text=bindparam("data"), sheet=bindparam("held"))
        connection.execute(change, rows)
    if said:
        connection.execute(insert(SHEET), said)


def _renamed(change: ChangeText, renaming: Renaming) -> ChangeText:
    """Return a change with the new names, its lines in order again."""
    if renaming.text(change.whole) == change.whole:
        return change
    return change.rewritten(renaming.text)


def _pages(connection: Connection) -> Iterator[list[_Row]]:
    after = 0
    while True:
        statement = (
            select(
                CHANGE.c.id,
                CHANGE.c.record_id,
                CHANGE.c.source_id,
                SOURCE.c.kind,
                CHANGE.c.text,
                CHANGE.c.sheet,
            )
            .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
            .where(CHANGE.c.id > after)
            .order_by(CHANGE.c.id)
            .limit(PAGE)
        )
        page = [_Row(*row) for row in connection.execute(statement)]
        if not page:
            return
        yield page
        after = page[-1].id


def _rename_records(connection: Connection, renaming: Renaming) -> None:
    for record_id, (old, new) in renaming.people.items():
        this = RECORD.c.id == record_id
        connection.execute(update(RECORD).where(this).values(iri=new))
        row = {"sha256": hash_of(old), "record_id": record_id}
        connection.execute(insert(ALIAS), row)


def _rename_authors(connection: Connection) -> None:
    for table in (CHANGE_SET, JOB):
        authors = connection.execute(select(table.c.author).distinct()).scalars().all()
        for author in authors:
            if not actors.is_actor(author):
                new = actors.id_of(connection, author)
                this = table.c.author == author
                connection.execute(update(table).where(this).values(author=new))


def _rename_sources(connection: Connection) -> None:
    statement = select(SOURCE).where(SOURCE.c.kind == str(SourceKind.PERSON))
    for row in connection.execute(statement).all():
        if actors.is_actor(row.label):
            continue
        actor = actors.id_of(connection, row.label)
        start = row.iri.rpartition("/")[0]
        connection.execute(
            update(SOURCE)
            .where(SOURCE.c.id == row.id)
            .values(iri=f"{start}/person-{actor}", label=actor)
        )
