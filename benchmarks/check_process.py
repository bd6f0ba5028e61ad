"""One engine on one file, as a whole process: the work that the benchmark measures.

``python -m benchmarks.check_process parse|pyshacl|ours DATA [SHAPES REPORT]``; reports
are N-Triples.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

_NT = "nt"


def _parse(data: Path) -> None:
    """Read the file as pyoxigraph does, each statement looked at once."""
    import pyoxigraph

    for _quad in pyoxigraph.parse(
        path=str(data), format=pyoxigraph.RdfFormat.N_TRIPLES
    ):
        pass


def _pyshacl(data: Path, shapes: Path) -> Graph:
    """Check with pySHACL alone, as its own users call it."""
    import pyshacl
    from rdflib import Graph

    _conforms, report, _text = pyshacl.validate(
        Graph().parse(data, format=_NT),
        shacl_graph=Graph().parse(shapes, format="turtle"),
        advanced=True,
        inference="none",
        inplace=True,
    )
    return report


def _ours(data: Path, shapes: Path) -> Graph:
    from fair_imagic.checks.engine import validate_file

    return validate_file(data, shapes)


def main() -> None:
    """Run the engine that the command line names."""
    engine, data, *rest = sys.argv[1:]
    if engine == "parse":
        _parse(Path(data))
        return
    check = {"pyshacl": _pyshacl, "ours": _ours}[engine]
    report = check(Path(data), Path(rest[0]))
    report.serialize(destination=rest[1], format=_NT, encoding="utf-8")


if __name__ == "__main__":
    main()
