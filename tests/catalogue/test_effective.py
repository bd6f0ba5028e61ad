"""Which value prevails, where it comes from, and what removes it."""

from __future__ import annotations

import random

import pytest

from fair_imagic.catalogue import SourceKind, removal_of, tombstone
from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.state import Entry, RecordState
from fair_imagic.catalogue.voice import FileVoice, file_voices, statements_by_source
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.rdf import expand, iri, literal

RANKED = [
    SourceKind.DEFAULT,
    SourceKind.FILE,
    SourceKind.INSTRUMENT,
    SourceKind.RULE,
    SourceKind.PERSON,
]


@pytest.mark.parametrize("order", [RANKED, RANKED[::-1]], ids=["rising", "falling"])
def test_the_highest_kind_of_source_prevails_in_whatever_order(catalogue, say, order):
    for kind in order:
        pair = ("dcterms:title", literal(str(kind)))
        catalogue.append(
            say.changes(say.change("image/1", say.source(kind, kind), pair))
        )
    assert say.values(catalogue, "image/1", "dcterms:title") == ['"person"']


def test_a_higher_source_replaces_all_values_of_a_path_and_no_other_path(
    catalogue, say, person
):
    tags = [("fi:tag", literal(tag)) for tag in ("a", "b", "c")]
    catalogue.append(say.changes(say.image("image/1", "kept", *tags)))
    catalogue.append(
        say.changes(say.change("image/1", person("Ada"), ("fi:tag", literal("z"))))
    )
    assert say.values(catalogue, "image/1", "fi:tag") == ['"z"']
    assert say.values(catalogue, "image/1", "dcterms:title") == ['"kept"']


def test_of_a_table_and_a_person_the_latest_prevails(catalogue, say, person):
    table = say.source("table", SourceKind.TABLE)
    for of, title in ((table, "1"), (person("Ada"), "2"), (table, "3")):
        before = [("dcterms:title", literal("1"))] if title == "3" else []
        catalogue.append(
            say.changes(
                say.change(
                    "image/1", of, ("dcterms:title", literal(title)), removed=before
                )
            )
        )
    assert say.values(catalogue, "image/1", "dcterms:title") == ['"3"']


def test_one_source_may_add_and_remove_single_values_over_time(catalogue, say, person):
    ada = person("Ada")
    for added, removed in ((["a", "b"], []), (["c"], ["a"])):
        catalogue.append(
            say.changes(
                say.change(
                    "image/1",
                    ada,
                    *(("fi:tag", literal(t)) for t in added),
                    removed=[("fi:tag", literal(t)) for t in removed],
                )
            )
        )
    assert sorted(say.values(catalogue, "image/1", "fi:tag")) == ['"b"', '"c"']


def test_a_tombstone_removes_the_value_and_keeps_the_history(catalogue, say, person):
    catalogue.append(say.changes(say.image("image/1", "wrong", ("fi:tag", '"t"'))))
    grave = tombstone(iri(say.record("image/1")), iri("dcterms:title"))
    catalogue.append(
        say.changes(say.change("image/1", person("Ada"), (grave[1][1:-1], grave[2])))
    )
    assert say.values(catalogue, "image/1", "dcterms:title") == []
    assert say.values(catalogue, "image/1", "fi:tag") == ['"t"']
    assert say.values(catalogue, "image/1", "fi:removed") == []
    assert len(catalogue.history(say.record("image/1"))) == 2


def test_a_removed_record_is_gone_from_lists_and_comes_back_by_undo(
    catalogue, say, person
):
    catalogue.append(say.changes(say.image("image/1", "one")))
    record = say.record("image/1")
    removal = removal_of(record)
    number = catalogue.append(
        say.changes(
            say.change("image/1", person("Ada"), (removal[1][1:-1], removal[2]))
        )
    )
    assert not catalogue.exists(record)
    assert catalogue.records(expand("fi:Image")) == []
    assert say.titles(catalogue) == []
    assert len(catalogue.history(record)) == 2
    catalogue.undo(number, author="Ada")
    assert catalogue.records(expand("fi:Image")) == [record]
    assert say.titles(catalogue) == ["one"]


def test_every_value_tells_its_source_place_author_and_time(catalogue, say, person):
    title = ("dcterms:title", literal("from the file"))
    of = say.source("a.tif")
    catalogue.append(
        say.changes(
            say.change("image/1", of, title, places={title: "Image/Name"}),
            author="importer",
        )
    )
    catalogue.append(
        say.changes(
            say.change("image/1", person("Ada"), ("fi:tag", '"x"')), author="Ada"
        )
    )
    found = catalogue.origins(say.record("image/1"))
    origin = found[say.triple("image/1", *title)]
    assert (origin.source, origin.place, origin.author) == (
        of,
        "Image/Name",
        "importer",
    )
    assert found[say.triple("image/1", "fi:tag", '"x"')].author == "Ada"
    assert origin.time.endswith("Z")


