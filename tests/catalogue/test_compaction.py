"""Snapshots that are numbers of the journal, and compaction of whole ones."""

from __future__ import annotations

from secrets import token_hex

import pytest
from sqlalchemy import insert, select, update

from fair_imagic.catalogue import compaction, snapshots
from fair_imagic.catalogue.compression import pack
from fair_imagic.catalogue.tables import SNAPSHOT
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.workflow.base.workspace import open_workspace


def rows(catalogue):
    with catalogue.database.reading() as connection:
        found = connection.execute(select(SNAPSHOT)).all()
    return {row.hash: row for row in found}


@pytest.fixture
def filled(catalogue, say, person):
    parts = ("dcterms:isPartOf", say.record("collection/c"))
    catalogue.append(
        say.changes(
            *(say.image(f"image/{n}", f"t{n}", parts) for n in range(4)),
            say.change("collection/c", person("Ada"), ("rdf:type", "fi:Collection")),
            say.change(
                "set/demo",
                person("Ada"),
                ("rdf:type", "fi:PublicationSet"),
                ("dcterms:hasPart", say.record("image/0")),
            ),
        )
    )
    return catalogue


def retitle(catalogue, say, person, name, text):
    change = say.change(name, person("Ada"), ("dcterms:title", f'"{text}"'))
    return catalogue.append(say.changes(change))


@pytest.mark.parametrize("root", ["set/demo", "collection/c", "image/0"])
def test_a_snapshot_is_kept_as_a_number_and_made_again_as_it_was(
    filled, say, person, root
):
    taken = filled.snapshot(say.record(root))
    kept = rows(filled)[taken.hash]
    assert kept.text == b""
    assert kept.fingerprint == taken.fingerprint
    number = retitle(filled, say, person, "image/0", "new")
    retitle(filled, say, person, "collection/c", "new")
    filled.append(say.changes(say.image("image/9", "t9", *_in_collection(say))))
    filled.undo(number, author="Ada")
    assert filled.load_snapshot(taken.hash) == taken
    assert filled.load_snapshot(taken.hash).to_nquads() == taken.to_nquads()


def _in_collection(say):
    return [("dcterms:isPartOf", say.record("collection/c"))]


def test_a_snapshot_that_the_journal_does_not_give_is_an_error_that_says_so(
    filled, say, person
):
    first = filled.snapshot(say.record("set/demo"))
    retitle(filled, say, person, "set/demo", "new")
    second = filled.snapshot(say.record("set/demo"))
    wrong = rows(filled)[first.hash].change_id
    with filled.database.transaction() as connection:
        this = SNAPSHOT.c.hash == second.hash
        connection.execute(update(SNAPSHOT).where(this).values(change_id=wrong))
    with pytest.raises(ConflictError, match="cannot be made again") as caught:
        filled.load_snapshot(second.hash)
    assert (caught.value.expected, caught.value.found) == (second.hash, first.hash)
    assert caught.value.hint
    with pytest.raises(ConflictError):
        filled.keep_whole(second.hash, "decided")


def test_a_snapshot_kept_whole_rests_on_nothing_else(filled, say, person):
    taken = filled.snapshot(say.record("set/demo"))
    filled.keep_whole(taken.hash, "published")
    filled.keep_whole(taken.hash, "decided")
    kept = rows(filled)[taken.hash]
    assert kept.kept == "published"
    assert len(kept.text) > 0
    with filled.database.transaction() as connection:
        connection.execute(update(SNAPSHOT).values(change_id=0))
    assert filled.load_snapshot(taken.hash) == taken
    done = filled.compact()
    assert (done.numbered, done.dropped, done.whole) == (0, 0, 1)
    assert filled.load_snapshot(taken.hash) == taken


def test_what_was_never_taken_cannot_be_kept(filled):
    with pytest.raises(NotFoundError):
        filled.keep_whole("0" * 64, "published")


# --------------------------------------------------------- folders of older programs
@pytest.fixture
def older(older_home):
    with open_workspace(older_home()) as workspace:
        yield workspace.catalogue


