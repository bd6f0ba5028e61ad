"""What was not looked at must never read as "conforms"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.errors import InputError
from fair_imagic.model import Snapshot

Make = Callable[..., Snapshot]

IMAGE = "<https://example.org/id/image/i> a fi:Image ."
SET = "<https://example.org/id/set/s> a fi:PublicationSet ."


def codes(snapshot: Snapshot, *tokens: str) -> set[str]:
    report = check(snapshot, [profiles.load(token) for token in tokens])
    return {finding.code for finding in report.findings}


def test_a_profile_without_a_node_of_its_root_classes_is_blocked(
    snapshot: Make,
) -> None:
    report = check(snapshot(IMAGE), [profiles.load("datacite")])
    found = [f for f in report.findings if f.code == "check/nothing-to-check"]
    assert [f.profile for f in found] == ["datacite"]
    assert not report.conforms
    assert report.blocked_for("datacite")


def test_each_profile_without_a_node_is_reported_on_its_own(snapshot: Make) -> None:
    wanted = [profiles.load(token) for token in ("datacite", "bioimage-archive")]
    report = check(snapshot(IMAGE), wanted)
    assert report.blocked_for("datacite")
    assert report.blocked_for("bioimage-archive")


def test_nothing_to_check_names_the_requirements_in_both_languages(
    snapshot: Make,
) -> None:
    report = check(snapshot(IMAGE), [profiles.load("set")])
    finding = next(f for f in report.findings if f.code == "check/nothing-to-check")
    assert "FAIR publication set" in finding.message["en"]
    assert "Jeu de publication FAIR" in finding.message["fr"]


def test_a_node_without_a_type_is_reported(snapshot: Make) -> None:
    text = SET + '<https://example.org/id/image/i> dcterms:title "cells" .'
    assert "check/type-missing" in codes(snapshot(text), "set")


def test_a_node_of_an_unknown_type_is_reported(snapshot: Make) -> None:
    text = SET + "<https://example.org/id/image/i> a fi:Picture ."
    assert "check/type-unknown" in codes(snapshot(text), "set")


def test_a_type_written_as_text_is_no_type(snapshot: Make) -> None:
    text = SET + '<https://example.org/id/image/i> a "fi:Image" .'
    found = codes(snapshot(text), "set")
    assert {"check/type-unknown", "check/type-missing"} & found


def test_subclasses_of_the_model_are_known_types(snapshot: Make) -> None:
    text = (
        SET + "<https://example.org/id/instrument/m#p> a nboq:InvertedMicroscopeStand ."
    )
    assert not {"check/type-unknown", "check/type-missing"} & codes(
        snapshot(text), "set"
    )


def test_context_without_a_type_is_not_our_point(snapshot: Make) -> None:
    context = '<https://example.org/licence/x> dcterms:title "x" .'
    assert "check/type-missing" not in codes(snapshot(SET, context=context), "set")


def test_an_empty_snapshot_is_an_error(snapshot: Make) -> None:
    with pytest.raises(InputError) as caught:
        check(snapshot(""), [profiles.load("set")])
    assert caught.value.where == "https://example.org/id/set/s"


def test_no_profile_is_an_error(snapshot: Make) -> None:
    with pytest.raises(InputError):
        check(snapshot(SET), [])


def test_a_rule_without_nodes_is_counted_as_zero(snapshot: Make) -> None:
    counts = check(snapshot(SET), [profiles.load("set")]).focus_counts
    assert counts["set/title-required"] == 1
    assert counts["set/sample-organism-required"] == 0
    assert counts["set/creator-name-required"] == 0
