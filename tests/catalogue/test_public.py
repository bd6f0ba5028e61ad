"""The public sees published records only, and no private value."""

from __future__ import annotations

import pytest

from fair_imagic.catalogue import Change, SourceKind
from fair_imagic.model import (
    Fileset,
    Image,
    Person,
    Publication,
    PublicationSet,
    Sample,
    slots_of,
    statements,
)
from fair_imagic.rdf import text_of


@pytest.fixture
def write(catalogue, say):
    """Write model records as what one source says, replacing what it said."""

    def append(*records, of: str = "study"):
        source = say.source(of, SourceKind.PERSON)
        changes = []
        for record in records:
            new = frozenset(statements(record))
            old = frozenset(catalogue.source_statements(record.iri, source.iri))
            changes.append(Change(record.iri, source, new - old, old - new))
        return catalogue.append(say.changes(*changes))

    return append


@pytest.fixture
def published(say, write):
    at = say.record
    write(
        PublicationSet(iri=at("set/s"), title="Set", images=(at("image/1"),)),
        Image(iri=at("image/1"), title="Shown"),
        Image(iri=at("image/2"), title="Hidden"),
    )
    return write(_publication(at, "published"))


def _publication(at, state):
    return Publication(iri=at("publication/p"), of=at("set/s"), state=state)


def _subjects(catalogue, say):
    found = catalogue.query("SELECT DISTINCT ?s { ?s ?p ?o }", scope="public")
    return {text_of(row[0]).removeprefix(say.record("")) for row in found.rows}


def test_only_what_a_published_set_reaches_is_public(catalogue, say, published):
    assert _subjects(catalogue, say) == {"publication/p", "set/s", "image/1"}


@pytest.mark.parametrize("state", ["draft", "withdrawn", "sending"])
def test_what_is_not_in_the_state_published_is_not_public(
    catalogue, say, write, published, state
):
    write(_publication(say.record, state))
    assert _subjects(catalogue, say) == set()


def test_an_image_that_joins_or_leaves_a_published_set_follows(
    catalogue, say, write, published
):
    at = say.record
    members = (at("image/2"),)
    write(PublicationSet(iri=at("set/s"), title="Set", images=members))
    assert _subjects(catalogue, say) == {"publication/p", "set/s", "image/2"}


def test_an_edit_of_a_public_record_is_seen_and_of_another_one_is_not(
    catalogue, say, write, published
):
    at = say.record
    write(Image(iri=at("image/1"), title="New"), Image(iri=at("image/2"), title="No"))
    assert say.titles(catalogue, "public") == ["New", "Set"]


def test_a_record_in_two_published_sets_stays_while_one_is_published(
    catalogue, say, write, published
):
    at = say.record
    write(
        PublicationSet(iri=at("set/t"), title="Other", images=(at("image/1"),)),
        Publication(iri=at("publication/q"), of=at("set/t"), state="published"),
    )
    write(_publication(at, "withdrawn"))
    assert _subjects(catalogue, say) == {"publication/q", "set/t", "image/1"}


def test_withheld_values_and_mail_addresses_are_not_public(
    catalogue, say, write, published
):
    at = say.record
    people = (at("person/ada"),)
    write(
        PublicationSet(
            iri=at("set/s"), title="Set", images=(at("image/1"),), creators=people
        ),
        Person(iri=at("person/ada"), name="Ada", email="ada@example.org"),
    )
    write_answer = say.change(
        "image/1",
        say.source("ada", SourceKind.PERSON),
        ("dcterms:title", "fi:withheld"),
    )
    catalogue.append(say.changes(write_answer))
    found = catalogue.query("SELECT ?o { ?s ?p ?o }", scope="public")
    values = {row[0] for row in found.rows}
    assert '"Ada"' in values
    assert not {value for value in values if "withheld" in value or "@" in value}
    assert '"Shown"' not in values


def test_rebuild_gives_the_same_public_index(catalogue, say, published):
    catalogue.rebuild()
    assert _subjects(catalogue, say) == {"publication/p", "set/s", "image/1"}
    assert say.titles(catalogue, "public") == ["Set", "Shown"]


def test_no_private_field_of_the_model_reaches_the_public(catalogue, say, write):
    at = say.record
    planted = {
        slot.name: ("planted",) if slot.multivalued else "planted"
        for slot in slots_of("Sample")
        if not slot.public
    }
    assert {"containment_room", "accreditation_number"} <= planted.keys()
    write(
        PublicationSet(iri=at("set/s"), title="Set", images=(at("image/1"),)),
        Image(
            iri=at("image/1"),
            title="Shown",
            sample=at("sample/1"),
            fileset=at("fileset/1"),
        ),
        Sample(iri=at("sample/1"), title="Retina", biosafety_level="2", **planted),
        Fileset(iri=at("fileset/1"), title="a", serial_number_in_file=("planted",)),
    )
    write(_publication(at, "published"))
    for scope, seen in (("internal", True), ("public", False)):
        found = catalogue.query('SELECT ?s { ?s ?p "planted" }', scope=scope)
        assert bool(found.rows) is seen
    found = catalogue.query("SELECT ?s { ?s fi:biosafetyLevel 2 }", scope="public")
    assert len(found.rows) == 1
