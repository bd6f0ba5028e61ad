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
    from collections.abc import Iterable

    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["tell_shared"]

_IMAGES = "SELECT ?image WHERE {{ ?image a fi:Image ; fi:sample <{sample}> }}"


def tell_shared(workspace: Workspace, edits: Edits, chosen: Iterable[str]) -> None:
    """Note of each sample that edits change which other images have it too."""
    known = set(chosen)
    for change in edits.changes():
        if type_of(workspace, change.record) != Sample.class_iri:
            continue
        query = _IMAGES.format(sample=change.record)
        others = sorted({image for (image,) in rows(workspace, query)} - known)
        if others:
            edits.tell(_words(workspace, change.record, others))


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
