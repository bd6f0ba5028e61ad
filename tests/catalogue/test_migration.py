from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from fair_imagic import config
from fair_imagic.catalogue import METADATA, migration, open_catalogue, revision
from fair_imagic.catalogue.database import Database, engine_of, sqlite_url
from fair_imagic.catalogue.upgrade import steps_due
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.publish.states import all_deliveries
from fair_imagic.workflow.base.workspace import open_workspace

FOLDERS = sorted(Path(__file__).with_name("folders").glob("*/"))


@pytest.fixture
def home(older_home) -> Path:
    """A data folder of 0.1.0, as it was written."""
    return older_home()


def content_of(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seen_in(workspace) -> dict[str, object]:
    from fair_imagic.model import Collection, Instrument, Plan, PublicationSet
    from fair_imagic.workflow.checking import check

    catalogue = workspace.catalogue
    records = catalogue.records_under("")
    roots = [
        root
        for kind in (PublicationSet, Collection, Instrument, Plan)
        for root in catalogue.records(kind.class_iri)
    ]
    report = check.run(workspace, "demo", names=["set", "nboq-tier-1"])
    return {
        "records": {
            one: sha(
                "".join(f"{s} {p} {o} .\n" for s, p, o in catalogue.effective(one))
            )
            for one in records
        },
        "histories": {one: len(catalogue.history(one)) for one in records},
        "origins": {one: sha(origins_text(catalogue, one)) for one in records},
        "snapshots": {root: catalogue.snapshot(root).hash for root in roots},
        "statements": {
            scope: len(catalogue.query("SELECT * { ?s ?p ?o }", scope=scope).rows)
            for scope in ("internal", "public")
        },
        "publications": [
            [d.subject, d.target, d.key, str(d.state), d.identifier, d.snapshot_hash]
            for d in all_deliveries(catalogue.database)
        ],
        "report": {
            "snapshot": report.snapshot_hash,
            "points": sorted(
                [f.code, f.focus, f.path or "", f.value or ""] for f in report.findings
            ),
        },
        "decisions": [
            [o.record, o.code, o.reason, o.author, o.time] for o in report.overrides
        ],
    }


def origins_text(catalogue, record: str) -> str:
    rows = (
        [*triple, o.source.iri, o.place, o.author, o.time]
        for triple, o in catalogue.origins(record).items()
    )
    return json.dumps(sorted(rows))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_data_folder_of_an_older_version_says_the_same_after_its_upgrade(
    folder: Path, older_home
) -> None:
    home = older_home(folder.name)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    kept = expected.pop("kept snapshots")
    lines: list[str] = []
    with open_workspace(home, tell=lines.append) as workspace:
        seen = seen_in(workspace)
        for part, value in expected.items():
            assert seen[part] == value, part
        assert [workspace.catalogue.load_snapshot(one).hash for one in kept] == kept
    assert [line.split()[1] for line in lines[1:]] == [
        step.revision for step in migration.steps_after(revision.BEFORE_ALL)
    ]
    with open_workspace(home, tell=lines.append) as workspace:
        assert seen_in(workspace)["records"] == expected["records"]
    assert len(lines) == 1 + len(migration.steps_after(revision.BEFORE_ALL))


def test_the_steps_lead_to_the_same_tables_as_a_new_database_has(
    tmp_path: Path,
) -> None:
    by_steps = Database(engine_of(sqlite_url(tmp_path / "steps.sqlite")))
    with by_steps.reshaping() as connection:
        migration.run_steps(connection)
    new = Database(engine_of(sqlite_url(tmp_path / "new.sqlite")))
    migration.prepare(new)
    for database in (by_steps, new):
        with database.reading() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True}
            )
            assert compare_metadata(context, METADATA) == []
        assert revision.of_database(database) == revision.newest()
        database.close()


def test_the_steps_are_one_chain_in_the_order_of_their_file_names() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(revision.STEPS.parent))
    settings.set_main_option("path_separator", "os")
    chain = [
        one.revision for one in ScriptDirectory.from_config(settings).walk_revisions()
    ]
    assert chain == sorted(chain, reverse=True)
    assert (
        chain == [s.revision for s in migration.steps_after(revision.BEFORE_ALL)][::-1]
    )
    assert chain[0] == revision.newest()


def test_tables_that_no_command_had_used_yet_are_made(home: Path) -> None:
    with sqlite3.connect(home / "journal.sqlite") as connection:
        for table in ("outbox", "publication", "job"):
            connection.execute(f"DROP TABLE {table}")
    connection.close()
    with open_catalogue(config.load(home, environ={})) as catalogue:
        assert all_deliveries(catalogue.database) == []


