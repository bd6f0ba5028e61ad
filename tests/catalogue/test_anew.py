"""A data folder of an older program, written anew with people under opaque names."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from fair_imagic import config
from fair_imagic.catalogue import anew, open_catalogue
from fair_imagic.catalogue.anew import write_anew
from fair_imagic.catalogue.upgrade import holds_names
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.views.identifier import record_of_iri
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.people import erasure
from fair_imagic.workflow.people.person import PersonEntry, add, list_people

FOLDERS = sorted(Path(__file__).with_name("folders").glob("*/"))
NAME = "Camille Practice"
# In the folders of releases she wrote changes, and is author of what is published.
TRACES = ("camille", "ada example")


@pytest.fixture
def home(older_home) -> Path:
    return older_home()


def settings_of(home: Path) -> config.Settings:
    return config.load(home, environ={})


def content_of(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "journal.sqlite")
    lines = list(connection.iterdump())
    connection.close()
    return lines


def seen_in(catalogue) -> dict[str, object]:
    """Return what a catalogue says, without the names that are new."""
    found = {}
    for record in catalogue.records_under(""):
        history = catalogue.history(record)
        found[record] = (
            sorted(value for _s, _p, value in catalogue.effective(record)),
            [
                (entry.number, entry.author, entry.reason, entry.time)
                for entry in history
            ],
            sorted(one.author for one in catalogue.origins(record).values()),
        )
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_folder_of_a_release_says_the_same_under_new_names(
    folder: Path, older_home, tmp_path: Path
) -> None:
    home = older_home(folder.name)
    before = content_of(home)
    done = write_anew(settings_of(home), tmp_path / "new")
    assert content_of(home) == before
    assert done.people == 1
    assert {one.name for one in done.kept_names} == {NAME}
    assert all(one.root.endswith("/set/demo") for one in done.kept_names)
    with open_catalogue(settings_of(home)) as old:
        expected = seen_in(old)
        base = next(iter(expected)).partition("/collection/")[0]
        kept = [row[0] for row in _rows(home, "SELECT hash FROM snapshot")]
        changed = {one: old.changed_since(one) for one in kept}
    with open_catalogue(settings_of(tmp_path / "new")) as new:
        found = seen_in(new)
        (person,) = new.records("http://xmlns.com/foaf/0.1/Person")
        assert "camille" not in person
        text = str(sorted(map(repr, found.values())))
        named = f"{base}/person/camille-practice"
        assert text.replace(person, named) == str(sorted(map(repr, expected.values())))
        for one in (
            row[0] for row in _rows(tmp_path / "new", "SELECT hash FROM snapshot")
        ):
            assert new.load_snapshot(one).hash == one
            assert new.changed_since(one) == changed[one]


def _rows(home: Path, question: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(home / "journal.sqlite")
    rows = connection.execute(question).fetchall()
    connection.close()
    return rows


def test_names_are_in_no_table_but_those_of_actors_and_old_snapshots(
    home: Path, tmp_path: Path
) -> None:
    from fair_imagic.catalogue.compression import unpack

    assert holds_names_after_opening(home)
    write_anew(settings_of(home), tmp_path / "new")
    assert not holds_names(settings_of(tmp_path / "new"))
    connection = sqlite3.connect(tmp_path / "new" / "journal.sqlite")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = set()
    for (table,) in tables.fetchall():
        for row in connection.execute(f"SELECT * FROM {table}"):
            for value in row:
                text = str(value)
                if isinstance(value, bytes) and value[:1] == b"\x01":
                    text = unpack(value)
                if any(trace in text.casefold() for trace in TRACES):
                    found.add(table)
    connection.close()
    assert found == {"actor", "snapshot"}


def holds_names_after_opening(home: Path) -> bool:
    with sqlite3.connect(home / "journal.sqlite") as connection:
        copy = home.with_name("opened")
        copy.mkdir()
        with sqlite3.connect(copy / "journal.sqlite") as other:
            connection.backup(other)
        other.close()
    connection.close()
    open_catalogue(settings_of(copy)).close()
    return holds_names(settings_of(copy))


def test_a_link_to_an_old_name_leads_to_the_person(home: Path, tmp_path: Path) -> None:
    write_anew(settings_of(home), tmp_path / "new")
    with open_workspace(tmp_path / "new") as workspace:
        base = workspace.settings.base_iri
        (person,) = workspace.catalogue.records("http://xmlns.com/foaf/0.1/Person")
        old = f"{base}person/camille-practice"
        assert record_of_iri(workspace, old) == person
        assert workspace.record("person", old) == person
        assert workspace.record("person", "camille-practice") == person
        assert workspace.record("person", NAME) == person


def test_files_of_the_folder_go_along_and_indexes_are_made_anew(
    home: Path, tmp_path: Path
) -> None:
    (home / "thumbnails").mkdir()
    (home / "thumbnails" / "one.png").write_bytes(b"png")
    (home / "store").mkdir()
    (home / "store" / "old").write_text("old")
    home.chmod(0o755)
    write_anew(settings_of(home), tmp_path / "new")
    for path in (tmp_path / "new", tmp_path / "new" / "journal.sqlite"):
        assert path.stat().st_mode & 0o007 == 0
    assert (tmp_path / "new" / "thumbnails" / "one.png").read_bytes() == b"png"
    assert not (tmp_path / "new" / "store" / "old").exists()
    with open_catalogue(settings_of(tmp_path / "new")) as catalogue:
        found = catalogue.query(f'SELECT ?p {{ ?p foaf:name "{NAME}" }}')
        assert len(found.rows) == 1


def test_a_dry_run_leaves_nothing(home: Path, tmp_path: Path) -> None:
    before = content_of(home)
    done = write_anew(settings_of(home), tmp_path / "new", dry_run=True)
    assert done.people == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]
    assert content_of(home) == before


def test_people_who_have_opaque_names_keep_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_workspace(home) as workspace:
        entry = PersonEntry("Ada Un", email="ada@example.org")
        record = add(workspace, entry, author="Bo").record
    assert not holds_names(settings_of(home))
    assert write_anew(settings_of(home), tmp_path / "tried", dry_run=True).people == 0
    assert write_anew(settings_of(home), tmp_path / "new").people == 0
    assert _rows(tmp_path / "new", "SELECT * FROM source") == _rows(
        home, "SELECT * FROM source"
    )
    with open_workspace(tmp_path / "new") as workspace:
        (person,) = list_people(workspace)
    assert (person.record, person.email) == (record, "ada@example.org")


def test_people_of_both_programs_are_in_sheets_afterwards(
    home: Path, tmp_path: Path
) -> None:
    with open_workspace(home) as workspace:
        (older,) = list_people(workspace)
        same = PersonEntry("Camille Practice", role="Operator", person=older.id)
        add(workspace, same, author="Bo")
        added = add(workspace, PersonEntry("Dan Petit"), author="Bo").record
        expected = {(one.name, one.roles, one.email) for one in list_people(workspace)}
    assert holds_names(settings_of(home))
    assert write_anew(settings_of(home), tmp_path / "new").people == 1
    assert not holds_names(settings_of(tmp_path / "new"))
    with open_workspace(tmp_path / "new") as workspace:
        people = list_people(workspace)
        assert {(one.name, one.roles, one.email) for one in people} == expected
        assert added in {one.record for one in people}
        assert older.record not in {one.record for one in people}
    again = tmp_path / "again"
    assert write_anew(settings_of(tmp_path / "new"), again).people == 0


def test_an_erased_person_stays_erased(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_workspace(home) as workspace:
        record = add(workspace, PersonEntry("Dan Petit"), author="Bo").record
        erasure.erase(workspace, "Dan Petit", reason="asked for it", author="Bo")
    assert write_anew(settings_of(home), tmp_path / "new").people == 0
    with open_workspace(tmp_path / "new") as workspace:
        assert not list_people(workspace)
        assert record in erasure.erased_people(workspace)


def test_what_fails_leaves_nothing(home: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(anew.renaming, "rename", lambda *_any: None)
    with pytest.raises(ConflictError, match="would not say the same"):
        write_anew(settings_of(home), tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_folder_that_is_there_or_lies_inside_is_refused(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    for target in (tmp_path / "new", home / "new", tmp_path / "no" / "new"):
        with pytest.raises(ConfigurationError):
            write_anew(settings_of(home), target)
    with pytest.raises(ConfigurationError, match="no catalogue"):
        write_anew(settings_of(tmp_path / "new"), tmp_path / "other")


def test_while_somebody_writes_nothing_is_begun(
    home: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(anew, "_PATIENCE_S", 0.1)
    connection = sqlite3.connect(home / "journal.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError, match="writing"):
        write_anew(settings_of(home), tmp_path / "new")
    connection.close()
    assert not (tmp_path / "new").exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from fair_imagic import config
from fair_imagic.catalogue import anew, renaming

def killed(*_any, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

place, name = sys.argv[3].split(".")
setattr({"anew": anew, "renaming": renaming}[place], name, killed)
settings = config.load(Path(sys.argv[1]), environ={})
anew.write_anew(settings, Path(sys.argv[2]))
"""


@pytest.mark.parametrize(
    "moment", ["anew._copy_journal", "renaming._rename_sources", "anew.open_catalogue"]
)
def test_killed_half_way_the_old_folder_is_as_it_was_and_the_next_try_succeeds(
    home: Path, tmp_path: Path, moment: str
) -> None:
    before = content_of(home)
    new = tmp_path / "new"
    command = [sys.executable, "-c", _KILLED, str(home), str(new), moment]
    source = Path(anew.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert not new.exists()
    assert content_of(home) == before
    assert write_anew(settings_of(home), new).people == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "new"]
