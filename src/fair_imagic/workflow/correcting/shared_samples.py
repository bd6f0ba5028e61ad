"""Samples that are those of images nobody chose: who changes one changes it for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import ngettext
from fair_imagic.model import Sample
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.images.image_names import told_of
from fair_imagic.workflow.images.members import type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["shared_notes", "tell_shared"]

_IMAGES = "SELECT ?image WHERE {{ ?image a fi:Image ; fi:sample <{sample}> }}"


def tell_shared(workspace: Workspace, edits: Edits, chosen: Iterable[str]) -> None:
    """Note of each sample that edits change which other images have it too."""
    changed = (change.record for change in edits.changes())
    for note in shared_notes(workspace, changed, chosen):
        edits.tell(note)


def shared_notes(
    workspace: Workspace, records: Iterable[str], chosen: Iterable[str]
) -> Iterator[str]:
    """Yield for each sample among records which images have it that nobody chose."""
    known = set(chosen)
    for record in dict.fromkeys(records):
        if type_of(workspace, record) != Sample.class_iri:
            continue
        query = _IMAGES.format(sample=record)
        others = sorted({image for (image,) in rows(workspace, query)} - known)
        if others:
            yield _words(workspace, record, others)


def _words(workspace: Workspace, sample: str, others: list[str]) -> str:
    words = ngettext(
        "Sample {sample} is also that of {count} other image, {example}: "
        "it changes there too",
        "Sample {sample} is also that of {count} other images, e.g. {example}: "
        "it changes there too",
        len(others),
    )
    return words.format(
        sample=label_of(workspace, sample),
        count=len(others),
        example=told_of(workspace, others[0]),
    )
