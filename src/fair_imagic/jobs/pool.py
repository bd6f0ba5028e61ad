"""Many small pure tasks on all cores of this machine, or on a Dask cluster.

A task is a function of a module and one argument, both sent to another process; it
opens no store and no database. ``executor = local`` starts one process a core,
``dask://host:port`` sends tasks to a scheduler that an administrator runs: a task whose
worker dies is run again by another.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from fair_imagic.errors import ConfigurationError, ExternalToolError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future
    from multiprocessing.connection import Connection

    from fair_imagic.config import Settings

__all__ = ["opened_pool", "spread"]

_LOCAL = "local"
_DASK = re.compile(r"dask://([^/\s]+:[0-9]+)/?\Z")
_CONNECT_S = 10
_TRIES = 3
# Tasks sent ahead of those that run: the rest is not made yet and costs no memory.
_AHEAD = 2

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@contextlib.contextmanager
def opened_pool(settings: Settings) -> Iterator[tuple[Executor, int]]:
    """Give an executor and the number of its workers.

    Raises :class:`~fair_imagic.errors.ConfigurationError` where the setting
    ``executor`` names none, or nobody answers there.
    """
    if settings.executor == _LOCAL:
        with _local() as pool:
            yield pool
        return
    address = _DASK.match(settings.executor)
    if address is None:
        raise ConfigurationError(
            _("Setting {name} has an unknown form").format(name="executor"),
            expected="local, dask://host:8786",
            found=settings.executor,
        )
    with _dask(address[1]) as pool:
        yield pool


@contextlib.contextmanager
def _local() -> Iterator[tuple[Executor, int]]:
    """Give one process a core; on an error, or Ctrl-C, they end at once."""
    cores = os.cpu_count() or 1
    # Not fork: this process has threads and an open store.
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with (
        theirs,
        ProcessPoolExecutor(
            cores, mp_context=context, initializer=_end_with, initargs=(theirs,)
        ) as pool,
        # Closed before the pool waits for its processes, however the block ends.
        _closed_on_error(ours, pool),
    ):
        yield pool, cores
    ours.close()


@contextlib.contextmanager
def _closed_on_error(
    connection: Connection, pool: ProcessPoolExecutor
) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        _let_go_of_pipes(pool)
        raise


def _let_go_of_pipes(pool: ProcessPoolExecutor) -> None:
    """Close our own ends of what the workers write and read.

    A worker that ends in the midst of a large result leaves its rest awaited for ever
    while somebody could still write it: this process can. One that ends in the midst of
    a large task leaves it half-written while somebody could still read it (CPython
    issue 94777, which Debian 12's Python has).
    """
    results = getattr(pool, "_result_queue", None)
    if results is not None:
        results._writer.close()
    tasks = getattr(pool, "_call_queue", None)
    if tasks is not None:
        tasks._reader.close()


def _end_with(parent: Connection) -> None:
    """End this worker when its parent closes its end, or is no more."""

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            parent.recv()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl-C wait; a process that is started meanwhile never sees it.

    It goes to all processes of a terminal, and its parent ends a worker anyway.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _dask(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        import distributed
    except ImportError as error:
        raise ConfigurationError(
            _("Dask is not installed"),
            hint=_("Install it: pip install 'fair-imagic[cluster]'"),
        ) from error
    # Typed in parts only.
    connect: Any = distributed.Client
    try:
        client = connect(f"tcp://{address}", timeout=_CONNECT_S, set_as_default=False)
    except OSError as error:
        raise ConfigurationError(
            _("No Dask scheduler answers"),
            where=f"dask://{address}",
            found=str(error),
            hint=_("Start one with `dask scheduler`, or set executor to local."),
        ) from error
    with client:
        workers = max(1, sum(client.nthreads().values()))
        yield client.get_executor(pure=False, retries=_TRIES), workers


def spread(
    pool: tuple[Executor, int],
    function: Callable[[_Task], _Result],
    tasks: Iterable[_Task],
) -> Iterator[_Result]:
    """Yield the result of each task as it is done, in no order.

    Tasks are taken one by one, not much before a worker is free for them. Raises
    :class:`~fair_imagic.errors.ExternalToolError` where a worker process is killed and
    nobody can run its task again, and what the function itself raises.
    """
    executor, workers = pool
    waiting: set[Future[_Result]] = set()
    source = iter(tasks)
    ended = False
    try:
        while waiting or not ended:
            while not ended and len(waiting) < workers + _AHEAD:
                try:
                    task = next(source)
                except StopIteration:
                    ended = True
                    break
                with _interrupts_wait():
                    waiting.add(executor.submit(function, task))
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future)
    finally:
        for future in waiting:
            future.cancel()


def _result(future: Future[_Result]) -> _Result:
    try:
        return future.result()
    except Exception as error:
        # Dask's own class cannot be named where Dask is not installed.
        if isinstance(error, BrokenProcessPool) or type(error).__name__ == (
            "KilledWorker"
        ):
            raise ExternalToolError(
                _("A worker process was killed"),
                found=str(error),
                hint=_("It may have run out of memory: check fewer sets at a time."),
            ) from error
        raise
