"""One set of 100 images in a catalogue: how long a person waits for its check."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.check_set import FAULTS, completed
from benchmarks.figure import Figure, at_most, plain
from benchmarks.generated_images import generated_title, import_of, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["in_catalogue"]

_ROOT = Path(__file__).parents[1]
_MAIN = "from fair_imagic.cli.main import main; main()"
_IMAGES, _SET, _RUNS = 100, "bench", 3


def in_catalogue() -> Iterator[Figure]:
    """Yield the time of ``fair-imagic check`` and of a check after one correction."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _fill(home)
        # Nothing is kept yet to start faster.
        _first_wall_s, first_cpu_s = _check_s(home)
        wall_s, cpu_s = min(_check_s(home) for _run in range(_RUNS))
        again_wall_s, again_cpu_s = _again_s(home)
    name = f"a set of {_IMAGES} images in the catalogue"
    yield at_most(f"{name}: check, best of {_RUNS}", wall_s, "s", 1)
    yield plain(f"{name}: check", cpu_s, "CPU s")
    yield plain(f"{name}: check, the first time", first_cpu_s, "CPU s")
    yield at_most(f"{name}: again after a correction", again_wall_s, "s", 0.2)
    yield plain(f"{name}: again after a correction", again_cpu_s, "CPU s")


def _fill(home: Path) -> None:
    from fair_imagic import config
    from fair_imagic.catalogue import ChangeSet, open_catalogue
    from fair_imagic.model import mint

    settings = config.load(home, environ={})
    with open_catalogue(settings) as catalogue:
        catalogue.append(import_of(range(_IMAGES)))
        record = mint(settings.base_iri, "set", _SET)
        change = set_of(_SET, range(_IMAGES), record=record)
        catalogue.append(ChangeSet("bench", "set", (change,)))
        more = tuple(completed(record, range(_IMAGES)))
        number = catalogue.append(ChangeSet("Ana Roux", "completed", more))
        catalogue.wait_projected(number)


def _check_s(home: Path) -> tuple[float, float]:
    """Return the seconds, and CPU seconds, of the command as a process of its own."""
    _code, _text, took = _process(home, ["-c", _MAIN, "check", _SET], ok=(1,))
    return took


def _again_s(home: Path) -> tuple[float, float]:
    """Return them for a service that has checked the set before one correction."""
    _code, text, _took = _process(home, ["-m", "benchmarks.check_catalogue"], ok=(0,))
    wall_s, cpu_s = map(float, text.split())
    return wall_s, cpu_s


def _process(
    home: Path, words: list[str], *, ok: tuple[int, ...]
) -> tuple[int, str, tuple[float, float]]:
    paths = [str(_ROOT / "src"), str(_ROOT / "webapp"), str(_ROOT)]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "FAIR_IMAGIC_HOME": str(home),
    }
    command = [sys.executable, *words]
    before, started = _children_s(), time.perf_counter()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    took = (time.perf_counter() - started, _children_s() - before)
    assert done.returncode in ok, done.stderr
    return done.returncode, done.stdout, took


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _correct_and_check() -> None:
    """Check, correct one image, check again, and print how long the second took."""
    from fair_imagic.workflow.base.workspace import open_workspace
    from fair_imagic.workflow.checking import check
    from fair_imagic.workflow.correcting import repair

    with open_workspace() as workspace:
        before = check.run(workspace, _SET)
        record = workspace.record("set", _SET)
        words = [("image.description", "corrected")]
        title = generated_title(7)
        repair.set_values(workspace, record, words, author="bench", images=title)
        wall, cpu = time.perf_counter(), time.process_time()
        after = check.run(workspace, _SET)
        took = time.perf_counter() - wall, time.process_time() - cpu
    assert after.snapshot_hash != before.snapshot_hash
    for report in (before, after):
        assert Counter(one.code for one in report.findings) == FAULTS
    print(*took)


if __name__ == "__main__":
    _correct_and_check()
