"""What the tables know of records without reading them: classes, changes, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fair_imagic.catalogue import last_change, position, reach
from fair_imagic.catalogue.tables import CHANGE, RECORD, SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.catalogue.database import Database

__all__ = ["RecordIndex"]


class RecordIndex:
    """Lists of records, and what tells that they changed."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def records_changed(self, since: int) -> list[str]:
        """Return the records that changes after this number touched."""
        statement = select(RECORD.c.iri).distinct()
        statement = statement.join(CHANGE, CHANGE.c.record_id == RECORD.c.id)
        statement = statement.where(CHANGE.c.number > since)
        with self.database.reading() as connection:
            return list(connection.execute(statement).scalars())

    def records(self, class_iri: str) -> list[str]:
        """Return the records of a class, sorted, those removed left out."""
        statement = select(RECORD.c.iri).where(RECORD.c.class_iri == class_iri)
        with self.database.reading() as connection:
            return sorted(connection.execute(statement).scalars())

    def records_under(self, start: str) -> list[str]:
        """Return the records whose IRI begins so, sorted, those removed among them."""
        named = RECORD.c.iri.startswith(start, autoescape=True)
        statement = select(RECORD.c.iri).where(named)
        with self.database.reading() as connection:
            return sorted(connection.execute(statement).scalars())

    def count(self, class_iri: str) -> int:
        """Return how many records of a class there are."""
        statement = select(func.count()).where(RECORD.c.class_iri == class_iri)
        with self.database.reading() as connection:
            return int(connection.execute(statement).scalar() or 0)

    def fingerprints(self, roots: Sequence[str]) -> dict[str, str]:
        """Return those of many sets that are known without taking a snapshot.

        None is where the index is behind the journal: what changed is not known then.
        """
        with self.database.reading() as connection:
            if not position.is_current(connection):
                return {}
            return reach.fingerprints_of(connection, roots)

    def unchanged(self, snapshots: Sequence[str]) -> frozenset[str]:
        """Return those snapshots of which the index knows that they still stand.

        Of the others nothing is said: :meth:`Catalogue.changed_since` finds out.
        """
        statement = select(SNAPSHOT.c.hash, SNAPSHOT.c.root, SNAPSHOT.c.fingerprint)
        statement = statement.where(SNAPSHOT.c.hash.in_(snapshots))
        with self.database.reading() as connection:
            if not snapshots or not position.is_current(connection):
                return frozenset()
            then = connection.execute(statement).all()
            roots = sorted({row.root for row in then})
            now = reach.fingerprints_of(connection, roots)
        return frozenset(
            row.hash
            for row in then
            if row.fingerprint and now.get(row.root) == row.fingerprint
        )

    def last_changes(self, class_iris: Sequence[str]) -> dict[str, int]:
        """Return the last change of each record of some classes, by record."""
        with self.database.reading() as connection:
            return last_change.of_classes(connection, class_iris)
