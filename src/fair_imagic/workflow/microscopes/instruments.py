"""Microscope records: import them and let images inherit what their files lack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, Source, SourceKind
from fair_imagic.entry.shown import shown
from fair_imagic.files import sha256_of
from fair_imagic.i18n import current_language
from fair_imagic.mapping import read_instrument
from fair_imagic.model import Instrument, RecordGraph, class_for, view
from fair_imagic.rdf import iri
from fair_imagic.readers import RawFact
from fair_imagic.workflow.microscopes.changes import keep_change
from fair_imagic.workflow.microscopes.images import Relinked, attach, relink
from fair_imagic.workflow.microscopes.versions import day_of, versions_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.mapping import InstrumentRecord
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "DOCUMENT",
    "Imported",
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
    versions: int = 1


@dataclass(frozen=True)
class Imported:
    """A microscope record that was imported, with remarks about its file."""

    iri: str
    problems: tuple[str, ...]
    changed: bool
    version: str = ""
    relinked: Relinked = field(default_factory=Relinked)


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    author: str,
    name: str | None = None,
    valid_from: str | None = None,
    correction: bool = False,
) -> Imported:
    """Import a Micro-Meta App JSON file as a microscope record, or as its new version.

    ``name`` is the short name of the record; it is made of the microscope's name
    otherwise. A file of a known microscope is a new version, valid from today or from
    the ISO date ``valid_from``; as a ``correction`` it replaces the latest version
    instead. Unpublished images made since are linked anew, published ones listed.
    Nothing is stored where the file cannot be read.
    """
    day = day_of(valid_from) if valid_from else None
    title = name or read_instrument(path, base_iri=workspace.settings.base_iri).name
    record = workspace.mint("instrument", title)
    read = read_instrument(
        path, base_iri=workspace.settings.base_iri, instrument_iri=record
    )
    source = _source(workspace, path, record)
    change = _change(workspace, read, source)
    if not (change.added or change.removed) and day is None:
        _keep_document(workspace, source, read, "")  # an import may have broken off
        return Imported(record, read.problems, changed=False)
    number, version = keep_change(
        workspace,
        change,
        valid_from="" if correction else day,
        author=author,
        reason=f"microscope {path.name}",
    )
    if number is None:
        return Imported(record, read.problems, changed=False)
    if version == versions_of(workspace, record)[-1].iri:
        _follow_file(workspace, change, author=author)
    _keep_document(workspace, source, read, version)
    relinked = relink(workspace, record)
    return Imported(record, read.problems, True, version, relinked)


DOCUMENT = "micrometa:document"
"""Key of the raw fact that keeps the text of an imported file, by version."""


def _keep_document(
    workspace: Workspace, source: Source, read: InstrumentRecord, version: str
) -> None:
    """Keep the file's text for a version; for ``""`` where the latest has none."""
    kept = workspace.catalogue.facts(source.iri)
    versions = versions_of(workspace, read.iri)
    if not version and versions and versions[0].iri not in kept:
        version = versions[-1].iri
    if version:
        document = RawFact(DOCUMENT, read.document, None, source.label)
        workspace.catalogue.keep_facts(source, {"": read.facts, version: (document,)})


def _follow_file(workspace: Workspace, change: Change, *, author: str) -> None:
    """Let the components that people chose follow those that come and go in the file.

    A person who added or removed one speaks of the whole list since.
    """
    instrument = change.record
    path = (iri(instrument), iri("nboq:component"))
    entries = workspace.catalogue.history(instrument)
    people = {
        entry.source.iri: entry.source
        for entry in entries
        if entry.source.kind is SourceKind.PERSON
    }
    new = {triple for triple in change.added if triple[:2] == path}
    gone = {triple for triple in change.removed if triple[:2] == path}
    for source in people.values():
        said = workspace.catalogue.source_statements(instrument, source.iri)
        listed = {triple for triple in said if triple[:2] == path}
        if listed and (new - listed or gone & listed):
            followed = Change(
                record=instrument,
                source=source,
                added=frozenset(new - listed),
                removed=frozenset(gone & listed),
            )
            keep_change(
                workspace, followed, valid_from="", author=author, reason="microscope"
            )


def _change(workspace: Workspace, read: InstrumentRecord, source: Source) -> Change:
    places = {one.triple: one.place for one in read.statements}
    before = set(workspace.catalogue.source_statements(read.iri, source.iri))
    return Change(
        record=read.iri,
        source=source,
        added=frozenset(places.keys() - before),
        removed=frozenset(before - places.keys()),
        places={t: p for t, p in places.items() if t not in before},
    )


def _source(workspace: Workspace, path: Path, record: str) -> Source:
    slug = record.rpartition("/")[2]
    return Source(
        iri=workspace.mint("source", f"instrument-{slug}"),
        kind=SourceKind.INSTRUMENT,
        label=path.name,
        sha256=sha256_of(path),
    )


def list_instruments(workspace: Workspace) -> list[InstrumentRow]:
    """Return the microscopes of the catalogue, by name."""
    rows = []
    for record in sorted(workspace.catalogue.records(Instrument.class_iri)):
        graph = RecordGraph(workspace.catalogue.effective(record))
        seen = view(Instrument, graph, record)
        count = len(graph.values(record, iri("nboq:component")[1:-1]))
        name = record.rpartition("/")[2]
        versions = len(versions_of(workspace, record))
        title = seen.title or name
        rows.append(InstrumentRow(record, name, title, count, versions))
    return rows


def components_of(workspace: Workspace, instrument: str) -> list[tuple[str, str, str]]:
    """Return (kind, name, maker and model) of each part of a microscope."""
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    found = []
    for subject in graph.subjects:
        known = [class_for(one) for one in graph.types(subject)]
        if subject == instrument or not known or known[0] is None:
            continue
        words = [_text(graph, subject, f"nboq:{key}") for key in _NAMED_BY]
        kind = known[0].label.get(current_language()) or known[0].name
        found.append((kind, words[0], " ".join(filter(None, words[1:]))))
    return sorted(found)


_NAMED_BY = ("name", "manufacturer", "model")


def _text(graph: RecordGraph, subject: str, predicate: str) -> str:
    values = graph.values(subject, iri(predicate)[1:-1])
    return shown(values[0]).text if values else ""
