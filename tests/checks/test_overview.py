"""The overview: the worst decides, and what most wait for comes first."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import (
    Line,
    Overview,
    PendingCorrection,
    Severity,
    Subject,
    Summary,
    TextPool,
    check,
    profiles,
    summary_of,
)
from fair_imagic.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks import Report
    from fair_imagic.model import Snapshot

SET = "https://example.org/id/set/s"
OWN = f"""
<{SET}> a fi:PublicationSet ; dcterms:title "Nuclei" ;
    dcterms:hasPart <https://example.org/id/image/x> .
<https://example.org/id/image/x> a fi:Image ; dcterms:title "x" .
"""


@pytest.fixture
def report(snapshot: Callable[..., Snapshot]) -> Report:
    wanted = [profiles.load(token) for token in ("set", "bioimage-archive")]
    return check(snapshot(OWN), wanted)


def line(
    name: str, *waiting: PendingCorrection, must: int = 0, error: str = ""
) -> Line:
    subject = Subject(kind="set", iri=f"https://example.org/id/set/{name}", name=name)
    if error:
        return Line(subject=subject, error=error)
    summary = Summary(
        label=name, must=must, should=1, could=2, readiness=(), corrections=waiting
    )
    return Line(subject=subject, summary=summary)


def waiting(code: str, *, points: int = 1, stops: bool = False) -> PendingCorrection:
    texts = {"en": code, "fr": code}
    return PendingCorrection(
        code=code, field=texts, repair=texts, points=points, stops=stops
    )


def overview(*lines: Line) -> Overview:
    return Overview(lines=lines, checked_at=now())


def test_a_summary_counts_what_the_report_has(report: Report) -> None:
    found = summary_of(report)
    by_weight = [one.severity for one in report.findings]
    assert found.label == "Nuclei"
    assert found.must == by_weight.count(Severity.MUST) > 0
    assert found.should == by_weight.count(Severity.SHOULD) > 0
    assert found.readiness == report.readiness
    assert found.blocked
    obligatory = [c for c in report.causes if c.first.severity is Severity.MUST]
    assert [one.code for one in found.corrections] == [c.first.code for c in obligatory]
    assert sum(one.points for one in found.corrections) == sum(
        c.count for c in obligatory
    )


def test_only_what_blocks_one_of_the_requirements_stops(report: Report) -> None:
    stops = {one.code: one.stops for one in summary_of(report).corrections}
    assert stops["bioimage-archive/keyword-required"]
    alone = replace(report, profiles=report.profiles[:1])
    assert not any(one.stops for one in summary_of(alone).corrections)


def test_reports_and_summaries_can_be_sent_to_another_process(report: Report) -> None:
    assert pickle.loads(pickle.dumps(report)) == report
    found = summary_of(report)
    assert pickle.loads(pickle.dumps(found)) == found


def test_what_is_the_same_is_held_once(report: Report) -> None:
    known = TextPool()
    one, other = (
        known.share(pickle.loads(pickle.dumps(summary_of(report)))) for _ in "ab"
    )
    assert one == other == summary_of(report)
    assert one.readiness[0].profile is other.readiness[0].profile
    assert one.corrections[0].repair is other.corrections[0].repair


def test_the_worst_line_gives_the_exit_code() -> None:
    good, bad, lost = line("a"), line("b", must=1), line("c", error="gone")
    assert overview(good).exit_code == 0
    assert overview(good, bad).exit_code == 1
    assert overview(good, bad, lost).exit_code == 2
    assert [one.conforms for one in (overview(good), overview(good, bad))] == [
        True,
        False,
    ]


def test_states_and_points_are_added_up() -> None:
    found = overview(line("a"), line("b", must=4), line("c", error="gone"))
    assert dict(found.states) == {"ready": 1, "gaps": 1, "error": 1}
    assert [found.points[weight] for weight in Severity] == [4, 2, 4]


def test_what_stops_most_comes_first_then_what_most_have() -> None:
    found = overview(
        line("a", waiting("x/many", points=90), waiting("x/stops", stops=True)),
        line("b", waiting("x/stops", stops=True), waiting("x/two")),
        line("c", waiting("x/two"), waiting("x/stops")),
    )
    first, second, third = found.priorities
    assert (first.code, first.stop_count, first.points) == ("x/stops", 2, 3)
    assert [one.subject.name for one in first.lines] == ["a", "b", "c"]
    assert [second.code, third.code] == ["x/two", "x/many"]


def test_five_priorities_are_enough() -> None:
    found = overview(line("a", *(waiting(f"x/{n}") for n in range(9))))
    assert [one.code for one in found.priorities] == [f"x/{n}" for n in range(5)]
