"""A plug-in processor that does what it must not, on demand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from fair_imagic.processing import (
    OutputFile,
    Parameter,
    Probe,
    ProcessingJob,
    ProcessingResult,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEEDS = ("crash", "die", "hang", "eat", "spawn", "leave-out", "lose", "empty", "well")


class BadProcessor:
    """Writes half an output, then misbehaves."""

    def __init__(self) -> None:
        self.token = "bad"
        self.title = self.description = {"en": "Bad", "fr": "Mauvais"}
        deed = Parameter(
            name="deed", kind="choice", default="well", choices=DEEDS, help=self.title
        )
        self.parameters = (deed,)
        self.makes = ("file",)
        self.gaps = ()
        self.libraries = ("numpy", "no-such-distribution")

    def probe(self) -> Probe:
        return Probe(version="1.0")

    def run(self, job: ProcessingJob) -> ProcessingResult:
        (job.folder / "half.txt").write_text("half")
        job.report(0.5, "half way")
        _DEEDS[job.parameters["deed"]](job.folder)
        output = OutputFile(
            name="half.txt", role="file", media_type="text/plain", sources=(0,)
        )
        return ProcessingResult(outputs=(output,))


def _crash(_folder: Path) -> None:
    raise RuntimeError("the processor has a mistake")


def _die(_folder: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(_folder: Path) -> None:
    time.sleep(60)


def _eat(_folder: Path) -> None:
    pieces = [bytearray(1 << 26) for _ in range(64)]
    raise AssertionError(len(pieces))


def _spawn(folder: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    folder.parent.joinpath("child.txt").write_text(str(child.pid))
    time.sleep(60)


def _leave_out(folder: Path) -> None:
    (folder / "unnamed.txt").write_text("nobody declared this file")


def _lose(folder: Path) -> None:
    (folder / "half.txt").unlink()


def _empty(folder: Path) -> None:
    (folder / "half.txt").write_bytes(b"")


_DEEDS: dict[str, Callable[[Path], None]] = {
    "crash": _crash,
    "die": _die,
    "hang": _hang,
    "eat": _eat,
    "spawn": _spawn,
    "leave-out": _leave_out,
    "lose": _lose,
    "empty": _empty,
    "well": lambda _folder: None,
}

PROCESSOR = BadProcessor()
