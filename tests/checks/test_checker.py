"""The check: findings with value, origin and correction; context; what blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fair_imagic.checks import Finding, Report, Severity, check, profiles
from fair_imagic.model import Snapshot

Make = Callable[..., Snapshot]

EXAMPLES = Path(__file__).parents[2] / "shapes"
SET = """<https://example.org/id/set/s> a fi:PublicationSet ; dcterms:title "Cells" ;
    dcterms:creator <https://example.org/id/person/p> ."""
PERSON = """<https://example.org/id/person/p> a foaf:Person ; foaf:name "Ana Roux" ;
    fi:orcid "0000-0002-1825-0098" ."""
STRANGER = """<https://example.org/id/person/q> a foaf:Person ;
    fi:orcid "0000-0002-1825-0099" ."""


def checked(snapshot: Snapshot, *tokens: str, **options: object) -> Report:
    wanted = [profiles.load(token) for token in tokens]
    return check(snapshot, wanted, **options)  # type: ignore[arg-type]


def one(report: Report, code: str) -> Finding:
    found = [finding for finding in report.findings if finding.code == code]
    assert len(found) == 1, [f.code for f in report.findings]
    return found[0]


def test_a_finding_says_what_where_and_what_to_do(snapshot: Make) -> None:
    finding = one(
        checked(snapshot(SET), "bioimage-archive"), "bioimage-archive/title-length"
    )
    assert finding.severity is Severity.MUST
    assert finding.profile == "bioimage-archive"
    assert finding.blocks
    assert finding.focus == "https://example.org/id/set/s"
    assert finding.focus_label == "Cells"
    assert finding.path == "http://purl.org/dc/terms/title"
    assert finding.path_label == {"en": "Title", "fr": "Titre"}
    assert finding.value == "Cells"
    assert "25" in finding.message["en"]
    assert "25" in finding.message["fr"]
    assert finding.repair["fr"].startswith("Écrivez")
    assert finding.who == "researcher"
    assert finding.clause == {
        "en": "BioImage Archive, template BioImages.v5, Study: Title",
        "fr": "BioImage Archive, modèle BioImages.v5, « Study: Title »",
    }


def test_the_origin_is_asked_with_the_exact_term(snapshot: Make) -> None:
    asked = []

    def origin(focus: str, path: str, value: str | None) -> dict[str, str]:
        asked.append((focus, path, value))
        return {"en": "typed by Ana"} if value == '"Cells"' else {}

    report = checked(snapshot(SET), "bioimage-archive", origin=origin)
    assert one(report, "bioimage-archive/title-length").origin == "typed by Ana"
    title = "http://purl.org/dc/terms/title"
    assert ("https://example.org/id/set/s", title, '"Cells"') in asked


def test_each_rule_says_how_many_things_it_looked_at(snapshot: Make) -> None:
    images = [f"<https://example.org/id/image/{n}> a fi:Image ." for n in range(5)]
    tokens = ("set", "ethics", "datacite", "bioimage-archive", "nboq-tier-3")
    for _again in range(5):
        counts = checked(snapshot(SET + "\n".join(images)), *tokens).focus_counts
        about_images = {
            code: count
            for code, count in counts.items()
            if code.startswith("bioimage-archive/image-")
        }
        assert set(about_images.values()) == {5}, about_images


def test_a_check_in_python_gives_the_same_kind_of_finding(snapshot: Make) -> None:
    report = checked(snapshot(SET, context=PERSON), "datacite")
    finding = one(report, "set/orcid-check-digit")
    assert finding.focus_label == "Ana Roux"
    assert finding.value == "0000-0002-1825-0098"
    assert finding.path.endswith("orcid")
    assert not finding.blocks


def test_people_who_are_not_creators_are_left_alone(snapshot: Make) -> None:
    report = checked(snapshot(SET, context=PERSON + STRANGER), "datacite")
    assert "https://example.org/id/person/q" not in {f.focus for f in report.findings}


def test_context_gets_no_findings_of_its_own(snapshot: Make) -> None:
    raw = '<https://example.org/id/image/raw> a fi:Image ; dcterms:title "raw" .'
    report = checked(snapshot(SET, context=raw), "set")
    assert "https://example.org/id/image/raw" not in {f.focus for f in report.findings}


def test_context_counts_where_rules_look_at_it(snapshot: Make) -> None:
    image = """<https://example.org/id/image/i> a fi:Image ;
        fi:acquiredWith <https://example.org/id/instrument/m> ."""
    instrument = """<https://example.org/id/instrument/m> a nboq:Instrument ;
        nboq:component <https://example.org/id/instrument/m#lens> .
        <https://example.org/id/instrument/m#lens> a nboq:Objective ."""
    report = checked(snapshot(image, context=instrument), "nboq-tier-1")
    found = {(f.code, f.focus.rpartition("/")[2]) for f in report.findings}
    assert ("nboq-tier-1/stand-required", "m") in found
    assert ("nboq-tier-1/component-model-required", "m#lens") in found
    assert ("nboq-tier-1/instrument-objective-required", "m") not in found


def test_an_instrument_is_left_alone_by_profiles_that_do_not_name_it(
    snapshot: Make,
) -> None:
    instrument = """<https://example.org/id/instrument/m> a nboq:Instrument ;
        dcterms:title 5 ."""
    report = checked(snapshot(SET, context=instrument), "datacite")
    assert not any("instrument" in f.focus for f in report.findings)


