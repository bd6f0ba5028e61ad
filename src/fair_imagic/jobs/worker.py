"""The child process: ``python -m fair_imagic.jobs.worker FOLDER``.

A pure function of the job file: it opens no catalogue and no connection.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import threading
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.errors import ExternalToolError, FairImagicError, InputError
from fair_imagic.files import sha256_of, write_atomically
from fair_imagic.i18n import _, set_language
from fair_imagic.jobs.job_file import read_job_file
from fair_imagic.jobs.progress_file import ProgressWriter
from fair_imagic.processing import (
    ProcessingJob,
    checked,
    package_of,
    processor,
    verify,
)

if TYPE_CHECKING:
    from fair_imagic.jobs.job_file import JobFile
    from fair_imagic.processing import InputImage, ProcessingResult, Processor

__all__ = ["main"]

KNOWN_ERROR = 3
NO_MEMORY = 4
TOOL_ERROR = 5


def main(folder: Path, *, memory_mb: int) -> int:
    """Run the job of a folder and return the exit status.

    Known errors go to ``error.json``; anything else ends the process with its
    traceback, which the parent keeps in ``log.txt``.
    """
    _follow_parent()
    try:
        job = read_job_file(folder)
        set_language(job.language)
        _limit_memory(memory_mb)
        _run(folder, job)
    except FairImagicError as error:
        names = ("message", "where", "expected", "found", "hint")
        content = {name: getattr(error, name) for name in names}
        write_atomically(folder / "error.json", json.dumps(content))
        is_tool = isinstance(error, ExternalToolError)
        return TOOL_ERROR if is_tool else KNOWN_ERROR
    except MemoryError:
        return NO_MEMORY
    return 0


def _run(folder: Path, job: JobFile) -> None:
    started = clock.isoformat(clock.now())
    report = ProgressWriter(folder)
    chosen = processor(job.processor)
    parameters = checked(chosen.parameters, job.parameters)
    # Images of one file are many: it is read whole once.
    for image in {(one.path, one.sha256): one for one in job.inputs}.values():
        _check_input(image)
    working = folder / "working"
    working.mkdir()
    made = chosen.run(
        ProcessingJob(
            inputs=job.inputs,
            parameters=parameters,
            folder=working,
            report=report,
            seed=job.seed,
        )
    )
    verify(made, working, inputs=len(job.inputs))
    content = _described(chosen, job, made=made, working=working)
    content |= {"parameters": parameters, "started": started}
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    write_atomically(working / "result.json", text + "\n")
    # From here on the result exists, whole: this is the only step that others see.
    working.rename(folder / "result")


def _check_input(image: InputImage) -> None:
    """Raise InputError where a file is not the one that the job was made for."""
    if not image.path.is_file():
        raise InputError(
            _("The file of {name} is missing").format(name=image.name),
            where=str(image.path),
        )
    found = sha256_of(image.path)
    if found != image.sha256:
        raise InputError(
            _("The file of {name} has changed since it was imported").format(
                name=image.name
            ),
            where=str(image.path),
            expected=image.sha256,
            found=found,
            hint=_("Import the file again."),
        )


def _described(
    chosen: Processor, job: JobFile, *, made: ProcessingResult, working: Path
) -> dict[str, object]:
    """Return the content of ``result.json`` but for what only the run knows."""
    outputs = []
    for output in made.outputs:
        path = working / output.name
        facts = {"sha256": sha256_of(path), "byte_size": path.stat().st_size}
        outputs.append(asdict(output) | facts)
    return {
        "processor": chosen.token,
        "processor_version": chosen.probe().version,
        "outputs": outputs,
        "inputs": [{"image": i.image, "sha256": i.sha256} for i in job.inputs],
        "remarks": list(made.remarks),
        "libraries": _libraries(chosen),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "threads": job.threads,
        "seed": job.seed,
        "ended": clock.isoformat(clock.now()),
    }


def _libraries(chosen: Processor) -> list[str]:
    """Return the libraries with their versions, and first the plug-in if it is one."""
    libraries = [_versioned(name) for name in chosen.libraries]
    package = package_of(chosen.token)
    is_own = package.partition(" ")[0] == "fair-imagic"
    return libraries if is_own or not package else [package, *libraries]


def _versioned(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _limit_memory(memory_mb: int) -> None:
    # Data, not address space: a mapped file costs no memory of its own.
    if memory_mb:
        most = memory_mb * 1024 * 1024
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _follow_parent() -> None:
    """End this process soon after its parent: nobody would take the result."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), memory_mb=int(sys.argv[2])))
