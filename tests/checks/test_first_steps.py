"""What to do first, which points block, and what a decision of the facility lifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import (
    Override,
    Report,
    as_html,
    as_junit,
    as_text,
    check,
    first_steps,
    profiles,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.model import Snapshot

TITLE = "dcterms:title"
TEXT = "dcterms:description"


def _rule(name: str, path: str, more: str = "", *, severity: str = "Violation") -> str:
    return (
        f"x:{name} a sh:PropertyShape ; sh:targetClass fi:PublicationSet ;"
        f" sh:path {path} ; sh:minCount 1 ; sh:severity sh:{severity} ; {more}"
        f' sh:name "{name}"@en, "{name}"@fr ; sh:message "No {name}."@en, "Non."@fr ;'
        f' fi:repair "Give {name}."@en, "Donnez."@fr ; fi:who "anyone" ;'
        f' fi:clause "clause of {name}" .\n'
    )


@pytest.fixture(name="report")
def _report(
    write_profile: Callable[..., Path], snapshot: Callable[..., Snapshot]
) -> Report:
    """Two archives: both miss the title, the first a description and a law too."""
    both = _rule("title", TITLE)
    folder = write_profile("one", both + _rule("text", TEXT))
    write_profile("two", both + _rule("note", "fi:note", severity="Warning"))
    law = _rule("law", "fi:law", "fi:legal true ; fi:blocks false ;")
    write_profile("three", law)
    wanted = [profiles.load(n, extra=folder) for n in ("one", "two", "three")]
    return check(
        snapshot("<https://example.org/id/set/s> a fi:PublicationSet ."), wanted
    )


def _override(code: str, *tokens: str) -> Override:
    return Override(
        record="https://example.org/id/override/o",
        code=code,
        target=tokens[0],
        profiles=tokens,
        reason="Agreed with the archive",
        author="Marie",
        time="2026-11-22T22:00:00Z",
    )


def test_the_correction_that_opens_most_targets_comes_first(report: Report) -> None:
    steps = first_steps(report)
    assert [step.cause.codes for step in steps] == [
        ("one/title", "two/title"),
        ("one/text",),
        ("three/law",),
    ]
    assert [[p.token for p in step.frees] for step in steps] == [
        ["two"],
        ["one"],
        ["three"],
    ]
    assert [p.token for p in steps[0].helps] == ["one", "two"]
    assert steps[0].points == 2


def test_what_is_only_recommended_is_no_first_step(report: Report) -> None:
    codes = {code for step in first_steps(report) for code in step.cause.codes}
    assert "two/note" not in codes
    assert len(first_steps(report, most=1)) == 1


def test_a_decision_lifts_a_point_for_its_archive_only(report: Report) -> None:
    decided = replace(report, overrides=(_override("two/title", "two"),))
    assert not decided.blocked_for("two")
    assert decided.blocked_for("one")
    by_token = {line.profile.token: line for line in decided.readiness}
    assert (by_token["two"].overridden, by_token["two"].blocked) == (1, False)
    assert by_token["one"].overridden == 0


def test_no_decision_lifts_what_the_law_forbids(report: Report) -> None:
    decided = replace(report, overrides=(_override("three/law", "three"),))
    law = next(f for f in report.findings if f.code == "three/law")
    assert law.legal
    assert law.blocks
    assert decided.blocked_for("three")


def test_every_report_shows_a_decision_with_reason_author_and_date(
    report: Report,
) -> None:
    decided = replace(report, overrides=(_override("two/title", "two"),))
    text = as_text(decided, width=200)
    line = "two/title, for two: “Agreed with the archive” (Marie, 22 Nov 2026)"
    assert line in text
    assert "⚑ open by decision of the facility" in text
    assert "T: would stop the publication; the facility decided otherwise" in text
    assert line in as_html(decided)
    assert "Decisions" not in as_text(report)


def test_reports_say_that_the_law_stands_behind_a_point(report: Report) -> None:
    told = "T: the law forbids publishing it so; nobody can decide otherwise"
    assert f"why: {told} · clause of law" in as_text(report, width=200)
    assert told in as_html(report)


def test_junit_has_a_suite_for_each_target_and_a_case_for_each_rule(
    report: Report,
) -> None:
    from fair_imagic.rdf import parse_xml

    root = parse_xml(as_junit(report).encode())
    assert root.tag == "testsuites"
    suites = root.findall("testsuite")
    cases = {
        case.get("name"): case for suite in suites for case in suite.findall("testcase")
    }
    assert {c.get("classname") for c in suites[0]} == {"one"}
    assert [case.get("name") for case in suites[0]] == ["one/text", "one/title"]
    assert suites[0].get("failures") == "2"
    failure = cases["one/title"].find("failure")
    assert failure is not None
    assert failure.get("message") == "No title."
    assert "correction (anyone): Give title." in failure.text
    assert cases["two/note"].find("failure") is None
    assert "should: No note." in cases["two/note"].findtext("system-out")


def test_junit_counts_what_it_holds_as_ci_services_expect(report: Report) -> None:
    from fair_imagic.rdf import parse_xml

    root = parse_xml(as_junit(report).encode())
    for element in (root, *root.findall("testsuite")):
        cases = list(element.iter("testcase"))
        failed = [case for case in cases if case.find("failure") is not None]
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(failed))
        assert element.get("errors") == "0"
    for case in root.iter("testcase"):
        assert case.get("name")
        assert case.get("classname")
        assert float(case.get("time")) == 0
        assert len(case) <= 1
