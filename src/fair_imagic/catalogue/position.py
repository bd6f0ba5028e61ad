"""How far the RDF stores have come along the journal: one row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from fair_imagic.catalogue.reading import PAGE
from fair_imagic.catalogue.tables import CHANGE, CHANGE_SET, PROJECTION

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

__all__ = [
    "Position",
    "begin",
    "is_current",
    "last_change",
    "move",
    "next_target",
    "nowhere",
    "number_at",
    "read",
]


@dataclass(frozen=True)
class Position:
    """The last change that is applied, and how far the batch goes that was begun.

    ``number`` is the last change set that is applied whole. ``public_id`` is the last
    change for which the public store was written: most changes do not concern it.
    """

    change_id: int
    number: int
    target_id: int
    public_id: int


def begin(database: Database) -> None:
    """Make the row at first use."""
    with database.reading() as connection:
        if connection.execute(select(PROJECTION)).first() is not None:
            return
    row = {"id": 1, "change_id": 0, "number": 0, "target_id": 0, "public_id": 0}
    with database.transaction() as connection:
        if connection.execute(select(PROJECTION)).first() is None:
            connection.execute(insert(PROJECTION), row)


def read(connection: Connection) -> Position:
    """Return the position."""
    row = connection.execute(select(PROJECTION)).one()
    return Position(row.change_id, row.number, row.target_id, row.public_id)


def move(connection: Connection, **columns: int) -> None:
    """Change columns of the position."""
    connection.execute(update(PROJECTION).values(**columns))


def nowhere(connection: Connection) -> None:
    """Note that no store is where it should be: each is made anew before its use."""
    move(connection, change_id=-1, number=0, target_id=-1, public_id=-1)


def next_target(connection: Connection, position: Position) -> int | None:
    """Return the id of the last change of the next batch, None where all is done.

    A batch that was begun and not finished is done again exactly as it was.
    """
    if position.target_id > position.change_id:
        return position.target_id
    page = (
        select(CHANGE.c.id)
        .where(CHANGE.c.id > position.change_id)
        .order_by(CHANGE.c.id)
        .limit(PAGE)
        .subquery()
    )
    return connection.execute(select(func.max(page.c.id))).scalar()


def last_change(connection: Connection) -> int:
    """Return the id of the last change in the journal, 0 for none."""
    return int(connection.execute(select(func.max(CHANGE.c.id))).scalar() or 0)


def is_current(connection: Connection) -> bool:
    """Return whether all change sets of the journal are applied."""
    last = select(func.max(CHANGE_SET.c.number)).scalar_subquery()
    here = select(PROJECTION.c.number, last.label("last"))
    row = connection.execute(here).one()
    return bool(row.number == (row.last or 0))


def number_at(connection: Connection, change_id: int) -> int:
    """Return the last change set of which all changes are applied at a change."""
    following = select(func.min(CHANGE.c.number)).where(CHANGE.c.id > change_id)
    pending = connection.execute(following).scalar()
    if pending is not None:
        return int(pending) - 1
    last = connection.execute(select(func.max(CHANGE_SET.c.number))).scalar()
    return int(last or 0)
