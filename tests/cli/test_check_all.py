"""``fair-imagic check --all`` as a user has it: table, files, exit code, Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

    from fair_imagic.workflow.demo.sample_study import StudyFolder

PART = "check of the whole catalogue, command line"
NOW = {"FAIR_IMAGIC_NOW": "2026-11-22T22:00:00Z"}


@pytest.fixture
def filled(home: Path, study: StudyFolder) -> Path:
    """A data folder with two sets of one image, another in none, a microscope."""
    widefield, confocal = study.images["widefield"], study.images["confocal"]
    with open_workspace(home) as workspace:
        instruments.import_file(
            workspace, study.microscopes["widefield"], author="Ana", name="scope"
        )
        images = [
            widefield / "field_01_control.ome.tiff",
            confocal / "zstack_01.ome.tiff",
        ]
        import_images.run(workspace, images, collection="c", author="Ana")
        for name in ("s-10", "s-2"):
            chosen = "title=field_01*"
            sets.create(workspace, name, author="Ana", title="Nuclei", images=chosen)
    return home


@pytest.mark.budget(120, PART)
def test_the_table_names_everything_and_the_worst_is_the_exit_code(
    run: Run, filled: Path
) -> None:
    done = run("check", "--all", "--profile", "set", "--profile", "nboq-tier-1")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line[:30].split() for line in lines[4:8]] == [
        ["publication", "set", "s-2", "1"],
        ["publication", "set", "s-10", "1"],
        ["collection", "c", "1", "of", "2"],
        ["microscope", "scope"],
    ]
    assert lines[8].startswith("Total")
    assert "What to look at first" in lines
    assert "Checking: 4/4 " in done.stderr


@pytest.mark.budget(120, PART)
def test_files_are_the_same_each_time_and_correct_each_set(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    asked = ("check", "--all", "--profile", "set", "--only", "sets")
    page, path = tmp_path / "all.html", tmp_path / "all.json"
    for output in (page, path):
        done = run(*asked, "--output", output, **NOW)
        assert (done.returncode, done.stdout) == (1, f"Report written to {output}\n")
    assert page.read_text(encoding="utf-8").count('<section class="part"') == 2
    text = path.read_text(encoding="utf-8")
    names = [one["name"] for one in json.loads(text)["subjects"]]
    assert names == ["s-2", "s-10"]
    assert run(*asked, "--format", "json", **NOW).stdout == text

    alone = tmp_path / "one.json"
    run("check", "s-2", "--profile", "set", "--output", alone)
    single = run("repair", "s-2", "--from", alone)
    whole = run("repair", "s-2", "--from", path)
    assert whole.stdout.replace("all.json", "one.json") == single.stdout
    other = run("repair", "c", "--from", path)
    assert other.returncode == 2
    assert "says nothing about c" in other.stderr


@pytest.mark.budget(120, PART)
@pytest.mark.parametrize("group", [True, False], ids=["terminal", "this-process"])
def test_ctrl_c_leaves_no_file_and_no_worker(
    filled: Path, tmp_path: Path, group: bool
) -> None:
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(filled)]
    command += ["check", "--all", "--output", str(report)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    seen = process.stderr.readline()
    assert seen.startswith("Checking: 1/4")
    (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=120)[1]
    assert process.returncode == 2
    assert "Stopped. Nothing was reported and no file written." in errors
    assert "Traceback" not in errors
    assert list(tmp_path.glob("*report*")) == []
    _wait_until_gone(process.pid)


@pytest.mark.budget(120, PART)
def test_workers_end_when_their_parent_is_killed(filled: Path) -> None:
    command = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(filled)]
    process = subprocess.Popen(
        [*command, "check", "--all"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Checking: 1/4")
    process.kill()
    process.wait(timeout=60)
    _wait_until_gone(process.pid)
    process.stderr.close()


def _wait_until_gone(group: int) -> None:
    """Wait for the last process of a group; fail where one stays."""
    deadline = time.monotonic() + 30
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.05)
        pytest.fail("a worker is still there")
