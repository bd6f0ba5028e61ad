"""Quality control of microscopes: enter it, list it, and link the images to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.entry.choice import name_in_title
from fair_imagic.entry.day import day_kept
from fair_imagic.files import sha256_of
from fair_imagic.model import QualityMeasurement, QualityRun, RecordGraph, view
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.microscopes.control_in_force import control_links
from fair_imagic.workflow.microscopes.images import images_taken_with
from fair_imagic.workflow.microscopes.quality_links import (
    control_in,
    controls_of,
)
from fair_imagic.workflow.quality.record import Objectives, describe_run
from fair_imagic.workflow.quality.table import read_measurements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.microscopes.quality_links import Control
    from fair_imagic.workflow.quality.table import Measured

__all__ = [
    "Entered",
    "RunRow",
    "add",
    "import_table",
    "list_runs",
]


@dataclass(frozen=True)
class Entered:
    """What an entry did: the controls, the images linked, published ones left alone.

    ``number`` is the change set, None where all of it was known.
    """

    number: int | None
    runs: tuple[str, ...]
    images: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One quality control in a list; ``due`` is the day of the next one."""

    instrument: str
    day: str
    points: tuple[str, ...]
    failed: tuple[str, ...]
    due: str


def add(
    workspace: Workspace, name: str, measured: Sequence[Measured], *, author: str
) -> Entered:
    """Keep what a person measured on a microscope, and link its images.

    Measurements of one day are one quality control; a point that was measured that day
    already, with the same objective and metric, is replaced. Raises
    :class:`~fair_imagic.errors.InputError` for an objective that the microscope does
    not have; nothing is kept then.
    """
    source = person_source(workspace, author)
    return _enter(workspace, name, measured, source=source, author=author)


def import_table(
    workspace: Workspace, path: Path, name: str, *, author: str
) -> Entered:
    """Keep the measurements of a table (CSV) about a microscope, as one change."""
    measured = read_measurements(path)
    record = workspace.record("instrument", name)
    source = Source(
        iri=workspace.mint("source", f"quality-table-{record.rpartition('/')[2]}"),
        kind=SourceKind.TABLE,
        label=path.name,
        sha256=sha256_of(path),
    )
    return _enter(workspace, name, measured, source=source, author=author)


def list_runs(workspace: Workspace, name: str = "") -> list[RunRow]:
    """Return the quality controls of a microscope, or of all, the oldest first."""
    wanted = workspace.record("instrument", name) if name else ""
    records = workspace.catalogue.records(QualityRun.class_iri)
    rows = []
    for record, triples in workspace.catalogue.effective_of(records).items():
        graph = RecordGraph(triples)
        seen = view(QualityRun, graph, record)
        if not wanted or seen.controlled_instrument == wanted:
            rows.append(_row(seen, graph))
    return sorted(rows, key=lambda row: (row.instrument, row.day))


def _enter(
    workspace: Workspace,
    name: str,
    measured: Sequence[Measured],
    *,
    source: Source,
    author: str,
) -> Entered:
    instrument = workspace.record("instrument", name)
    edits = Edits(workspace.catalogue, source)
    objectives = Objectives(workspace, instrument)
    days: dict[str, list[Measured]] = {}
    for one in measured:
        days.setdefault(one.day, []).append(one)
    runs = tuple(
        describe_run(workspace, edits, objectives, measured=ones)
        for ones in days.values()
    )
    changes = edits.changes()
    if not changes:
        return Entered(None, runs)
    known = {one.iri: one for one in controls_of(workspace, instrument)}
    known |= {one.record: _after(workspace, one) for one in changes}
    images = images_taken_with(workspace, instrument)
    links, left = control_links(workspace, instrument, list(known.values()), images)
    kept = (*changes, *links)
    number = workspace.catalogue.append(ChangeSet(author, "quality control", kept))
    return Entered(number, runs, tuple(one.record for one in links), left)


def _after(workspace: Workspace, change: Change) -> Control:
    """Return a control as it will be with a change."""
    effective = workspace.catalogue.effective(change.record)
    others = (one for one in effective if one not in change.removed)
    return control_in(RecordGraph([*others, *change.added]), change.record)


def _row(seen: QualityRun, graph: RecordGraph) -> RunRow:
    measured = [view(QualityMeasurement, graph, one) for one in seen.measurements]
    day = seen.measured_on or ""
    return RunRow(
        instrument=(seen.controlled_instrument or "").rpartition("/")[2],
        day=day,
        points=tuple(dict.fromkeys(one.point or "" for one in measured)),
        failed=tuple(
            name_in_title(one.title or "", one.point or "")
            for one in measured
            if one.passed == "false"
        ),
        due=_due(day, seen.valid_for_days or ""),
    )


def _due(day: str, days: str) -> str:
    """Return the day of the next control; empty where the record has been garbled."""
    try:
        first = day_kept(day)
        return (first + timedelta(days=int(days))).isoformat() if first else ""
    except ValueError:
        return ""
