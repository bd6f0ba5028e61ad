"""Split properties: two names that meant a link here and a value there are told apart.

A journal of an older program has the old names. They are replaced where they were
written, not by new changes: each change can still be taken back. Checked versions that
hold one are kept whole first, under the hash that they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from fair_imagic.catalogue import position, snapshots
from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE
from fair_imagic.catalogue.state import spoken_path
from fair_imagic.catalogue.tables import CHANGE, CHECKPOINT, REACH, SNAPSHOT
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from fair_imagic.catalogue.line import Line, Path

    # the new name of a property, by subject and old name
    Names = dict[Path, str]

__all__ = ["split_properties"]

# By class: the property that has a name of its own now, and that name.
_SPLIT = {
    iri("nboq:PinholeSettings"): (iri("nboq:aperture"), iri("nboq:pinholeAperture")),
    iri("nboq:Channel"): (iri("nboq:fluorophore"), iri("nboq:fluorophoreRecord")),
}
_TYPE = iri("rdf:type")


def split_properties(connection: Connection) -> int:
    """Give the properties their new names in all changes; return how many it changed.

    The caller holds the projector's lock: the stores are made anew afterwards.
    """
    changed = {
        key: (record, text)
        for record, said in _names(connection).items()
        for key, text in _changed(connection, record, said)
    }
    if changed:
        _keep_checked_versions(connection, first=min(changed))
        _write(connection, changed)
        # what was made of the old names is made anew
        connection.execute(update(REACH).values(fingerprint=""))
        position.nowhere(connection)
    return len(changed)


def _write(connection: Connection, changed: dict[int, tuple[int, ChangeText]]) -> None:
    for key, (record, text) in changed.items():
        this = CHANGE.c.id == key
        connection.execute(update(CHANGE).where(this).values(text=text.packed()))
        held = CHECKPOINT.c.record_id == record
        connection.execute(delete(CHECKPOINT).where(held))


def _names(connection: Connection) -> dict[int, Names]:
    """Return which properties of which subjects are concerned, by record."""
    found: dict[int, Names] = {}
    for _key, record, text in _changes(connection):
        if not any(kind in text.added_text for kind in _SPLIT):
            continue
        for line in text.added:
            subject, predicate, value = triple_of(line)
            if predicate == _TYPE and value in _SPLIT:
                old, new = _SPLIT[value]
                found.setdefault(record, {})[subject, old] = new
    return found


def _changes(connection: Connection) -> Iterator[tuple[int, int, ChangeText]]:
    """Yield id, record and text of each change, page by page."""
    after = 0
    while True:
        statement = select(CHANGE.c.id, CHANGE.c.record_id, CHANGE.c.text)
        statement = statement.where(CHANGE.c.id > after).order_by(CHANGE.c.id)
        page = connection.execute(statement.limit(PAGE)).all()
        if not page:
            return
        for row in page:
            yield row.id, row.record_id, ChangeText.unpacked(row.text)
        after = page[-1].id


def _changed(
    connection: Connection, record: int, names: Names
) -> Iterator[tuple[int, ChangeText]]:
    """Yield the changes of a record that say another thing under the new names."""
    statement = select(CHANGE.c.id, CHANGE.c.text).where(CHANGE.c.record_id == record)
    for row in connection.execute(statement).all():
        before = ChangeText.unpacked(row.text)
        after = before.rewritten(lambda line: _renamed(line, names))
        if after != before:
            yield row.id, after


def _renamed(line: Line, names: Names) -> Line:
    """Return a line with the new name, of the value or of its tombstone."""
    path = spoken_path(line)
    new = names.get(path)
    return line if new is None else line.replace(f" {path[1]} ", f" {new} ", 1)


def _keep_checked_versions(connection: Connection, *, first: int) -> None:
    """Keep whole what could not be made again once its changes read otherwise."""
    statement = (
        select(SNAPSHOT.c.hash, SNAPSHOT.c.root, SNAPSHOT.c.change_id, SNAPSHOT.c.parts)
        .where(func.length(SNAPSHOT.c.text) == 0, SNAPSHOT.c.change_id >= first)
        .order_by(SNAPSHOT.c.hash)
    )
    for row in connection.execute(statement).all():
        made = snapshots.again(
            connection, row.root, change_id=row.change_id, parts=row.parts
        )
        if made is not None and made.hash == row.hash:
            snapshots.write_whole(connection, made)