@pytest.mark.parametrize("answer", ["unknown", "notApplicable", "withheld"])
def test_an_answer_without_a_value_is_no_gap_in_a_tier(
    snapshot: Make, answer: str
) -> None:
    image = "<https://example.org/id/image/i> a fi:Image"
    text = f"{image} ; nboq:physicalSizeX fi:{answer} ."
    report = checked(snapshot(text), "nboq-tier-1")
    codes = {f.code for f in report.findings}
    assert "nboq-tier-1/pixel-size-x-required" not in codes
    assert "nboq-tier-1/pixel-size-y-required" in codes
    assert not any(code.startswith("model/") for code in codes)


def test_answers_without_a_value_are_counted_apart(snapshot: Make) -> None:
    text = """<https://example.org/id/image/i> a fi:Image ;
        nboq:physicalSizeX fi:unknown ; nboq:physicalSizeY fi:withheld .
        <https://example.org/id/image/j> a fi:Image ; nboq:physicalSizeX fi:unknown ."""
    answers = checked(snapshot(text), "nboq-tier-1").answers
    assert [(a.label["fr"], a.answer, a.count) for a in answers] == [
        ("Taille de pixel X", "fi:unknown", 2),
        ("Taille de pixel Y", "fi:withheld", 1),
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("dcterms:title", "title-required"),
        ("dcterms:creator", "creator-required"),
        ("dcterms:publisher", "publisher-required"),
        ("dcterms:issued", "publication-year-required"),
    ],
)
def test_unknown_is_no_answer_to_what_datacite_demands(
    snapshot: Make, path: str, code: str
) -> None:
    text = f"<https://example.org/id/set/s> a fi:PublicationSet ; {path} fi:unknown ."
    report = checked(snapshot(text), "datacite")
    assert f"datacite/{code}" in {f.code for f in report.findings if f.blocks}


def test_only_profiles_of_archives_block(snapshot: Make) -> None:
    report = checked(snapshot(SET), "set", "datacite", "bioimage-archive")
    assert {f.profile for f in report.findings if f.blocks} == {
        "datacite",
        "bioimage-archive",
    }
    assert not report.blocked_for("set")
    assert report.blocked_for("datacite")


def test_findings_of_one_archive_do_not_block_the_other(snapshot: Make) -> None:
    path = EXAMPLES / "datacite" / "examples" / "pass" / "complete.ttl"
    text = path.read_text(encoding="utf-8").replace("CC-BY-4.0", "CC-BY-NC-4.0")
    report = checked(snapshot(text), "datacite", "bioimage-archive")
    assert not report.blocked_for("datacite")
    assert report.blocked_for("bioimage-archive")


def test_a_computed_image_needs_no_date_but_a_source(snapshot: Make) -> None:
    text = """<https://example.org/id/image/i> a fi:Image ; fi:contentKind "processed" ;
        prov:wasDerivedFrom <https://example.org/id/image/raw> ."""
    codes = {f.code for f in checked(snapshot(text), "set").findings}
    assert "set/image-acquisition-date-required" not in codes
    assert "set/derived-image-source-required" not in codes
    assert "set/derived-image-run-recommended" in codes


def test_parts_are_named_with_their_record(snapshot: Make) -> None:
    text = """<https://example.org/id/image/i> a fi:Image ; dcterms:title "cells" ;
        fi:channel <https://example.org/id/image/i#channel-0> .
        <https://example.org/id/image/i#channel-0> a fi:Channel ;
        nboq:channelName "DAPI" ."""
    report = checked(snapshot(text), "nboq-tier-1")
    labels = {f.focus_label for f in report.findings}
    assert {"cells", "cells / DAPI"} <= labels


def test_findings_are_sorted_and_never_twice(snapshot: Make) -> None:
    report = checked(snapshot(SET), "set", "datacite", "set")
    keys = [finding.sort_key for finding in report.findings]
    assert keys == sorted(set(keys))


def test_progress_is_reported_in_words(snapshot: Make) -> None:
    steps: list[tuple[int, int, str]] = []
    checked(snapshot(SET), "set", progress=lambda *step: steps.append(step))
    assert [step[:2] for step in steps] == [(0, 3), (1, 3), (2, 3)]
    assert all(text for _done, _total, text in steps)


def test_two_images_with_one_fault_are_one_cause(snapshot: Make) -> None:
    text = "\n".join(
        f'<https://example.org/id/image/{n}> a fi:Image ; dcterms:title "image {n}" .'
        for n in range(2)
    )
    report = checked(snapshot(text), "nboq-tier-1")
    group = next(g for g in report.groups if g.code.endswith("pixel-size-x-required"))
    assert len(group.findings) == 2
    assert list(group.places.values()) == ["image 0", "image 1"]


def test_answers_of_the_microscope_are_counted_where_a_profile_is_about_it(
    snapshot: Make,
) -> None:
    image = "<https://example.org/id/image/i> a fi:Image ."
    part = """<https://example.org/id/instrument/m> a nboq:Instrument .
        <https://example.org/id/instrument/m#p> a nboq:Objective ;
        nboq:catalogNumber fi:unknown ."""
    with_tier = checked(snapshot(image, context=part), "nboq-tier-1")
    without = checked(snapshot(image, context=part), "set")
    assert [answer.count for answer in with_tier.answers] == [1]
    assert without.answers == ()


def test_a_link_is_shown_by_the_name_of_what_it_leads_to(snapshot: Make) -> None:
    text = """<https://example.org/id/set/s> a fi:PublicationSet ;
        dcterms:creator <https://example.org/id/person/p> ."""
    person = """<https://example.org/id/person/p> a foaf:Person ;
        schema:affiliation <https://example.org/id/person/q> .
        <https://example.org/id/person/q> a foaf:Person ; foaf:name "Ana  Roux" ."""
    report = checked(snapshot(text, context=person), "bioimage-archive")
    finding = one(report, "bioimage-archive/author-affiliation-required")
    assert finding.value == "https://example.org/id/person/q"
    assert finding.value_label == "Ana Roux"
