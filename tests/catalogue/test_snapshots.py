"""Snapshots: what belongs in, what is context, and one hash for one content."""

from __future__ import annotations

import pytest

from fair_imagic.catalogue import Change, SourceKind, open_catalogue
from fair_imagic.errors import NotFoundError
from fair_imagic.model import (
    Collection,
    Fileset,
    Image,
    Instrument,
    Organisation,
    Person,
    PublicationSet,
    statements,
)
from fair_imagic.rdf import text_of


@pytest.fixture
def study(say):
    """A set of two images with what they link to, as one change set."""
    at = say.record
    records = [
        PublicationSet(
            iri=at("set/demo"),
            title="Demo",
            images=(at("image/1"), at("image/2")),
            creators=(at("person/ada"),),
        ),
        Image(
            iri=at("image/1"),
            title="One",
            collection=(at("collection/c"),),
            fileset=at("fileset/1"),
            instrument=at("instrument/sp8"),
        ),
        Image(
            iri=at("image/2"),
            title="Two",
            collection=(at("collection/c"),),
            derived_from=(at("image/3"), at("image/1")),
        ),
        Image(iri=at("image/3"), title="Raw", fileset=at("fileset/3")),
        Image(
            iri=at("image/4"), title="Not in the set", collection=(at("collection/c"),)
        ),
        Fileset(iri=at("fileset/1"), title="Files"),
        Fileset(iri=at("fileset/3"), title="Raw files"),
        Collection(iri=at("collection/c"), title="Collection"),
        Instrument(iri=at("instrument/sp8")),
        Person(iri=at("person/ada"), name="Ada", affiliation=at("organisation/o")),
        Organisation(iri=at("organisation/o"), name="Org"),
    ]

    def change_set():
        return say.changes(
            *(say_change(say, record, statements(record)) for record in records)
        )

    return change_set


def say_change(say, record, triples):
    from fair_imagic.catalogue import Change

    return Change(
        record.iri, say.source("study", SourceKind.PERSON), frozenset(triples)
    )


def _records(say, triples):
    return {text_of(s).removeprefix(say.record("")) for s, _p, _o in triples}


def test_a_snapshot_holds_owned_records_and_their_context(catalogue, say, study):
    catalogue.append(study())
    taken = catalogue.snapshot(say.record("set/demo"))
    assert _records(say, taken.own) == {"set/demo", "image/1", "image/2", "fileset/1"}
    assert _records(say, taken.context) == {
        "collection/c",
        "instrument/sp8",
        "person/ada",
        "organisation/o",
        "image/3",
        "fileset/3",
    }


def test_the_same_records_give_the_same_hash_in_another_catalogue(
    catalogue, say, study, tmp_path
):
    """Apart from people, whose hashes rest on keys."""
    from fair_imagic import config

    catalogue.append(study())
    catalogue.append(
        say.changes(
            *(
                Change(r, say.source("study", SourceKind.PERSON), removed=frozenset(t))
                for r in (say.record("person/ada"),)
                if (t := catalogue.effective(r))
            )
        )
    )
    first = catalogue.snapshot(say.record("set/demo"))
    with open_catalogue(config.load(tmp_path / "other", environ={})) as other:
        for change in list(study().changes)[::-1]:
            if change.record != say.record("person/ada"):
                other.append(say.changes(change))
        second = other.snapshot(say.record("set/demo"))
    assert second.hash == first.hash
    assert (second.own, second.context) == (first.own, first.context)


def test_a_change_of_the_context_changes_the_hash(catalogue, say, study, person):
    catalogue.append(study())
    first = catalogue.snapshot(say.record("set/demo"))
    catalogue.append(
        say.changes(say.change("person/ada", person("Ada"), ("foaf:name", '"Ada L."')))
    )
    assert catalogue.snapshot(say.record("set/demo")).hash != first.hash


def test_a_stored_snapshot_is_loaded_as_it_was(catalogue, say, study, person):
    catalogue.append(study())
    taken = catalogue.snapshot(say.record("set/demo"))
    catalogue.append(
        say.changes(say.change("image/1", person("Ada"), ("dcterms:title", '"New"')))
    )
    assert catalogue.load_snapshot(taken.hash) == taken


def test_a_snapshot_of_a_collection_holds_its_images(catalogue, say, study):
    catalogue.append(study())
    taken = catalogue.snapshot(say.record("collection/c"))
    assert {"collection/c", "image/1", "image/2", "image/4"} <= _records(say, taken.own)


def test_a_removed_image_is_not_in_the_snapshot(catalogue, say, study, person):
    from fair_imagic.catalogue import removal_of

    catalogue.append(study())
    grave = removal_of(say.record("image/1"))
    catalogue.append(
        say.changes(say.change("image/1", person("Ada"), (grave[1][1:-1], grave[2])))
    )
    taken = catalogue.snapshot(say.record("set/demo"))
    assert "image/1" not in _records(say, taken.own + taken.context)


def test_links_that_go_round_in_a_circle_end(catalogue, say):
    one = say.image("image/1", "1", ("prov:wasDerivedFrom", say.record("image/2")))
    two = say.image("image/2", "2", ("prov:wasDerivedFrom", say.record("image/1")))
    catalogue.append(say.changes(one, two))
    taken = catalogue.snapshot(say.record("image/1"))
    assert _records(say, taken.own) == {"image/1"}
    assert _records(say, taken.context) == {"image/2"}


def test_an_unknown_root_or_hash_is_not_found(catalogue, say):
    with pytest.raises(NotFoundError):
        catalogue.snapshot(say.record("set/none"))
    with pytest.raises(NotFoundError):
        catalogue.load_snapshot("0" * 64)
