"""Checks: our checker against pySHACL alone, on the same shapes text and data.

Whole processes: CPU seconds with start and reading included. Every run of ours must
find exactly the seeded faults, and where pySHACL runs too, write an equal report. The
queries of SPARQL constraints are rewritten inside our compiler; pySHACL gets the same
text as it is published.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.check_catalogue import in_catalogue
from benchmarks.check_data import BASE, Expected, faults, write
from benchmarks.check_journal import fill
from benchmarks.check_report import equal, found_in
from benchmarks.check_shapes import shapes_text
from benchmarks.figure import Figure, at_least, at_most, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["run"]

_ROOT = Path(__file__).parents[1]
_SMALL, _MIDDLE, _LARGE = 1_000, 10_000, 100_000
# A field that no fault and no query is about.
_LACKING = "contentKind"
_BYTES_PER_KB, _BYTES_PER_MB = 1024, 1e6


def run(*, large: bool) -> list[Figure]:
    """Measure 1,000 and 10,000 images; ``large`` adds what takes many minutes."""
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder))
        figures = [*bench.core(_MIDDLE), *bench.sparql(_SMALL)]
        figures += bench.against_parse(_MIDDLE, sparql=True, most=6)
        if large:
            figures += bench.systematic(_MIDDLE)
            figures += bench.not_understood(_MIDDLE)
            figures += bench.against_parse(_LARGE, sparql=False, most=4, memory_mb=1e3)
            figures += bench.against_parse(_LARGE, sparql=True, most=9, memory_mb=3e3)
            figures += bench.journal(_LARGE, most=4)
    return [*figures, *in_catalogue()]


@dataclass(frozen=True)
class _Took:
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True)
class _Case:
    """Data and shapes on disk, and the results that must be found."""

    data: Path
    shapes: Path
    expected: frozenset[Expected]

    def with_shapes(self, *, sparql: bool) -> _Case:
        """Write other shapes and return the case, with what these must find."""
        self.shapes.write_text(shapes_text(sparql=sparql), encoding="utf-8")
        expected = (
            one
            for one in self.expected
            if sparql or not one.component.startswith("SPARQL")
        )
        return replace(self, expected=frozenset(expected))


class _Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def core(self, images: int) -> Iterator[Figure]:
        case = self._case(images, sparql=False)
        yield from self._both(f"{images:,} images, Core", case, least=30)

    def sparql(self, images: int) -> Iterator[Figure]:
        case = self._case(images, sparql=True)
        yield from self._both(f"{images:,} images, with SPARQL", case, least=50)

    def systematic(self, images: int) -> Iterator[Figure]:
        case = self._case(images, sparql=False, without=_LACKING)
        yield from self._both(f"{images:,} images all lack a field", case, least=15)

    def not_understood(self, images: int) -> Iterator[Figure]:
        case = self._case(images, sparql=False, odd=True)
        name = f"{images:,} images, one property shape not understood"
        yield from self._both(name, case, least=15)

    def against_parse(
        self, images: int, *, sparql: bool, most: float, memory_mb: float = 0
    ) -> Iterator[Figure]:
        """Yield the time of ours in times of pyoxigraph's parse of the same file."""
        case = self._case(images, sparql=sparql)
        name = f"{images:,} images, {'with SPARQL' if sparql else 'Core'}"
        parse = self._took("parse", case.data)
        ours = self._ours(case)
        yield from _in_parses(name, parse, ours, most)
        if memory_mb:
            yield at_most(f"{name}: memory", ours.peak_mb, "MB", memory_mb)

    def journal(self, images: int, *, most: float) -> Iterator[Figure]:
        """Yield the same for a set of all images in a catalogue.

        The report must be the one that the file gives.
        """
        everything = self._case(images, sparql=True)
        home = self.folder / "home"
        fill(home, everything.data)
        parse = self._took("parse", everything.data)
        for sparql in (False, True):
            case = everything.with_shapes(sparql=sparql)
            name = f"{images:,} images in the catalogue"
            name += ", with SPARQL" if sparql else ", Core"
            self._ours(case)
            ours = self._took("catalogue", home, case.shapes, self._report("catalogue"))
            assert equal(self._report("ours"), self._report("catalogue")), name
            yield from _in_parses(name, parse, ours, most)
            yield plain(f"{name}: memory", ours.peak_mb, "MB")

    def _both(self, name: str, case: _Case, *, least: float) -> Iterator[Figure]:
        ours = self._ours(case)
        theirs = self._took("pyshacl", case.data, case.shapes, self._report("pyshacl"))
        assert equal(self._report("ours"), self._report("pyshacl")), name
        yield plain(f"{name}: pySHACL alone", theirs.cpu_s, "CPU s")
        yield plain(f"{name}: ours", ours.cpu_s, "CPU s")
        yield plain(f"{name}: pySHACL alone, memory", theirs.peak_mb, "MB")
        yield plain(f"{name}: ours, memory", ours.peak_mb, "MB")
        ratio = theirs.cpu_s / ours.cpu_s
        yield at_least(f"{name}: times faster", ratio, "times", least)

    def _ours(self, case: _Case) -> _Took:
        took = self._took("ours", case.data, case.shapes, self._report("ours"))
        found = found_in(self._report("ours"))
        assert found == case.expected, sorted(found ^ case.expected)[:5]
        return took

    def _report(self, engine: str) -> Path:
        return self.folder / f"{engine}.nt"

    def _case(
        self, images: int, *, sparql: bool, without: str = "", odd: bool = False
    ) -> _Case:
        data, shapes = self.folder / "data.nt", self.folder / "shapes.ttl"
        seeded = faults(images, sparql=sparql)
        write(data, images, seeded=seeded, without=without)
        shapes.write_text(shapes_text(sparql=sparql, odd=odd), encoding="utf-8")
        expected = {fault.expected for fault in seeded}
        if without:
            expected |= {_lacks(number, without) for number in range(images)}
        return _Case(data, shapes, frozenset(expected))

    def _took(self, *words: str | Path) -> _Took:
        """Run one engine as a process of its own."""
        paths = [str(_ROOT / "src"), str(_ROOT / "webapp"), str(_ROOT)]
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.check_process", *map(str, words)],
            # the order of a set shows in messages of pySHACL
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"},
            stdout=subprocess.DEVNULL,
        )
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, words
        peak = used.ru_maxrss * _BYTES_PER_KB / _BYTES_PER_MB
        return _Took(used.ru_utime + used.ru_stime, peak)


def _in_parses(name: str, parse: _Took, ours: _Took, most: float) -> Iterator[Figure]:
    yield plain(f"{name}: parse alone", parse.cpu_s, "CPU s")
    yield plain(f"{name}: ours", ours.cpu_s, "CPU s")
    yield at_most(f"{name}: ours / parse", ours.cpu_s / parse.cpu_s, "times", most)


def _lacks(number: int, field: str) -> Expected:
    shape = f"{BASE}shape/image-{field}-count"
    focus = f"{BASE}image/{number:06d}"
    return Expected(focus, shape, "MinCountConstraintComponent")
