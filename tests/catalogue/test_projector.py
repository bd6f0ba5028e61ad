"""Indexes follow the journal: beside others, after a kill, and from nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from fair_imagic.catalogue import open_catalogue, removal_of
from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock
from fair_imagic.rdf import expand, literal

if TYPE_CHECKING:
    from pathlib import Path

_PREAMBLE = """
import os, signal, sys
from pathlib import Path
from fair_imagic import config
from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind, open_catalogue
from fair_imagic.rdf import iri, literal

settings = config.load(Path(sys.argv[1]), environ={})

def image(name):
    record = f"https://facility.example.org/image/{name}"
    triples = {
        (iri(record), iri("rdf:type"), iri("fi:Image")),
        (iri(record), iri("dcterms:title"), literal(name)),
    }
    source = Source(f"https://x.org/s/{name}", SourceKind.FILE, name)
    return Change(record, source, frozenset(triples))

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def start(settings):
    """Start a program beside this process; it knows the same home."""
    started = []

    def run(code: str) -> subprocess.Popen[bytes]:
        program = _PREAMBLE + textwrap.dedent(code)
        command = [sys.executable, "-c", program, str(settings.home)]
        started.append(subprocess.Popen(command))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


def _internal(catalogue) -> set[tuple[str, ...]]:
    found = catalogue.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    return set(found.rows)


def test_two_processes_that_append_at_once_both_complete(start, settings, say):
    code = """
        with open_catalogue(settings) as catalogue:
            for n in range(15):
                pair = [image(f"{os.getpid()}-{n}-{m}") for m in (1, 2)]
                number = catalogue.append(ChangeSet("x", "x", pair))
                catalogue.wait_projected(number)
    """
    programs = [start(code), start(code), start(code)]
    assert [program.wait(timeout=120) for program in programs] == [0, 0, 0]
    with open_catalogue(settings) as catalogue:
        assert len(say.titles(catalogue)) == 90
        assert catalogue.last_number() == 45
        assert len(catalogue.records(expand("fi:Image"))) == 90


def test_a_command_beside_a_projecting_process_waits_for_its_number(
    catalogue, say, settings
):
    lock = FileLock(settings.home / "store" / "projector.lock", wait=False)
    assert lock.acquire()
    number = catalogue.append(say.changes(say.image("image/1", "one")))
    assert say.values(catalogue, "image/1", "dcterms:title") == ['"one"']
    with pytest.raises(ConflictError, match="too long"):
        catalogue.wait_projected(number, timeout_s=0.1)
    lock.release()
    catalogue.wait_projected(number, timeout_s=10)
    assert say.titles(catalogue) == ["one"]


def test_in_a_transaction_nobody_waits_for_the_index(catalogue):
    number = catalogue.last_number() + 1
    with catalogue.database.transaction():
        begun = time.monotonic()
        with pytest.raises(ConflictError, match="in the middle of a change"):
            catalogue.wait_projected(number)
        assert time.monotonic() - begun < 10


def test_a_reader_sees_what_another_process_committed(catalogue, start, say, settings):
    catalogue.append(say.changes(say.image("image/1", "one")))
    assert say.titles(catalogue) == ["one"]
    program = start("""
        with open_catalogue(settings) as catalogue:
            catalogue.append(ChangeSet("x", "x", [image("two")]))
    """)
    assert program.wait(timeout=60) == 0
    assert say.titles(catalogue) == ["one", "two"]


def test_a_catalogue_opened_for_reading_refuses_changes_and_still_answers(
    catalogue, say, settings
):
    catalogue.append(say.changes(say.image("image/1", "one")))
    catalogue.wait_projected(1)
    with open_catalogue(settings, write=False) as reading:
        assert say.titles(reading) == ["one"]
        with pytest.raises(ConflictError):
            reading.append(say.changes(say.image("image/2", "two")))


