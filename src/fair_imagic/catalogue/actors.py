"""Actors: who made a change, under a name that lies in one table alone.

Journal, sources and jobs know an opaque id. Where the row of the table is destroyed,
what was done stays, and somebody unknown did it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from fair_imagic.catalogue.tables import ACTOR
from fair_imagic.i18n import _
from fair_imagic.model.identifiers import OPAQUE, opaque

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

__all__ = ["forget", "id_of", "in_use", "is_actor", "name_in", "names"]

_PREFIX = "a"
_ID = re.compile(rf"{_PREFIX}-{OPAQUE}")


def is_actor(text: str) -> bool:
    """Return whether a text is the id of an actor; older programs kept names."""
    return _ID.fullmatch(text) is not None


def _new_id() -> str:
    """Return an id that nobody has."""
    return opaque(_PREFIX)


def in_use(database: Database, name: str, *, write: bool) -> str:
    """Return the id of who has this name; with ``write``, made at first use.

    Without, a name that is new has an id for this once.
    """
    with database.reading() as connection:
        known = _known_id(connection, name)
    if known is not None:
        return known
    if not write:
        return _new_id()
    with database.transaction() as connection:
        return id_of(connection, name)


def id_of(connection: Connection, name: str) -> str:
    """Return the id of who has this name, made at first use."""
    known = _known_id(connection, name)
    if known is not None:
        return known
    new = _new_id()
    connection.execute(insert(ACTOR), {"id": new, "name": name})
    return new


def _known_id(connection: Connection, name: str) -> str | None:
    """Return the id of who has this name, None for nobody; an id stays as it is."""
    if is_actor(name):
        return name
    found = select(ACTOR.c.id).where(ACTOR.c.name == name)
    return connection.execute(found).scalar()


def names(connection: Connection) -> dict[str, str]:
    """Return the names of all actors by id."""
    rows = connection.execute(select(ACTOR.c.id, ACTOR.c.name))
    return {row.id: row.name for row in rows}


def name_in(known: dict[str, str], text: str) -> str:
    """Return the name for what a row says of its author, in words where it is gone."""
    if not is_actor(text):
        return text
    return known.get(text) or _("somebody erased")


def forget(connection: Connection, ids: Collection[str]) -> None:
    """Destroy the names of actors."""
    connection.execute(delete(ACTOR).where(ACTOR.c.id.in_(ids)))
