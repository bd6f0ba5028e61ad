"""Publication sets: the list with readiness, and the page of one set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language
from fair_imagic.i18n import _, ngettext
from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.rdf import iri
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.next_step import Path, path_of
from fair_imagic.views.publication import PublicationRow, publications_of
from fair_imagic.views.standing import standing_of
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.checking.overrides import records_of_decisions
from fair_imagic.workflow.checking.verdict import recent_verdict_on, verdict_on
from fair_imagic.workflow.correcting import questions as questions_use
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks import Readiness, Report
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "ReadinessLine",
    "SetFacts",
    "SetPage",
    "SetRow",
    "set_page",
    "sets_page",
]

# Larger sets are checked when somebody asks, not while a list is drawn.
_MOST_IMAGES_CHECKED_IN_LIST = 300
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
    """One publication set of a list."""

    iri: str
    name: str
    title: str
    images: int
    readiness: tuple[ReadinessLine, ...]
    path: Path


@dataclass(frozen=True, kw_only=True)
class SetFacts:
    """What a set is made of: microscopes with their images, first and last date."""

    microscopes: tuple[tuple[str, str, int], ...]
    first_date: str
    last_date: str


@dataclass(frozen=True, kw_only=True)
class SetPage:
    """One publication set: its way, images, fields and changes."""

    row: SetRow
    facts: SetFacts
    sections: tuple[Section, ...]
    changes: tuple[ChangeRow, ...]
    publications: tuple[PublicationRow, ...]
    points: int


def sets_page(workspace: Workspace) -> tuple[SetRow, ...]:
    """Return all publication sets with their readiness, by title."""
    listed = [_row(workspace, row) for row in sets.list_sets(workspace)]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def set_page(workspace: Workspace, name: str) -> SetPage:
    """Return one set, checked. Raises NotFoundError where there is none."""
    record = workspace.record("set", name)
    report = verdict_on(workspace, record).report
    listed = next(row for row in sets.list_sets(workspace) if row.iri == record)
    return SetPage(
        row=_row(
            workspace,
            listed,
            report=report,
            questions=len(questions_use.questions_of(workspace, name)),
        ),
        facts=_facts(workspace, record),
        sections=sections(workspace, record, hidden=_ELSEWHERE),
        changes=_changes(workspace, record),
        publications=publications_of(workspace, record),
        points=len(report.causes),
    )


def _changes(workspace: Workspace, record: str) -> tuple[ChangeRow, ...]:
    """Return the changes of a set and the decisions about it, newest first."""
    records = (record, *records_of_decisions(workspace, record))
    rows = (row for one in records for row in history(workspace, one))
    return tuple(sorted(rows, key=lambda row: -row.number))


def _facts(workspace: Workspace, record: str) -> SetFacts:
    part = f"{iri(record)} dcterms:hasPart ?image . "
    times = rows(
        workspace,
        "SELECT (MIN(STR(?t)) AS ?first) (MAX(STR(?t)) AS ?last) WHERE { "
        f"{part} ?image sosa:resultTime ?t }}",
    )
    used = rows(
        workspace,
        "SELECT ?instrument (COUNT(?image) AS ?n) WHERE { "
        f"{part} ?image fi:acquiredWith ?instrument }} "
        "GROUP BY ?instrument ORDER BY ?instrument",
    )
    first, last = times[0] if times else ("", "")
    return SetFacts(
        microscopes=tuple(
            (one, label_of(workspace, one), int(count)) for one, count in used if one
        ),
        first_date=first[:10],
        last_date=last[:10],
    )


def _row(
    workspace: Workspace,
    listed: sets.SetRow,
    *,
    report: Report | None = None,
    questions: int | None = None,
) -> SetRow:
    if report is None:
        small = listed.images <= _MOST_IMAGES_CHECKED_IN_LIST
        look = verdict_on if small else recent_verdict_on
        verdict = look(workspace, listed.iri)
        report = verdict.report if verdict is not None else None
    published = publications_of(workspace, listed.iri)
    standing = standing_of(
        listed,
        settings=workspace.settings,
        report=report,
        published=published,
        has_software=_has_software(workspace, listed.iri),
        questions=questions,
    )
    return SetRow(
        iri=listed.iri,
        name=listed.name,
        title=listed.title,
        images=listed.images,
        readiness=tuple(_lines(report, published)),
        path=path_of(standing),
    )


def _has_software(workspace: Workspace, record: str) -> bool:
    graph = RecordGraph(workspace.catalogue.effective(record))
    return bool(view(PublicationSet, graph, record).software)


def _lines(
    report: Report | None, published: Iterable[PublicationRow]
) -> list[ReadinessLine]:
    if report is None:
        words = _("not checked yet")
        return [ReadinessLine(token="", title=_("Check"), kind="could", words=words)]
    by_target = {row.target: row for row in published if row.identifier}
    return [_line(one, by_target.get(one.profile.token)) for one in report.readiness]


def _line(readiness: Readiness, published: PublicationRow | None) -> ReadinessLine:
    token, title = readiness.profile.token, in_language(readiness.profile.title)
    if published is not None:
        return ReadinessLine(
            token=token,
            title=title,
            kind=published.kind,
            words=published.words,
            identifier=published.identifier,
            url=published.page,
        )
    kind, words = _words(readiness)
    return ReadinessLine(token=token, title=title, kind=kind, words=words)


def _words(readiness: Readiness) -> tuple[str, str]:
    if readiness.overridden and not readiness.blocked:
        return "should", _("open by decision of the facility")
    if readiness.must:
        text = ngettext(
            "{count} point must be fixed",
            "{count} points must be fixed",
            readiness.must,
        )
        return "must", text.format(count=readiness.must)
    if readiness.should or readiness.could:
        count = readiness.should + readiness.could
        text = ngettext("ready, {count} remark", "ready, {count} remarks", count)
        return "good", text.format(count=count)
    return "good", _("ready")
