"""The data of the benchmark in a catalogue: one set of all its records."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from benchmarks.check_data import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fair_imagic.catalogue import Change
    from fair_imagic.rdf import Triple

__all__ = ["SET", "fill"]

SET = f"{BASE}set/all"
_PER_IMPORT = 500


def fill(home: Path, data: Path) -> None:
    """Import all statements of a file of the benchmark, and make a set of its records.

    Nothing is projected: a check reads the journal.
    """
    from fair_imagic import config
    from fair_imagic.catalogue import ChangeSet, open_catalogue

    records: list[str] = []
    changes = _changes(data, records)
    with open_catalogue(config.load(home, environ={})) as catalogue:
        while page := tuple(itertools.islice(changes, _PER_IMPORT)):
            catalogue.append(ChangeSet("bench", "import", page))
        catalogue.append(ChangeSet("bench", "set", (_set_of(records),)))


def _changes(data: Path, records: list[str]) -> Iterator[Change]:
    """Yield a change for each record, whose IRIs go to ``records``."""
    from fair_imagic.rdf import record_of

    with data.open(encoding="utf-8") as stream:
        triples = (tuple(line[:-3].split(" ", 2)) for line in stream)
        for record, said in itertools.groupby(triples, lambda t: record_of(t[0][1:-1])):
            records.append(record)
            yield _change(record, said)  # type: ignore[arg-type]


def _set_of(records: Iterable[str]) -> Change:
    from fair_imagic.rdf import iri

    said = {(iri(SET), iri("dcterms:hasPart"), iri(one)) for one in records}
    kind = (iri(SET), iri("rdf:type"), iri("fi:PublicationSet"))
    return _change(SET, {*said, kind})


def _change(record: str, said: Iterable[Triple]) -> Change:
    from fair_imagic.catalogue import Change, Source, SourceKind

    source = Source(f"{BASE}source", SourceKind.FILE, "benchmark")
    return Change(record, source, frozenset(said))
