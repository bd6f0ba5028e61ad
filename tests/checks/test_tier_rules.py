"""Every generated rule of the tiers, on a passing and a failing example made for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.checks.generated_shapes import is_generated
from fair_imagic.model import Snapshot, class_for, class_named, class_names, slots_of
from fair_imagic.rdf import expand, iri, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term, Triple

SHAPES = Path(__file__).parents[2] / "shapes"
TOKENS = ("nboq-tier-1", "nboq-tier-2", "nboq-tier-3", "materials-and-methods")
MICROSCOPE = "https://example.org/id/instrument/one"
NBOQ = expand("nboq:")


def generated_rules(token: str) -> dict[str, list[str]]:
    """Return the target classes of each generated rule by its code."""
    found: dict[str, list[str]] = {}
    for path in (SHAPES / token).glob("*.ttl"):
        if is_generated(path):
            for subject, predicate, value in parse(path, format="ttl"):
                if predicate == iri("sh:targetClass"):
                    code = f"{token}/{text_of(subject).rpartition('/')[2]}"
                    found.setdefault(code, []).append(text_of(value))
    return found


def example(
    token: str, value_of: Callable[[Slot], Term | None]
) -> tuple[Snapshot, set[str]]:
    """Return a microscope with one part of each class the rules target."""
    targets = {name for names in generated_rules(token).values() for name in names}
    own: list[Triple] = [(iri(MICROSCOPE), iri("rdf:type"), iri("nboq:Instrument"))]
    for name in class_names():
        held = class_named(name)
        above = {class_named(one).iri for one in held.ancestors}
        if held.abstract or not targets & {held.iri, *above}:
            continue
        part = f"{MICROSCOPE}#{name}"
        own.append((iri(MICROSCOPE), iri("nboq:component"), iri(part)))
        own.append((iri(part), iri("rdf:type"), iri(held.iri)))
        for slot in slots_of(name):
            value = value_of(slot)
            if value is not None:
                own.append((iri(part), iri(slot.iri), value))
    snapshot = Snapshot.make(MICROSCOPE, own=own)
    report = check(snapshot, [profiles.load(token)])
    return snapshot, {finding.code for finding in report.findings}


def codes(token: str) -> set[str]:
    return {code for code in generated_rules(token) if code.endswith("-required")}


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_about_presence_fails_where_nothing_is_said(token: str) -> None:
    _snapshot, found = example(token, lambda slot: None)
    assert codes(token)
    assert codes(token) - found == set()


@pytest.mark.parametrize("token", TOKENS)
def test_an_answer_satisfies_every_rule(token: str) -> None:
    answers = ("fi:unknown", "fi:notApplicable", "fi:withheld")

    def given(slot: Slot) -> Term | None:
        return iri(answers[len(slot.name) % 3]) if slot.field else None

    _snapshot, found = example(token, given)
    assert found & set(generated_rules(token)) == set()


def test_a_part_that_only_an_image_tells_of_owes_nothing() -> None:
    own = [
        ("<https://example.org/i>", iri("rdf:type"), iri("fi:Image")),
        ("<https://example.org/i#o>", iri("rdf:type"), iri("nboq:Objective")),
    ]
    report = check(
        Snapshot.make("https://example.org/i", own=own), [profiles.load("nboq-tier-3")]
    )
    generated = {c for token in TOKENS for c in generated_rules(token)}
    assert {finding.code for finding in report.findings} & generated == set()


def test_a_tier_asks_for_all_that_the_one_below_asks() -> None:
    third = profiles.load("nboq-tier-3")
    assert third.tokens == ("nboq-tier-3", "nboq-tier-2", "nboq-tier-1")


@pytest.mark.parametrize("token", TOKENS)
def test_every_target_is_a_class_of_the_standard(token: str) -> None:
    for names in generated_rules(token).values():
        for name in names:
            assert name.startswith(NBOQ)
            assert class_for(name) is not None


def test_rules_by_hand_are_not_said_twice() -> None:
    for code, names in generated_rules("nboq-tier-1").items():
        if code.endswith("-magnification-required"):
            assert expand("nboq:Objective") not in names
