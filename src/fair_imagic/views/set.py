"""The page of one publication set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.publication import PublicationRow, publications_of
from fair_imagic.views.set_list import SetRow, row_of
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.checking.overrides import records_of_decisions
from fair_imagic.workflow.correcting import questions as questions_use
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "SetFacts",
    "SetPage",
    "set_history",
    "set_page",
    "set_sections",
]

_ELSEWHERE = frozenset({"images"})


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


def set_page(workspace: Workspace, name: str) -> SetPage:
    """Return one set as it stood when last checked; NotFoundError for none."""
    record = workspace.record("set", name)
    listed = sets.set_row(workspace, record)
    kept = questions_use.with_questions(workspace, name)
    published = publications_of(workspace, record)
    return SetPage(
        row=row_of(workspace, listed, kept, published),
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
