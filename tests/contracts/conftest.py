"""Plug-in distributions: built, installed into a folder, and put on the path."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PLUGINS = Path(__file__).parent / "plugins"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function: installs a plug-in by its folder's name and says where it is."""

    @functools.cache
    def install(name: str) -> Path:
        project = tmp_path_factory.mktemp("project") / name
        shutil.copytree(
            PLUGINS / name, project, ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(PLUGINS / "build_backend.py", project)
        site = tmp_path_factory.mktemp("site")
        command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index"]
        command += ["--no-build-isolation", "--disable-pip-version-check", "--quiet"]
        command += ["--no-cache-dir", "--target", str(site), str(project)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return site

    return install
