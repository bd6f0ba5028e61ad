"""Corrections on the command line: shown, made, taken back, with their exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.demo.sample_study import StudyFolder

    from .conftest import Run


@pytest.fixture
def checked(run: Run, study: StudyFolder) -> Run:
    """The command line over a catalogue with one stack in the set s."""
    path = study.images["confocal"] / "zstack_01.ome.tiff"
    assert run("import", path, "--collection", "c").returncode == 0
    assert run("set", "create", "s", "--images", "all").returncode == 0
    return run


def test_proposals_are_shown_made_and_taken_back(checked: Run) -> None:
    shown = checked("repair", "s")
    assert shown.returncode == 1
    assert "Imaging method name: nothing → confocal microscopy" in shown.stdout
    assert " repair s --apply" in shown.stdout
    assert checked("repair", "s").stdout == shown.stdout, "showing changes nothing"
    made = checked("repair", "s", "--apply", "--author", "Ana Roux")
    assert made.returncode == 0
    assert " repair s --undo" in made.stdout
    again = checked("repair", "s")
    assert again.returncode == 0
    assert "There is nothing to correct here" in again.stdout
    assert checked("repair", "s", "--undo").returncode == 0
    assert checked("repair", "s").stdout == shown.stdout


def test_a_report_and_a_table_come_back(checked: Run, tmp_path: Path) -> None:
    report, table = tmp_path / "r.json", tmp_path / "t.xlsx"
    assert checked("check", "s", "--output", report).returncode == 1
    assert checked("check", "s", "--output", table).returncode == 1
    seen = checked("repair", "s", "--from", report, "--format", "json")
    assert seen.returncode == 1
    document = json.loads(seen.stdout)
    assert document["format"] == "fair-imagic-corrections/1"
    assert document["change"] is None
    assert document["from"] == "r.json"
    assert {one["after"][0] for one in document["corrections"]} >= {
        "confocal microscopy"
    }
    book = load_workbook(table)
    sheet = book.worksheets[1]
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, 17).value).endswith("/license"):
            sheet.cell(row, 12).value = "CC0"
    book.save(table)
    made = checked("repair", "s", "--from", table, "--apply", "--format", "json")
    assert made.returncode == 0
    document = json.loads(made.stdout)
    assert document["change"] > 0
    assert [one["after"] for one in document["corrections"]] == [
        ["https://spdx.org/licenses/CC0-1.0"]
    ]
    sheet["L2"].value = "=1+1"
    book.save(table)
    refused = checked("repair", "s", "--from", table, "--apply")
    assert refused.returncode == 2
    assert "Points to fix!L2" in refused.stdout
    assert "Nothing is changed." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["repair", "s", "--undo", "--apply"], "--undo"),
        (["repair", "s", "--set", "title=x", "--from", "r.json"], "--from"),
        (["repair", "s", "--from", "none.xlsx"], "none.xlsx"),
        (["repair", "s", "--min-confidence", "surely"], "surely"),
        (["check", "s", "--format", "xlsx"], "--output"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    run: Run, arguments: list[str], named: str
) -> None:
    run("set", "create", "s")
    done = run(*arguments)
    assert done.returncode == 2
    assert named in done.stderr
