"""An import with a tags table: looked at whole before anything of either is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.workflow.correcting.tags import (
    TagsPlan,
    apply_tags,
    plan_tags,
    refuse_unclear,
)
from fair_imagic.workflow.images import foresight, import_images

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tag_table import TagTable
    from fair_imagic.workflow.images.correction import Correction
    from fair_imagic.workflow.images.foresight import Foresight
    from fair_imagic.workflow.images.import_images import ImportResult

    Progress = Callable[[int, int, str], None]

__all__ = ["TaggedImport", "carry_out", "look_ahead"]


@dataclass(frozen=True, kw_only=True)
class TaggedImport:
    """What an import and its table will do, for somebody to look at.

    Nothing of either is done where the plan has flaws, or rows that name several
    images and nobody said that all are meant.
    """

    paths: tuple[Path, ...]
    collection: str
    author: str
    instrument: str | None
    foresight: Foresight
    table: TagTable
    plan: TagsPlan

    @property
    def result(self) -> ImportResult:
        """What the import alone will come to."""
        return self.foresight.result


def look_ahead(
    workspace: Workspace,
    paths: Sequence[Path],
    table: TagTable,
    *,
    collection: str,
    author: str,
    instrument: str | None = None,
    progress: Progress | None = None,
) -> TaggedImport:
    """Read files and compare the table with the images that will be there.

    Nothing is written. Raises what
    :func:`~fair_imagic.workflow.images.import_images.run` raises.
    """
    ahead = foresight.foresee(
        workspace,
        paths,
        collection=collection,
        author=author,
        instrument=instrument,
        progress=progress,
    )
    root = ahead.result.collection
    return TaggedImport(
        paths=tuple(paths),
        collection=collection,
        author=author,
        instrument=instrument,
        foresight=ahead,
        table=table,
        plan=plan_tags(ahead.workspace, root, table, matcher=ahead.matcher),
    )


def carry_out(
    workspace: Workspace,
    what: TaggedImport,
    *,
    all_fitting: bool = False,
    progress: Progress | None = None,
) -> tuple[ImportResult, Correction]:
    """Import, then keep what the table says as one change.

    Who is stopped in between gives the same command again: what is imported is known
    then, and the table comes to the same end. Raises what
    :func:`~fair_imagic.workflow.correcting.tags.refuse_unclear` raises, before
    anything is kept; later only where the data changed since the look ahead.
    """
    refuse_unclear(what.plan, all_fitting=all_fitting)
    result = import_images.run(
        workspace,
        what.paths,
        collection=what.collection,
        author=what.author,
        instrument=what.instrument,
        groups=what.foresight.groups,
        progress=progress,
    )
    plan = plan_tags(workspace, result.collection, what.table)
    done = apply_tags(workspace, plan, author=what.author, all_fitting=all_fitting)
    return result, done
