from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from operator import methodcaller
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.errors import ConfigurationError, ExternalToolError
from fair_imagic.jobs.pool import opened_pool, spread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.config import Settings


def settings_with(home: Path, executor: str) -> Settings:
    return config.load(home, environ={"FAIR_IMAGIC_EXECUTOR": executor})


@pytest.mark.budget(20, "pools of workers")
def test_every_task_gets_its_result(tmp_path: Path) -> None:
    with opened_pool(settings_with(tmp_path, "local")) as pool:
        found = list(spread(pool, math.factorial, range(20)))

    assert sorted(found) == [math.factorial(n) for n in range(20)]


@pytest.mark.budget(20, "pools of workers")
def test_tasks_are_made_only_as_workers_become_free(tmp_path: Path) -> None:
    made = []

    def tasks() -> Iterator[int]:
        for number in range(50):
            made.append(number)
            yield number

    with opened_pool(settings_with(tmp_path, "local")) as pool:
        results = spread(pool, math.factorial, tasks())
        next(results)
        few = len(made)
        rest = list(results)

    assert few < 50
    assert len(rest) == 49


# A worker ends while a hundred megabytes are half-way through a pipe.
INTERRUPTED = """
import sys
from pathlib import Path
from fair_imagic import config
from fair_imagic.jobs.pool import opened_pool, spread

if __name__ == "__main__":
    settings = config.load(Path(sys.argv[1]), environ={})
    with opened_pool(settings) as pool:
        for _answer in spread(pool, FUNCTION, [TASK] * 6):
            raise KeyboardInterrupt
"""


@pytest.mark.budget(60, "pools interrupted with large data")
@pytest.mark.parametrize(
    ("function", "task"),
    [("bytes", "100_000_000"), ("len", "bytes(100_000_000)")],
    ids=["large-results", "large-tasks"],
)
def test_an_interrupted_pool_ends_whatever_is_half_way(
    tmp_path: Path, function: str, task: str
) -> None:
    script = tmp_path / "interrupted.py"
    text = INTERRUPTED.replace("FUNCTION", function).replace("TASK", task)
    script.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, tmp_path / "home"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert b"KeyboardInterrupt" in done.stderr
    assert done.returncode == -signal.SIGINT


@pytest.mark.budget(20, "pools of workers")
def test_a_killed_worker_is_an_error_that_says_so(tmp_path: Path) -> None:
    with (
        opened_pool(settings_with(tmp_path, "local")) as pool,
        pytest.raises(ExternalToolError, match="worker process was killed"),
    ):
        list(spread(pool, os._exit, [1]))


@pytest.mark.budget(20, "pools of workers")
def test_an_error_of_a_task_comes_through(tmp_path: Path) -> None:
    with (
        opened_pool(settings_with(tmp_path, "local")) as pool,
        pytest.raises(AttributeError),
    ):
        list(spread(pool, methodcaller("nothing"), ["text"]))


@pytest.mark.parametrize("executor", ["cluster", "dask://", "dask://host", "dask:8786"])
def test_an_unknown_form_of_the_setting_is_refused(
    tmp_path: Path, executor: str
) -> None:
    with (
        pytest.raises(ConfigurationError, match="executor") as caught,
        opened_pool(settings_with(tmp_path, executor)),
    ):
        pass

    assert "dask://host:8786" in str(caught.value)


def test_a_scheduler_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("fair_imagic.jobs.pool._CONNECT_S", 1)
    with (
        pytest.raises(ConfigurationError, match="No Dask scheduler") as caught,
        opened_pool(settings_with(tmp_path, "dask://127.0.0.1:9")),
    ):
        pass

    assert "127.0.0.1:9" in str(caught.value)
