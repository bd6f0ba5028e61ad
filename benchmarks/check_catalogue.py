"""One set of 100 images in a catalogue: how long a person waits for its check."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_most, plain
from benchmarks.generated_images import import_of, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["in_catalogue"]

_ROOT = Path(__file__).parents[1]
_MAIN = "from fair_imagic.cli.main import main; main()"
_IMAGES, _SET, _RUNS = 100, "bench", 3


def in_catalogue() -> Iterator[Figure]:
    """Yield the time of ``fair-imagic check``, a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _fill(home)
        walls = [_check_s(home) for _run in range(_RUNS)]
    name = f"a set of {_IMAGES} images in the catalogue"
    yield plain(f"{name}, first check", walls[0], "s")
    yield at_most(f"{name}, best of {_RUNS}", min(walls), "s", 1)


def _fill(home: Path) -> None:
    from fair_imagic import config
    from fair_imagic.catalogue import ChangeSet, open_catalogue
    from fair_imagic.model import mint

    settings = config.load(home, environ={})
    with open_catalogue(settings) as catalogue:
        catalogue.append(import_of(range(_IMAGES)))
        record = mint(settings.base_iri, "set", _SET)
        change = set_of(_SET, range(_IMAGES), record=record)
        number = catalogue.append(ChangeSet("bench", "set", (change,)))
        catalogue.wait_projected(number)


def _check_s(home: Path) -> float:
    paths = [str(_ROOT / "src"), str(_ROOT / "webapp")]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "FAIR_IMAGIC_HOME": str(home),
    }
    command = [sys.executable, "-c", _MAIN, "check", _SET, "--format", "json"]
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - started
    assert done.returncode == 1, done.stderr.decode()
    return took
