"""Instruments and their components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Instrument, RecordGraph, class_for
from fair_imagic.rdf import iri
from fair_imagic.workflow.views.history import ChangeRow, history
from fair_imagic.workflow.views.label import label_of, name_of
from fair_imagic.workflow.views.listing import rows
from fair_imagic.workflow.views.value import Section, sections

if TYPE_CHECKING:
    from fair_imagic.workflow.workspace import Workspace

__all__ = ["InstrumentPage", "InstrumentRow", "instrument_page", "instruments_page"]


@dataclass(frozen=True, kw_only=True)
class InstrumentRow:
    """One instrument of a list, with how much is known of it and made with it."""

    iri: str
    name: str
    title: str
    components: int
    images: int


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """One instrument: its own fields, its components, its changes."""

    row: InstrumentRow
    own: Section | None
    components: tuple[Section, ...]
    changes: tuple[ChangeRow, ...]


def instruments_page(workspace: Workspace) -> tuple[InstrumentRow, ...]:
    """Return all instruments by title."""
    records = workspace.catalogue.records(Instrument.class_iri)
    listed = [_row(workspace, record) for record in records]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def _row(workspace: Workspace, record: str) -> InstrumentRow:
    query = f"SELECT (COUNT(?i) AS ?n) WHERE {{ ?i fi:acquiredWith {iri(record)} }}"
    graph = RecordGraph(workspace.catalogue.effective(record))
    parts = [one for one in graph.subjects if one != record and _known(graph, one)]
    return InstrumentRow(
        iri=record,
        name=name_of(record),
        title=label_of(workspace, record),
        components=len(parts),
        images=int(rows(workspace, query)[0][0]),
    )


def _known(graph: RecordGraph, subject: str) -> bool:
    return any(class_for(class_iri) for class_iri in graph.types(subject))


def instrument_page(workspace: Workspace, name: str) -> InstrumentPage:
    """Return one instrument. Raises NotFoundError where there is none."""
    record = workspace.record("instrument", name)
    found = sections(workspace, record, hidden=frozenset({"components"}))
    return InstrumentPage(
        row=_row(workspace, record),
        own=next((section for section in found if section.subject == record), None),
        components=tuple(section for section in found if section.subject != record),
        changes=history(workspace, record),
    )
