"""Sets know what they reach, and whether it says something else than before."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from fair_imagic.catalogue import open_catalogue, reach, removal_of
from fair_imagic.catalogue.reading import Reader
from fair_imagic.catalogue.tables import REACH_GAP, REACHED_RECORD, RECORD

IMAGES = 6


@pytest.fixture
def filled(catalogue, say, person):
    """A set of two images of six; the first is taken with a microscope."""
    scope = ("fi:acquiredWith", say.record("instrument/sp8"))
    images = [
        say.image(f"image/{n}", f"t{n}", *([scope] if n == 0 else ()))
        for n in range(IMAGES)
    ]
    catalogue.append(
        say.changes(
            *images,
            say.change(
                "set/demo",
                person("Ada"),
                ("rdf:type", "fi:PublicationSet"),
                ("dcterms:title", '"Demo"'),
                ("dcterms:hasPart", say.record("image/0")),
                ("dcterms:hasPart", say.record("image/1")),
                ("dcterms:creator", say.record("person/ada")),
            ),
            say.change("instrument/sp8", person("Ada"), ("rdf:type", "fi:Instrument")),
        )
    )
    return catalogue


@pytest.fixture
def demo(say):
    return say.record("set/demo")


def kept(catalogue, root):
    with catalogue.database.reading() as connection:
        return reach.of_set(connection, root)


def check_kept(catalogue, say, root):
    """What is kept is what the set's snapshot says, and what a walk finds."""
    catalogue.wait_projected(catalogue.last_number())
    now = kept(catalogue, root)
    assert now == catalogue.snapshot(root, keep=False).fingerprint
    with catalogue.database.reading() as connection:
        walked = reach.walk(Reader(connection), root)
        table = connection.execute(select(REACHED_RECORD)).all()
        gaps = set(connection.execute(select(REACH_GAP.c.iri)).scalars())
        names = dict(connection.execute(select(RECORD.c.id, RECORD.c.iri)).all())
    assert {row.record_id: row.is_context for row in table} == walked.records
    assert gaps == walked.gaps
    return {names[key].removeprefix(say.record("")) for key in walked.records}


def test_a_set_knows_what_it_reaches_and_what_is_not_there_yet(filled, say, demo):
    assert check_kept(filled, say, demo) == {
        "set/demo",
        "image/0",
        "image/1",
        "instrument/sp8",
    }
    assert filled.sets_reaching([say.record("instrument/sp8")]) == [demo]
    assert filled.sets_reaching([say.record("image/5")]) == []


def _title(say, name, person, text):
    return say.change(name, person("Ada"), ("dcterms:title", f'"{text}"'))


def _link(say, name, person, path, target, **more):
    return say.change(name, person("Ada"), (path, say.record(target)), **more)


