"""The content decides the kind; what our own targets write passes our own check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.documents import kinds
from fair_imagic.workflow.checking.check_files import check_path, kind_of_path

sys.path.insert(0, str(Path(__file__).parent))
from document_examples import documents_of_each_kind

if TYPE_CHECKING:
    from tests.documents.conftest import Write


@pytest.fixture
def documents(write: Write, tmp_path: Path) -> dict[str, Path]:
    """One good document of each kind, under a name that says nothing."""
    contents = documents_of_each_kind(tmp_path)
    return {token: write(str(n), contents[token]) for n, token in enumerate(contents)}


def test_each_kind_is_recognised_whatever_the_name(documents: dict[str, Path]) -> None:
    found = {
        token: getattr(kind_of_path(path), "token", None)
        for token, path in documents.items()
    }
    assert found == {token: token for token in documents}
    assert {kind.token for kind in kinds()} == set(documents)


def test_a_list_of_paths_to_other_things_is_no_file_list(write: Write) -> None:
    path = write("x", [{"path": "plan.json", "classname": "plan"}])
    assert kind_of_path(path) is None


@pytest.mark.parametrize(
    "token",
    ["ro-crate", "codemeta", "madmp", "pagetab", "file-list", "datacite-json",
     "datacite-xml"],
)  # fmt: skip
def test_what_is_complete_has_no_obligatory_point(
    documents: dict[str, Path], token: str
) -> None:
    report = check_path(documents[token]).report
    must = [(one.code, one.origin) for one in report.findings if one.severity == "must"]
    assert must == []


def test_every_point_names_its_place_in_the_file(write: Write) -> None:
    path = write("plan.json", {"dmp": {"title": "", "dataset": [{"title": "x"}]}})
    report = check_path(path).report
    assert report.findings
    assert all(str(path) in (one.origin or "") for one in report.findings)


def test_other_json_is_of_no_kind(write: Write) -> None:
    assert kind_of_path(write("package.json", {"name": "x", "version": "1"})) is None
    assert kind_of_path(write("list.json", json.dumps([1, 2]))) is None
    assert kind_of_path(write("page.html", "<html><body/></html>")) is None
