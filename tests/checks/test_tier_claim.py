"""The tier a set claims and the one it reaches: told by the report, never blocking."""

from __future__ import annotations

from pathlib import Path

import pytest

from fair_imagic.checks import (
    Report,
    as_html,
    as_json,
    as_text,
    check,
    profiles,
    speaks_of_tiers,
    with_claim,
)
from fair_imagic.checks.reports.claim import claim_lines
from fair_imagic.model import Snapshot
from fair_imagic.rdf import Triple, expand, iri, literal, parse

SHAPES = Path(__file__).parents[2] / "shapes"
ROOT = "https://example.org/id/set/s"


def report_on(example: int, *, asked: str = "nboq-tier-1", declared: int) -> Report:
    """Check the passing example of a tier, without its calibration where it is 0."""
    path = SHAPES / f"nboq-tier-{example or 2}" / "examples/pass/complete.ttl"
    triples = list(parse(path, format="ttl"))
    if not example:
        triples = [one for one in triples if "opticalCalibration>" not in one[1]]
    snapshot = Snapshot.make(ROOT, own=triples)
    wanted = [profiles.load(asked)]
    made = check(snapshot, [*wanted, profiles.load("nboq-tier-3")])
    return with_claim(made, wanted, declared=declared)


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_the_example_of_a_tier_reaches_it(tier: int) -> None:
    claim = report_on(tier, declared=tier).tier_claim
    assert claim is not None
    assert (claim.reached, claim.keeps_promise) == (tier, True)


def test_a_value_that_its_field_cannot_have_does_not_meet_the_tier() -> None:
    path = SHAPES / "nboq-tier-2" / "examples/pass/complete.ttl"
    method = expand("nboq:contrastMethod")
    triples = [
        (s, p, literal("banana") if method in p else o)
        for s, p, o in parse(path, format="ttl")
    ]
    channel = next(s for s, _p, o in triples if expand("fi:Channel") in o)
    triples.append((channel, iri(method), literal("banana")))
    snapshot = Snapshot.make(ROOT, own=list(dict.fromkeys(triples)))
    wanted = [profiles.load("nboq-tier-1")]
    made = check(snapshot, [*wanted, profiles.load("nboq-tier-3")])
    claim = with_claim(made, wanted, declared=1).tier_claim
    assert claim is not None
    assert (claim.reached, claim.keeps_promise) == (0, False)


def test_a_tier_that_is_only_counted_gives_the_same_claim() -> None:
    snapshot = Snapshot.make(ROOT, own=_bare_images(40))
    wanted, more = [profiles.load("nboq-tier-1")], [profiles.load("nboq-tier-3")]
    listed = with_claim(check(snapshot, [*wanted, *more]), wanted, declared=2)
    counted = check(snapshot, wanted, counted=more)
    assert sum(tally.count for tally in counted.tallies) > 100
    made = with_claim(counted, wanted, declared=2)
    assert made.tier_claim == listed.tier_claim
    assert made.findings == listed.findings
    assert made.focus_counts == listed.focus_counts
    assert made.tallies == ()


def _bare_images(count: int) -> list[Triple]:
    """Return the statements of a set whose images say nothing."""
    text = f"<{ROOT}> a <{expand('fi:PublicationSet')}> ."
    for number in range(count):
        image = f"https://example.org/id/image/{number}"
        text += f"<{ROOT}> <{expand('dcterms:hasPart')}> <{image}> ."
        text += f"<{image}> a <{expand('fi:Image')}> ."
    return list(parse(text.encode(), format="ttl"))


def test_without_a_fresh_calibration_a_set_stays_at_tier_1() -> None:
    report = report_on(0, declared=2)
    claim = report.tier_claim
    assert claim is not None
    assert (claim.declared, claim.reached, claim.keeps_promise) == (2, 1, False)
    assert [gap.code for gap in claim.tiers[1].gaps] == [
        "nboq-tier-2/optical-calibration-within-a-month"
    ]


def test_a_claim_that_is_not_kept_blocks_nothing() -> None:
    report = report_on(0, asked="nboq-tier-2", declared=2)
    assert not report.conforms
    assert not report.blocked_for("nboq-tier-2")


def test_of_tiers_that_were_not_asked_for_only_the_claim_is_told() -> None:
    report = report_on(1, declared=1)
    assert report.findings == ()
    assert [one.token for one in report.profiles] == ["nboq-tier-1"]
    assert not [code for code in report.focus_counts if "tier-3" in code]


def test_text_and_page_say_the_claim_and_what_is_missing() -> None:
    report = report_on(0, declared=2)
    for drawn in (as_text(report), as_html(report)):
        words = " ".join(drawn.split())
        assert "NBO-Q: tier claimed: 2, tier reached: 1" in words
        assert "Tier 2 is not reached: 1 point to fix" in words
        assert "cannot claim Tier 2. (1)" in words
        assert "Tier 3 is not" not in words
    assert '"reached": 1' in as_json(report)


def test_the_text_keeps_its_width() -> None:
    lines = list(claim_lines(report_on(0, declared=2), width=40))
    assert len(lines) > 4
    assert max(map(len, lines)) <= 40


def test_only_requirements_with_a_tier_speak_of_tiers() -> None:
    assert speaks_of_tiers([profiles.load("nboq-tier-2")])
    assert not speaks_of_tiers([profiles.load("datacite")])
