"""The publication sets in a list, as last checked; it loads no requirements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _, in_language, ngettext
from fair_imagic.views.next_step import Path, path_of
from fair_imagic.views.publication import publications_in
from fair_imagic.views.standing import standing_of
from fair_imagic.workflow.checking.kept_verdict import kept_counts_of
from fair_imagic.workflow.sets import listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.views.publication import PublicationRow
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.kept_verdict import KeptCounts
    from fair_imagic.workflow.checking.verdict_counts import CountsLine

__all__ = ["ReadinessLine", "SetRow", "row_of", "sets_page"]


@dataclass(frozen=True, kw_only=True)
class ReadinessLine:
    """How ready a set is for one target or standard, in a sign and in words."""

    token: str
    title: str
    kind: str
    words: str
    identifier: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class SetRow:
    """One publication set of a list.

    ``readiness`` and ``path`` are as of the last check; ``is_fresh`` tells whether that
    still stands. ``checked_at`` is an ISO text, empty where nobody has checked.
    """

    iri: str
    name: str
    title: str
    images: int
    readiness: tuple[ReadinessLine, ...]
    path: Path
    checked_at: str
    is_fresh: bool


def sets_page(workspace: Workspace) -> tuple[SetRow, ...]:
    """Return all publication sets as they stood when last checked, by title."""
    listed = sorted(listing.list_sets(workspace), key=lambda row: row.title.lower())
    kept = kept_counts_of(workspace, [row.iri for row in listed])
    published = publications_in(workspace, listed)
    return tuple(
        row_of(workspace, row, kept.get(row.iri), published[row.iri]) for row in listed
    )


def row_of(
    workspace: Workspace,
    listed: listing.SetRow,
    kept: KeptCounts | None,
    published: tuple[PublicationRow, ...],
) -> SetRow:
    """Return the row of a set, of what was kept of its last check and is published."""
    standing = standing_of(
        listed,
        settings=workspace.settings,
        kept=kept,
        published=published,
    )
    return SetRow(
        iri=listed.iri,
        name=listed.name,
        title=listed.title,
        images=listed.images,
        readiness=tuple(_lines(kept, published)),
        path=path_of(standing),
        checked_at=kept.counts.checked_at if kept is not None else "",
        is_fresh=kept is not None and kept.is_fresh,
    )


def _lines(
    kept: KeptCounts | None, published: Iterable[PublicationRow]
) -> list[ReadinessLine]:
    if kept is None:
        words = _("not checked yet")
        return [ReadinessLine(token="", title=_("Check"), kind="could", words=words)]
    by_target = {row.target: row for row in published if row.identifier}
    return [
        _line(one, by_target.get(one.token), is_fresh=kept.is_fresh)
        for one in kept.counts.lines
    ]


def _line(
    line: CountsLine, published: PublicationRow | None, *, is_fresh: bool
) -> ReadinessLine:
    token, title = line.token, in_language(line.title)
    if published is not None:
        return ReadinessLine(
            token=token,
            title=title,
            kind=published.kind,
            words=published.words,
            identifier=published.identifier,
            url=published.page,
        )
    kind, words = _words(line)
    if not is_fresh:
        # what was good before a change may not be any more
        kind = "wait"
        words = _("{state} (before the last change)").format(state=words)
    return ReadinessLine(token=token, title=title, kind=kind, words=words)


def _words(line: CountsLine) -> tuple[str, str]:
    if line.decided and not line.blocking:
        return "should", _("open by decision of the facility")
    must = max(line.must, line.blocking)
    if must:
        text = ngettext(
            "{count} point must be fixed", "{count} points must be fixed", must
        )
        return "must", text.format(count=must)
    if line.should or line.could:
        count = line.should + line.could
        text = ngettext("ready, {count} remark", "ready, {count} remarks", count)
        return "good", text.format(count=count)
    return "good", _("ready")
