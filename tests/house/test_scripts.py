"""The scripts that people and the review start, and the environment that they make."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["demo", "generate", "lint", "setup", "test"])
def test_scripts_can_be_started(name: str) -> None:
    path = ROOT / "scripts" / name
    assert os.access(path, os.X_OK)


@pytest.mark.parametrize("name", ["demo", "setup", "test"])
def test_scripts_explain_themselves(name: str) -> None:
    asked = _run(name, "--help")
    assert asked.returncode == 0
    assert f"scripts/{name}" in asked.stdout


@pytest.mark.parametrize("name", ["demo", "setup"])
def test_an_unknown_option_is_refused_before_anything_is_done(name: str) -> None:
    done = _run(name, "--no-such-option")
    assert done.returncode == 2
    assert "--no-such-option" in done.stderr


def test_continuous_integration_runs_the_tests() -> None:
    assert "scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_dependency_is_pinned() -> None:
    pinned = {
        _normal(line.split("==")[0])
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    for extra in extras.keys() - {"all"}:
        wanted += extras[extra]
    names = {_normal(re.split(r"[\[<>=;]", line)[0]) for line in wanted}
    assert sorted(names - pinned) == []


def test_pins_name_versions_and_no_places() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [p for p in pins if not re.fullmatch(r"[\w.-]+==[\w.+!]+", p)] == []


def test_what_a_wheel_takes_exists() -> None:
    taken = PROJECT["tool"]["hatch"]["build"]["only-include"]
    assert [folder for folder in taken if not (ROOT / folder).is_dir()] == []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / name)
    return subprocess.run([script, *arguments], capture_output=True, text=True)
