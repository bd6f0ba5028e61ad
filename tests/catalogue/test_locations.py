"""Where files lie: named storage roots that move, and several places of one content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.catalogue import Locations, PlaceNote
from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.storage import StorageRoot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.catalogue import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(sqlite_url(tmp_path / "journal.sqlite"))
    yield opened
    opened.close()


def written(path: Path, text: str = "cells") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_share_that_moved_is_found_after_one_setting_changed(
    database: Database, tmp_path: Path
) -> None:
    share, mounted = tmp_path / "share", tmp_path / "mounted"
    file = written(share / "plate" / "a.tif")
    before = Locations(database, [StorageRoot("share", share)])
    before.note([PlaceNote(file, "k")])
    share.rename(mounted)
    assert before.find_one("k").absent_root == "share"
    after = Locations(database, [StorageRoot("share", mounted)])
    assert after.find_one("k").path == mounted / "plate" / "a.tif"
    assert after.find_one("k").is_there


def test_the_empty_folder_of_a_share_that_is_not_mounted_counts_as_absent(
    database: Database, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    file = written(share / "a.tif")
    places = Locations(database, [StorageRoot("share", share)])
    places.note([PlaceNote(file, "k")])
    file.unlink()
    assert places.find_one("k").absent_root == "share"
    written(share / "other.tif")
    assert places.find_one("k").absent_root == ""
    assert not places.find_one("k").is_there


def test_the_longest_root_holds_a_file_and_may_be_named_later(
    database: Database, tmp_path: Path
) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    files = {"i": written(inner / "i.tif"), "o": written(outer / "o.tif")}
    notes = [PlaceNote(path, key, "set") for key, path in files.items()]
    Locations(database, []).note(notes)
    roots = [StorageRoot("outer", outer)]
    for more in ([], [StorageRoot("inner", inner)]):
        roots += more
        places = Locations(database, roots)
        places.settle()
        assert [
            note.key
            for notes in places.noted_at([inner / "i.tif"]).values()
            for note in notes
        ] == ["i"]
    assert {use.name: use.files for use in places.uses()} == {
        "inner": 1,
        "outer": 1,
        "": 0,
    }
    inner.rename(tmp_path / "moved")
    roots[1] = StorageRoot("inner", tmp_path / "moved")
    found = Locations(database, roots).find([("i", None), ("o", None)])
    assert found["i"].path == tmp_path / "moved" / "i.tif"
    assert found["o"].path == outer / "o.tif"


def test_a_root_that_no_setting_names_any_more_is_told_as_absent(
    database: Database, tmp_path: Path
) -> None:
    file = written(tmp_path / "share" / "a.tif")
    Locations(database, [StorageRoot("share", tmp_path / "share")]).note(
        [PlaceNote(file, "k")]
    )
    places = Locations(database, [])
    assert places.find_one("k").absent_root == "share"
    assert [(use.name, use.path, use.is_there) for use in places.uses()] == [
        ("share", None, False),
        ("", None, True),
    ]


def test_of_several_places_the_one_that_is_there_is_used(
    database: Database, tmp_path: Path
) -> None:
    places = Locations(database, [])
    copies = [written(tmp_path / name / "a.tif") for name in ("one", "two")]
    places.note([PlaceNote(path, "k", "set") for path in copies])
    for gone, left in (copies, copies[::-1]):
        written(left)
        gone.unlink()
        assert places.find_one("k").path == left
    written(copies[0], "another size")
    written(copies[1])
    assert places.find_one("k", "5").path == copies[1]
    assert places.records_with(["k"]) == {"k": ["set"]}


def test_another_content_in_a_place_makes_the_one_before_past(
    database: Database, tmp_path: Path
) -> None:
    places = Locations(database, [])
    file = written(tmp_path / "a.tif")
    places.note([PlaceNote(file, "old", "set")])
    places.note([PlaceNote(file, "new", "set")])
    assert places.noted_at([file]) == {file: [PlaceNote(file, "new", "set")]}
    assert places.find_one("old").path == file


def test_a_folder_of_scripts_lies_in_one_place(
    database: Database, tmp_path: Path
) -> None:
    places = Locations(database, [])
    for name in ("b", "a", "c"):
        places.note_folder("record", tmp_path / name)
        assert places.find_one("record").path == tmp_path / name
