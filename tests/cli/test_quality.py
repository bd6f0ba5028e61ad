"""``fair-imagic instrument qc``: entered, listed, and refused with the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Run

    from fair_imagic.workflow.demo.sample_study import StudyFolder


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
    assert "26 Jun 2026" in listed


def test_french_users_write_and_read_the_points_in_french(
    run: Run, study: StudyFolder
) -> None:
    path = study.microscopes["widefield"]
    assert run("instrument", "import", path, "--name", "scope").returncode == 0
    arguments = ("--date", "2026-03-01", "--passed", "no", "--point")
    add = ("--lang", "fr", "instrument", "qc", "add", "scope", *arguments)
    assert run(*add, "Dérive de la platine").returncode == 0
    listed = run("--lang", "fr", "instrument", "qc", "list").stdout
    assert "dérive de la platine (2026-03-01)" in listed
    assert "stage drift (2026-03-01)" in run("instrument", "qc", "list").stdout
    refused = run(*add, "netteté")
    assert refused.returncode == 2
    assert "bruit de la caméra" in refused.stderr
    assert "camera noise" not in refused.stderr


def test_what_cannot_be_is_refused_with_what_is_expected(run: Run) -> None:
    arguments = ("--date", "2026-03-01", "--point", "sharpness", "--passed", "no")
    done = run("instrument", "qc", "add", "scope", *arguments)
    assert done.returncode == 2
    assert "field illumination" in done.stderr
    assert "sharpness" in done.stderr
