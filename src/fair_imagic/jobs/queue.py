"""The table of jobs: what waits, what runs and how far, what came out."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from fair_imagic import clock
from fair_imagic.catalogue import actors
from fair_imagic.catalogue.tables import JOB
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from fair_imagic.catalogue.database import Database

__all__ = ["Job", "JobQueue", "JobState"]


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row of the table. ``message`` is the progress, or why a job failed."""

    number: int
    kind: str
    subject: str
    title: str
    author: str
    folder: str
    state: JobState
    fraction: float
    message: str
    wants_cancel: bool
    host: str
    process: int
    created: str
    started: str
    ended: str


class JobQueue:
    """The jobs of a catalogue's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kind: str, *, subject: str, title: str, author: str, folder: str = ""
    ) -> int:
        """Queue a job and return its number."""
        values = {
            "kind": kind,
            "subject": subject,
            "title": title,
            "author": author,
            "folder": folder,
            "state": JobState.QUEUED,
            "fraction": 0.0,
            "message": "",
            "wants_cancel": False,
            "host": "",
            "process": 0,
            "created": _now(),
            "started": "",
            "ended": "",
        }
        with self._database.transaction() as connection:
            values["author"] = actors.id_of(connection, author)
            result = connection.execute(insert(JOB).values(**values))
            key = result.inserted_primary_key
        return int(key[0]) if key is not None else 0

    def get(self, number: int) -> Job:
        """Return a job; raises NotFoundError."""
        with self._database.engine.connect() as connection:
            return _get(connection, number)

    def latest(
        self, *, state: JobState | None = None, most: int | None = 100
    ) -> list[Job]:
        """Return the newest jobs, newest first; all of them where ``most`` is None."""
        query = select(JOB).order_by(JOB.c.number.desc()).limit(most)
        if state is not None:
            query = query.where(JOB.c.state == state)
        with self._database.engine.connect() as connection:
            names = actors.names(connection)
            return [_job(row, names) for row in connection.execute(query)]

    def claim(self, number: int | None = None) -> Job | None:
        """Take the oldest queued job, or a given one, for this process.

        None where there is none, or another process was faster.
        """
        condition: ColumnElement[bool] = JOB.c.state == JobState.QUEUED
        if number is not None:
            condition &= JOB.c.number == number
        with self._database.transaction() as connection:
            query = select(JOB.c.number).where(condition).order_by(JOB.c.number)
            found = connection.execute(query.limit(1)).scalar()
            if found is None:
                return None
            change = update(JOB).where(JOB.c.number == found, condition)
            result = connection.execute(
                change.values(
                    state=JobState.RUNNING,
                    host=platform.node(),
                    process=os.getpid(),
                    started=_now(),
                )
            )
            return _get(connection, found) if result.rowcount == 1 else None

    def report(self, number: int, *, fraction: float, message: str) -> None:
        """Keep how far a running job is."""
        self._change(number, JobState.RUNNING, fraction=fraction, message=message)

    def wants_cancel(self, number: int) -> bool:
        """Return whether somebody asked a job to stop."""
        return self.get(number).wants_cancel

    def finish(self, number: int, *, message: str = "") -> None:
        """Say that a running job is done."""
        self._end(number, JobState.DONE, fraction=1.0, message=message)

    def fail(self, number: int, *, message: str) -> None:
        """Say that a running job failed, and why."""
        self._end(number, JobState.FAILED, message=message)

    def stopped(self, number: int) -> None:
        """Say that a running job was cancelled."""
        self._end(number, JobState.CANCELLED, message="")

    def cancel(self, number: int) -> Job:
        """Cancel a queued job, or ask a running one to stop; a job that ended stays."""
        with self._database.transaction() as connection:
            job = _get(connection, number)
            change = update(JOB).where(JOB.c.number == number)
            if job.state is JobState.QUEUED:
                ended = change.values(state=JobState.CANCELLED, ended=_now())
                connection.execute(ended)
            elif job.state is JobState.RUNNING:
                connection.execute(change.values(wants_cancel=True))
            return _get(connection, number)

    def recover(self) -> list[int]:
        """Mark the jobs of this machine whose process has gone as failed."""
        lost = [
            job.number
            for job in self.latest(state=JobState.RUNNING, most=None)
            if job.host == platform.node() and not _is_alive(job)
        ]
        for number in lost:
            self.fail(number, message=_("The program was stopped during this job"))
        return lost

    def _end(self, number: int, state: JobState, **values: float | str) -> None:
        values = {"state": state, "ended": _now(), **values}
        self._change(number, JobState.RUNNING, **values)

    def _change(self, number: int, expected: JobState, **values: float | str) -> None:
        change = update(JOB).where(JOB.c.number == number, JOB.c.state == expected)
        with self._database.transaction() as connection:
            result = connection.execute(change.values(**values))
            if result.rowcount != 1:
                found = _get(connection, number).state
                raise ConflictError(
                    _("Job {number} cannot change in this way").format(number=number),
                    expected=expected,
                    found=found,
                )


def _get(connection: Connection, number: int) -> Job:
    row = connection.execute(select(JOB).where(JOB.c.number == number)).first()
    if row is None:
        raise NotFoundError(_("There is no job {number}").format(number=number))
    return _job(row, actors.names(connection))


def _job(row: Row[tuple[object, ...]], names: dict[str, str]) -> Job:
    values = dict(row._mapping)
    author = actors.name_in(names, str(values["author"]))
    return Job(**(values | {"state": JobState(values["state"]), "author": author}))


def _is_alive(job: Job) -> bool:
    """Return whether the process lives that took the job (not a later namesake)."""
    import psutil  # type: ignore[import-untyped]

    try:
        began = psutil.Process(job.process).create_time()
    except psutil.NoSuchProcess:
        return False
    return bool(began <= _seconds(job.started) + 1)


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _now() -> str:
    return clock.isoformat(clock.now())
