"""Environments of their own: a real one is made, and programs in it looked at."""

from __future__ import annotations

import shutil
import sysconfig
import venv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.errors import ExternalToolError
from fair_imagic.i18n import use_language
from fair_imagic.processing.environments import (
    PROGRAMS,
    Absence,
    Environment,
    environment,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.config import Settings

CELLPOSE = PROGRAMS[0]
VERSIONS = {"cellpose": "3.1.1.3", "torch": "2.13.0+cpu", "numpy": "2.0.2"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(config.load(tmp_path / "home"), tools_folder=str(tmp_path / "tools"))


@pytest.fixture
def install(settings: Settings) -> Callable[[str], Path]:
    """Make an environment whose ``cellpose`` is the given code, with its neighbours."""

    def made(code: str) -> Path:
        folder = Path(settings.tools_folder) / "cellpose"
        venv.create(folder, with_pip=False, symlinks=True)
        scheme = {"base": str(folder), "platbase": str(folder)}
        site = Path(sysconfig.get_path("purelib", "venv", vars=scheme))
        for name, version in VERSIONS.items():
            (site / name).mkdir()
            (site / name / "__init__.py").write_text(code if name == "cellpose" else "")
            (site / f"{name}-{version}.dist-info").mkdir()
            about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            (site / f"{name}-{version}.dist-info" / "METADATA").write_text(about)
        return folder

    return made


def test_an_environment_that_works_tells_its_versions(settings, install) -> None:
    folder = install("print('Welcome! Bienvenue !')")
    place = environment(CELLPOSE, settings=settings)
    assert isinstance(place, Environment)
    assert place.versions == VERSIONS
    assert place.python == folder / "bin" / "python"
    assert place.python_version.startswith("3.")


@pytest.mark.parametrize(
    ("language", "reason", "hint"),
    [
        ("en", "it is not installed (it needs numpy before 2.1", "Run scripts/setup"),
        ("fr", "n’est pas installé", "Lancez scripts/setup --processing"),
    ],
)
def test_what_is_not_installed_is_named_with_reason_and_way_out(
    settings, language: str, reason: str, hint: str
) -> None:
    with use_language(language):
        place = environment(CELLPOSE, settings=settings)
    assert isinstance(place, Absence)
    assert reason in place.reason
    assert settings.tools_folder in place.reason
    assert hint in place.hint
    assert "tools_folder" in place.hint


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import a_part_that_lacks", "No module named 'a_part_that_lacks'"),
        ("raise RuntimeError('compiled for numpy 1')", "compiled for numpy 1"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "-9"),
        # our own libraries are not seen there, whatever the path says
        ("import fair_imagic", "No module named 'fair_imagic'"),
    ],
)
def test_an_environment_that_cannot_load_its_program_says_why(
    settings, install, code: str, reason: str
) -> None:
    install(code)
    place = environment(CELLPOSE, settings=settings)
    assert isinstance(place, Absence)
    assert "environment failed" in place.reason
    assert reason in place.reason
    assert "bin/python" in place.reason


def test_an_environment_that_lacks_a_library_is_not_called_whole(
    settings, install
) -> None:
    folder = install("")
    (about,) = folder.rglob("torch-*.dist-info")
    shutil.rmtree(about)
    place = environment(CELLPOSE, settings=settings)
    assert isinstance(place, Absence)
    assert "torch" in place.reason


def test_a_program_that_hangs_is_stopped(settings, install) -> None:
    install("import time; time.sleep(60)")
    place = environment(CELLPOSE, settings=settings, timeout_s=0.5)
    assert isinstance(place, Absence)
    assert "took too long" in place.reason
    assert "0.5 s" in place.reason


def test_an_interpreter_that_cannot_start_is_named(settings) -> None:
    python = Path(settings.tools_folder) / "cellpose" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("no program")
    place = environment(CELLPOSE, settings=settings)
    assert isinstance(place, Absence)
    assert "cannot be started" in place.reason


def test_a_script_answers_what_it_was_asked(install, tmp_path: Path) -> None:
    script = tmp_path / "twice.py"
    script.write_text(
        "import json, sys\n"
        "asked = json.load(open(sys.argv[1]))\n"
        "json.dump({'twice': asked['value'] * 2}, open(sys.argv[2], 'w'))\n"
    )
    python = install("") / "bin" / "python"
    assert run(python, script, {"value": "né"}, timeout_s=30) == {"twice": "néné"}


def test_a_script_without_answer_is_an_error(install, tmp_path: Path) -> None:
    script = tmp_path / "silent.py"
    script.write_text("")
    python = install("") / "bin" / "python"
    with pytest.raises(ExternalToolError, match="no answer"):
        run(python, script, {}, timeout_s=30)
