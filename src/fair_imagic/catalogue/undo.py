"""Undo: the inverse change set, refused where a later change built on the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from fair_imagic.catalogue import sheets
from fair_imagic.catalogue.change import ChangeSet
from fair_imagic.catalogue.journal import begin_change_set, classify, next_id
from fair_imagic.catalogue.reading import PAGE
from fair_imagic.catalogue.sheet_writer import Made, SheetWriter
from fair_imagic.catalogue.source import SourceKind
from fair_imagic.catalogue.state import spoken_path
from fair_imagic.catalogue.tables import CHANGE, CHANGE_SET, RECORD, SOURCE
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.rdf import curie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Row

    from fair_imagic.catalogue.change import ChangeText
    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.line import Path

__all__ = ["records_of", "undo"]

_SHOWN = 10


def undo(database: Database, number: int, *, author: str) -> int:
    """Take a change set back by its inverse and return the new number.

    An inverse can be taken back too. Raises NotFoundError for an unknown number, and
    ConflictError where it was taken back already or a later change, itself not taken
    back, touched the same value.
    """
    with database.transaction() as connection:
        database.one_writer(connection)
        _refuse_if_unknown_or_undone(connection, number)
        cancelled = _cancelled_after(connection, number)
        reason = _("Taken back: change {number}").format(number=number)
        inverse = ChangeSet(author, reason, (), inverse_of=number)
        new = begin_change_set(connection, inverse)
        writer = SheetWriter(connection)
        for page in _pages(connection, number):
            _refuse_if_built_upon(connection, page, number, cancelled | {new})
            _write_inverse(connection, page, new, writer)
    return new


def records_of(database: Database, number: int) -> list[str]:
    """Return the records that a change set changed, none for an unknown number."""
    statement = (
        select(RECORD.c.iri)
        .distinct()
        .join(CHANGE, CHANGE.c.record_id == RECORD.c.id)
        .where(CHANGE.c.number == number)
    )
    with database.reading() as connection:
        return sorted(connection.execute(statement).scalars())


def _refuse_if_unknown_or_undone(connection: Connection, number: int) -> None:
    numbers = select(CHANGE_SET.c.number, CHANGE_SET.c.inverse_of)
    known = connection.execute(numbers.where(CHANGE_SET.c.number == number)).first()
    if known is None:
        raise NotFoundError(_("There is no change of this number"), found=str(number))
    inverses = connection.execute(numbers.where(CHANGE_SET.c.inverse_of == number))
    in_force = {row.number for row in inverses} - _undone(connection)
    if in_force:
        raise ConflictError(
            _("Change {number} is taken back already").format(number=number),
            found=_("taken back by change {number}").format(number=max(in_force)),
        )


def _undone(connection: Connection) -> set[int]:
    """Return the numbers of all change sets that are taken back, and not again."""
    statement = select(CHANGE_SET.c.number, CHANGE_SET.c.inverse_of)
    statement = statement.where(CHANGE_SET.c.inverse_of.is_not(None))
    undone: set[int] = set()
    # newest first: an inverse that was taken back itself takes nothing back
    for row in connection.execute(statement.order_by(CHANGE_SET.c.number.desc())):
        if row.number not in undone:
            undone.add(row.inverse_of)
    return undone


def _cancelled_after(connection: Connection, number: int) -> set[int]:
    """Return later change sets that cancel each other out: taken back, and inverses."""
    statement = select(CHANGE_SET.c.number, CHANGE_SET.c.inverse_of)
    statement = statement.where(CHANGE_SET.c.inverse_of >= number)
    rows = connection.execute(statement).all()
    return {n for row in rows for n in (row.number, row.inverse_of) if n != number}


def _pages(connection: Connection, number: int) -> Iterator[list[Row[Any]]]:
    after = 0
    while True:
        statement = (
            select(CHANGE, SOURCE.c.kind)
            .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
            .where(CHANGE.c.number == number, CHANGE.c.id > after)
        )
        page = connection.execute(statement.order_by(CHANGE.c.id).limit(PAGE)).all()
        if not page:
            return
        yield list(page)
        after = page[-1].id


def _refuse_if_built_upon(
    connection: Connection,
    page: list[Row[Any]],
    number: int,
    cancelled: set[int],
) -> None:
    records = {row.record_id for row in page}
    statement = (
        select(CHANGE)
        .where(CHANGE.c.record_id.in_(records), CHANGE.c.number > number)
        .order_by(CHANGE.c.id)
    )
    later = [r for r in connection.execute(statement) if r.number not in cancelled]
    if not later:
        return
    made = _texts(connection, [*page, *later])
    touched: dict[int, set[Path]] = {}
    for row in page:
        touched.setdefault(row.record_id, set()).update(_paths(made[row.id]))
    clashes = [
        (row.number, path)
        for row in later
        for path in sorted(_paths(made[row.id]) & touched[row.record_id])
    ]
    if clashes:
        raise _conflict(number, clashes)


def _conflict(number: int, clashes: list[tuple[int, Path]]) -> ConflictError:
    shown = [
        _("change {number} touched {path} of {subject}").format(
            number=later, path=curie(path[1][1:-1]), subject=path[0][1:-1]
        )
        for later, path in clashes[:_SHOWN]
    ]
    more = len(clashes) - len(shown)
    return ConflictError(
        _("Change {number} cannot be taken back: a later one built on it").format(
            number=number
        ),
        found="; ".join(shown) + (f" (+{more})" if more else ""),
        hint=_("Take the later change back first, or enter the value you want."),
    )


def _texts(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, ChangeText]:
    """Return what the changes of these rows say, by their ids."""
    changes = {row.id: (row.text, row.sheet) for row in rows}
    return sheets.with_sheets(connection, changes)


def _paths(change: ChangeText) -> set[Path]:
    return {spoken_path(line) for line in (*change.added, *change.removed)}


def _write_inverse(
    connection: Connection, page: list[Row[Any]], number: int, writer: SheetWriter
) -> None:
    """Write the inverses of changes; of a sheet that is destroyed, nothing is said."""
    first = next_id(connection, CHANGE)
    made = _texts(connection, page)
    inverses = [
        Made(
            first + offset,
            row.record_id,
            row.source_id,
            SourceKind(row.kind).level,
            made[row.id].inverse(),
        )
        for offset, row in enumerate(page)
    ]
    writer.write(number, inverses)
    wanted = {row.record_id for row in page}
    names = select(RECORD.c.iri, RECORD.c.id).where(RECORD.c.id.in_(wanted))
    classify(connection, {row.iri: row.id for row in connection.execute(names)})
