from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.model import Channel, Image, Objective, Person, Sample, statements
from fair_imagic.rdf import PREFIXES, parse

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.model import Record

RECORDS = [
    Image(
        iri="https://example.org/image/1",
        title="Été",
        size_x="512",
        physical_size_x="0.110",
        physical_size_x_unit=PREFIXES["unit"] + "MicroM",
        acquired_at="2026-11-22T10:00:00Z",
        channels=("https://example.org/image/1#channel-0",),
        content_kind="raw",
        tags=("a", "b"),
    ),
    Channel(iri="https://example.org/image/1#channel-0", index="0", name="DAPI"),
    Person(iri="https://example.org/person/1", name="Ada", role=("maker",)),
    Sample(iri="https://example.org/s", organism="http://purl.obolibrary.org/obo/X_1"),
    Objective(iri="https://example.org/i#o", name="63x", lens_na="1.40", dic="true"),
]


@pytest.fixture(scope="module")
def generated(repository: Path) -> Path:
    return repository / "schema" / "generated"


def _as_json(record: Record) -> dict[str, Any]:
    held = {key: value for key, value in asdict(record).items() if value}
    return {"@id": held.pop("iri"), "@type": type(record).__name__, **held}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_as_json_with_the_context_gives_its_statements(
    generated: Path, record: Record
) -> None:
    text = (generated / "fair_imagic.context.jsonld").read_text(encoding="utf-8")
    document = {"@context": json.loads(text)["@context"], **_as_json(record)}
    data = json.dumps(document).encode()
    assert sorted(parse(data, format="jsonld")) == sorted(statements(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_as_json_conforms_to_the_json_schema(
    generated: Path, record: Record
) -> None:
    import jsonschema

    text = (generated / "fair_imagic.schema.json").read_text(encoding="utf-8")
    document = json.loads(json.dumps(_as_json(record)))
    validator = jsonschema.Draft202012Validator(json.loads(text))
    assert not list(validator.iter_errors(document))


def test_the_json_schema_refuses_an_unknown_field(generated: Path) -> None:
    import jsonschema

    text = (generated / "fair_imagic.schema.json").read_text(encoding="utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(text))
    wrong = {"@id": "https://example.org/1", "@type": "Image", "colour": "red"}
    assert list(validator.iter_errors(wrong))
