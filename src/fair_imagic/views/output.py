"""What processing made, row by row: images, tables, figures and other files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.shown import words_of
from fair_imagic.entry.sign import ucum_sign
from fair_imagic.i18n import _
from fair_imagic.model import (
    File,
    Fileset,
    Image,
    Measure,
    RecordGraph,
    Result,
    view,
    views,
)
from fair_imagic.processing import Role
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.base.shown_value import natural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.processing.outputs import RunOutputs

__all__ = [
    "MeasureRow",
    "OutputRow",
    "measures_in",
    "output_rows",
    "output_summary",
    "role_label",
]


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One number with its name; ``unit`` is empty for a count or a ratio."""

    name: str
    value: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class OutputRow:
    """One output: what it is, its file, and the numbers about it."""

    iri: str
    name: str
    label: str
    role: str
    role_label: str
    path: str
    media_type: str
    byte_size: int
    sha256: str
    is_stand_in: bool
    measures: tuple[MeasureRow, ...]

    @property
    def is_image(self) -> bool:
        """Return whether it has a page and a picture of its own."""
        return self.role in (Role.IMAGE, Role.MASK)


def role_label(role: str) -> str:
    """Return what an output is in the reader's words; a processor's own as it is."""
    words: dict[str, str] = {
        Role.IMAGE: _("image"),
        Role.MASK: _("label mask"),
        Role.TABLE: _("table"),
        Role.FIGURE: _("figure"),
        Role.FILE: _("file"),
    }
    return words.get(role, role)


def output_rows(workspace: Workspace, made: RunOutputs) -> tuple[OutputRow, ...]:
    """Return what a run made: images first, then its other files, each by name."""
    stand_ins = set(made.stand_ins.values())
    images = [
        _image_row(workspace, one, one in stand_ins)
        for one in made.images
        if workspace.sees(one)
    ]
    others = [
        _result_row(workspace, one) for one in made.results if workspace.sees(one)
    ]
    return tuple(
        row
        for rows in (images, others)
        for row in sorted(rows, key=lambda one: natural(one.label))
    )


def output_summary(rows: Iterable[OutputRow]) -> str:
    """Return how many of each kind there are: ``New images: 3, tables: 3``."""
    roles = [row.role for row in rows]
    images = sum(role in (Role.IMAGE, Role.MASK) for role in roles)
    parts = [_("New images: {count}").format(count=images)]
    others = Counter(role for role in roles if role not in (Role.IMAGE, Role.MASK))
    tables, figures = others.pop(Role.TABLE, 0), others.pop(Role.FIGURE, 0)
    for count, text in (
        (tables, _("tables: {count}")),
        (figures, _("figures: {count}")),
        (others.total(), _("other files: {count}")),
    ):
        if count:
            parts.append(text.format(count=count))
    return ", ".join(parts)


def measures_in(graph: RecordGraph) -> tuple[MeasureRow, ...]:
    """Return the measures of a record, in their order."""
    return tuple(
        MeasureRow(
            name=_measure_name(one.title or ""),
            value=words_of(one, "value"),
            unit=ucum_sign(one.unit or ""),
        )
        for one in views(Measure, graph)
    )


def _measure_name(title: str) -> str:
    """Return the name of one of our measures; a plug-in's as it is."""
    name, _mark, number = title.partition(", time point ")
    words = {"object count": _("object count"), "threshold": _("threshold")}
    known = words.get(name, name)
    if not number:
        return known
    return _("{name}, time point {number}").format(name=known, number=number)


def _image_row(workspace: Workspace, record: str, is_stand_in: bool) -> OutputRow:
    triples = workspace.catalogue.effective(record)
    graph = RecordGraph(triples)
    image = view(Image, graph, record)
    fileset = image.fileset or ""
    files = RecordGraph(workspace.catalogue.effective(fileset) if fileset else ())
    parts = view(Fileset, files, fileset).files
    role = Role.MASK if image.content_kind == "label mask" else Role.IMAGE
    file = view(File, files, parts[0]) if parts else File(iri="")
    return _row(triples, record, role=role, file=file, is_stand_in=is_stand_in)


def _result_row(workspace: Workspace, record: str) -> OutputRow:
    triples = workspace.catalogue.effective(record)
    graph = RecordGraph(triples)
    result = view(Result, graph, record)
    file = view(File, graph, result.files[0]) if result.files else File(iri="")
    role = result.role or Role.FILE
    return _row(triples, record, role=role, file=file, is_stand_in=False)


def _row(
    triples: tuple[Triple, ...],
    record: str,
    *,
    role: str,
    file: File,
    is_stand_in: bool,
) -> OutputRow:
    return OutputRow(
        iri=record,
        name=name_of(record),
        label=label_in(triples, record),
        role=role,
        role_label=role_label(role),
        path=file.path or "",
        media_type=file.media_type or "",
        byte_size=int(file.byte_size or 0),
        sha256=file.sha256 or "",
        is_stand_in=is_stand_in,
        measures=measures_in(RecordGraph(triples)),
    )
