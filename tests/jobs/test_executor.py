"""Jobs in child processes: results, failures, limits, cancel."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import (
    Cancelled,
    ConflictError,
    ExternalToolError,
    InputError,
)
from fair_imagic.jobs import Limits, run_job, verified_result
from fair_imagic.processing import Measure, Relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.jobs import JobFile


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat", encoding="ascii") as stream:  # noqa: PTH123
        return stream.read().split()[2] != "Z"


def test_a_job_leaves_a_checked_result_with_all_that_a_record_needs(
    job: JobFile, tmp_path: Path
) -> None:
    told: list[tuple[float, str]] = []
    result = run_job(
        job, tmp_path / "job", progress=lambda part, text: told.append((part, text))
    )
    mask, table = result.outputs
    assert (mask.role, table.role) == ("mask", "table")
    assert mask.measures[0] == Measure(name="object count", value="1")
    assert mask.relation is Relation.DERIVED_FROM
    assert hashlib.sha256(mask.path.read_bytes()).hexdigest() == mask.sha256
    assert result.parameters["stack"] == "maximum"
    assert any(name.startswith("numpy 2.") for name in result.libraries)
    assert result.processor_version in "".join(result.libraries)
    assert (result.threads, result.seed) == (1, 0)
    assert result.started <= result.ended
    assert told[-1][0] == 1.0
    assert verified_result(tmp_path / "job") == result
    content = json.loads((tmp_path / "job" / "result" / "result.json").read_text())
    assert content["inputs"] == [{"image": "", "sha256": job.inputs[0].sha256}]


def test_two_runs_of_one_job_give_the_same_files(job: JobFile, tmp_path: Path) -> None:
    results = [run_job(job, tmp_path / name) for name in ("one", "two")]
    sums = [[output.sha256 for output in result.outputs] for result in results]
    assert sums[0] == sums[1]


def test_the_input_is_not_touched(job: JobFile, tmp_path: Path) -> None:
    path = job.inputs[0].path
    path.chmod(0o444)
    before = (path.stat().st_mtime_ns, path.read_bytes())
    run_job(job, tmp_path / "job")
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_a_wrong_parameter_comes_back_as_the_same_error(
    job: JobFile, tmp_path: Path
) -> None:
    wrong = replace(job, parameters={"sigma_px": "wide"})
    with pytest.raises(InputError, match="sigma_px") as caught:
        run_job(wrong, tmp_path / "job")
    assert caught.value.found == "wide"
    assert left_in(tmp_path / "job") == {"job.json", "log.txt", "error.json"}


def test_a_changed_missing_or_truncated_file_is_a_clear_error(
    job: JobFile, tmp_path: Path
) -> None:
    image = job.inputs[0]
    content = image.path.read_bytes()
    image.path.write_bytes(content + b" ")
    with pytest.raises(InputError, match="has changed"):
        run_job(job, tmp_path / "changed")
    short = content[:1000]
    image.path.write_bytes(short)
    digest = hashlib.sha256(short).hexdigest()
    truncated = replace(job, inputs=(replace(image, sha256=digest),))
    with pytest.raises(InputError, match="cannot be read"):
        run_job(truncated, tmp_path / "truncated")
    image.path.unlink()
    with pytest.raises(InputError, match="is missing"):
        run_job(job, tmp_path / "missing")


def test_a_crash_names_the_last_line_of_the_log_and_leaves_no_result(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    with pytest.raises(ExternalToolError, match="without a result") as caught:
        run_job(bad("crash"), tmp_path / "job")
    assert caught.value.found == "RuntimeError: the processor has a mistake"
    assert left_in(tmp_path / "job") == {"job.json", "log.txt", "progress.json"}


@pytest.mark.parametrize(("deed", "found"), [("lose", "missing"), ("empty", "empty")])
def test_an_output_that_is_named_and_not_there_is_an_error(
    bad: Callable[..., JobFile], tmp_path: Path, deed: str, found: str
) -> None:
    with pytest.raises(ExternalToolError, match="nothing of the run") as caught:
        run_job(bad(deed), tmp_path / "job")
    assert caught.value.where == "half.txt"
    assert found in caught.value.found
    assert not {"working", "result"} & left_in(tmp_path / "job")


def test_a_killed_child_is_an_error_that_names_the_signal(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    with pytest.raises(ExternalToolError, match="SIGKILL"):
        run_job(bad("die"), tmp_path / "job")
    assert not (tmp_path / "job" / "working").exists()


def test_a_job_over_its_time_is_stopped(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    began = time.monotonic()
    with pytest.raises(ExternalToolError, match=r"longer than 1\.5 s"):
        run_job(bad("hang"), tmp_path / "job", limits=Limits(time_s=1.5))
    assert time.monotonic() - began < 10


def test_a_job_over_its_memory_is_stopped(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    with pytest.raises(ExternalToolError, match="more than 700 MB"):
        run_job(bad("eat"), tmp_path / "job", limits=Limits(memory_mb=700))
    assert not (tmp_path / "job" / "working").exists()


def test_cancel_kills_the_child_with_all_it_started(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    folder = tmp_path / "job"
    note = folder / "child.txt"

    def started() -> bool:
        return note.exists() and note.read_text() != ""

    with pytest.raises(Cancelled):
        run_job(bad("spawn"), folder, cancelled=started)
    process = int(note.read_text())
    deadline = time.monotonic() + 5
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(process)
    assert not {"working", "result"} & left_in(folder)


def test_ctrl_c_in_the_parent_leaves_nothing_half_written(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    def interrupt(_fraction: float, _message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Cancelled):
        run_job(bad("hang"), tmp_path / "job", progress=interrupt)
    assert not {"working", "result"} & left_in(tmp_path / "job")


_PARENT = """
import sys
from pathlib import Path
from fair_imagic.jobs import run_job
from fair_imagic.jobs.job_file import read_job_file
run_job(read_job_file(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_a_child_ends_when_its_parent_is_killed(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    from fair_imagic.jobs.job_file import write_job_file

    write_job_file(tmp_path / "given", bad("spawn"))
    folder = tmp_path / "job"
    command = [sys.executable, "-c", _PARENT, str(tmp_path / "given"), str(folder)]
    with subprocess.Popen(command) as parent:
        deadline = time.monotonic() + 20
        while not (folder / "child.txt").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert parent.poll() is None
        parent.send_signal(signal.SIGKILL)
    workers = _workers_of(folder)
    deadline = time.monotonic() + 10
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_alive, workers))
    os.kill(int((folder / "child.txt").read_text()), signal.SIGKILL)
    assert not (folder / "result").exists()


def _workers_of(folder: Path) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-f", f"fair_imagic.jobs.worker {folder}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def test_the_folder_of_a_job_is_its_own(job: JobFile, tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "other.txt").write_text("x")
    with pytest.raises(ConflictError, match="not empty"):
        run_job(job, tmp_path / "job")
    assert left_in(tmp_path / "job") == {"other.txt"}


def test_a_file_that_was_not_declared_is_not_taken(
    bad: Callable[..., JobFile], tmp_path: Path
) -> None:
    with pytest.raises(ExternalToolError, match="not what the job wrote") as caught:
        run_job(bad("leave-out"), tmp_path / "job")
    assert caught.value.found == "unnamed.txt"


@pytest.mark.parametrize("damage", ["change", "remove", "escape"])
def test_a_result_changed_afterwards_is_refused(
    bad: Callable[..., JobFile], tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "job"
    result = run_job(bad("well"), folder)
    plug_in, _numpy, lost = result.libraries
    assert (plug_in, lost) == ("bad-processor 1.0", "no-such-distribution")
    path = result.outputs[0].path
    if damage == "change":
        path.write_text("half!")
    elif damage == "remove":
        path.unlink()
    else:
        place = folder / "result" / "result.json"
        place.write_text(place.read_text().replace("half.txt", "../job.json"))
    with pytest.raises(ExternalToolError, match="not what the job wrote"):
        verified_result(folder)


def test_an_unreadable_job_file_is_a_clear_error(tmp_path: Path) -> None:
    from fair_imagic.jobs.job_file import read_job_file

    for text in ("", "{", "[]", "{}", '{"inputs": [{}]}'):
        (tmp_path / "job.json").write_text(text)
        with pytest.raises(InputError, match="job file cannot be read"):
            read_job_file(tmp_path)


def test_the_child_loads_neither_the_database_nor_a_client() -> None:
    code = (
        "import sys, fair_imagic.jobs.worker; "
        "print(*{'sqlalchemy', 'pyoxigraph', 'requests', 'numpy'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == ""
