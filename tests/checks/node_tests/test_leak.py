"""Leaks in texts: what becomes public is read, what stays in the house is not."""

from __future__ import annotations

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.checks.node_tests import node_test
from fair_imagic.model import (
    Image,
    Person,
    PublicationSet,
    Record,
    RecordGraph,
    Sample,
    Snapshot,
    Software,
    statements,
)
from fair_imagic.rdf import text_of

BO = Person(iri="urn:bo", name="Bo Blanc")
NAMED = "Retina of the mice of Bo Blanc"


def found(name: str, *records: Record) -> list[str]:
    graph = RecordGraph(t for record in records for t in statements(record))
    return [text_of(t) for t in node_test(name)(graph, records[0].iri) if t is not None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text-without-email", "write to bo@example.org"),
        ("text-without-personal-folder", r"C:\Users\bo.blanc\a"),
        ("text-without-user-name", "Operator: Bo Blanc"),
        ("text-without-person", "with Dr. Blanc"),
        ("text-without-patient", "Patient: Jean Dupont"),
    ],
)
def test_a_text_is_read_wherever_it_becomes_public(name: str, text: str) -> None:
    assert found(name, Image(iri="urn:i", title=text)) == [text]
    assert found(name, Sample(iri="urn:s", preparation_protocol=text)) == [text]
    assert found(name, Sample(iri="urn:s", containment_room=text)) == []
    assert found(name, Image(iri="urn:i", title="63x/1.4 Oil, DAPI")) == []


def test_a_person_of_the_records_who_is_no_author_is_found() -> None:
    image = Image(iri="urn:i", title=NAMED)
    assert found("text-without-person", image, BO) == [NAMED]
    assert found("text-without-person", image) == []


@pytest.mark.parametrize(
    "work",
    [
        PublicationSet(iri="urn:set", creators=("urn:bo",)),
        PublicationSet(iri="urn:set", contributors=("urn:bo",)),
        Software(iri="urn:software", authors=("urn:bo",)),
    ],
)
def test_an_author_is_public_already(work: Record) -> None:
    assert found("text-without-person", Image(iri="urn:i", title=NAMED), BO, work) == []


def test_people_are_thanked_by_name() -> None:
    thanks = PublicationSet(iri="urn:set", acknowledgements="We thank Dr. Bo Blanc.")
    assert found("text-without-person", thanks, BO) == []


def test_a_point_names_the_field_and_the_place_where_the_value_comes_from() -> None:
    asked = []

    def origin(focus: str, path: str, value: str | None) -> dict[str, str]:
        asked.append((focus, path, value))
        return {"en": "a.tif, tag 270"}

    records = (
        PublicationSet(iri="urn:set", images=("urn:i",)),
        Image(iri="urn:i", description="User = roux.ana"),
    )
    snapshot = Snapshot.make(
        "urn:set", own=[t for record in records for t in statements(record)]
    )
    report = check(snapshot, [profiles.load("privacy")], origin=origin)
    (point,) = report.findings
    assert point.code == "privacy/text-user-name"
    assert point.path.endswith("/description")
    assert dict(point.path_label) == {"en": "Description", "fr": "Description"}
    assert point.value == "User = roux.ana"
    assert point.origin == "a.tif, tag 270"
    assert not point.blocks
