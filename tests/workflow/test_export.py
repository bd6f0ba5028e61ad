"""Records leave as documents that LinkML's own tools read, with nothing left out."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.linkml_tools import run_linkml

from fair_imagic.errors import NotFoundError
from fair_imagic.model import (
    RecordGraph,
    class_named,
    exchange_document,
    exchange_json,
    with_public_types,
)
from fair_imagic.rdf import PREFIXES, iri, literal, parse
from fair_imagic.views.export import export_text
from fair_imagic.workflow.checking.subject import snapshot_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

SCHEMA = Path(__file__).parents[2] / "schema" / "fair_imagic.yaml"
IMAGE = "https://example.org/image/1"
TYPE = iri("rdf:type")


@pytest.mark.budget(60, "LinkML's own tools")
def test_linkml_finds_nothing_wrong(imported: Workspace, tmp_path: Path) -> None:
    pytest.importorskip("linkml", reason="LinkML is a build-time tool")
    document = tmp_path / "s.json"
    document.write_text(export_text(imported, "s"), encoding="utf-8")
    judged = run_linkml("linkml-validate", "-s", str(SCHEMA), str(document))
    assert (judged.exit_code, judged.stdout.strip()) == (0, "No issues found")


@pytest.mark.full
@pytest.mark.budget(60, "LinkML's converter")
def test_linkml_makes_the_same_statements(imported: Workspace, tmp_path: Path) -> None:
    pytest.importorskip("linkml", reason="LinkML is a build-time tool")
    document = tmp_path / "s.json"
    document.write_text(export_text(imported, "s"), encoding="utf-8")
    written = tmp_path / "s.ttl"
    made = run_linkml(
        *("linkml-convert", "-s", str(SCHEMA), "-t", "ttl"),
        *("-o", str(written), str(document)),
    )
    assert made.exit_code == 0, made.output[-2000:]
    theirs = {_rounded(one) for one in parse(written.read_bytes(), format="ttl")}
    root = imported.record("set", "s")
    ours = {_rounded(one) for one in snapshot_of(imported, root).graph.triples}
    assert ours - theirs == set()


def _rounded(statement: tuple[str, str, str]) -> tuple[str, str, str]:
    """Return the statement with a decimal as LinkML gives it: by way of a float."""
    subject, predicate, value = statement
    text, is_decimal, _rest = value.partition(f'"^^<{PREFIXES["xsd"]}decimal>')
    if is_decimal:
        value = format(float(text[1:]), ".12g")
    return subject, predicate, value


def test_what_has_no_field_or_no_value_is_kept_beside_the_records() -> None:
    subject = iri(IMAGE)
    statements = [
        (subject, TYPE, iri("fi:Image")),
        (subject, iri("dcterms:title"), literal("One")),
        (subject, iri("nboq:sizeX"), iri("fi:unknown")),
        (subject, iri("https://other.example.org/p"), literal("x")),
        # two values where one can be: neither is chosen
        (subject, iri("nboq:sizeY"), literal(1)),
        (subject, iri("nboq:sizeY"), literal(2)),
        (iri("https://example.org/odd"), TYPE, iri("https://other.example.org/C")),
    ]
    document = exchange_document(RecordGraph(statements))
    assert document["image_records"] == [{"iri": IMAGE, "title": "One"}]
    (answer,) = document["answers"]
    assert answer["answer"] == "unknown"
    assert {entry["value"] for entry in document["others"]} == {
        '"x"',
        "<https://other.example.org/C>",
        *(text for _s, p, text in statements if p == iri("nboq:sizeY")),
    }


def test_numbers_keep_the_digits_that_they_came_with() -> None:
    written = literal(Decimal("0.110"))
    statements = [
        (iri(IMAGE), TYPE, iri("fi:Image")),
        (iri(IMAGE), iri("nboq:physicalSizeX"), written),
        (iri(IMAGE), iri("dcterms:title"), literal('"0.5"\n')),
    ]
    text = exchange_json(RecordGraph(statements))
    assert '"physical_size_x": 0.110' in text
    held: dict[str, Any] = json.loads(text)["image_records"][0]
    assert held["title"] == '"0.5"\n'


@pytest.mark.parametrize(
    ("class_name", "public"),
    [
        ("Instrument", "sosa:Sensor"),
        ("QualityRun", "prov:Activity"),
        ("QualityMeasurement", "sosa:Observation"),
        ("PublicationSet", "dcat:Dataset"),
        ("Image", "schema:ImageObject"),
        ("Result", "prov:Entity"),
    ],
)
def test_exports_name_public_types_that_the_journal_does_not_hold(
    class_name: str, public: str
) -> None:
    kind = iri(class_named(class_name).iri)
    said = [(iri(IMAGE), TYPE, kind)]
    assert (iri(IMAGE), TYPE, iri(public)) in set(with_public_types(said))


def test_turtle_and_json_ld_say_the_same(imported: Workspace) -> None:
    written = export_text(imported, "s", form="turtle").encode()
    turtle = sorted(parse(written, format="ttl"))
    written = export_text(imported, "s", form="jsonld").encode()
    assert turtle == sorted(parse(written, format="jsonld"))
    assert any(value == iri("schema:ImageObject") for _s, _p, value in turtle)


def test_a_name_that_nothing_has_is_told(imported: Workspace) -> None:
    with pytest.raises(NotFoundError):
        export_text(imported, "nothing")
