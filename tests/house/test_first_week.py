"""The commands of the first week run as they are printed, in the study's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "first-week.md"


def _commands() -> list[str]:
    """Return the lines after ``$`` in the page's console blocks."""
    blocks = PAGE.read_text(encoding="utf-8").split("```console\n")[1:]
    lines = [line for block in blocks for line in block.split("```")[0].splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    from fair_imagic.workflow.demo.sample_study import write_study

    return write_study(tmp_path / "study").root


@pytest.mark.budget(180, "first week of the docs")
@pytest.mark.timeout(600)
def test_the_first_week_works_as_printed(study: Path) -> None:
    before = _checksums(study / "images")
    environment = dict(os.environ)
    bin_folder = str(Path(sys.executable).parent)
    environment["PATH"] = bin_folder + os.pathsep + environment["PATH"]
    for command in _commands():
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=study,
            env=environment,
            capture_output=True,
            text=True,
        )
        said = f"$ {command}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0, said
        assert "Traceback" not in said, said
    report = (study / "monday.html").read_text(encoding="utf-8")
    assert "<html" in report
    plan = (study / "madmp.json").read_text(encoding="utf-8")
    assert "https://doi.org/10.99999/" in plan
    assert _checksums(study / "images") == before


def test_every_day_has_commands() -> None:
    page = PAGE.read_text(encoding="utf-8")
    days = page.split("\n## Day ")[1:]
    assert [day[0] for day in days] == ["1", "2", "3"]
    assert all("```console" in day for day in days)


def _checksums(folder: Path) -> dict[str, bytes]:
    import hashlib

    return {
        path.name: hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file()
    }
