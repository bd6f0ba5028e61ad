"""Environments of their own: programs that need other libraries than ours.

Each is a Python environment in a folder of its own name. What it holds is never
imported here: a script of ours is started there, as another process.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic import config, resources
from fair_imagic.errors import ExternalToolError
from fair_imagic.i18n import _, both, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.config import Settings

__all__ = ["PROGRAMS", "Absence", "Environment", "Program", "environment", "run"]

_PROBE = Path(__file__).with_name("environment_probe.py")
#: A deep-learning library may need a minute to load from a cold disk.
_PROBE_TIMEOUT_S = 180.0


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program that has an environment of its own, and why (English and French).

    ``libraries`` are the distributions that it is made of; the first is imported to
    see whether it works. ``installation`` says how the environment is made.
    """

    name: str
    title: dict[str, str]
    why_apart: dict[str, str]
    installation: dict[str, str]
    libraries: tuple[str, ...]


PROGRAMS = (
    Program(
        name="cellpose",
        title=both(
            "Cellpose 3: models that find cells and restore images (no processor uses "
            "it yet)"
        ),
        why_apart=both(
            "it needs numpy before 2.1, which is published for Python 3.11 and 3.12 "
            "only, and has an environment of its own"
        ),
        installation=both(
            "Run scripts/setup --processing where Python 3.11 or 3.12 is installed; an "
            "environment in another place is named by the setting tools_folder."
        ),
        libraries=("cellpose", "torch", "numpy"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """An environment that works: its interpreter, and versions by distribution."""

    program: Program
    python: Path
    python_version: str
    versions: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Absence:
    """An environment that cannot be used: why, and what to do about it."""

    program: Program
    reason: str
    hint: str


def environment(
    program: Program,
    *,
    settings: Settings | None = None,
    timeout_s: float = _PROBE_TIMEOUT_S,
) -> Environment | Absence:
    """Return a program's environment after a look whether it really works.

    Parameters
    ----------
    program
        One of :data:`PROGRAMS`.
    settings
        Say where environments are; by default those in force.
    timeout_s
        How long loading its libraries may take.
    """
    python = _folder(settings or config.load()) / program.name / "bin" / "python"
    if not python.is_file():
        return _absence(
            program,
            _("it is not installed ({why}); looked for in {folder}").format(
                why=program.why_apart[current_language()], folder=python.parents[1]
            ),
        )
    try:
        answer = run(
            python, _PROBE, {"libraries": program.libraries}, timeout_s=timeout_s
        )
    except ExternalToolError as error:
        return _absence(program, f"{error.message}: {error.found} ({python})")
    return Environment(
        program=program,
        python=python,
        python_version=answer["python"],
        versions=answer["versions"],
    )


def run(
    python: Path, script: Path, request: Mapping[str, Any], *, timeout_s: float
) -> dict[str, Any]:
    """Run a script in another environment and return its answer.

    The script is started with the names of two files: it reads the request from one
    and writes the answer to the other, both JSON. It sees nothing of our libraries.

    Parameters
    ----------
    python
        The interpreter of the environment.
    script
        A file that imports nothing of this package.
    request
        What the script is asked.
    timeout_s
        It is stopped when this is over.

    Raises
    ------
    ExternalToolError
        It cannot be started, failed, took too long or gave no answer.
    """
    with tempfile.TemporaryDirectory() as name:
        question, answer = Path(name, "request.json"), Path(name, "answer.json")
        question.write_text(json.dumps(request), encoding="utf-8")
        _start([str(python), "-I", str(script), str(question), str(answer)], timeout_s)
        try:
            content = json.loads(answer.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _failure(
                _("The program in the environment gave no answer"), str(error), script
            ) from error
    return dict(content)


def _start(command: list[str], timeout_s: float) -> None:
    script = Path(command[2])
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=timeout_s, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise _failure(
            _("The program in the environment cannot be started"), str(error), script
        ) from error
    except subprocess.TimeoutExpired as error:
        raise _failure(
            _("The program in the environment took too long and was stopped"),
            f"{timeout_s:g} s",
            script,
        ) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else str(done.returncode)
        message = _("The program in the environment failed")
        raise _failure(message, reason, script)


def _failure(message: str, found: str, script: Path) -> ExternalToolError:
    return ExternalToolError(message, where=str(script), found=found)


def _absence(program: Program, reason: str) -> Absence:
    hint = program.installation[current_language()]
    return Absence(program=program, reason=reason, hint=hint)


def _folder(settings: Settings) -> Path:
    if settings.tools_folder:
        return Path(settings.tools_folder).expanduser().absolute()
    checkout = resources.checkout()
    return checkout / ".tools" if checkout else settings.home / "tools"
