"""The lock that one process holds at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest

from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock

_HOLDER = """
import sys, time
from pathlib import Path
from fair_imagic.files import FileLock
with FileLock(Path(sys.argv[1])):
    print("taken", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "locks" / "one.lock"


@pytest.fixture
def holder(path):
    """Another process that holds the lock until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "taken\n"
        yield process
        process.kill()


def test_a_lock_held_by_another_process_is_refused_with_its_place(holder, path):
    lock = FileLock(path, wait=False)
    assert not lock.acquire()
    with (
        pytest.raises(ConflictError, match="Another process holds this") as caught,
        lock,
    ):
        pass
    assert caught.value.where == str(path)


def test_the_lock_of_a_killed_process_is_free_at_once(holder, path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with FileLock(path, wait=False):
        pass


def test_one_process_does_not_take_a_lock_twice(path):
    with FileLock(path):
        assert not FileLock(path, wait=False).acquire()
    with FileLock(path, wait=False):
        pass


def test_another_thread_may_give_a_lock_back(path):
    lock = FileLock(path)
    assert lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert FileLock(path, wait=False).acquire()


def test_who_waits_gets_the_lock_when_it_is_free(path):
    lock, taken = FileLock(path), threading.Event()
    assert lock.acquire()

    def wait() -> None:
        with FileLock(path):
            taken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.2)
    assert not taken.is_set()
    lock.release()
    assert taken.wait(timeout=10)
    thread.join()


def test_a_lock_that_is_not_held_can_be_given_back(path):
    FileLock(path).release()
    assert not path.exists()