def test_what_a_source_says_is_told_even_where_another_prevails(catalogue, say, person):
    catalogue.append(say.changes(say.image("image/1", "file says")))
    catalogue.append(
        say.changes(say.change("image/1", person("Ada"), ("dcterms:title", '"Ada"')))
    )
    said = catalogue.source_statements(
        say.record("image/1"), say.source("file-of-image-1").iri
    )
    assert say.triple("image/1", "dcterms:title", '"file says"') in said
    assert catalogue.source_statements(say.record("image/1"), "https://x.org/no") == ()
    nobody = say.record("image/2")
    together = statements_by_source(
        catalogue.database, [say.record("image/1"), nobody], kinds={SourceKind.FILE}
    )
    assert together == {
        say.record("image/1"): {say.source("file-of-image-1"): said},
        nobody: {},
    }
    assert file_voices(catalogue.database, together) == {
        say.record("image/1"): FileVoice(say.source("file-of-image-1").iri, said)
    }


def test_literals_keep_their_exact_text(catalogue, say):
    values = [
        literal("1.900", datatype="xsd:decimal"),
        literal("2026-01-01T00:00:00+00:00", datatype="xsd:dateTime"),
        literal("Chat", language="en-GB"),
        literal('quote " back\\slash\nnew line\ttab'),
    ]
    catalogue.append(
        say.changes(say.image("image/1", "x", *(("fi:tag", v) for v in values)))
    )
    catalogue.wait_projected(1)
    assert sorted(say.values(catalogue, "image/1", "fi:tag")) == sorted(values)
    own = catalogue.snapshot(say.record("image/1")).own
    assert set(values) <= {value for _s, _p, value in own}


@pytest.mark.parametrize(
    "term",
    [
        "_:b",
        "<no scheme>",
        "<relative>",
        '"open',
        '"a\nb"',
        '"a"@',
        '"1"^^<x>',
        "x",
        "",
    ],
)
def test_a_malformed_term_is_refused_and_nothing_is_kept(catalogue, say, term):
    from fair_imagic.catalogue import Change

    record = say.record("image/2")
    bad = Change(record, say.source("s"), frozenset({(iri(record), iri("fi:x"), term)}))
    with pytest.raises(InputError):
        catalogue.append(say.changes(say.image("image/1", "good"), bad))
    assert catalogue.last_number() == 0
    assert catalogue.effective(say.record("image/1")) == ()


def test_a_statement_about_another_record_is_refused(catalogue, say):
    from fair_imagic.catalogue import Change

    other = frozenset({say.triple("image/10", "fi:tag", '"x"')})
    with pytest.raises(InputError, match="another record"):
        catalogue.append(
            say.changes(Change(say.record("image/1"), say.source("s"), other))
        )


def test_an_unknown_record_has_no_statements_and_no_history(catalogue, say):
    record = say.record("image/none")
    assert catalogue.effective(record) == ()
    assert not catalogue.exists(record)
    with pytest.raises(NotFoundError):
        catalogue.history(record)


def test_many_records_are_read_at_once(catalogue, say):
    names = [f"image/{n}" for n in range(1200)]
    catalogue.append(say.changes(*(say.image(name, name) for name in names)))
    found = catalogue.effective_of(map(say.record, [*names, "image/none"]))
    assert found.keys() == set(map(say.record, names))
    assert catalogue.count(expand("fi:Image")) == 1200


def test_a_checkpoint_gives_the_same_state_as_replaying_everything():
    chance = random.Random(7)
    subject = "<https://x.org/r>"
    lines = [f'{subject} <https://x.org/p{n % 4}> "{n}" .' for n in range(20)]
    entries = [
        Entry(
            n + 1,
            source := chance.randrange(4),
            source % 3,
            ChangeText.of_lines(chance.sample(lines, 3), chance.sample(lines, 2)),
        )
        for n in range(200)
    ]
    whole = RecordState("https://x.org/r")
    resumed = RecordState("https://x.org/r")
    for entry in entries:
        whole.replay(entry)
        resumed.replay(entry)
        packed = resumed.packed()
        resumed = RecordState.unpacked(resumed.iri, packed, change_id=resumed.change_id)
        assert resumed.effective() == whole.effective()