KILL_POINTS = {
    "before the first batch": "batch.read = die",
    "before a store is written": "batch.write_internal = die",
    "before the flush": "Index.flush = die",
    "before the journal is told": "batch.write_tables = die",
    "before a set is walked": "reach.settle = die",
    "in a rebuild": "rebuild._members = die; stores.exist = lambda folder: False",
    "before the swap": "stores.swap = die; stores.exist = lambda folder: False",
    "in the swap": (
        "stores.repair = lambda folder: None; rebuild._keep_indexes = die;"
        "stores.exist = lambda folder: False"
    ),
}


@pytest.mark.parametrize("point", KILL_POINTS)
def test_what_a_kill_leaves_behind_is_repaired_at_the_next_opening(
    start, settings, say, person, point
):
    with open_catalogue(settings) as catalogue:
        catalogue.append(say.changes(*(say.image(f"image/a{n}", "a") for n in "123")))
    # new records, a changed one, a removed one: all three in the batch that is cut off
    program = start(f"""
        from fair_imagic.catalogue import batch, reach, rebuild, removal_of, stores
        from fair_imagic.catalogue.index import Index
        catalogue = open_catalogue(settings)
        ada = Source("https://x.org/ada", SourceKind.PERSON, "Ada")
        base = "https://facility.example.org/image/"
        title = (iri(base + "a1"), iri("dcterms:title"), literal("changed"))
        changes = [image(f"b{{n}}") for n in range(600)]
        changes.append(Change(base + "a1", ada, frozenset([title])))
        changes.append(Change(base + "a2", ada, frozenset([removal_of(base + "a2")])))
        catalogue.append(ChangeSet("x", "x", changes))
        {KILL_POINTS[point]}
        catalogue.projector.catch_up()
    """)
    assert program.wait(timeout=60) == -signal.SIGKILL
    with open_catalogue(settings) as catalogue:
        catalogue.append(say.changes(say.image("image/c", "c")))
        found = say.titles(catalogue)
        assert found == sorted(["a", "c", "changed", *(f"b{n}" for n in range(600))])
        before = _internal(catalogue)
        catalogue.rebuild()
        assert _internal(catalogue) == before
    left = {path.name for path in (settings.home / "store").iterdir()}
    assert left == {"internal", "public", "projector.lock"}


def test_kills_at_any_moment_lose_nothing_that_was_acknowledged(start, settings, say):
    code = """
        with open_catalogue(settings) as catalogue:
            n = 0
            while True:
                n += 1
                name = f"{os.getpid()}-{n}"
                catalogue.append(ChangeSet("x", "x", [image(name)]))
                Path(settings.home, "told").open("a").write(name + "\\n")
                catalogue.wait_projected(catalogue.last_number())
    """
    told = settings.home / "told"
    for wanted in (5, 25, 60):
        program = start(code)
        while not told.exists() or told.read_text().count("\n") < wanted:
            assert program.poll() is None
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    with open_catalogue(settings) as catalogue:
        names = set(told.read_text().split())
        assert names <= set(say.titles(catalogue))


def test_lost_or_damaged_stores_are_made_anew(catalogue, say, settings):
    catalogue.append(say.changes(say.image("image/1", "one")))
    assert say.titles(catalogue) == ["one"]
    shutil.rmtree(settings.home / "store")
    assert say.titles(catalogue) == ["one"]
    current = settings.home / "store" / "internal" / "CURRENT"
    current.write_text("nonsense")
    catalogue.append(say.changes(say.image("image/2", "two")))
    assert say.titles(catalogue) == ["one", "two"]


def emptied(store: Path) -> None:
    shutil.rmtree(store)
    store.mkdir()


def without_its_last_file(store: Path) -> None:
    (store / "CURRENT").unlink()


def cut_short(store: Path) -> None:
    for path in store.glob("MANIFEST*"):
        path.write_bytes(path.read_bytes()[:10])


