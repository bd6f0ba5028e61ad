"""Publication sets: the list with readiness, and the page of one set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language
from fair_imagic.i18n import _, ngettext
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.next_step import Path, path_of
from fair_imagic.views.publication import (
    PublicationRow,
    publications_in,
    publications_of,
)
from fair_imagic.views.standing import standing_of
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.checking.kept_verdict import kept_counts_of
from fair_imagic.workflow.checking.overrides import records_of_decisions
from fair_imagic.workflow.correcting import questions as questions_use
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.kept_verdict import KeptCounts
    from fair_imagic.workflow.checking.verdict_counts import CountsLine

__all__ = [
    "ReadinessLine",
    "SetFacts",
    "SetPage",
    "SetRow",
    "set_history",
    "set_page",
    "set_sections",
    "sets_page",
]

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


@dataclass(frozen=True, kw_only=True)
class SetFacts:
    """What a set is made of: microscopes with their images, first and last date."""

    microscopes: tuple[tuple[str, str, int], ...]
    first_date: str
    last_date: str


@dataclass(frozen=True, kw_only=True)
class SetPage:
    """One publication set: its way, what it is made of, where it is published.

    ``points`` is the number of things to do, None where nobody has checked.
    """

    row: SetRow
    facts: SetFacts
    publications: tuple[PublicationRow, ...]
    points: int | None


def sets_page(workspace: Workspace) -> tuple[SetRow, ...]:
    """Return all publication sets as they stood when last checked, by title."""
    listed = sorted(sets.list_sets(workspace), key=lambda row: row.title.lower())
    kept = kept_counts_of(workspace, [row.iri for row in listed])
    published = publications_in(workspace, listed)
    return tuple(
        _row(workspace, row, kept.get(row.iri), published[row.iri]) for row in listed
    )


def set_page(workspace: Workspace, name: str) -> SetPage:
    """Return one set as it stood when last checked; NotFoundError for none."""
    record = workspace.record("set", name)
    listed = sets.set_row(workspace, record)
    kept = questions_use.with_questions(workspace, name)
    published = publications_of(workspace, record)
    return SetPage(
        row=_row(workspace, listed, kept, published),
        facts=_facts(workspace, record),
        publications=published,
        points=kept.counts.causes if kept is not None else None,
    )


def set_sections(workspace: Workspace, name: str) -> tuple[Section, ...]:
    """Return the fields of a set in words, with their origins."""
    return sections(workspace, workspace.record("set", name), hidden=_ELSEWHERE)


def set_history(workspace: Workspace, name: str) -> tuple[ChangeRow, ...]:
    """Return the changes of a set and the decisions about it, newest first."""
    record = workspace.record("set", name)
    records = (record, *records_of_decisions(workspace, record))
    rows = (row for one in records for row in history(workspace, one))
    return tuple(sorted(rows, key=lambda row: -row.number))


def _facts(workspace: Workspace, record: str) -> SetFacts:
    images = listed_in(workspace, record)
    used = Counter(one.instrument for one in images if one.instrument)
    days = sorted(one.day for one in images if one.day)
    return SetFacts(
        microscopes=tuple(
            (one, label_of(workspace, one), used[one]) for one in sorted(used)
        ),
        first_date=days[0] if days else "",
        last_date=days[-1] if days else "",
    )


def _row(
    workspace: Workspace,
    listed: sets.SetRow,
    kept: KeptCounts | None,
    published: tuple[PublicationRow, ...],
) -> SetRow:
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
