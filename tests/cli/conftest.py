"""The command line as a user has it: a process of its own, with its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

from fair_imagic.workflow.demo.sample_study import StudyFolder, write_study

if TYPE_CHECKING:
    from pathlib import Path


class Run(Protocol):
    def __call__(
        self, *arguments: object, **environment: str
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    return write_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    """Run ``fair-imagic`` with its own data folder; no traceback may be seen."""

    def command(
        *arguments: object, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "fair_imagic.cli.main",
                "--home",
                str(home),
                *map(str, arguments),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, **environment},
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return command
