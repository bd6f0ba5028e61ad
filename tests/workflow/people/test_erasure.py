"""Erasing people: nothing is left of them, and everything else is as it was."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.people import erasure
from fair_imagic.workflow.people.person import PersonEntry, add, list_people

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

CANARY = "Zzcanary"
REASON = "has left and asked for it"


@pytest.fixture
def named(imported: Workspace) -> tuple[Workspace, str]:
    """A workspace in which the canary is one of the authors of the set s."""
    return imported, named_in(imported)


def named_in(workspace: Workspace) -> str:
    entry = PersonEntry(
        f"Camille {CANARY}",
        given_name="Camille",
        family_name=CANARY,
        email=f"{CANARY}@example.org",
        orcid="0000-0001-5109-3700",
        role="Operator",
        affiliation="Institut",
    )
    record = add(workspace, entry, author=f"Camille {CANARY}").record
    authors = [one.name for one in list_people(workspace)]
    repair.set_values(
        workspace,
        workspace.record("set", "s"),
        [("creators", "; ".join(authors))],
        author="Bo",
    )
    return record


def files_with(home: Path, text: str) -> list[str]:
    wanted = text.casefold().encode()
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and wanted in path.read_bytes().lower()
    )


def hashes(workspace: Workspace) -> list[str]:
    with sqlite3.connect(workspace.settings.home / "journal.sqlite") as connection:
        rows = connection.execute("SELECT hash FROM snapshot").fetchall()
    connection.close()
    return [row[0] for row in rows]


def test_an_erased_person_is_nowhere_in_the_data_folder(
    named: tuple[Workspace, str],
) -> None:
    workspace, record = named
    root = workspace.record("set", "s")
    numbered = workspace.catalogue.snapshot(root)
    workspace.catalogue.keep_whole(numbered.hash, "decided")
    home = workspace.settings.home
    assert files_with(home, CANARY) != []
    done = erasure.erase(workspace, f"Camille {CANARY}", reason=REASON, author="Bo")
    assert done.authors == (f"Camille {CANARY}",)
    assert files_with(home, CANARY) == []
    for one in hashes(workspace):
        assert workspace.catalogue.load_snapshot(one).hash == one
    assert label_of(workspace, record) == "erased person"
    erased = erasure.erased_people(workspace)[record]
    assert (erased.reason, erased.author) == (REASON, "Bo")
    assert CANARY not in {one.name for one in list_people(workspace)}
    authors = {entry.author for entry in workspace.catalogue.history(record)}
    assert authors == {"somebody erased", "Bo"}
    with pytest.raises(NotFoundError):
        workspace.record("person", f"Camille {CANARY}")


def test_a_person_destroyed_by_hand_is_nowhere_after_a_rebuild(
    named: tuple[Workspace, str],
) -> None:
    workspace, record = named
    taken = workspace.catalogue.snapshot(workspace.record("set", "s"))
    home = workspace.settings.home
    connection = sqlite3.connect(home / "journal.sqlite")
    dump = [line for line in connection.iterdump() if CANARY in line]
    # the name under which the canary made a change, which a login is
    assert len(dump) == 1
    assert dump[0].startswith('INSERT INTO "actor"')
    (key,) = connection.execute(
        "SELECT id FROM record WHERE iri = ?", [record]
    ).fetchone()
    for table in ("sheet", "person_key"):
        connection.execute(f"DELETE FROM {table} WHERE record_id = {key}")
    connection.execute("DELETE FROM actor WHERE name LIKE ?", [f"%{CANARY}"])
    connection.commit()
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    workspace.catalogue.rebuild()
    assert files_with(home, CANARY) == []
    assert workspace.catalogue.load_snapshot(taken.hash).hash == taken.hash
    assert workspace.catalogue.snapshot(taken.root).hash == taken.hash
    assert not workspace.catalogue.changed_since(taken.hash)
    assert label_of(workspace, record) == "erased person"


def test_a_plan_says_what_names_the_person_and_changes_nothing(
    named: tuple[Workspace, str],
) -> None:
    workspace, record = named
    text = f"Thanks to {CANARY} for the images."
    repair.set_values(
        workspace, workspace.record("set", "s"), [("description", text)], author="Bo"
    )
    number = workspace.catalogue.last_number()
    found = erasure.plan(workspace, f"{CANARY}@example.org")
    assert found.person is not None
    assert found.person.record == record
    assert found.named_by == found.mentions == ("Some nuclei",)
    assert found.refusals == ()
    assert workspace.catalogue.last_number() == number


@pytest.mark.parametrize("reason", ["", "left", f"{CANARY} has asked for it"])
def test_a_reason_is_needed_and_tells_nobody(
    named: tuple[Workspace, str], reason: str
) -> None:
    workspace, record = named
    with pytest.raises(InputError, match="reason"):
        erasure.erase(workspace, record, reason=reason, author="Bo")
    assert CANARY in label_of(workspace, record)


def test_erasing_twice_and_erasing_nobody(named: tuple[Workspace, str]) -> None:
    workspace, record = named
    short = record.rpartition("/")[2]
    erasure.erase(workspace, short, reason=REASON, author="Bo")
    number = workspace.catalogue.last_number()
    erasure.erase(workspace, short, reason="another reason", author="Bo")
    assert workspace.catalogue.last_number() == number
    assert erasure.erased_people(workspace)[record].reason == REASON
    with pytest.raises(NotFoundError):
        erasure.erase(workspace, "Zoe", reason=REASON, author="Bo")


def test_who_is_named_by_something_published_is_not_erased(
    named: tuple[Workspace, str],
) -> None:
    from fair_imagic.publish import states
    from fair_imagic.publish.state import State

    workspace, record = named
    root = workspace.record("set", "s")
    taken = workspace.catalogue.snapshot(root)
    workspace.catalogue.keep_whole(taken.hash, "published")
    edition = states.Edition(
        subject=root, version="1.0", target="datacite", practice=False
    )
    held = states.register(workspace.catalogue.database, edition, key="10.1/x")
    for state in (State.QUEUED, State.SENDING, State.PUBLISHED):
        held = states.move(
            workspace.catalogue.database,
            held.id,
            state,
            facts={"snapshot_hash": taken.hash},
        )
    with pytest.raises(ConflictError, match="cannot be erased") as caught:
        erasure.erase(workspace, record, reason=REASON, author="Bo")
    assert "went to DataCite" in caught.value.found
    assert CANARY in label_of(workspace, record)


def test_the_name_of_who_made_changes_is_erased_alone(
    named: tuple[Workspace, str],
) -> None:
    from fair_imagic.workflow.people import accounts

    workspace, record = named
    accounts.create(workspace, "zz", password="a long password", role="researcher")
    accounts.create(workspace, "root", password="a long password", role="administrator")
    repair.set_values(
        workspace, workspace.record("set", "s"), [("title", "New")], author="zz"
    )
    with pytest.raises(ConflictError) as caught:
        erasure.erase(workspace, "zz", reason=REASON, author="Bo")
    assert "close it first" in caught.value.found
    accounts.set_active(workspace, "zz", active=False)
    erasure.erase(workspace, "zz", reason=REASON, author="Bo")
    newest = workspace.catalogue.history(workspace.record("set", "s"))[-1]
    assert (newest.author, newest.source.label) == ("somebody erased",) * 2
    assert accounts.account(workspace, "zz") is None
    assert CANARY in label_of(workspace, record)


def test_a_person_of_an_older_program_is_erased_after_the_folder_was_written_anew(
    older_home, tmp_path: Path
) -> None:
    from fair_imagic import config
    from fair_imagic.catalogue.anew import write_anew
    from fair_imagic.workflow.base.workspace import open_workspace

    home = older_home()
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    with open_workspace(copy) as workspace:
        (person,) = list_people(workspace)
        refusals = erasure.plan(workspace, person.id).refusals
    assert any("upgrade --to" in one for one in refusals)
    write_anew(config.load(home, environ={}), tmp_path / "new")
    with open_workspace(tmp_path / "new") as workspace:
        refusals = erasure.plan(workspace, person.name).refusals
        assert refusals
        assert not any("upgrade --to" in one for one in refusals)
        assert any("went to DataCite" in one for one in refusals)


def test_a_person_of_no_set_leaves_no_set_stale(named: tuple[Workspace, str]) -> None:
    workspace, _record = named
    other = add(workspace, PersonEntry("Dan Petit"), author="Bo").record
    taken = workspace.catalogue.snapshot(workspace.record("set", "s"))
    erasure.erase(workspace, other, reason=REASON, author="Bo")
    assert not workspace.catalogue.changed_since(taken.hash)


def test_a_copy_without_keys_is_whole_and_gets_its_people_back_with_the_newest(
    named: tuple[Workspace, str], tmp_path: Path
) -> None:
    """As the docs say how to copy a data folder."""
    from fair_imagic.workflow.base.workspace import open_workspace

    workspace, record = named
    kept = add(workspace, PersonEntry("Dan Petit"), author="Bo").record
    taken = workspace.catalogue.snapshot(workspace.record("set", "s"))
    copy = tmp_path / "copy"
    copy.mkdir()
    journal = copy / "journal.sqlite"
    source = sqlite3.connect(workspace.settings.home / "journal.sqlite")
    connection = sqlite3.connect(journal, isolation_level=None)
    source.backup(connection)
    apart = f"ATTACH '{tmp_path / 'keys.sqlite'}' AS apart"
    for statement in (
        apart,
        "CREATE TABLE apart.person_key AS SELECT * FROM person_key",
        "DELETE FROM person_key",
        "DELETE FROM actor",
        "VACUUM",
    ):
        connection.execute(statement)
    connection.close()
    with open_workspace(copy) as other:
        other.catalogue.rebuild()
        assert label_of(other, record) == label_of(other, kept) == "erased person"
        assert other.catalogue.load_snapshot(taken.hash).hash == taken.hash
    assert files_with(copy, CANARY) == []
    erasure.erase(workspace, record, reason=REASON, author="Bo")
    connection = sqlite3.connect(journal)
    connection.execute(f"ATTACH '{workspace.settings.home}/journal.sqlite' AS now")
    connection.execute("INSERT INTO person_key SELECT * FROM now.person_key")
    connection.commit()
    connection.close()
    source.close()
    with open_workspace(copy) as other:
        other.catalogue.rebuild()
        assert label_of(other, record) == "erased person"
        assert label_of(other, kept) == "Dan Petit"


def test_stopped_before_the_indexes_are_made_anew_they_are_at_the_next_opening(
    named: tuple[Workspace, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fair_imagic.catalogue import Catalogue
    from fair_imagic.workflow.base.workspace import open_workspace

    workspace, record = named
    home = workspace.settings.home

    def stopped(*_any: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "rebuild", stopped)
        with pytest.raises(KeyboardInterrupt):
            erasure.erase(workspace, record, reason=REASON, author="Bo")
    with open_workspace(home) as again:
        asked = f'SELECT ?p {{ ?p ?path ?name FILTER(CONTAINS(?name, "{CANARY}")) }}'
        assert list(again.catalogue.rows(asked)) == []
        assert label_of(again, record) == "erased person"
    assert files_with(home / "store", CANARY) == []
