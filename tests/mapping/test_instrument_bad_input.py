"""What is wrong in a microscope file is told with its place; nothing is dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import UnreadableFileError
from fair_imagic.mapping import InstrumentRecord, export_instrument, read_instrument
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Written = Callable[[Any], Path]


def told(write: Written, document: dict[str, Any]) -> tuple[str, ...]:
    """Return the problems of a document, after a look that all of it is kept."""
    record = read_instrument(write(document), base_iri="https://example.org/")
    assert back(record) == document
    return record.problems


def back(record: InstrumentRecord) -> Any:
    statements = [one.triple for one in record.statements]
    text = export_instrument(record.iri, statements, document=record.document)
    return json.loads(text)


def test_an_unknown_component(write: Written, microscope: dict[str, Any]) -> None:
    problems = told(write, microscope)
    assert any(
        one.startswith("components[6].Schema_ID: ") and "WarpCore" in one
        for one in problems
    )


def test_a_wrong_enumeration(write: Written, microscope: dict[str, Any]) -> None:
    microscope["components"][0]["ImmersionType"] = "Beer"
    (problem,) = [one for one in told(write, microscope) if "Beer" in one]
    assert problem.startswith("components[0].ImmersionType: Beer is not one of")


def test_a_unit_that_is_not_in_the_family(
    write: Written, microscope: dict[str, Any]
) -> None:
    microscope["components"][1]["WorkingDistanceUnit"] = "kg"
    (problem,) = [one for one in told(write, microscope) if "kg" in one]
    assert problem.startswith("components[1].WorkingDistance: the unit kg")


def test_two_objectives_with_one_identifier(
    write: Written, microscope: dict[str, Any]
) -> None:
    microscope["components"][1]["ID"] = "objective-10"
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    (problem,) = [one for one in record.problems if "identifier" in one]
    assert problem.startswith("components[1].ID: ")
    assert "components[0]" in problem
    graph = RecordGraph(one.triple for one in record.statements)
    assert len(graph.subjects_of(expand("nboq:Objective"))) == 2
    assert back(record) == microscope


def test_a_later_model_version(write: Written, microscope: dict[str, Any]) -> None:
    microscope["ModelVersion"] = "3.00.0"
    microscope["components"][2]["ModelVersion"] = "2.10"
    problems = [one for one in told(write, microscope) if "later" in one]
    assert [one.partition(":")[0] for one in problems] == [
        "ModelVersion",
        "components[2].ModelVersion",
    ]


def test_something_that_is_no_component(
    write: Written, microscope: dict[str, Any]
) -> None:
    microscope["components"].append("a screwdriver")
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    assert any(one.startswith("components[7]: ") for one in record.problems)
    assert back(record) == microscope


def test_a_file_of_40_mb(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as stream:
        stream.truncate(40 * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match="40 MB, more than the 20 MB"):
        read_instrument(path)
