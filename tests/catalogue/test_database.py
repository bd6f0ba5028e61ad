from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert, select

from fair_imagic import config
from fair_imagic.catalogue import open_catalogue, revision
from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.catalogue.tables import FORMAT
from fair_imagic.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.catalogue.database import Database


def test_a_database_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for _again in range(2):
        open_database(sqlite_url(path)).close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT version FROM format").fetchall() == [(2,)]
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '9001'",
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
    ],
)
def test_a_catalogue_of_another_version_is_refused_and_left_alone(
    tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "journal.sqlite"
    open_database(sqlite_url(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(ConfigurationError, match="another version") as caught:
        open_database(sqlite_url(path))
    assert revision.newest() in caught.value.expected
    assert "--home" in caught.value.hint


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(ConfigurationError) as caught:
        open_database(sqlite_url(path))
    assert "journal.sqlite" in caught.value.where
    assert "backup" in caught.value.hint


def test_a_place_where_nothing_can_be_written_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_database(sqlite_url(Path("/proc/journal.sqlite")))
    assert "written" in caught.value.hint


@contextlib.contextmanager
def opened(tmp_path: Path) -> Iterator[Database]:
    database = open_database(sqlite_url(tmp_path / "journal.sqlite"))
    try:
        yield database
    finally:
        database.close()


def write_on_a_full_disk(database: Database) -> None:
    with database.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        row = {"version": 3, "program": "x" * 2_000_000}
        connection.execute(insert(FORMAT), row)


def test_a_full_disk_is_told_in_words_and_nothing_is_kept_in_part(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as database:
        with pytest.raises(ConfigurationError, match="cannot be written to") as caught:
            write_on_a_full_disk(database)
        assert "full" in caught.value.found
        with database.reading() as connection:
            assert connection.execute(select(FORMAT.c.version)).scalars().all() == [2]


def test_a_database_that_may_only_be_read_is_not_said_to_be_written_by_another(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as database:
        database.engine.dispose()
        event.listen(
            database.engine,
            "connect",
            lambda made, _record: made.execute("PRAGMA query_only = ON"),
        )
        refused = pytest.raises(ConfigurationError, match="cannot be written to")
        with refused, database.transaction():
            pass


@pytest.mark.parametrize("loss", ["gone", "emptied", "without tables"])
def test_a_lost_database_beside_its_stores_is_no_new_catalogue(
    tmp_path: Path, loss: str
) -> None:
    settings = config.load(tmp_path, environ={})
    open_catalogue(settings).close()
    path = tmp_path / "journal.sqlite"
    kept = path.read_bytes()
    path.unlink()
    if loss == "emptied":
        path.touch()
    if loss == "without tables":
        sqlite3.connect(path).execute("PRAGMA journal_mode=WAL").connection.close()
        assert path.stat().st_size > 0
    for write in (True, False):
        with pytest.raises(ConfigurationError, match="empty or gone") as caught:
            open_catalogue(settings, write=write)
        assert "Restore the database from a backup" in caught.value.hint
    assert path.exists() is (loss != "gone")
    path.write_bytes(kept)
    open_catalogue(settings).close()


def test_who_is_stopped_is_not_told_of_another_writer(tmp_path: Path, say) -> None:
    """What was being written may hold the database until the very end."""
    settings = config.load(tmp_path, environ={})
    stuck = sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), open_catalogue(settings) as catalogue:
        catalogue.append(say.changes(say.image("image/1", "one")))
        stuck.execute("BEGIN IMMEDIATE")
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 30
    stuck.close()
    with open_catalogue(settings) as catalogue:
        assert len(list(catalogue.rows("SELECT ?i { ?i a fi:Image }"))) == 1
