"""Points grouped by what one act mends, the command of each, and what will follow."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import as_json, as_short_text, check, profiles
from fair_imagic.checks.announced import announced_in
from fair_imagic.checks.cause import CORRECT, FOLLOW, GIVE, LINK, causes_of
from fair_imagic.checks.command import command_for
from fair_imagic.checks.reports.cause_words import act_text
from fair_imagic.i18n import LANGUAGES, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks import Report
    from fair_imagic.model import Snapshot

ID = "https://example.org/id"
TOKENS = ("set", "ethics", "datacite", "bioimage-archive", "nboq-tier-1")


def _images(count: int) -> str:
    """Return a set of images that lack everything, with three channels each."""
    lines = [f"<{ID}/set/s> a fi:PublicationSet ."]
    for number in range(count):
        image = f"{ID}/image/i{number}"
        lines.append(
            f"<{ID}/set/s> dcterms:hasPart <{image}> . "
            f'<{image}> a fi:Image ; dcterms:title "field {number}" .'
        )
        lines += [
            f"<{image}> nboq:channel <{image}#channel-{one}> . "
            f"<{image}#channel-{one}> a fi:Channel ; fi:index {one} ."
            for one in range(3)
        ]
    return "\n".join(lines)


def _checked(snapshot: Snapshot, tokens: tuple[str, ...] = TOKENS) -> Report:
    report = check(snapshot, [profiles.load(token) for token in tokens])
    return replace(report, announced=announced_in(report))


@pytest.fixture(name="report", scope="module")
def _report(snapshots: Callable[..., Snapshot]) -> Report:
    return _checked(snapshots(_images(15)))


def test_a_missing_field_is_one_cause_whoever_asks_for_it(report: Report) -> None:
    keys = [cause.key for cause in report.causes]
    assert len(set(keys)) == len(keys)
    sample = report.cause_of("Image.sample")
    assert sample is not None
    assert {code.partition("/")[0] for code in sample.codes} == {
        "set",
        "ethics",
        "bioimage-archive",
    }
    assert len(sample.things) == 15
    assert (sample.act, sample.kind, sample.field) == (LINK, "Image", "sample")
    assert sample.expected_class == "Sample"


def test_no_point_is_lost_or_counted_twice(report: Report) -> None:
    assert sum(cause.count for cause in report.causes) == len(report.findings)


def test_a_wrong_value_and_a_missing_one_are_two_causes(
    snapshots: Callable[..., Snapshot],
) -> None:
    wrong = f"<{ID}/image/i0> nboq:timeIncrement 0.0 ; fi:sizeT 5 ."
    report = _checked(snapshots(f"{_images(2)}\n{wrong}"))
    acts = {cause.act for cause in report.causes}
    assert {GIVE, LINK, CORRECT} <= acts
    assert FOLLOW not in {
        c.act for c in report.causes if c.first.value is None and c.slot
    }


def test_the_most_useful_act_comes_first(report: Report) -> None:
    ranks = [step.cause.severity.rank for step in report.steps]
    assert ranks == sorted(ranks)
    opened = [p.token for step in report.steps for p in step.frees]
    assert sorted(opened) == sorted(set(opened))
    first = report.steps[0]
    assert first.frees or first.stops


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("count", [1, 15, 1500])
def test_the_short_report_fits_on_a_screen(
    snapshots: Callable[..., Snapshot],
    report: Report,
    count: int,
    width: int,
    language: str,
) -> None:
    shown = report if count == 15 else _of_images(report, count)
    with use_language(language):
        lines = as_short_text(shown, width=width).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= width
    assert any("check s --all-points" in line for line in lines)
    told = "… and " if language == "en" else "… et "
    assert any(line.strip().startswith(told) for line in lines)


@pytest.mark.parametrize("width", [80, 100])
def test_every_cause_that_is_shown_ends_with_the_act_that_mends_it(
    report: Report, width: int
) -> None:
    text = as_short_text(report, width=width)
    shown = re.split(r"^ +\d+\. ", text, flags=re.MULTILINE)[1:]
    assert len(shown) > 3
    for step, lines in zip(report.steps, shown, strict=False):
        command = command_for(report, step.cause)
        # what no command mends is told by the act itself, in words
        assert command or step.cause.act == FOLLOW
        assert command in " ".join(lines.split())


def _of_images(report: Report, count: int) -> Report:
    """Return the report as that of so many images that lack the same."""
    own = [one for one in report.findings if "/set/" in one.focus]
    image = [one for one in report.findings if f"{ID}/image/i0" in one.focus]
    more = [
        replace(
            one,
            focus=one.focus.replace("/i0", f"/i{number}"),
            focus_names=dict.fromkeys(LANGUAGES, f"field {number}"),
        )
        for one in image
        for number in range(count)
    ]
    findings = sorted([*own, *more], key=lambda one: one.sort_key)
    return replace(report, findings=tuple(findings))


def test_fifteen_hundred_images_are_grouped_in_seconds(
    report: Report,
) -> None:
    large = _of_images(report, 1500)
    assert len(large.findings) > 30_000
    started = time.process_time()
    assert len(large.causes) == len(report.causes)
    assert time.process_time() - started < 3


def test_many_causes_are_put_in_order_without_comparing_each_with_each(
    report: Report,
) -> None:
    from fair_imagic.checks.first_steps import steps_of

    one = report.findings[0]
    many = tuple(
        replace(one, repair={"en": f"Do {n}.", "fr": f"Faites {n}."}, details={})
        for n in range(20_000)
    )
    large = replace(report, findings=many)
    causes = causes_of(large.groups)
    started = time.process_time()
    assert len(steps_of(large, causes)) == 20_000
    assert time.process_time() - started < 5


def test_every_cause_says_what_to_do_in_both_languages(report: Report) -> None:
    for language in LANGUAGES:
        with use_language(language):
            texts = [act_text(cause) for cause in report.causes]
        assert all(texts)
        assert all("{" not in text for text in texts)
    assert act_text(report.cause_of("Image.sample")) == "Name the sample of 15 images"


def test_commands_name_what_was_checked(report: Report) -> None:
    cause = report.cause_of("Image.sample")
    told = "repair s --set image.sample=NAME --only-missing"
    assert command_for(report, cause) == f"fair-imagic {told}"
    assert command_for(report, cause, program="x --home y") == f"x --home y {told}"
    assert command_for(replace(report, place="images"), cause) == ""


def test_json_has_the_next_act_of_each_cause(report: Report) -> None:
    import json

    causes = json.loads(as_json(report))["causes"]
    sample = next(one for one in causes if one["key"] == "Image.sample")
    assert sample["act"]["path"] == "image.sample"
    assert sample["act"]["expectedClass"] == "Sample"
    assert {one["class"] for one in sample["announced"]} == {"Sample"}
    assert sample["title"]["fr"] == "Nommer l’échantillon de 15 images"


@pytest.mark.parametrize("key", ["Image.sample", "PublicationSet.creators"])
def test_what_is_announced_is_what_appears_once_a_bare_record_is_linked(
    snapshots: Callable[..., Snapshot], report: Report, key: str
) -> None:
    cause = report.cause_of(key)
    assert cause is not None
    assert cause.slot is not None
    new = f"{ID}/new/n"
    name = "foaf:name" if cause.expected_class == "Person" else "dcterms:title"
    kind = "foaf:Person" if cause.expected_class == "Person" else "fi:Sample"
    links = "".join(f"<{one}> <{cause.slot.iri}> <{new}> .\n" for one in cause.things)
    said = f'<{new}> a {kind} ; {name} "A name" .'
    context = said if cause.slot.context else ""
    own = _images(15) + "\n" + links + ("" if context else said)
    after = _checked(snapshots(own, context=context))
    known = {(one.kind, one.path) for one in report.findings}
    came = {
        (one.kind, one.path)
        for one in after.findings
        if (one.kind, one.path) not in known
    }
    assert came == {(one.kind, one.path) for one in report.announced_by(cause)}
    assert came


def test_nothing_is_announced_for_what_is_no_link(report: Report) -> None:
    assert all(report.cause_of(key).act == LINK for key in report.announced)
