"""Runs a job in a child process of this machine, with limits, and watches it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import (
    Cancelled,
    ConflictError,
    ExternalToolError,
    FairImagicError,
    InputError,
)
from fair_imagic.i18n import _, current_language
from fair_imagic.jobs.job_file import write_job_file
from fair_imagic.jobs.progress_file import read_progress
from fair_imagic.jobs.result import verified_result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.jobs.job_file import JobFile
    from fair_imagic.jobs.result import JobResult

    Progress = Callable[[float, str], None]

__all__ = ["Limits", "run_job"]

_POLL_S = 0.05
_KNOWN_ERROR = 3
_NO_MEMORY = 4
_TOOL_ERROR = 5
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that a job may take; 0 means no limit."""

    time_s: float = 3600.0
    memory_mb: int = 4096


def run_job(
    job: JobFile,
    folder: Path,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> JobResult:
    """Run a job and return its checked result, which stays in ``folder/result``.

    Parameters
    ----------
    folder
        A new folder for this job alone.
    progress
        Is told the fraction done and a message, whenever they change.
    cancelled
        Is asked some times a second whether to stop.

    Raises
    ------
    InputError
        The processor cannot use an image or a parameter.
    ExternalToolError
        The child crashed, was killed, or went over a limit; or an output that it
        names is missing, empty or broken off.
    Cancelled
        ``cancelled`` said so, or Ctrl-C. No result is left.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConflictError(_("The folder of a job is not empty"), where=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    write_job_file(folder, replace(job, language=current_language()))
    limits = limits or Limits()
    try:
        with (folder / "log.txt").open("wb") as log:
            child = _child(job, folder, limits=limits, log=log.fileno())
            code = _watch(
                child, folder, limits=limits, progress=progress, cancelled=cancelled
            )
        if code != 0:
            raise _failure(folder, code, limits=limits)
        return verified_result(folder)
    except BaseException:
        _remove_result(folder)
        raise


def _child(
    job: JobFile, folder: Path, *, limits: Limits, log: int
) -> subprocess.Popen[bytes]:
    environment = os.environ | dict.fromkeys(_THREADS, str(job.threads))
    environment["PYTHONHASHSEED"] = str(job.seed)
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "fair_imagic.jobs.worker",
            str(folder),
            str(limits.memory_mb),
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=environment,
        start_new_session=True,  # so that it can be killed with all it started
    )


def _watch(
    child: subprocess.Popen[bytes],
    folder: Path,
    *,
    limits: Limits,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> int:
    """Return the exit status of the child, which is dead in any case."""
    ends = time.monotonic() + limits.time_s if limits.time_s else float("inf")
    told = (0.0, "")
    try:
        while True:
            code = child.poll()
            seen = read_progress(folder)
            if progress is not None and seen != told:
                told = seen
                progress(*seen)
            if code is not None:
                return code
            if cancelled is not None and cancelled():
                raise Cancelled(_("The job was cancelled"))
            if time.monotonic() > ends:
                raise ExternalToolError(
                    _("The job took longer than {seconds} s and was stopped").format(
                        seconds=f"{limits.time_s:g}"
                    ),
                    where=str(folder),
                    hint=_("An administrator can raise the setting job_timeout_s."),
                )
            time.sleep(_POLL_S)
    except KeyboardInterrupt as error:
        raise Cancelled(_("The job was cancelled")) from error
    finally:
        _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and all that it started; a child that ended is only reaped."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _failure(folder: Path, code: int, *, limits: Limits) -> FairImagicError:
    if code in (_KNOWN_ERROR, _TOOL_ERROR):
        content = json.loads((folder / "error.json").read_text(encoding="utf-8"))
        kind = InputError if code == _KNOWN_ERROR else ExternalToolError
        return kind(content.pop("message"), **content)
    if code == _NO_MEMORY:
        return ExternalToolError(
            _("The job needs more than {megabytes} MB of memory").format(
                megabytes=limits.memory_mb
            ),
            where=str(folder),
            hint=_("An administrator can raise the setting job_memory_mb."),
        )
    log = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")
    lines = [line for line in log.splitlines() if line.strip()]
    reason = signal.Signals(-code).name if code < 0 else str(code)
    return ExternalToolError(
        _("The job ended without a result ({reason})").format(reason=reason),
        where=str(folder / "log.txt"),
        found=lines[-1] if lines else "",
    )


def _remove_result(folder: Path) -> None:
    """Leave the job file and the log, and nothing that looks like a result."""
    for name in ("working", "result"):
        shutil.rmtree(folder / name, ignore_errors=True)
