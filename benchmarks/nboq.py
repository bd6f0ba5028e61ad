"""OME-XML to NBO-Q: parse and map, against ``ome_types.from_xml`` alone."""

from __future__ import annotations

import gc
import time
import warnings
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_least, at_most, plain
from benchmarks.generated_ome_xml import many_planes, varied
from benchmarks.measure import measured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DOCUMENTS = 1000
_PLANES = 40_000
_BATCH = 50


def run(*, large: bool) -> list[Figure]:
    """Measure both on the same documents, in turns, in one process."""
    from ome_types import from_xml

    documents = varied(_DOCUMENTS * (10 if large else 1))
    long = many_planes(_PLANES)
    with measured() as all_runs, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _map(documents[0])
        from_xml(documents[0])
        ours, theirs = _in_turns(documents, _map, from_xml)
        ours_long = min(_cpu_s(_map, [long]) for _run in range(3))
        theirs_long = _cpu_s(from_xml, [long])
    size_kb = sum(map(len, documents)) / len(documents) / 1000
    return [
        plain("documents", len(documents), ""),
        plain("mean size of a document", size_kb, "kB"),
        plain("parse and map", ours, "CPU s"),
        plain("ome-types from_xml alone", theirs, "CPU s"),
        at_most("parse and map / from_xml", ours / theirs, "times", 1.0),
        plain("40,000 planes: parse and map", ours_long, "CPU s"),
        plain("40,000 planes: from_xml alone", theirs_long, "CPU s"),
        at_least("40,000 planes: times faster", theirs_long / ours_long, "times", 8.0),
        plain("peak memory of the process tree", all_runs.peak_mb, "MB"),
    ]


def _map(data: bytes) -> None:
    from fair_imagic.mapping import statements_for
    from fair_imagic.readers.ome_document import parse_ome

    document = parse_ome(data, where="measured", name="measured")
    for image in document.images:
        base = f"https://example.org/image/{image.index}"
        assert statements_for(image, image_iri=base)


def _in_turns(
    documents: Sequence[bytes],
    ours: Callable[[bytes], object],
    theirs: Callable[[bytes], object],
) -> tuple[float, float]:
    """Take turns in batches, so that a busy machine disturbs both alike."""
    sums = [0.0, 0.0]
    for start in range(0, len(documents), _BATCH):
        batch = documents[start : start + _BATCH]
        for number, work in enumerate((ours, theirs)):
            sums[number] += _cpu_s(work, batch)
    return sums[0], sums[1]


def _cpu_s(work: Callable[[bytes], object], documents: Sequence[bytes]) -> float:
    gc.collect()
    before = time.process_time()
    for data in documents:
        work(data)
    return time.process_time() - before
