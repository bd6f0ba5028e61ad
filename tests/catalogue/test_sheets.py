"""Sheets of people: apart from the journal, sealed, and destroyed without a trace."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from fair_imagic.catalogue import removal_of
from fair_imagic.catalogue.change import Change, ChangeText
from fair_imagic.catalogue.compression import unpack
from fair_imagic.catalogue.sheets import joined, parted
from fair_imagic.catalogue.tables import (
    CHANGE,
    CHECKPOINT,
    METADATA,
    PERSON_KEY,
    RECORD,
    SHEET,
    SNAPSHOT,
)
from fair_imagic.errors import ConflictError

CANARY = "Zzcanary"
RECORD_NAME = "person/p-1"


def told(say, of, *pairs):
    """Return the change that makes the canary, or says more of them."""
    said = pairs or (
        ("rdf:type", "foaf:Person"),
        ("foaf:name", f'"Camille {CANARY}"'),
        ("schema:email", f'"{CANARY}@example.org"'),
        ("schema:affiliation", say.record("organisation/o")),
    )
    return say.change(RECORD_NAME, of, *said)


@pytest.fixture
def told_of(catalogue, say, person):
    """A set with an author, of whom something is said by two sources."""
    ada = person("Ada")
    catalogue.append(
        say.changes(
            say.image("image/1", "One"),
            say.change(
                "organisation/o",
                ada,
                ("rdf:type", "foaf:Organization"),
                ("foaf:name", '"Org"'),
            ),
            told(say, ada),
            say.change(
                "set/demo",
                ada,
                ("rdf:type", "fi:PublicationSet"),
                ("fi:image", say.record("image/1")),
                ("dcterms:creator", say.record(RECORD_NAME)),
            ),
        )
    )
    return catalogue


def tables_with(database, text: str) -> set[str]:
    """Return the tables that have a text in a column, packed or not."""
    found = set()
    with database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    if text.casefold() in _readable(value).casefold():
                        found.add(table.name)
    return found


def _readable(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return unpack(value)
    except Exception:
        return value.decode("latin-1")


def destroy(database) -> None:
    with database.transaction() as connection:
        connection.execute(delete(SHEET))
        connection.execute(delete(PERSON_KEY))


def test_a_person_reads_as_anybody_and_their_name_is_in_no_table(told_of, say):
    assert say.values(told_of, RECORD_NAME, "foaf:name") == [f'"Camille {CANARY}"']
    origins = told_of.origins(say.record(RECORD_NAME))
    assert {origin.author for origin in origins.values()} == {"Ada"}
    (entry,) = told_of.history(say.record(RECORD_NAME))
    assert any(CANARY in value for _s, _p, value in entry.added)
    assert tables_with(told_of.database, CANARY) == set()


def test_where_sheet_and_key_are_destroyed_class_and_links_stay(told_of, say):
    destroy(told_of.database)
    said = told_of.effective(say.record(RECORD_NAME))
    assert {path.rpartition("/")[2].rpartition("#")[2] for _s, path, _v in said} == {
        "type>",
        "affiliation>",
    }
    assert len(told_of.origins(say.record(RECORD_NAME))) == 2
    assert told_of.count("http://xmlns.com/foaf/0.1/Person") == 1
    told_of.rebuild()
    assert told_of.query(f'SELECT ?s {{ ?s ?p "Camille {CANARY}" }}').rows == ()


@pytest.mark.parametrize("kept", [None, "published"])
def test_hashes_stay_true_when_a_sheet_is_destroyed(told_of, say, kept):
    taken = told_of.snapshot(say.record("set/demo"))
    assert CANARY in str(taken.graph.describe(say.record(RECORD_NAME)))
    if kept:
        told_of.keep_whole(taken.hash, kept)
        assert tables_with(told_of.database, CANARY) == set()
        assert told_of.load_snapshot(taken.hash) == taken
    destroy(told_of.database)
    loaded = told_of.load_snapshot(taken.hash)
    assert (loaded.hash, loaded.fingerprint) == (taken.hash, taken.fingerprint)
    assert loaded.key != taken.key
    assert CANARY not in str(loaded.graph.describe(say.record(RECORD_NAME)))
    assert told_of.snapshot(say.record("set/demo")).hash == taken.hash
    assert not told_of.changed_since(taken.hash)


def test_the_same_words_give_the_same_hash_and_other_words_another(
    told_of, say, person
):
    first = told_of.snapshot(say.record("set/demo"))
    number = told_of.append(
        say.changes(told(say, person("Bo"), ("foaf:name", '"Camille Other"')))
    )
    second = told_of.snapshot(say.record("set/demo"))
    assert told_of.changed_since(first.hash)
    assert second.hash != first.hash
    assert second.fingerprint == told_of.fingerprint(say.record("set/demo"))
    told_of.undo(number, author="Ada")
    third = told_of.snapshot(say.record("set/demo"))
    assert third.hash == first.hash
    assert third.fingerprint == told_of.fingerprint(say.record("set/demo"))


def test_two_catalogues_hash_a_person_differently(told_of, say, tmp_path):
    from fair_imagic import config
    from fair_imagic.catalogue import open_catalogue

    with open_catalogue(config.load(tmp_path / "other", environ={})) as other:
        with told_of.database.reading() as connection:
            hashes = set(connection.execute(select(CHANGE.c.sheet)).scalars())
        other.append(say.changes(told(say, say.source("f"))))
        with other.database.reading() as connection:
            others = set(connection.execute(select(CHANGE.c.sheet)).scalars())
    assert hashes & others <= {None}


def test_many_changes_of_a_person_make_no_checkpoint(told_of, say, person):
    for number in range(20):
        name = f'"{CANARY} {number}"'
        told_of.append(
            say.changes(
                say.change(
                    RECORD_NAME,
                    person("Ada"),
                    ("foaf:name", name),
                    removed=[("foaf:name", f'"{CANARY} {number - 1}"')],
                ),
                say.change(
                    "image/1", person("Ada"), ("dcterms:title", name[:-1] + '"')
                ),
            )
        )
    told_of.wait_projected(told_of.last_number())
    with told_of.database.reading() as connection:
        statement = select(RECORD.c.iri).join(
            CHECKPOINT, CHECKPOINT.c.record_id == RECORD.c.id
        )
        assert list(connection.execute(statement).scalars()) == [say.record("image/1")]


def test_nothing_more_is_said_of_an_erased_person(told_of, say, person):
    destroy(told_of.database)
    with pytest.raises(ConflictError, match="erased"):
        told_of.append(
            say.changes(told(say, person("Bo"), ("foaf:name", '"Camille Again"')))
        )


def test_a_change_of_an_erased_person_can_be_taken_back_as_far_as_it_is_there(
    told_of, say
):
    destroy(told_of.database)
    told_of.undo(1, author="Ada")
    assert told_of.effective(say.record(RECORD_NAME)) == ()
    assert told_of.effective(say.record("image/1")) == ()


def test_a_removed_person_comes_back_with_their_sheet(told_of, say, person):
    whole = Change(
        say.record(RECORD_NAME),
        person("Ada"),
        frozenset([removal_of(say.record(RECORD_NAME))]),
    )
    number = told_of.append(say.changes(whole))
    assert told_of.effective(say.record(RECORD_NAME)) == ()
    told_of.append(
        say.changes(told(say, person("Ada"), ("schema:email", '"zz@example.org"')))
    )
    assert tables_with(told_of.database, "zz@example.org") == set()
    told_of.undo(number, author="Ada")
    assert '"zz@example.org"' in say.values(told_of, RECORD_NAME, "schema:email")


def test_a_sheet_that_was_exchanged_is_not_taken_for_another(told_of, say, person):
    told_of.append(
        say.changes(told(say, person("Bo"), ("foaf:name", '"Camille Other"')))
    )
    with told_of.database.transaction() as connection:
        first, second = connection.execute(select(SHEET)).all()
        change = SHEET.update().where(SHEET.c.change_id == first.change_id)
        connection.execute(change.values(sealed=second.sealed))
    with pytest.raises(ConflictError, match="was changed"):
        told_of.effective(say.record(RECORD_NAME))
    with told_of.database.transaction() as connection:
        connection.execute(change.values(sealed=first.sealed))


def test_a_change_in_two_parts_is_the_same_change(say, person):
    change = told(say, person("Ada"))
    places = {triple: f"cell {n}" for n, triple in enumerate(sorted(change.added))}
    text = ChangeText.of(
        Change(change.record, change.source, change.added, frozenset(), places)
    )
    assert joined(*parted(text)) == text
    assert CANARY not in parted(text)[0].whole


def test_a_snapshot_kept_by_an_older_program_is_loaded_as_it_is(told_of, say):
    taken = told_of.snapshot(say.record("set/demo"))
    told_of.keep_whole(taken.hash, "published")
    from fair_imagic.catalogue.compression import pack_all
    from fair_imagic.model import Snapshot

    old = Snapshot(taken.root, taken.own_texts, taken.context_texts, taken.taken_at)
    parts = (old.own_texts, old.context_texts)
    own, context = (("\n", *(text for _b, text in part)) for part in parts)
    with told_of.database.transaction() as connection:
        values = {"hash": old.hash, "text": pack_all((*own, *context))}
        connection.execute(SNAPSHOT.update().values(**values))
    assert told_of.load_snapshot(old.hash) == old
    assert told_of.load_snapshot(old.hash).hash == old.hash


def test_reading_what_is_nobodys_asks_nothing_of_sheets(catalogue, say, person):
    from sqlalchemy import event

    images = [say.image(f"image/{number}", f"{number}") for number in range(50)]
    catalogue.append(say.changes(*images))
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(catalogue.database.engine, "before_cursor_execute", note)
    found = catalogue.effective_of([change.record for change in images])
    assert len(found) == 50
    assert not any("person_key" in statement for statement in asked)
    assert len(asked) <= 5
