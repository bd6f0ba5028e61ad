"""Publication sets: the list with readiness, and the page of one set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language
from fair_imagic.i18n import _, ngettext
from fair_imagic.views.card import CardPage, cards_in_set
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.publication import PublicationRow, publications_of
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.checking.kept_verdict import kept_counts_of
from fair_imagic.workflow.checking.overrides import records_of_decisions
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.kept_verdict import KeptCounts
    from fair_imagic.workflow.checking.verdict_counts import CountsLine

__all__ = ["ReadinessLine", "SetPage", "SetRow", "set_page", "sets_page"]

_ELSEWHERE = frozenset({"images"})


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

    ``readiness`` is what was said when it was last checked; ``is_fresh`` tells whether
    it still stands. ``checked_at`` is an ISO text, empty where it never was.
    """

    iri: str
    name: str
    title: str
    images: int
    readiness: tuple[ReadinessLine, ...]
    checked_at: str
    is_fresh: bool


@dataclass(frozen=True, kw_only=True)
class SetPage:
    """One publication set: its images, fields and changes.

    ``points`` is the number of things to do, None where it was never checked.
    """

    row: SetRow
    grid: CardPage
    sections: tuple[Section, ...]
    changes: tuple[ChangeRow, ...]
    publications: tuple[PublicationRow, ...]
    points: int | None


def sets_page(workspace: Workspace) -> tuple[SetRow, ...]:
    """Return all publication sets with how they stood when last checked, by title."""
    listed = sorted(sets.list_sets(workspace), key=lambda row: row.title.lower())
    standings = kept_counts_of(workspace, [row.iri for row in listed])
    return tuple(_row(workspace, row, standings.get(row.iri)) for row in listed)


def set_page(
    workspace: Workspace, name: str, *, search: str = "", start: int = 0
) -> SetPage:
    """Return one set as it stood when last checked; NotFoundError for none."""
    record = workspace.record("set", name)
    listed = sets.set_row(workspace, record)
    kept = kept_counts_of(workspace, [record]).get(record)
    return SetPage(
        row=_row(workspace, listed, kept),
        grid=cards_in_set(workspace, record, search=search, start=start),
        sections=sections(workspace, record, hidden=_ELSEWHERE),
        changes=_changes(workspace, record),
        publications=publications_of(workspace, record),
        points=kept.counts.causes if kept is not None else None,
    )


def _changes(workspace: Workspace, record: str) -> tuple[ChangeRow, ...]:
    """Return the changes of a set and the decisions about it, newest first."""
    records = (record, *records_of_decisions(workspace, record))
    rows = (row for one in records for row in history(workspace, one))
    return tuple(sorted(rows, key=lambda row: -row.number))


def _row(workspace: Workspace, listed: sets.SetRow, kept: KeptCounts | None) -> SetRow:
    published = publications_of(workspace, listed.iri)
    return SetRow(
        iri=listed.iri,
        name=listed.name,
        title=listed.title,
        images=listed.images,
        readiness=tuple(_lines(kept, published)),
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