def test_a_reader_leaves_an_older_folder_alone_and_names_the_command(
    home: Path,
) -> None:
    before = content_of(home / "journal.sqlite")
    with pytest.raises(ConfigurationError, match="older version") as caught:
        open_catalogue(config.load(home, environ={}), write=False)
    assert revision.newest() in caught.value.expected
    assert revision.BEFORE_ALL in caught.value.found
    assert "fair-imagic upgrade" in caught.value.hint
    assert content_of(home / "journal.sqlite") == before


def test_a_folder_of_a_newer_program_is_refused_with_both_versions(home: Path) -> None:
    settings = config.load(home, environ={})
    open_catalogue(settings).close()
    path = home / "journal.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
        connection.execute("UPDATE format SET program = '7.5.0'")
    connection.close()
    before = content_of(path)
    for attempt in (open_catalogue, steps_due):
        with pytest.raises(ConfigurationError, match="another version") as caught:
            attempt(settings)
        assert revision.newest() in caught.value.expected
        assert "9001" in caught.value.found
        assert "7.5.0" in caught.value.found
        assert "7.5.0 or newer" in caught.value.hint
    assert content_of(path) == before


def test_a_dry_look_at_what_is_due_changes_nothing(home: Path) -> None:
    before = content_of(home / "journal.sqlite")
    due = steps_due(config.load(home, environ={}))
    assert [s.revision for s in due] == [
        s.revision for s in migration.steps_after(revision.BEFORE_ALL)
    ]
    assert all(step.title for step in due)
    assert content_of(home / "journal.sqlite") == before


def test_a_program_whose_tables_were_upgraded_under_it_writes_nothing_more(
    home: Path, say
) -> None:
    with open_catalogue(config.load(home, environ={})) as catalogue:
        with sqlite3.connect(home / "journal.sqlite") as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9001'")
        connection.close()
        number = catalogue.last_number()
        with pytest.raises(ConflictError, match="while this program was running"):
            catalogue.append(say.changes(say.image("one", "One")))
        assert catalogue.last_number() == number


_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from fair_imagic.catalogue import migration
from fair_imagic.catalogue.database import Database, engine_of, sqlite_url

database = Database(engine_of(sqlite_url(Path(sys.argv[1]))))

def killed(connection, cursor, statement, *_rest):
    if statement.lstrip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "after_cursor_execute", killed)
migration.prepare(database)
"""


@pytest.mark.parametrize(
    "moment",
    ["ALTER TABLE format", "CREATE TABLE alembic_version", "DELETE FROM format"],
)
def test_killed_half_way_the_folder_is_as_it_was_and_the_next_try_succeeds(
    home: Path, moment: str
) -> None:
    path = home / "journal.sqlite"
    before = content_of(path)
    command = [sys.executable, "-c", _KILLED, str(path), moment]
    source = Path(migration.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert content_of(path) == before
    with open_catalogue(config.load(home, environ={})) as catalogue:
        assert revision.of_database(catalogue.database) == revision.newest()


def test_two_processes_that_open_an_old_folder_at_once_upgrade_it_once(
    home: Path,
) -> None:
    code = (
        "import sys; from pathlib import Path; from fair_imagic import config\n"
        "from fair_imagic.catalogue import open_catalogue\n"
        "settings = config.load(Path(sys.argv[1]), environ={})\n"
        "open_catalogue(settings, tell=print).close()\n"
    )
    source = Path(migration.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _one in range(2)
    ]
    said = [one.communicate()[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(map(bool, said)) == [False, True]


def test_opening_a_folder_of_today_and_a_new_one_loads_no_alembic(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; from pathlib import Path; from fair_imagic import config\n"
        "from fair_imagic.catalogue import open_catalogue\n"
        "settings = config.load(Path(sys.argv[1]), environ={})\n"
        "for _again in range(2): open_catalogue(settings).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    source = Path(migration.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source)}
    home = str(tmp_path / "home")
    subprocess.run([sys.executable, "-c", code, home], env=environment, check=True)
    shutil.rmtree(home)


def test_what_an_upgrade_of_a_garbled_database_would_do_is_one_message(
    tmp_path: Path,
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(ConfigurationError, match="cannot be opened") as caught:
        steps_due(config.load(tmp_path, environ={}))
    assert "journal.sqlite" in caught.value.where
