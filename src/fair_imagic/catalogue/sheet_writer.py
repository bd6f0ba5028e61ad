"""Changes written to the journal, those of people in two parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select

from fair_imagic.catalogue import sheets
from fair_imagic.catalogue.reading import Reader
from fair_imagic.catalogue.state import Entry, RecordState
from fair_imagic.catalogue.tables import CHANGE, RECORD, SHEET
from fair_imagic.model import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue.change import ChangeText

__all__ = ["Made", "SheetWriter"]


class Made(NamedTuple):
    """A change that is to be written: of which record and source, and all it says."""

    id: int
    record_id: int
    source_id: int
    level: int
    text: ChangeText


class SheetWriter:
    """Writes rows of changes, and the sheets of those that are about people.

    ``people`` is what was said of some of them until now; of others it is read.
    """

    def __init__(
        self, connection: Connection, people: dict[int, RecordState] | None = None
    ) -> None:
        self._connection = connection
        self._people = {} if people is None else people

    def write(self, number: int, changes: list[Made]) -> None:
        """Write changes of one change set, in the order of their ids."""
        people = self._personal(changes)
        rows, said = [], []
        for made in changes:
            row: dict[str, Any] = {
                "id": made.id,
                "number": number,
                "record_id": made.record_id,
                "source_id": made.source_id,
            }
            text, sheet_hash = made.text, None
            if made.record_id in people:
                text, sheet_hash, sealed = self.parted(made)
                said += [sealed] if sealed else []
            rows.append(row | {"text": text.packed(), "sheet": sheet_hash})
        for table, content in ((CHANGE, rows), (SHEET, said)):
            if content:
                self._connection.execute(insert(table), content)

    def _personal(self, changes: Iterable[Made]) -> set[int]:
        """Return the records among these that are, were or become a person's."""
        ids = sorted({made.record_id for made in changes})
        found = {
            made.record_id
            for made in changes
            if sheet.is_personal(made.text.added_text)
        }
        statement = select(RECORD.c.id, RECORD.c.class_iri).where(RECORD.c.id.in_(ids))
        rows = self._connection.execute(statement)
        classes = {row.id: row.class_iri for row in rows}
        personal = sheet.personal_classes()
        found |= {key for key, class_iri in classes.items() if class_iri in personal}
        # one that is removed has no class, and its sheets are there nevertheless
        removed = [key for key, class_iri in classes.items() if class_iri is None]
        had = select(CHANGE.c.record_id).where(
            CHANGE.c.record_id.in_(removed), CHANGE.c.sheet.is_not(None)
        )
        if removed:
            found.update(self._connection.execute(had).scalars())
        return found

    def parted(self, made: Made) -> tuple[ChangeText, str | None, dict[str, Any]]:
        """Return what stays in the journal, the sheet's hash, and the sheet's row."""
        state = self._state(made.record_id)
        stays, said = sheets.parted(made.text)
        if not said.added_text and not said.removed_text:
            state.replay(Entry(made.id, made.source_id, made.level, stays))
            return stays, None, {}
        key = sheets.key_of(self._connection, made.record_id)
        state.replay(Entry(made.id, made.source_id, made.level, made.text))
        sealed = sheets.seal(key, said.whole, about=sheets.about_change(made.id))
        row = {"change_id": made.id, "record_id": made.record_id, "sealed": sealed}
        return stays, sheets.hash_of(key, sheet.sheet_lines(state.text())), row

    def _state(self, record_id: int) -> RecordState:
        """Return what was said of a person until now, this change set included."""
        if record_id not in self._people:
            states = Reader(self._connection).states([record_id])
            self._people[record_id] = states[record_id]
        return self._people[record_id]