@pytest.mark.parametrize("damage", [emptied, without_its_last_file, cut_short])
@pytest.mark.parametrize("names", [("internal",), ("internal", "public"), ("public",)])
def test_stores_of_an_empty_catalogue_that_are_half_made_are_made_anew(
    settings, damage, names
):
    open_catalogue(settings).close()
    for name in names:
        damage(settings.home / "store" / name)
    with open_catalogue(settings) as catalogue:
        assert list(catalogue.rows("SELECT * { ?s ?p ?o }")) == []
        assert not catalogue.query("ASK { ?s ?p ?o }", scope="public").boolean


def test_killed_while_the_first_stores_are_made_the_next_start_makes_them(
    settings, start
):
    code = """
import sys
from pathlib import Path
from fair_imagic import config
from fair_imagic.catalogue import open_catalogue
open_catalogue(config.load(Path(sys.argv[1]), environ={}))
"""
    for number in range(6):
        shutil.rmtree(settings.home, ignore_errors=True)
        program = start(code)
        deadline = time.monotonic() + 60
        while not any((settings.home / "store").glob("internal*/*")):
            assert time.monotonic() < deadline
            time.sleep(0.001)
        time.sleep(number * 0.008)
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        with open_catalogue(settings) as catalogue:
            for scope in ("internal", "public"):
                found = catalogue.query("ASK { ?s ?p ?o }", scope=scope, timeout_s=20)
                assert found.boolean is False


def test_an_older_store_put_back_from_a_backup_is_noticed(catalogue, say, settings):
    store = settings.home / "store"
    catalogue.append(say.changes(say.image("image/1", "one")))
    catalogue.wait_projected(1)
    shutil.copytree(store / "internal", store.parent / "backup")
    catalogue.append(say.changes(say.image("image/2", "two")))
    catalogue.wait_projected(2)
    shutil.rmtree(store / "internal")
    shutil.copytree(store.parent / "backup", store / "internal")
    catalogue.append(say.changes(say.image("image/3", "three")))
    assert say.titles(catalogue) == ["one", "three", "two"]


def test_rebuild_gives_the_same_indexes_and_tells_its_progress(catalogue, say, person):
    names = [f"image/{n}" for n in range(1100)]
    catalogue.append(say.changes(*(say.image(name, name) for name in names)))
    edits = (
        say.change(name, person("Ada"), ("dcterms:title", literal("edited")))
        for name in names[::3]
    )
    catalogue.append(say.changes(*edits))
    grave = removal_of(say.record("image/7"))
    catalogue.append(
        say.changes(say.change("image/7", person("Ada"), (grave[1][1:-1], grave[2])))
    )
    before = _internal(catalogue)
    progress = []
    catalogue.rebuild(lambda done, total: progress.append((done, total)))
    assert _internal(catalogue) == before
    assert progress[-1] == (1100, 1100)
    assert len(progress) > 1


def test_equal_decimals_with_different_text_do_not_take_each_other_out(
    catalogue, say, person
):
    ada = person("Ada")
    number = '"{}"^^<http://www.w3.org/2001/XMLSchema#decimal>'.format
    for added, removed in ((["1.90", "1.9"], []), ([], ["1.90"])):
        catalogue.append(
            say.changes(
                say.change(
                    "image/1",
                    ada,
                    *(("nboq:physicalSizeX", number(v)) for v in added),
                    removed=[("nboq:physicalSizeX", number(v)) for v in removed],
                )
            )
        )
        found = catalogue.query("SELECT ?v { ?s nboq:physicalSizeX ?v }")
        assert [row[0] for row in found.rows] == [number("1.9")]


def test_a_record_changed_very_often_stays_right(catalogue, say, person):
    ada = person("Ada")
    for n in range(60):
        previous = [("dcterms:title", literal(str(n - 1)))] if n else []
        change = say.change(
            "image/1", ada, ("dcterms:title", literal(str(n))), removed=previous
        )
        number = catalogue.append(say.changes(change))
        catalogue.wait_projected(number)
        assert say.values(catalogue, "image/1", "dcterms:title") == [f'"{n}"']
    assert say.titles(catalogue) == ["59"]
    assert len(catalogue.history(say.record("image/1"))) == 60
