"""The cache gives back to the byte what was kept, or nothing, and stops nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fair_imagic import cache

KEY = cache.key_of("test", "one")
CONTENT = b'{"a": "\xc3\xa9"}'
PLACE = "FAIR_IMAGIC_CACHE_FOLDER"
ENTRY = f"{KEY}.kept"


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "cache"))


def _place() -> Path:
    place = cache.folder()
    assert place is not None
    return place


@pytest.fixture(name="entry")
def _entry() -> Path:
    cache.keep(KEY, CONTENT)
    return _place() / ENTRY


def test_what_is_kept_comes_back(entry: Path) -> None:
    assert cache.kept(KEY) == CONTENT
    assert [path.name for path in _place().iterdir()] == [ENTRY]


def test_nothing_comes_back_where_nothing_was_kept() -> None:
    assert cache.kept(KEY) is None
    assert not _place().exists()


def test_keys_tell_their_parts_apart() -> None:
    keys = {cache.key_of(*p) for p in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"cache 1", b"cache 0"),
        lambda data: data.replace(b'"a"', b'"b"'),
        lambda data: os.urandom(len(data)),
        lambda data: b"\0" * 9_000_000,
    ],
    ids=["empty", "head", "short", "long", "version", "changed", "noise", "huge"],
)
def test_a_damaged_entry_counts_as_none(entry: Path, damage) -> None:  # type: ignore[no-untyped-def]
    entry.write_bytes(damage(entry.read_bytes()))
    assert cache.kept(KEY) is None
    cache.keep(KEY, CONTENT)
    assert cache.kept(KEY) == CONTENT


def test_an_entry_under_another_name_counts_as_none(entry: Path) -> None:
    other = cache.key_of("test", "two")
    entry.rename(entry.with_name(f"{other}.kept"))
    assert cache.kept(other) is None


@pytest.mark.timeout(10)
def test_an_entry_that_is_no_file_is_left_alone(entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)
    assert cache.kept(KEY) is None
    entry.unlink()
    entry.mkdir()
    assert cache.kept(KEY) is None
    cache.keep(KEY, CONTENT)
    assert entry.is_dir()


def test_a_file_in_place_of_the_folder_is_left_alone() -> None:
    place = _place()
    place.write_text("mine")
    cache.keep(KEY, CONTENT)
    assert cache.kept(KEY) is None
    assert place.read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_for_reading_only_still_gives(entry: Path) -> None:
    place = _place()
    place.chmod(0o500)
    try:
        cache.keep(cache.key_of("other"), CONTENT)
        assert cache.kept(KEY) == CONTENT
        assert [path.name for path in place.iterdir()] == [ENTRY]
    finally:
        place.chmod(0o700)


def test_where_nothing_can_be_written_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The kernel's own folder refuses everybody.
    monkeypatch.setenv(PLACE, "/proc/fair-imagic")
    cache.keep(KEY, CONTENT)
    assert cache.kept(KEY) is None


def test_old_entries_make_room(monkeypatch: pytest.MonkeyPatch, entry: Path) -> None:
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 3)
    keys = [cache.key_of(str(number)) for number in range(5)]
    for age, key in enumerate(keys):
        cache.keep(key, CONTENT)
        os.utime(_place() / f"{key}.kept", (1_000 + age, 1_000 + age))
        # Whoever is read stays.
        assert cache.kept(KEY) == CONTENT
    assert sorted(path.stem for path in _place().iterdir()) == sorted([KEY, *keys[3:]])


def test_all_entries_together_have_a_largest_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 1_000)
    for number in range(9):
        cache.keep(cache.key_of(str(number)), b"x" * 250)
    assert 0 < len(list(_place().iterdir())) <= 3
    cache.keep(KEY, b"x" * (8 << 20))
    assert cache.kept(KEY) is None


def test_what_a_killed_process_left_is_removed_and_nothing_else(entry: Path) -> None:
    place = _place()
    new, old = (place / f".{KEY}.kept.{name}" for name in ("new", "old"))
    foreign = place / "notes.txt"
    for path in (new, old, foreign):
        path.write_bytes(b"half")
        os.utime(path, (1_000, 1_000))
    os.utime(new)
    cache.keep(KEY, CONTENT)
    assert {path.name for path in place.iterdir()} == {ENTRY, new.name, "notes.txt"}


def test_many_writers_at_once_leave_whole_entries() -> None:
    keys = [cache.key_of(str(number % 4)) for number in range(64)]

    def write_and_read(number: int) -> bool:
        cache.keep(keys[number], keys[number].encode() * 2_000)
        found = cache.kept(keys[number])
        return found == keys[number].encode() * 2_000

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write_and_read, range(64)))
    assert len(list(_place().iterdir())) == 4


def test_a_writer_killed_half_way_leaves_whole_entries_or_none() -> None:
    code = f"""
from fair_imagic import cache
number = 0
print(flush=True)
while True:
    cache.keep({KEY!r}, str(number).encode() * 200_000)
    number = (number + 1) % 10
"""
    for pause in (0.0, 0.01, 0.03):
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        found = cache.kept(KEY)
        assert found is None or len(set(found)) == 1
        assert found is None or len(found) == 200_000


def test_the_setting_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache.folder() == tmp_path / "cache"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PLACE, "here")
    assert cache.folder() == tmp_path / "here"
    monkeypatch.delenv(PLACE)
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('cache_folder = "/far/away"', encoding="utf-8")
    assert cache.folder() == Path("/far/away")
    (home / "config.toml").write_text("cache_folder = ", encoding="utf-8")
    assert cache.folder() is None


def test_the_folder_is_in_the_data_folder_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PLACE)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache.folder() == tmp_path / "me" / ".cache" / "fair-imagic"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert cache.folder() == tmp_path / "me" / ".cache" / "fair-imagic"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert cache.folder() == tmp_path / "x" / "fair-imagic"
    (tmp_path / "home").mkdir()
    assert cache.folder() == tmp_path / "home" / "cache"
    monkeypatch.delenv("FAIR_IMAGIC_HOME")
    (tmp_path / "me" / ".fair-imagic").mkdir(parents=True)
    assert cache.folder() == tmp_path / "me" / ".fair-imagic" / "cache"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_self: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("FAIR_IMAGIC_HOME")
    monkeypatch.delenv(PLACE)
    monkeypatch.setattr(Path, "expanduser", nobody)
    assert cache.folder() is None
    cache.keep(KEY, CONTENT)
    assert cache.kept(KEY) is None
