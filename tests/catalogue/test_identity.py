"""A journal that is replaced or removed while it is open takes no more changes."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.catalogue import open_catalogue
from fair_imagic.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPLACED = "replaced or removed while this program was running"


def settled_copy(home: Path, place: Path) -> Path:
    """Return a whole copy of the journal, as a backup makes it."""
    with (
        sqlite3.connect(home / "journal.sqlite") as source,
        sqlite3.connect(place) as copy,
    ):
        source.backup(copy)
    source.close()
    copy.close()
    return place


def removed(home: Path) -> None:
    (home / "journal.sqlite").unlink()


def removed_folder(home: Path) -> None:
    shutil.rmtree(home)


def moved_away(home: Path) -> None:
    home.rename(home.with_name("elsewhere"))


def another_catalogue(home: Path) -> None:
    other = home.with_name("other")
    open_catalogue(config.load(other, environ={})).close()
    (other / "journal.sqlite").replace(home / "journal.sqlite")


def a_copy_of_itself(home: Path) -> None:
    settled_copy(home, home / "copy.sqlite").replace(home / "journal.sqlite")


@pytest.mark.parametrize(
    "change",
    [removed, removed_folder, moved_away, another_catalogue, a_copy_of_itself],
)
def test_a_journal_that_is_another_one_now_takes_no_change(
    catalogue, settings, say, change: Callable[[Path], None]
) -> None:
    catalogue.append(say.changes(say.image("one", "One")))
    change(settings.home)
    with pytest.raises(ConfigurationError, match=REPLACED) as refused:
        catalogue.append(say.changes(say.image("two", "Two")))
    assert refused.value.found
    assert "start this program again" in refused.value.hint
    # what is read is still what was there
    assert catalogue.last_number() == 1


def test_a_removed_journal_is_not_made_anew_by_a_connection_of_another_thread(
    catalogue, settings
) -> None:
    removed(settings.home)
    catalogue.database.engine.dispose()
    with (
        pytest.raises(ConfigurationError, match=REPLACED),
        catalogue.database.reading() as connection,
    ):
        connection.exec_driver_sql("SELECT 1")
    assert not (settings.home / "journal.sqlite").exists()


def test_a_change_that_went_into_a_file_just_taken_away_is_not_acknowledged(
    catalogue, settings
) -> None:
    with (
        pytest.raises(ConfigurationError, match=REPLACED),
        catalogue.database.transaction() as connection,
    ):
        connection.exec_driver_sql("UPDATE format SET program = 'x'")
        removed(settings.home)


def test_an_older_copy_written_over_the_journal_in_place_is_noticed(
    catalogue, settings, say, tmp_path: Path
) -> None:
    copy = settled_copy(settings.home, tmp_path / "copy.sqlite")
    catalogue.append(say.changes(say.image("one", "One")))
    catalogue.append(say.changes(say.image("two", "Two")))
    catalogue.database.close()
    (settings.home / "journal.sqlite").write_bytes(copy.read_bytes())
    for end in ("-wal", "-shm"):
        (settings.home / f"journal.sqlite{end}").unlink(missing_ok=True)
    with pytest.raises(ConfigurationError, match=REPLACED) as refused:
        catalogue.append(say.changes(say.image("three", "Three")))
    assert "older copy" in refused.value.found


def test_another_catalogue_written_over_the_journal_in_place_is_noticed(
    catalogue, settings, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    open_catalogue(config.load(other, environ={})).close()
    catalogue.database.close()
    content = (other / "journal.sqlite").read_bytes()
    (settings.home / "journal.sqlite").write_bytes(content)
    with pytest.raises(ConfigurationError, match=REPLACED) as refused:
        catalogue.database.refuse_replaced(look_inside=True)
    assert "another catalogue" in refused.value.found


def test_two_programs_beside_each_other_write_on(catalogue, settings, say) -> None:
    with open_catalogue(settings) as other:
        for number in range(3):
            catalogue.append(say.changes(say.image(f"a{number}", "A")))
            other.append(say.changes(say.image(f"b{number}", "B")))
    assert catalogue.last_number() == 6
