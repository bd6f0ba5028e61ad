"""LinkML's own generators read the schema as it is; the docs' examples hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.linkml_tools import run_linkml

if TYPE_CHECKING:
    from pathlib import Path

    from tools.generate_model.schema import Model

pytest.importorskip("linkml", reason="LinkML is a build-time tool")
pytestmark = pytest.mark.budget(60, "LinkML's own tools")

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "schema.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "generator",
    ["json-schema", "jsonld-context", pytest.param("pydantic", marks=pytest.mark.full)],
)
def test_generators_read_the_schema(repository: Path, generator: str) -> None:
    made = run_linkml(f"gen-{generator}", "schema/fair_imagic.yaml", folder=repository)
    assert made.exit_code == 0, made.output[-2000:]
    assert "Objective" in made.stdout


@pytest.mark.full
def test_in_owl_no_property_leads_to_things_and_to_values(repository: Path) -> None:
    import rdflib
    from rdflib import OWL, RDF

    made = run_linkml("gen-owl", "schema/fair_imagic.yaml", folder=repository)
    assert made.exit_code == 0, made.output[-2000:]
    graph = rdflib.Graph().parse(data=made.stdout, format="turtle")
    things = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    values = set(graph.subjects(RDF.type, OWL.DatatypeProperty))
    assert len(things) > 100
    assert len(values) > 100
    assert things & values == set()


def test_no_property_of_the_model_leads_to_things_and_to_values(
    schema_model: Model,
) -> None:
    kinds: dict[str, set[bool]] = {}
    for node in schema_model.classes.values():
        for field in node.fields:
            kinds.setdefault(field.iri, set()).add(field.datatype is None)
    assert [one for one, said in kinds.items() if len(said) > 1] == []


def test_the_example_record_of_the_docs_is_valid_and_a_wrong_one_is_not(
    repository: Path, page: str, tmp_path: Path
) -> None:
    record, _schema = _yaml_blocks(page)
    schema = str(repository / "schema" / "fair_imagic.yaml")
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    right.write_text(record, encoding="utf-8")
    wrong.write_text(record.replace("lens_na: 1.4", "lens_na: much"), encoding="utf-8")
    judged = run_linkml(
        "linkml-validate", "-s", schema, str(right), str(wrong), folder=tmp_path
    )
    assert judged.exit_code == 1, judged.output[-2000:]
    told = "'much' is not of type 'number', 'null' in /objective_records/0/lens_na"
    (line,) = judged.stdout.splitlines()
    assert told in line
    assert "wrong.yaml" in line
    assert told in " ".join(page.split())


def test_another_laboratory_extends_the_schema_as_the_docs_say(
    repository: Path, page: str, tmp_path: Path
) -> None:
    record, extension = _yaml_blocks(page)
    place = repository / "schema" / "fair_imagic"
    own = tmp_path / "lab.yaml"
    own.write_text(
        extension.replace("- fair_imagic\n", f"- {place}\n"), encoding="utf-8"
    )
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    more = (
        "lab_objective_records:\n- iri: https://lab.example.org/o\n"
        '  lens_na: 1.4\n  cleaned_on: "2026-11-02"\n'
    )
    right.write_text(record + more, encoding="utf-8")
    wrong.write_text(record + more.replace("2026-11-02", "soon"), encoding="utf-8")
    arguments = ("-s", str(own), "-C", "LabRecords", str(right), str(wrong))
    judged = run_linkml("linkml-validate", *arguments, folder=tmp_path)
    assert judged.exit_code == 1, judged.output[-2000:]
    (line,) = judged.stdout.splitlines()
    assert "cleaned_on" in line
    assert "wrong.yaml" in line


def _yaml_blocks(page: str) -> list[str]:
    return [text for language, text in _BLOCK.findall(page) if language == "yaml"]
