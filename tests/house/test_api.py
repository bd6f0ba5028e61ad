"""The Python call: as documented, cheap to import, and never a false yes."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import fair_imagic
from fair_imagic import api
from fair_imagic.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SOFTWARE = {
    "@context": "https://w3id.org/codemeta/3.0",
    "type": "SoftwareSourceCode",
    "name": "Segmentation",
    "author": {"type": "Person", "name": "Ada Martin"},
    "version": "1.2",
    "license": "https://spdx.org/licenses/MIT",
}


def test_the_examples_of_the_docstring_hold() -> None:
    assert doctest.testmod(api).failed == 0
    assert doctest.testmod(api).attempted > 3


def test_the_import_loads_nothing_heavy() -> None:
    code = (
        "import sys, fair_imagic\n"
        "heavy = {'numpy', 'rdflib', 'pyoxigraph', 'sqlalchemy', 'lxml', 'click'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_paths_texts_bytes_mappings_and_graphs_are_taken(tmp_path: Path) -> None:
    from rdflib import RDF, Graph, URIRef

    path = tmp_path / "codemeta.json"
    path.write_text(json.dumps(SOFTWARE), encoding="utf-8")
    for subject in (path, str(path), path.read_bytes(), SOFTWARE):
        assert fair_imagic.check(subject).conforms
    graph = Graph()
    plan = URIRef("https://w3id.org/fair-imagic/terms/Plan")
    graph.add((URIRef("http://p"), RDF.type, plan))
    assert [one.token for one in fair_imagic.check(graph).profiles] == ["madmp"]


def test_the_report_is_json_ready_and_can_be_drawn() -> None:
    from fair_imagic.checks import as_html, as_text

    report = fair_imagic.check({**SOFTWARE, "name": ""}, name="codemeta.json")
    assert not report.conforms
    assert json.dumps(report.to_dict())
    assert "<html" in as_html(report)
    assert "Software Heritage" in as_text(report)


def test_requirements_can_be_named() -> None:
    report = fair_imagic.check(SOFTWARE, profiles=["software-heritage"])
    assert [one.token for one in report.profiles] == ["software-heritage"]


def test_errors_are_in_the_language_asked_for() -> None:
    with pytest.raises(InputError, match="vide"):
        fair_imagic.check(b"", language="fr")
    with pytest.raises(InputError, match="empty"):
        fair_imagic.check(b"")


def test_what_cannot_be_checked_is_an_error() -> None:
    for subject in ({}, b"\x00", 5):
        with pytest.raises(InputError):
            fair_imagic.check(subject)  # type: ignore[arg-type]


def test_remarks_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    submission = {
        "accno": "S-BIAD1",
        "attributes": [],
        "section": {"type": "Study", "attributes": []},
    }
    fair_imagic.check(submission, name="s.json")
    assert "S-BIAD1" in caplog.text
