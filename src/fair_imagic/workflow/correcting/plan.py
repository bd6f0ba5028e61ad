"""The plan of corrections of a set: from a file, or from a fresh check."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.subject import find_subject
from fair_imagic.workflow.correcting.from_report import narrowed, wishes_of_report
from fair_imagic.workflow.correcting.preview import preview
from fair_imagic.workflow.correcting.wish_file import wishes_in_file
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.preview import Preview

__all__ = ["planned"]


def planned(
    workspace: Workspace,
    name: str,
    *,
    source: Path | None = None,
    only: Sequence[str] = (),
    images: str | None = None,
    all_fitting: bool = False,
    at_least: Confidence = Confidence.LIKELY,
    new: bool = False,
) -> Preview:
    """Return what would be corrected in a set or collection; nothing is changed.

    ``source`` is a report (JSON; one of the whole catalogue too) or a filled-in table;
    without it the set is checked now. ``only`` are codes of points or their beginnings
    (``datacite``), ``images`` is a name of images (see
    :func:`~fair_imagic.workflow.images.members.images_of`); ``at_least`` leaves out
    proposals that are less sure; ``new`` says that names which nobody has are new.
    """
    root = find_subject(workspace, name)
    if source is None:
        wishes = wishes_of_report(check.run(workspace, root))
    else:
        wishes = wishes_in_file(source, root=root)
    chosen = None
    if images is not None:
        chosen = images_of(workspace, root, pattern=images, all_fitting=all_fitting)
    kept = narrowed(wishes.wishes, only=only, images=chosen, at_least=at_least)
    narrow = dataclasses.replace(wishes, wishes=kept)
    return preview(workspace, root, narrow, new=new)