def test_whole_snapshots_of_an_older_program_become_numbers_without_loss(
    older, older_home
):
    texts = {key: older.load_snapshot(key).to_nquads() for key in rows(older)}
    published = {key for key, row in rows(older).items() if "set/demo" in row.root}
    with older.database.transaction() as connection:
        # as if nobody had decided anything about it
        connection.exec_driver_sql(
            "UPDATE record SET iri = replace(iri, '/override/', '/other/')"
        )
        connection.exec_driver_sql("UPDATE publication SET snapshot_hash = 'x'")
        connection.exec_driver_sql(
            "UPDATE record SET iri = replace(iri, '/publication/', '/more/')"
        )
    looked = older.compact(dry_run=True)
    assert {key: len(row.text) for key, row in rows(older).items()}
    assert all(row.text for row in rows(older).values())
    done = older.compact()
    assert (done.numbered, done.dropped, done.whole) == (
        looked.numbered,
        looked.dropped,
        looked.whole,
    )
    assert (done.numbered, done.dropped, done.whole) == (len(texts), 0, 0)
    assert done.freed_bytes == looked.freed_bytes > 0
    assert done.given_back
    assert published
    assert not any(row.text for row in rows(older).values())
    assert {key: older.load_snapshot(key).to_nquads() for key in texts} == texts
    again = older.compact()
    assert (again.numbered, again.dropped, again.freed_bytes) == (0, 0, 0)


def test_what_was_published_or_decided_upon_stays_whole(older):
    before = {key: row.text for key, row in rows(older).items() if row.text}
    done = older.compact()
    assert done.whole == len(before)
    assert {key: row.text for key, row in rows(older).items() if row.text} == before


def test_a_snapshot_that_nothing_gives_is_dropped_and_counted(older):
    with older.database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO snapshot (hash, root, taken_at, text) "
            "SELECT 'abc', 'https://fair-imagic.example.org/set/other', taken_at, text "
            "FROM snapshot LIMIT 1"
        )
    done = older.compact()
    assert done.dropped == 1
    with pytest.raises(NotFoundError):
        older.load_snapshot("abc")


def test_a_compaction_that_is_stopped_is_finished_by_the_next(
    filled, settings, say, person, monkeypatch
):
    hashes = []
    for number in range(4):
        retitle(filled, say, person, "set/demo", f"title {number}")
        taken = filled.snapshot(say.record("set/demo"))
        hashes.append(taken.hash)
        with filled.database.transaction() as connection:
            values = {"text": snapshots._packed(taken), "change_id": None}
            this = SNAPSHOT.c.hash == taken.hash
            connection.execute(update(SNAPSHOT).where(this).values(**values))
    shrink = compaction._shrink
    done = []

    def stopped(database, snapshot_hash, number):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(snapshot_hash)
        shrink(database, snapshot_hash, number)

    monkeypatch.setattr(compaction, "_shrink", stopped)
    with pytest.raises(KeyboardInterrupt):
        filled.compact()
    monkeypatch.undo()
    whole = [key for key, row in rows(filled).items() if row.text]
    assert len(whole) == 2
    assert {filled.load_snapshot(one).hash for one in hashes} == set(hashes)
    again = filled.compact()
    assert again.numbered == 2
    assert {filled.load_snapshot(one).hash for one in hashes} == set(hashes)


def test_the_disk_gets_the_space_back_and_says_where_it_cannot(filled, settings, say):
    lines = (f"<urn:x> <urn:p> <urn:{token_hex(40)}> ." for _n in range(40_000))
    text = pack("\n".join(lines) + "\n\n")
    path = settings.home / "journal.sqlite"
    row = {"hash": "big", "root": "urn:x", "taken_at": "2026-01-01", "text": text}
    for reads in (True, False):
        with filled.database.transaction() as connection:
            connection.execute(insert(SNAPSHOT), row)
        filled.database.close()
        size = path.stat().st_size
        assert size > len(text)
        with filled.database.reading() as connection:
            if reads:
                # a reader that is not done: the file cannot be made shorter
                connection.execute(select(SNAPSHOT.c.hash)).first()
            done = filled.compact()
            is_shorter = path.stat().st_size < size - len(text) // 2
        assert (done.dropped, done.freed_bytes) == (1, len(text))
        assert (done.given_back, is_shorter) == (not reads, not reads)


def test_a_snapshot_of_an_older_program_is_read_once_to_compare_it(older):
    published = next(row for row in rows(older).values() if "set/demo" in row.root)
    assert published.fingerprint is None
    assert older.changed_since(published.hash)
    taken = older.load_snapshot(published.hash)
    assert rows(older)[published.hash].fingerprint == taken.fingerprint
