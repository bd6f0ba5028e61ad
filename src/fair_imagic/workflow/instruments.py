"""Microscope records: import them and let images inherit what their files lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.mapping import match_components, read_instrument
from fair_imagic.model import Instrument, RecordGraph, class_for, view
from fair_imagic.rdf import iri, text_of
from fair_imagic.readers import RawFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fair_imagic.catalogue import Fact
    from fair_imagic.workflow.workspace import Workspace

__all__ = [
    "InstrumentRow",
    "attach",
    "components_of",
    "import_file",
    "list_instruments",
]


@dataclass(frozen=True)
class InstrumentRow:
    """One microscope in a list."""

    iri: str
    name: str
    title: str
    components: int


@dataclass(frozen=True)
class Imported:
    """A microscope record that was imported, with remarks about its file."""

    iri: str
    problems: tuple[str, ...]
    changed: bool


def import_file(
    workspace: Workspace, path: Path, *, author: str, name: str | None = None
) -> Imported:
    """Import a Micro-Meta App JSON file as a microscope record, or as its new version.

    ``name`` is the short name of the record; it is made of the microscope's name
    otherwise. Nothing is stored where the file cannot be read.
    """
    if not path.is_file():
        raise UnreadableFileError(path, _("there is no such file"))
    title = name or read_instrument(path, base_iri=workspace.settings.base_iri).name
    record = workspace.mint("instrument", title)
    read = read_instrument(
        path, base_iri=workspace.settings.base_iri, instrument_iri=record
    )
    source = _source(workspace, path, record)
    places = {one.triple: one.place for one in read.statements}
    before = set(workspace.catalogue.source_statements(record, source.iri))
    change = Change(
        record=record,
        source=source,
        added=frozenset(places.keys() - before),
        removed=frozenset(before - places.keys()),
        places={t: p for t, p in places.items() if t not in before},
    )
    changed = bool(change.added or change.removed)
    if changed:
        reason = f"microscope {path.name}"
        workspace.catalogue.keep_facts(source, {"": read.facts})
        workspace.catalogue.append(ChangeSet(author, reason, (change,)))
    return Imported(record, tuple(read.problems), changed)


def _source(workspace: Workspace, path: Path, record: str) -> Source:
    slug = record.rpartition("/")[2]
    return Source(
        iri=workspace.mint("source", f"instrument-{slug}"),
        kind=SourceKind.INSTRUMENT,
        label=path.name,
        sha256=sha256_of(path),
    )


def attach(workspace: Workspace, images: Sequence[str], instrument: str) -> int:
    """Link images to the microscope that took them and return how many changed.

    What the microscope record knows about the objective and the other parts in use
    fills what the files lack; each value says that it comes from the record.
    """
    record = workspace.catalogue.effective(instrument)
    graph = RecordGraph(record)
    title = view(Instrument, graph, instrument).title or instrument.rpartition("/")[2]
    slug = instrument.rpartition("/")[2]
    source = Source(
        iri=workspace.mint("source", f"instrument-{slug}"),
        kind=SourceKind.INSTRUMENT,
        label=title,
    )
    changes = [_attachment(workspace, i, instrument, graph, source) for i in images]
    kept = tuple(change for change in changes if change.added or change.removed)
    if kept:
        reason = f"microscope {title}"
        workspace.catalogue.append(ChangeSet("import", reason, kept))
    return len(kept)


def _attachment(
    workspace: Workspace,
    image: str,
    instrument: str,
    graph: RecordGraph,
    source: Source,
) -> Change:
    file_source = _file_source(workspace, image)
    said = workspace.catalogue.source_statements(image, file_source)
    kept = workspace.catalogue.facts(file_source)
    matched = match_components(
        image,
        RecordGraph(said),
        instrument,
        graph,
        facts=_raw_facts((*kept.get("", ()), *kept.get(image, ()))),
    )
    places = {(iri(image), iri("fi:acquiredWith"), iri(instrument)): ""}
    places |= {one.triple: one.place for one in matched.statements}
    before = set(workspace.catalogue.source_statements(image, source.iri))
    added = frozenset(places.keys() - before)
    return Change(
        record=image,
        source=source,
        added=added,
        removed=frozenset(before - places.keys()),
        places={triple: places[triple] for triple in added},
    )


def _file_source(workspace: Workspace, image: str) -> str:
    """Return the source of what the image's file said: see ``import_images``."""
    key = image.rpartition("/")[2].rpartition("-")[0]
    return workspace.mint("source", f"file-{key}")


def _raw_facts(kept: Iterable[Fact]) -> tuple[RawFact, ...]:
    return tuple(RawFact(one.key, one.value, one.unit, one.place) for one in kept)


def list_instruments(workspace: Workspace) -> list[InstrumentRow]:
    """Return the microscopes of the catalogue, by name."""
    rows = []
    for record in sorted(workspace.catalogue.records(Instrument.class_iri)):
        graph = RecordGraph(workspace.catalogue.effective(record))
        seen = view(Instrument, graph, record)
        count = len(graph.values(record, iri("nboq:component")[1:-1]))
        name = record.rpartition("/")[2]
        rows.append(InstrumentRow(record, name, seen.title or name, count))
    return rows


def components_of(workspace: Workspace, instrument: str) -> list[tuple[str, str, str]]:
    """Return (class name, name, maker and model) of each part of a microscope."""
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    found = []
    for subject in graph.subjects:
        known = [class_for(one) for one in graph.types(subject)]
        if subject == instrument or not known or known[0] is None:
            continue
        words = [_text(graph, subject, f"nboq:{key}") for key in _NAMED_BY]
        found.append((known[0].name, words[0], " ".join(filter(None, words[1:]))))
    return sorted(found)


_NAMED_BY = ("name", "manufacturer", "model")


def _text(graph: RecordGraph, subject: str, predicate: str) -> str:
    values = graph.values(subject, iri(predicate)[1:-1])
    return text_of(values[0]) if values else ""
