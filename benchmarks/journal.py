"""The journal: append, project, read, snapshot, rebuild and undo of generated images.

Each size runs in a process of its own, so that peaks of memory do not mix. The peer
is Oxigraph's bulk load of the same statements from a file, in the same run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_most, plain
from benchmarks.generated_images import image_iri, import_of, set_of
from benchmarks.measure import measured

if TYPE_CHECKING:
    from benchmarks.measure import Measurement
    from fair_imagic.catalogue import Catalogue

__all__ = ["run"]

_IMAGES = 10_000
_SET = 500
_READS = 1000
_PER_IMPORT = 500


def run(*, large: bool) -> list[Figure]:
    """Measure a catalogue and one a tenth of it; ``large`` has 100,000 images."""
    images = _IMAGES * (10 if large else 1)
    small, whole = (_in_own_process(n) for n in (images // 10, images))
    count = whole["statements"]
    figures = [plain("images", images, ""), plain("statements", count, "")]
    for step in ("append", "project", "rebuild", "undo", "bulk load (peer)"):
        cpu_s = whole[f"{step}, CPU s"]
        figures.append(plain(step, count / cpu_s, "statements/CPU s"))
        figures.append(plain(f"{step}, time", whole[f"{step}, wall s"], "s"))
    ratio = whole["rebuild, CPU s"] / whole["bulk load (peer), CPU s"]
    walls = whole["rebuild, wall s"] / whole["bulk load (peer), wall s"]
    growth = whole["peak MB"] / small["peak MB"]
    return [
        *figures,
        plain("effective record", whole["effective, CPU s"] / _READS * 1e3, "CPU ms"),
        plain(f"snapshot of {_SET} images", whole["snapshot, CPU s"], "CPU s"),
        plain("journal on disk", whole["journal MB"], "MB"),
        plain("journal per statement", whole["journal MB"] * 1e6 / count, "bytes"),
        plain("stores on disk", whole["stores MB"], "MB"),
        at_most("rebuild / bulk load, CPU", ratio, "times", 3),
        at_most("rebuild / bulk load, time", walls, "times", 3),
        at_most("peak memory", whole["peak MB"], "MB", 500),
        plain(f"peak memory at {images // 10} images", small["peak MB"], "MB"),
        at_most("peak memory, ten times the images", growth, "times", 1.5),
        plain("snapshot of all images, peak memory", whole["all, peak MB"], "MB"),
        plain("snapshot of all images", whole["all, CPU s"], "CPU s"),
    ]


def _in_own_process(images: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.journal", str(images)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(images: int) -> dict[str, float]:
    from fair_imagic import config
    from fair_imagic.catalogue import open_catalogue

    found: dict[str, float] = {"images": images}
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load(Path(folder) / "home", environ={})
        with measured() as whole, open_catalogue(settings) as catalogue:
            _steps(catalogue, images, found)
        found["peak MB"] = whole.peak_mb
        with measured() as everything, open_catalogue(settings) as catalogue:
            catalogue.snapshot(set_of("all", range(0)).record)
        _note(found, "all", everything)
        found["all, peak MB"] = everything.peak_mb
        with measured() as undo, open_catalogue(settings) as catalogue:
            for number in range(1, images // _PER_IMPORT + 1):
                catalogue.undo(number, author="bench")
        _note(found, "undo", undo)
        _peer(Path(folder), found)
    return found


def _steps(catalogue: Catalogue, images: int, found: dict[str, float]) -> None:
    from fair_imagic.catalogue import ChangeSet

    with measured() as append:
        for start in range(0, images, _PER_IMPORT):
            number = catalogue.append(import_of(range(start, start + _PER_IMPORT)))
    _note(found, "append", append)
    with measured() as project:
        catalogue.wait_projected(number)
    _note(found, "project", project)
    count = catalogue.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    found["statements"] = int((count or '"0"').split('"')[1])
    sets = (set_of("some", range(_SET)), set_of("all", range(images)))
    catalogue.append(ChangeSet("bench", "sets", sets))
    with measured() as effective:
        for n in range(0, images, images // _READS):
            catalogue.effective(image_iri(n))
    _note(found, "effective", effective)
    with measured() as snapshot:
        catalogue.snapshot(sets[0].record)
    _note(found, "snapshot", snapshot)
    with measured() as rebuild:
        catalogue.rebuild()
    _note(found, "rebuild", rebuild)
    home = catalogue.settings.home
    found["stores MB"] = _megabytes(home / "store")
    found["journal MB"] = _megabytes(home) - found["stores MB"]


def _peer(folder: Path, found: dict[str, float]) -> None:
    """Bulk-load the same statements from a file into an empty Oxigraph store."""
    import pyoxigraph

    from fair_imagic.catalogue.line import line_of

    text = folder / "statements.nt"
    with text.open("w", encoding="utf-8") as stream:
        for change in import_of(range(int(found["images"]))).changes:
            stream.writelines(line_of(triple) + "\n" for triple in change.added)
    with measured() as peer:
        store = pyoxigraph.Store(str(folder / "peer"))
        store.bulk_load(path=str(text), format=pyoxigraph.RdfFormat.N_TRIPLES)
        store.flush()
    _note(found, "bulk load (peer)", peer)


def _note(found: dict[str, float], step: str, work: Measurement) -> None:
    found[f"{step}, CPU s"] = work.cpu_s
    found[f"{step}, wall s"] = work.wall_s


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*")) / 1e6


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
