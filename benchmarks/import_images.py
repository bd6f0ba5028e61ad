"""Import of files that hold many images: CPU seconds and openings per image."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, plain
from benchmarks.generated_lif import write_lif
from benchmarks.measure import measured

__all__ = ["run"]

_FEW, _MANY = 40, 400


def run(*, large: bool) -> list[Figure]:
    """Import a LIF file of 40 images and one of ten times (or 40 times) as many."""
    from fair_imagic.workflow.base.workspace import open_workspace
    from fair_imagic.workflow.images import import_images

    counts = (_FEW, _MANY * 4 if large else _MANY)
    figures: list[Figure] = []
    seconds = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_workspace(folder / "home") as workspace:
            warm = write_lif(folder / "warm.lif", 1)
            import_images.run(workspace, [warm], collection="warm", author="bench")
            for count in counts:
                path = write_lif(folder / f"{count}.lif", count)
                with _Openings(path) as openings, measured() as took:
                    import_images.run(
                        workspace, [path], collection="bench", author="bench"
                    )
                seconds[count] = took.cpu_s
                what = f"LIF of {count} images"
                figures += [
                    plain(f"{what}, time", took.cpu_s, "CPU s"),
                    plain(
                        f"{what}, time per image", 1000 * took.cpu_s / count, "CPU ms"
                    ),
                    plain(f"{what}, openings of the file", openings.count, "times"),
                ]
    few, many = counts
    ratio = (seconds[many] / many) / (seconds[few] / few)
    figures.append(plain(f"time per image, {many} images to {few}", ratio, "ratio"))
    return figures


class _Openings:
    """How often this process opens a file inside the ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._path = os.path.realpath(path)
        self._listens = False
        self.count = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not (self._listens and event == "open" and isinstance(arguments[0], str)):
            return
        if os.path.realpath(arguments[0]) == self._path:
            self.count += 1

    def __enter__(self) -> _Openings:
        self._listens = True
        return self

    def __exit__(self, *_error: object) -> None:
        self._listens = False
