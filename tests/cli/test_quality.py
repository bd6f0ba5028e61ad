"""``fair-imagic instrument qc``: entered, listed, and refused with the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Run

    from fair_imagic.workflow.sample_study import StudyFolder


def test_a_control_is_entered_and_listed(run: Run, study: StudyFolder) -> None:
    path = study.microscopes["widefield"]
    assert run("instrument", "import", path, "--name", "scope").returncode == 0
    table = study.quality["widefield"]
    done = run("instrument", "qc", "import", table, "--microscope", "scope")
    assert (done.returncode, "scope-2026-02-16" in done.stdout) == (0, True)
    arguments = ("--date", "2026-03-01", "--point", "stage drift", "--passed", "no")
    assert run("instrument", "qc", "add", "scope", *arguments).returncode == 0
    listed = run("instrument", "qc", "list", "scope").stdout
    assert "7/7" in listed
    assert "stage drift (2026-03-01)" in listed
    assert "2026-06-26" in listed


def test_what_cannot_be_is_refused_with_what_is_expected(run: Run) -> None:
    arguments = ("--date", "2026-03-01", "--point", "sharpness", "--passed", "no")
    done = run("instrument", "qc", "add", "scope", *arguments)
    assert done.returncode == 2
    assert "field illumination" in done.stderr
    assert "sharpness" in done.stderr
