"""Takes queued jobs and runs them, with their progress and end kept in the table."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fair_imagic.errors import Cancelled, FairImagicError
from fair_imagic.jobs.executor import Limits, run_job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.jobs.job_file import JobFile
    from fair_imagic.jobs.queue import JobQueue
    from fair_imagic.jobs.result import JobResult

__all__ = ["limits_of", "run_queued"]

_ASK_EVERY_S = 0.5


def limits_of(settings: Settings) -> Limits:
    """Return the limits of the settings."""
    return Limits(time_s=settings.job_timeout_s, memory_mb=settings.job_memory_mb)


def run_queued(
    queue: JobQueue,
    number: int,
    *,
    job: JobFile,
    folder: Path,
    limits: Limits | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> JobResult:
    """Run a job that this process has claimed, and keep its progress and end.

    Raises what :func:`~fair_imagic.jobs.executor.run_job` raises; the table has it too.
    """

    def report(fraction: float, message: str) -> None:
        queue.report(number, fraction=fraction, message=message)
        if progress is not None:
            progress(fraction, message)

    try:
        result = run_job(
            job,
            folder,
            limits=limits,
            progress=report,
            cancelled=_Asker(queue, number),
        )
    except Cancelled:
        queue.stopped(number)
        raise
    except FairImagicError as error:
        queue.fail(number, message=str(error))
        raise
    queue.finish(number, message="\n".join(result.remarks))
    return result


class _Asker:
    """Asks the table whether to stop, not more often than needed."""

    def __init__(self, queue: JobQueue, number: int) -> None:
        self._queue = queue
        self._number = number
        self._next = 0.0

    def __call__(self) -> bool:
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _ASK_EVERY_S
        return self._queue.wants_cancel(self._number)
