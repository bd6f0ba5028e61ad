"""What a run made: images, results, and which of them stand for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import ProcessingRun, RecordGraph, view
from fair_imagic.rdf import expand, iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["RunOutputs", "outputs_of"]


@dataclass(frozen=True, kw_only=True)
class RunOutputs:
    """The records that a run made.

    ``results`` are tables, figures and other files; ``stand_ins`` gives for each image
    that another one now stands for that one. ``remarks`` are sentences of the
    processor for whoever started it; they are not kept.
    """

    run: str
    images: tuple[str, ...]
    results: tuple[str, ...]
    stand_ins: Mapping[str, str]
    remarks: tuple[str, ...] = ()


def outputs_of(workspace: Workspace, run: str) -> RunOutputs | None:
    """Return what a run made that was kept whole; None for one that was not.

    Images are found by the checksums of the run: another run may have made the same.
    """
    if not workspace.catalogue.exists(run):
        return None
    images = _selected(
        workspace,
        f"{iri(run)} fi:outputSha256 ?sum . ?file fi:sha256 ?sum . "
        "?fileset fi:file ?file . ?it fi:fileset ?fileset .",
    )
    return RunOutputs(
        run=run,
        images=images,
        results=_selected(
            workspace, f"?it a fi:Result ; prov:wasGeneratedBy {iri(run)} ."
        ),
        stand_ins=_stand_ins(workspace, run, images),
    )


def _selected(workspace: Workspace, pattern: str) -> tuple[str, ...]:
    query = f"SELECT DISTINCT ?it WHERE {{ {pattern} }} ORDER BY ?it"
    rows = workspace.catalogue.rows(query)
    return tuple(text_of(term) for (term,) in rows if term is not None)


def _stand_ins(workspace: Workspace, run: str, images: Iterable[str]) -> dict[str, str]:
    graph = RecordGraph(workspace.catalogue.effective(run))
    used = set(view(ProcessingRun, graph, run).used)
    pairs = {}
    for image in images:
        own = RecordGraph(workspace.catalogue.effective(image))
        for original in own.values(image, expand("fi:standsFor")):
            if text_of(original) in used:
                pairs[text_of(original)] = image
    return pairs