CHANGES = {
    "a value of an image": (
        lambda say, person: _title(say, "image/1", person, "new"),
        True,
    ),
    "a value of the microscope": (
        lambda say, person: _title(say, "instrument/sp8", person, "SP8"),
        True,
    ),
    "an image outside": (
        lambda say, person: _title(say, "image/4", person, "new"),
        False,
    ),
    "a member more": (
        lambda say, person: _link(
            say, "set/demo", person, "dcterms:hasPart", "image/3"
        ),
        True,
    ),
    "an image linked to the microscope": (
        lambda say, person: _link(
            say, "image/1", person, "fi:acquiredWith", "instrument/sp8"
        ),
        True,
    ),
    "an image linked to another microscope": (
        lambda say, person: _link(
            say, "image/0", person, "fi:acquiredWith", "instrument/other"
        ),
        True,
    ),
    "the person who was missing": (
        lambda say, person: say.change(
            "person/ada", person("Ada"), ("rdf:type", "foaf:Person")
        ),
        True,
    ),
    "a member removed from the catalogue": (
        lambda say, person: say.change(
            "image/1",
            person("Ada"),
            tuple(
                term[1:-1] if n == 0 else term
                for n, term in enumerate(removal_of(say.record("image/1"))[1:])
            ),
        ),
        True,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_set_reaches_follows_changes_and_their_undo(
    filled, say, person, demo, name
):
    make, matters = CHANGES[name]
    before = filled.snapshot(demo)
    check_kept(filled, say, demo)
    number = filled.append(say.changes(make(say, person)))
    check_kept(filled, say, demo)
    assert filled.changed_since(before.hash) is matters
    filled.undo(number, author="Ada")
    check_kept(filled, say, demo)
    assert filled.changed_since(before.hash) is False


def test_a_question_about_a_change_takes_no_snapshot_and_reads_no_member(
    filled, say, person, demo
):
    before = filled.snapshot(demo)
    filled.append(say.changes(_title(say, "image/1", person, "new")))
    filled.wait_projected(filled.last_number())
    statements = []

    def noted(_connection, _cursor, statement, parameters, *_rest):
        statements.append((statement, parameters))

    event.listen(filled.database.engine, "before_cursor_execute", noted)
    assert filled.changed_since(before.hash)
    read = [one for one, _parameters in statements if "FROM change " in one]
    assert len(read) <= 1  # whether the set itself is still there
    event.remove(filled.database.engine, "before_cursor_execute", noted)


def test_a_set_that_is_removed_reaches_nothing_and_comes_back(filled, say, demo):
    before = filled.snapshot(demo)
    check_kept(filled, say, demo)
    number = filled.last_number()
    filled.undo(number, author="Ada")
    filled.wait_projected(filled.last_number())
    assert kept(filled, demo) is None
    assert filled.sets_reaching([say.record("image/0")]) == []
    assert filled.changed_since(before.hash)
    filled.undo(filled.last_number(), author="Ada")
    check_kept(filled, say, demo)
    assert not filled.changed_since(before.hash)


def test_a_rebuild_gives_the_same(filled, say, person, demo):
    filled.append(say.changes(_title(say, "image/1", person, "new")))
    names, before = check_kept(filled, say, demo), kept(filled, demo)
    filled.rebuild()
    assert check_kept(filled, say, demo) == names
    assert kept(filled, demo) == before


def test_many_changes_of_links_walk_a_set_once(filled, say, person, demo):
    check_kept(filled, say, demo)
    walks = []

    def noted(_connection, _cursor, statement, parameters, *_rest):
        # an empty fingerprint only says that there is to be a walk
        if statement.startswith("UPDATE reach SET fingerprint=?") and parameters[0]:
            walks.append(parameters)

    event.listen(filled.database.engine, "before_cursor_execute", noted)
    relinked = [
        _link(say, "image/1", person, "fi:acquiredWith", f"instrument/{n}")
        for n in range(5)
    ]
    for change in relinked:
        filled.append(say.changes(change))
    # more records than one batch takes, so that there are several
    filled.append(
        say.changes(*(say.image(f"image/more-{n}", "more") for n in range(1200)))
    )
    filled.wait_projected(filled.last_number())
    event.remove(filled.database.engine, "before_cursor_execute", noted)
    assert len(walks) == 1
    check_kept(filled, say, demo)


def test_a_crash_before_a_set_is_walked_is_made_good_by_the_next_opening(
    filled, settings, say, person, demo, monkeypatch
):
    check_kept(filled, say, demo)
    with monkeypatch.context() as patch:
        patch.setattr(reach, "settle", lambda *_args: None)
        filled.append(
            say.changes(_link(say, "set/demo", person, "dcterms:hasPart", "image/3"))
        )
        filled.wait_projected(filled.last_number())
    assert kept(filled, demo) is None
    # whoever asks meanwhile gets the truth all the same
    assert filled.fingerprint(demo) == filled.snapshot(demo, keep=False).fingerprint
    with open_catalogue(settings) as again:
        check_kept(again, say, demo)
