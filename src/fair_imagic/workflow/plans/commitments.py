"""Commitments of a plan: kept from a table with the plan's own words, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import dmp
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.model import Commitment, RecordGraph, ResearchOutput, view
from fair_imagic.rdf import expand, iri
from fair_imagic.tables import read_table
from fair_imagic.workflow.base.authors import table_source
from fair_imagic.workflow.base.edits import Edits

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.tables import Row
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["COLUMNS", "CommitmentRow", "import_table", "list_commitments"]

COLUMNS = ("output", "about", "promised", "sentence", "section")


@dataclass(frozen=True)
class CommitmentRow:
    """One commitment in a list; ``checked`` says whether a program can compare it."""

    output: str
    about: str
    promised: tuple[str, ...]
    sentence: str
    section: str
    checked: bool


def list_commitments(workspace: Workspace, plan: str) -> list[CommitmentRow]:
    """Return what a plan commits its research outputs to, output by output."""
    record = workspace.record("plan", plan)
    rows = []
    for output, graph in sorted(_outputs(workspace, record).items()):
        seen = view(ResearchOutput, graph, output)
        rows += [
            CommitmentRow(
                output=output.rpartition("/")[2],
                about=one.about,
                promised=one.promised,
                sentence=one.sentence,
                section=one.section,
                checked=bool(dmp.constraints_of(one)),
            )
            for one in dmp.commitments_of(seen, graph)
        ]
    return rows


def import_table(
    workspace: Workspace, plan: str, path: Path, *, author: str
) -> int | None:
    """Keep the commitments in a table (CSV) as one change; return its number.

    Columns: ``output`` (name of a research output, or empty for all), ``about`` (one
    of the subjects), ``promised`` (alternatives separated by ``;``), ``sentence`` (the
    plan's own words) and ``section``. Raises
    :class:`~fair_imagic.errors.InputError` with line and column, and keeps nothing.
    """
    record = workspace.record("plan", plan)
    table = read_table(path)
    missing = [name for name in COLUMNS[:3] if name not in table.columns]
    if missing:
        raise InputError(
            _("The table lacks a column"),
            where=str(path),
            expected=", ".join(COLUMNS),
            found=", ".join(table.columns),
        )
    outputs = sorted(_outputs(workspace, record))
    source = table_source(workspace, sha256=sha256_of(path), label=path.name)
    edits = Edits(workspace.catalogue, source)
    said: dict[str, list[str]] = {}
    for row in table.rows:
        for output in _chosen(outputs, row, path):
            part = f"{output}#commitment-{row.cells['about'].strip()}"
            edits.create(_commitment(part, row, path), place=f"{path.name}:{row.line}")
            said.setdefault(output, []).append(part)
    for output, parts in said.items():
        pairs = [(expand("fi:commitment"), iri(part)) for part in dict.fromkeys(parts)]
        edits.put(output, pairs, place=path.name)
    return edits.append(author, f"commitments of {plan}")


def _chosen(outputs: list[str], row: Row, path: Path) -> list[str]:
    name = row.cells["output"].strip()
    if not name:
        return outputs
    found = [one for one in outputs if one.rpartition("/")[2] == name]
    if not found:
        raise NotFoundError(
            _("The plan has no research output {name}").format(name=name),
            where=f"{path.name}:{row.line}:output",
            expected=", ".join(one.rpartition("/")[2] for one in outputs),
        )
    return found


def _commitment(part: str, row: Row, path: Path) -> Commitment:
    about = row.cells["about"].strip()
    if about not in dmp.SUBJECTS:
        raise InputError(
            _("A plan commits to nothing of this name"),
            where=f"{path.name}:{row.line}:about",
            expected=", ".join(dmp.SUBJECTS),
            found=about,
        )
    promised = [one.strip() for one in row.cells["promised"].split(";")]
    if not any(promised):
        raise InputError(
            _("Nothing is promised here"),
            where=f"{path.name}:{row.line}:promised",
            expected="tif;lif",
        )
    return Commitment(
        iri=part,
        about=about,
        promised=tuple(filter(None, promised)),
        sentence=row.cells.get("sentence", "").strip() or None,
        section=row.cells.get("section", "").strip() or None,
    )


def _outputs(workspace: Workspace, plan: str) -> dict[str, RecordGraph]:
    records = workspace.catalogue.records(ResearchOutput.class_iri)
    graphs = {
        record: RecordGraph(triples)
        for record, triples in workspace.catalogue.effective_of(records).items()
    }
    return {
        record: graph
        for record, graph in graphs.items()
        if view(ResearchOutput, graph, record).plan == plan
    }
