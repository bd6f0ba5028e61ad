"""What a practice archive remembers: JSON documents in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Document", "Store", "nested", "number", "texts"]

Document = dict[str, object]

_TABLES = """
CREATE TABLE IF NOT EXISTS document (
    kind TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL);
"""


class Store:
    """Documents by kind and key, counters, and a list of entries. Thread-safe.

    Every call is one transaction, so that a killed server loses nothing it answered.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False)
        with self._transaction() as cursor:
            cursor.executescript(_TABLES)

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other threads out of the store, for read-then-write."""
        with self._lock:
            yield

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with (
            self._lock,
            self._connection,
            closing(self._connection.cursor()) as cursor,
        ):
            yield cursor

    def get(self, kind: str, key: str) -> Document | None:
        """Return a document, or None."""
        query = "SELECT content FROM document WHERE kind = ? AND key = ?"
        with self._transaction() as cursor:
            row = cursor.execute(query, (kind, key)).fetchone()
        return None if row is None else _document(row[0])

    def put(self, kind: str, key: str, *, content: Document) -> None:
        """Keep a document, in place of an earlier one."""
        query = "INSERT OR REPLACE INTO document VALUES (?, ?, ?)"
        with self._transaction() as cursor:
            cursor.execute(query, (kind, key, json.dumps(content)))

    def delete(self, kind: str, key: str) -> None:
        """Forget a document."""
        query = "DELETE FROM document WHERE kind = ? AND key = ?"
        with self._transaction() as cursor:
            cursor.execute(query, (kind, key))

    def all(self, kind: str) -> list[Document]:
        """Return every document of a kind, by order of key."""
        query = "SELECT content FROM document WHERE kind = ? ORDER BY key"
        with self._transaction() as cursor:
            rows = cursor.execute(query, (kind,)).fetchall()
        return [_document(row[0]) for row in rows]

    def next_number(self, name: str) -> int:
        """Return 1, 2, 3 ...: never the same number twice."""
        query = (
            "INSERT INTO counter VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        with self._transaction() as cursor:
            return int(cursor.execute(query, (name,)).fetchone()[0])

    def append(self, content: Document) -> None:
        """Add an entry to the list."""
        query = "INSERT INTO entry (content) VALUES (?)"
        with self._transaction() as cursor:
            cursor.execute(query, (json.dumps(content),))

    def entries(self) -> list[Document]:
        """Return the list, oldest entry first."""
        query = "SELECT content FROM entry ORDER BY number"
        with self._transaction() as cursor:
            rows = cursor.execute(query).fetchall()
        return [_document(row[0]) for row in rows]


def _document(text: str) -> Document:
    content: Document = json.loads(text)
    return content


def nested(document: Document, key: str) -> Document:
    """Return the object under a key."""
    value = document[key]
    if not isinstance(value, dict):
        raise TypeError(f"{key} is not an object")
    return value


def texts(document: Document, key: str) -> list[str]:
    """Return the texts under a key."""
    value = document[key]
    if not isinstance(value, list):
        raise TypeError(f"{key} is not a list")
    return [str(item) for item in value]


def number(document: Document, key: str) -> int:
    """Return the number under a key."""
    value = document[key]
    if not isinstance(value, int):
        raise TypeError(f"{key} is not a number")
    return value
