"""One engine on one file, as a whole process: the work that the benchmark measures.

``python -m benchmarks.check_process parse|pyshacl|ours DATA [SHAPES REPORT]``; reports
are N-Triples. ``catalogue`` instead of ``ours`` takes the data folder of a catalogue.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

    from fair_imagic.checks.shacl import Shapes

_NT = "nt"


def _parse(data: Path) -> None:
    """Read the file as pyoxigraph does, each statement looked at once."""
    import pyoxigraph

    for _quad in pyoxigraph.parse(
        path=str(data), format=pyoxigraph.RdfFormat.N_TRIPLES
    ):
        pass


def _pyshacl(data: Path, shapes: Path) -> Graph:
    """Check with pySHACL alone, as its own users call it.

    Its messages shorten IRIs with the prefixes of the shapes file; ours keep none.
    """
    import pyshacl
    from rdflib import Graph

    wanted = Graph(bind_namespaces="none")
    for triple in Graph().parse(shapes, format="turtle"):
        wanted.add(triple)
    _conforms, report, _text = pyshacl.validate(
        Graph().parse(data, format=_NT),
        shacl_graph=wanted,
        advanced=True,
        inference="none",
        inplace=True,
    )
    return report


def _ours(data: Path, shapes: Path) -> Graph:
    """Check a file with the engine of this project."""
    from fair_imagic.checks.shacl import DataFile, evaluate

    statements = DataFile(data, format=_NT, prefixes=_usual_prefixes())
    return evaluate(_read(shapes), statements).report()


def _catalogue(home: Path, shapes: Path) -> Graph:
    """Check a set of a catalogue with the engine of this project."""
    from benchmarks.check_journal import SET
    from fair_imagic import config
    from fair_imagic.catalogue import open_catalogue
    from fair_imagic.checks.data_snapshot import DataSnapshot
    from fair_imagic.checks.shacl import evaluate

    with open_catalogue(config.load(home, environ={}), write=False) as catalogue:
        snapshot = catalogue.snapshot(SET)
    statements = DataSnapshot(snapshot, prefixes=_usual_prefixes())
    return evaluate(_read(shapes), statements).report()


def _read(shapes: Path) -> Shapes:
    from hashlib import sha256

    from fair_imagic.checks.shacl import Shapes
    from fair_imagic.rdf import parse

    return Shapes(
        hash=sha256(shapes.read_bytes()).hexdigest(),
        triples=tuple(parse(shapes, format="ttl")),
    )


def _usual_prefixes() -> dict[str, str]:
    """Return what rdflib binds in any graph: pySHACL's messages use it."""
    from rdflib import Graph

    return {prefix: str(base) for prefix, base in Graph().namespaces()}


def main() -> None:
    """Run the engine that the command line names."""
    engine, data, *rest = sys.argv[1:]
    if engine == "parse":
        _parse(Path(data))
        return
    check = {"pyshacl": _pyshacl, "ours": _ours, "catalogue": _catalogue}[engine]
    report = check(Path(data), Path(rest[0]))
    report.serialize(destination=rest[1], format=_NT, encoding="utf-8")


if __name__ == "__main__":
    main()
