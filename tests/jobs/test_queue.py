"""The table of jobs, and running one from it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.catalogue.tables import JOB
from fair_imagic.errors import (
    Cancelled,
    ConflictError,
    ExternalToolError,
    NotFoundError,
)
from fair_imagic.jobs import Limits
from fair_imagic.jobs.queue import JobQueue, JobState
from fair_imagic.jobs.runner import run_queued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fair_imagic.catalogue.database import Database
    from fair_imagic.jobs import JobFile


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(sqlite_url(tmp_path / "journal.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def queue(database: Database) -> JobQueue:
    return JobQueue(database)


def add(queue: JobQueue) -> int:
    return queue.add("process", subject="demo", title="Segmentation", author="lea")


def test_jobs_are_taken_in_order_and_by_one_process_only(queue: JobQueue) -> None:
    first, second = add(queue), add(queue)
    claimed = queue.claim()
    assert claimed is not None
    assert (claimed.number, claimed.state) == (first, JobState.RUNNING)
    assert claimed.process == os.getpid()
    assert queue.claim(first) is None
    other = queue.claim()
    assert other is not None
    assert other.number == second
    assert queue.claim() is None


def test_progress_and_end_are_kept(queue: JobQueue) -> None:
    number = add(queue)
    queue.claim(number)
    queue.report(number, fraction=0.25, message="image 1 of 4")
    job = queue.get(number)
    assert (job.fraction, job.message) == (0.25, "image 1 of 4")
    queue.finish(number, message="4 masks")
    job = queue.get(number)
    assert (job.state, job.fraction, job.message) == (JobState.DONE, 1.0, "4 masks")
    assert job.created <= job.started <= job.ended


def test_a_job_that_ended_stays_as_it_is(queue: JobQueue) -> None:
    number = add(queue)
    with pytest.raises(ConflictError):
        queue.finish(number)
    queue.claim(number)
    queue.fail(number, message="no")
    for change in (queue.finish, queue.stopped):
        with pytest.raises(ConflictError):
            change(number)
    assert queue.cancel(number).state is JobState.FAILED
    with pytest.raises(NotFoundError):
        queue.get(99)


def test_a_queued_job_is_cancelled_at_once_and_a_running_one_is_asked(
    queue: JobQueue,
) -> None:
    waiting, running = add(queue), add(queue)
    queue.claim(running)
    assert queue.cancel(waiting).state is JobState.CANCELLED
    assert queue.claim() is None
    assert queue.cancel(running).state is JobState.RUNNING
    assert queue.wants_cancel(running)


def test_the_newest_jobs_come_first(queue: JobQueue) -> None:
    numbers = [add(queue) for _ in range(3)]
    queue.claim(numbers[0])
    assert [job.number for job in queue.latest()] == numbers[::-1]
    waiting = queue.latest(state=JobState.QUEUED, most=1)
    assert [job.number for job in waiting] == [numbers[2]]


def test_jobs_of_a_process_that_has_gone_are_marked_as_failed(
    queue: JobQueue, database: Database
) -> None:
    mine, lost, foreign = (add(queue) for _ in range(3))
    for number in (mine, lost, foreign):
        queue.claim(number)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with database.transaction() as connection:
        change = update(JOB).where(JOB.c.number == lost)
        connection.execute(change.values(process=gone.pid))
        change = update(JOB).where(JOB.c.number == foreign)
        connection.execute(change.values(process=gone.pid, host="elsewhere"))
    assert queue.recover() == [lost]
    assert queue.get(lost).state is JobState.FAILED
    assert queue.get(mine).state is JobState.RUNNING


def test_a_queued_job_runs_to_its_end(
    queue: JobQueue, job: JobFile, tmp_path: Path
) -> None:
    number = add(queue)
    queue.claim(number)
    result = run_queued(queue, number, job=job, folder=tmp_path / "job")
    kept = queue.get(number)
    assert kept.state is JobState.DONE
    assert kept.message == result.remarks[0] == "cell: 1 object"


def test_a_failing_job_says_why_in_the_table(
    queue: JobQueue, bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    number = add(queue)
    queue.claim(number)
    with pytest.raises(ExternalToolError):
        run_queued(queue, number, job=bad("crash"), folder=tmp_path / "job")
    kept = queue.get(number)
    assert kept.state is JobState.FAILED
    assert "the processor has a mistake" in kept.message


def test_a_cancel_in_the_table_stops_the_child(
    queue: JobQueue, bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    number = add(queue)
    queue.claim(number)
    folder = tmp_path / "job"

    def cancel() -> None:
        deadline = time.monotonic() + 20
        while not (folder / "progress.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        queue.cancel(number)

    helper = threading.Thread(target=cancel)
    helper.start()
    with pytest.raises(Cancelled):
        run_queued(
            queue, number, job=bad("hang"), folder=folder, limits=Limits(time_s=30)
        )
    helper.join()
    assert queue.get(number).state is JobState.CANCELLED
    assert queue.get(number).message == ""


def test_a_job_knows_its_author_by_an_id_that_can_be_forgotten(
    database: Database,
) -> None:
    from fair_imagic.catalogue.tables import ACTOR

    queue = JobQueue(database)
    number = queue.add("check", subject="s", title="Check", author="ana.roux")
    assert queue.get(number).author == "ana.roux"
    with database.transaction() as connection:
        (row,) = connection.execute(JOB.select()).mappings()
        assert "ana" not in str(dict(row))
        connection.execute(ACTOR.delete())
    assert queue.get(number).author == "somebody erased"
    assert queue.latest()[0].author == "somebody erased"
