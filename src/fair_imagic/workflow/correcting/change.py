"""Applying a preview: all of it as one change, or nothing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _, ngettext
from fair_imagic.workflow.base.authors import person_source, table_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.correction import Correction, keep

if TYPE_CHECKING:
    from collections.abc import Collection

    from fair_imagic.catalogue import Source
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.item import Alike
    from fair_imagic.workflow.correcting.preview import Preview

__all__ = ["apply"]


def apply(
    workspace: Workspace,
    planned: Preview,
    *,
    author: str,
    keys: Collection[str] | None = None,
) -> Correction:
    """Keep what a preview shows as one change.

    ``keys`` are those of groups of the preview (``alike``), all by default. Raises
    :class:`~fair_imagic.errors.InputError` where the preview has flaws, and
    ConflictError where a key is of no group: what was shown is not there any more.
    """
    if planned.flaws:
        first = planned.flaws[0]
        raise InputError(
            ngettext(
                "Nothing is changed: {count} value cannot be used",
                "Nothing is changed: {count} values cannot be used",
                len(planned.flaws),
            ).format(count=len(planned.flaws)),
            where=first.place,
            expected=first.expected,
            found=f"{first.message}: {first.found}" if first.found else first.message,
            hint=first.hint,
        )
    source = _source(workspace, planned, author)
    edits = Edits(workspace.catalogue, source, insists=True)
    items = [item for group in _chosen(planned, keys) for item in group.items]
    for item in items:
        place = item.place or item.source
        edits.give(item.subject, item.path, item.reading, place=place)
    reason = f"repair from {planned.origin}" if planned.origin else "repair: proposals"
    done = keep(workspace, edits, author=author, reason=reason)
    return dataclasses.replace(done, values=len(items))


def _chosen(planned: Preview, keys: Collection[str] | None) -> list[Alike]:
    groups = list(planned.alike)
    if keys is None:
        return groups
    if set(keys) - {group.key for group in groups}:
        raise ConflictError(
            _("The set changed since these corrections were shown"),
            where=planned.title,
            hint=_("Look at them again."),
        )
    return [group for group in groups if group.key in keys]


def _source(workspace: Workspace, planned: Preview, author: str) -> Source:
    if not planned.sha256:
        return person_source(workspace, author)
    return table_source(workspace, sha256=planned.sha256, label=planned.origin)
