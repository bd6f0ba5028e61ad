"""The way of sets for commands: it loads the requirements only where it rests on them.

What is public and unchanged asks for no check, and what nobody has checked has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.views.next_step import path_of
from fair_imagic.views.publication import publications_in
from fair_imagic.views.standing import standing_of
from fair_imagic.workflow.checking.kept_verdict import kept_counts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.views.next_step import Path
    from fair_imagic.views.publication import PublicationRow
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.sets.listing import SetRow

__all__ = ["paths_of"]


def paths_of(workspace: Workspace, listed: Sequence[SetRow]) -> dict[str, Path]:
    """Return the way of each set by its IRI, as its page shows it."""
    published = publications_in(workspace, listed)
    kept = kept_counts_of(
        workspace, [row.iri for row in listed if not _is_settled(published[row.iri])]
    )
    return {
        row.iri: path_of(
            standing_of(
                row,
                settings=workspace.settings,
                kept=kept.get(row.iri),
                published=published[row.iri],
            )
        )
        for row in listed
    }


def _is_settled(published: Iterable[PublicationRow]) -> bool:
    """Return whether a set is public as it is now."""
    public = [row for row in published if row.is_public]
    return bool(public) and not any(row.changed for row in public)
