"""Settings that would rename what is there are refused; rebase is the way."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.cli.main import main
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.people import person

if TYPE_CHECKING:
    from pathlib import Path

FIRST, NEW = "https://first.example.org/", "https://new.example.org/id/"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one person, named after FIRST."""
    table = tmp_path / "people.csv"
    table.write_text("name,orcid\nAda Martin,0000-0002-1825-0097\n", encoding="utf-8")
    monkeypatch.setenv("FAIR_IMAGIC_BASE_IRI", FIRST)
    with open_workspace(tmp_path / "home") as workspace:
        person.import_table(workspace, table, author="Ana")
    monkeypatch.delenv("FAIR_IMAGIC_BASE_IRI")
    return tmp_path / "home"


def run(home: Path, capsys: Any, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(["--home", str(home), *arguments])
    shown = capsys.readouterr()
    return int(left.value.code or 0), shown.out + shown.err


def content_of(home: Path) -> list[str]:
    """All that the database holds, apart from the names of the folder."""
    with sqlite3.connect(home / "journal.sqlite") as connection:
        lines = [one for one in connection.iterdump() if "folder_name" not in one]
    connection.close()
    return lines


def ada(home: Path) -> str:
    """The name of the person's record, which says nothing."""
    with sqlite3.connect(home / "journal.sqlite") as connection:
        (found,) = connection.execute(
            "SELECT iri FROM record WHERE iri LIKE '%/person/%' ORDER BY id LIMIT 1"
        ).fetchone()
    connection.close()
    return str(found).rpartition("/")[2]


ASKED = "SELECT ?s { ?s a foaf:Person }"


def test_a_base_left_at_its_default_stands_for_the_one_that_is_kept(home, capsys):
    code, shown = run(home, capsys, "query", ASKED)
    assert code == 0
    assert f"{FIRST}person/{ada(home)}" in shown


@pytest.mark.parametrize("by", ["environment", "file"])
def test_another_base_is_refused_with_both_values_and_the_way(
    home, capsys, monkeypatch, by
):
    if by == "environment":
        monkeypatch.setenv("FAIR_IMAGIC_BASE_IRI", NEW)
    else:
        (home / "config.toml").write_text(f'base_iri = "{NEW}"\n', encoding="utf-8")
    code, shown = run(home, capsys, "status")
    assert code == 2
    assert FIRST in shown
    assert f"fair-imagic rebase {NEW}" in shown
    code, _shown = run(home, capsys, "rebase", NEW)
    assert code == 0
    code, shown = run(home, capsys, "query", ASKED)
    assert code == 0
    assert f"{NEW}person/{ada(home)}" in shown
    assert FIRST not in shown


def test_a_dry_run_changes_nothing(home, capsys):
    before = (home / "journal.sqlite").read_bytes()
    code, shown = run(home, capsys, "rebase", NEW, "--dry-run")
    assert code == 0
    assert "This would be done" in shown
    assert FIRST in shown
    assert NEW in shown
    assert (home / "journal.sqlite").read_bytes() == before


def test_a_rebase_writes_no_line_of_the_journal_and_keeps_every_hash(home, capsys):
    with open_workspace(home) as workspace:
        record = workspace.record("person", "Ada Martin")
        hashed = workspace.catalogue.snapshot(record).hash
    before = content_of(home)
    run(home, capsys, "rebase", NEW)
    assert content_of(home) == before
    with open_workspace(home) as workspace:
        assert workspace.record("person", "Ada Martin") == record
        assert workspace.catalogue.snapshot(record).hash == hashed


@pytest.mark.parametrize("base", [FIRST, NEW, "https://last.example.org/"])
def test_every_base_that_was_in_force_answers_for_ever(home, capsys, base):
    for one in (NEW, "https://last.example.org/"):
        assert run(home, capsys, "rebase", one)[0] == 0
    name = f"{base}person/{ada(home)}"
    with open_workspace(home) as workspace:
        assert workspace.record("person", name) == f"{FIRST}person/{ada(home)}"
    code, shown = run(home, capsys, "query", f"SELECT ?n {{ <{name}> foaf:name ?n }}")
    assert code == 0
    assert "Ada Martin" in shown
    code, shown = run(home, capsys, "query", f"DESCRIBE <{name}>", "--format", "turtle")
    assert f"https://last.example.org/person/{ada(home)}" in shown


def test_new_records_are_found_beside_old_ones_after_a_rebase(home, capsys, tmp_path):
    run(home, capsys, "rebase", NEW)
    table = tmp_path / "more.csv"
    table.write_text("name,orcid\nBo Durand,\n", encoding="utf-8")
    assert run(home, capsys, "person", "import", str(table))[0] == 0
    _code, shown = run(home, capsys, "query", ASKED)
    assert f"{NEW}person/{ada(home)}" in shown
    assert shown.count(f"{NEW}person/p-") == 2


@pytest.mark.parametrize("wrong", ["nonsense", "ftp://x.org/", "https://x.org/a b"])
def test_what_cannot_be_a_base_is_refused(home, capsys, wrong):
    before = (home / "journal.sqlite").read_bytes()
    code, shown = run(home, capsys, "rebase", wrong)
    assert code == 2
    assert wrong in shown
    assert (home / "journal.sqlite").read_bytes() == before


def test_a_rebase_to_the_base_in_force_says_so(home, capsys):
    code, shown = run(home, capsys, "rebase", FIRST)
    assert code == 2
    assert "in force already" in shown


def test_an_empty_folder_takes_the_base_of_the_settings(tmp_path, capsys, monkeypatch):
    for base in (FIRST, NEW):
        monkeypatch.setenv("FAIR_IMAGIC_BASE_IRI", base)
        assert run(tmp_path / "empty", capsys, "status")[0] == 0
        with open_workspace(tmp_path / "empty") as workspace:
            assert workspace.bases.history == (base,)
    code, shown = run(tmp_path / "empty", capsys, "rebase", FIRST)
    assert code == 2
    assert "base_iri" in shown


def test_a_backup_from_before_a_rebase_says_what_to_do(
    home, capsys, tmp_path, monkeypatch
):
    backup = shutil.copytree(home, tmp_path / "backup")
    run(home, capsys, "rebase", NEW)
    monkeypatch.setenv("FAIR_IMAGIC_BASE_IRI", NEW)
    assert run(home, capsys, "status")[0] == 0
    code, shown = run(backup, capsys, "status")
    assert code == 2
    assert f"fair-imagic rebase {NEW}" in shown
    assert run(backup, capsys, "rebase", NEW)[0] == 0
    assert f"{NEW}person/{ada(home)}" in run(backup, capsys, "query", ASKED)[1]


_DIES = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from fair_imagic import config
from fair_imagic.catalogue import folder_names, open_catalogue
settings = config.load(Path(sys.argv[1]))
with open_catalogue(settings) as catalogue:
    def dies(connection):
        os.kill(os.getpid(), signal.SIGKILL)
    event.listen(catalogue.database.engine, "commit", dies)
    folder_names.rebase(catalogue.database, settings, sys.argv[2])
"""


def test_a_rebase_killed_before_its_end_leaves_everything_as_before(home, capsys):
    command = [sys.executable, "-c", _DIES, str(home), NEW]
    code = subprocess.run(command, check=False, env=os.environ).returncode
    assert code == -signal.SIGKILL
    code, shown = run(home, capsys, "query", ASKED)
    assert code == 0
    assert f"{FIRST}person/{ada(home)}" in shown
    with open_workspace(home) as workspace:
        assert workspace.bases.history == (FIRST,)
    assert run(home, capsys, "rebase", NEW)[0] == 0


def test_a_folder_of_an_older_program_keeps_the_base_that_its_records_have(
    home, capsys, monkeypatch
):
    with sqlite3.connect(home / "journal.sqlite") as connection:
        connection.execute("DELETE FROM folder_name")
    connection.close()
    monkeypatch.setenv("FAIR_IMAGIC_BASE_IRI", NEW)
    code, shown = run(home, capsys, "status")
    assert code == 2
    assert FIRST in shown
    monkeypatch.delenv("FAIR_IMAGIC_BASE_IRI")
    assert f"{FIRST}person/{ada(home)}" in run(home, capsys, "query", ASKED)[1]


def test_the_facility_key_is_kept_once_something_is_published(
    home, capsys, monkeypatch
):
    monkeypatch.setenv("FAIR_IMAGIC_FACILITY_KEY", "mine")
    with open_workspace(home) as workspace:
        assert workspace.settings.facility_key == "mine"
        from fair_imagic.publish.states import Edition, register

        edition = Edition(
            subject=f"{FIRST}set/s", version="1", target="datacite", practice=True
        )
        register(workspace.catalogue.database, edition, key="10.99999/a")
    monkeypatch.setenv("FAIR_IMAGIC_FACILITY_KEY", "other")
    code, shown = run(home, capsys, "status")
    assert code == 2
    assert "mine" in shown
    assert "other" in shown
    monkeypatch.delenv("FAIR_IMAGIC_FACILITY_KEY")
    with open_workspace(home) as workspace:
        assert workspace.settings.facility_key == "mine"
