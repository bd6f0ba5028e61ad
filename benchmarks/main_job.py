"""The main job on the sample study: seconds and memory of each command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figure import Figure, plain
from benchmarks.measure import Measurement, measured

__all__ = ["run"]

_ROOT = Path(__file__).parents[1]
_MAIN = "from fair_imagic.cli.main import main; main()"
_SET = "demo"
# check says 1 where points are left to fix; that is an answer too
_ANSWERS = {"check": (0, 1)}


def run(*, large: bool) -> list[Figure]:
    """Run the demo, then its steps once more by themselves on what it made."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study, home = folder / "study", folder / "study" / "home"
        steps = {"demo, all steps": _step(home, "demo", str(study))}
        steps["demo, second run"] = _step(home, "demo", str(study))
        raw = _image_folders(study)
        fresh = folder / "fresh"
        for number in range(5 if large else 1):
            words = ["import", *map(str, raw), "--collection", f"bench-{number}"]
            steps[f"import into collection {number}"] = _step(fresh, *words)
        steps["check"] = _step(home, "check", _SET)
        steps["query"] = _step(home, "query", "--name", "images-per-instrument")
        steps["status"] = _step(home, "status")
        steps["rebuild"] = _step(home, "rebuild")
    figures = [plain(f"{step}, time", took.wall_s, "s") for step, took in steps.items()]
    figures += [
        plain(f"{step}, CPU", took.cpu_s, "CPU s") for step, took in steps.items()
    ]
    figures += [
        plain(f"{step}, peak memory", took.peak_mb, "MB")
        for step, took in steps.items()
    ]
    return figures


def _image_folders(study: Path) -> list[Path]:
    found = {path.parent for path in study.rglob("*.tif*") if "home" not in path.parts}
    return sorted(found)


def _step(home: Path, *words: str) -> Measurement:
    paths = [str(_ROOT / "src"), str(_ROOT / "webapp")]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "FAIR_IMAGIC_HOME": str(home),
    }
    command = [sys.executable, "-c", _MAIN, *words]
    with measured() as took:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode not in _ANSWERS.get(words[0], (0,)):
        raise SystemExit(f"{' '.join(words)}: {done.returncode}\n{done.stderr}")
    return took
