"""How long the command line takes to say anything, beyond Python's own start."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.figure import Figure, at_most, plain
from benchmarks.measure import measured

_RUNS = 9
_ROOT = Path(__file__).parents[1]
_HELP = "from fair_imagic.cli.main import main; main()"


def run(*, large: bool) -> list[Figure]:
    """Measure a bare start and ``--help``, best of several runs each."""
    runs = _RUNS * (3 if large else 1)
    with measured() as all_runs:
        bare = min(_cpu_s(["-c", "pass"]) for _run in range(runs))
        helped = min(_cpu_s(["-c", _HELP, "--help"]) for _run in range(runs))
    return [
        plain("bare Python start", bare, "CPU s"),
        plain("fair-imagic --help", helped, "CPU s"),
        at_most("fair-imagic --help beyond Python", helped - bare, "CPU s", 0.3),
        plain("peak memory of the process tree", all_runs.peak_mb, "MB"),
    ]


def _cpu_s(arguments: list[str]) -> float:
    paths = [str(_ROOT / "src"), str(_ROOT / "webapp")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    before = _children_s()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return _children_s() - before


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
