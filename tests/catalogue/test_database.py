from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fair_imagic.catalogue import revision
from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.errors import ConfigurationError


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
    assert caught.value.hint == ""


def test_a_place_where_nothing_can_be_written_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_database(sqlite_url(Path("/proc/journal.sqlite")))
    assert "written" in caught.value.hint
