"""The report as text, JSON and HTML: same data, same bytes, in two languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import (
    Override,
    Proposal,
    Report,
    as_html,
    as_json,
    as_junit,
    as_text,
    as_turtle,
    check,
    profiles,
)
from fair_imagic.checks.point import Points
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import Snapshot
from fair_imagic.rdf import parse, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "shapes"
SCHEMA = ROOT / "src/fair_imagic/checks/reports/report.schema.json"
DRAWN = (as_text, as_json, as_html, as_junit, as_turtle)
TOKENS = ("set", "datacite", "bioimage-archive", "nboq-tier-1")
BAD = """
<https://example.org/id/image/x1> a fi:Image ; dcterms:title "<b>x</b> & 1" .
<https://example.org/id/image/x2> a fi:Image ; dcterms:title "x2" .
<https://example.org/id/fileset/cells#file-9> a fi:File ;
    fi:path "cellules_é.tif" ; fi:sha256 fi:withheld .
"""


def _report(extra: str = "", *, tokens: tuple[str, ...] = TOKENS) -> Report:
    path = SHAPES / "nboq-tier-1" / "examples" / "pass" / "complete.ttl"
    text = path.read_text(encoding="utf-8") + extra
    own = parse(text.encode(), format="ttl")
    snapshot = Snapshot.make("https://example.org/id/set/s", own=own)
    return check(snapshot, [profiles.load(token) for token in tokens])


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T22:00:00Z")


@pytest.fixture(name="report")
def _bad_report(_fixed_time: None) -> Report:
    return _report(BAD)


def test_the_same_data_gives_the_same_bytes_in_every_process(report: Report) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_reports import BAD, DRAWN, _report\n"
        "one = _report(BAD)\n"
        "sys.stdout.buffer.write('\\0'.join(d(one) for d in DRAWN).encode())"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    reports = [
        subprocess.run(
            command,
            env={**environment, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert reports[0] == reports[1]
    assert reports[0].decode().split("\0") == [draw(report) for draw in DRAWN]


def test_the_order_of_statements_does_not_change_the_report() -> None:
    path = SHAPES / "set" / "examples" / "pass" / "complete.ttl"
    own = list(parse((path.read_text(encoding="utf-8") + BAD).encode(), format="ttl"))
    wanted = [profiles.load("nboq-tier-1")]
    reports = [
        check(Snapshot.make("https://example.org/id/set/s", own=statements), wanted)
        for statements in (own, own[::-1])
    ]
    assert as_json(reports[0]) == as_json(reports[1])


def test_text_says_cause_count_places_and_correction(report: Report) -> None:
    text = as_text(report)
    assert "must  Pixel size X  (4 points to fix)" in text
    assert "  nboq-tier-1/pixel-size-x-required: The pixel width is missing." in text
    assert "  set/image-pixel-size-required: The image has no pixel size." in text
    assert "in: <b>x</b> & 1 · x2" in text
    assert "correction (the facility): Give it in micrometres" in text
    assert "should  Path  (1 point to fix)" in text
    assert "found: “cellules_é.tif”" in text
    assert "SHA-256: withheld (1)" in text


def test_text_begins_with_a_table_of_readiness_in_signs_and_words(
    report: Report,
) -> None:
    head = as_text(report).splitlines()[5:11]
    assert head[0].split() == ["requirements", "of", "must", "should", "could"]
    assert head[2].startswith("DataCite (DOI)")
    assert head[2].endswith("! possible, with gaps")
    assert head[3].endswith("✗ blocked")
    assert "✗ 18" in head[3]
    assert head[5].startswith("  ✗ stops the publication · !")


def test_text_says_what_to_do_first_and_what_it_opens(report: Report) -> None:
    lines = as_text(report, width=110).splitlines()
    first = lines.index("What to do first")
    assert lines[first + 1].startswith(" 1. Microscope: Choose the microscope")
    assert "    → opens the way to BioImage Archive · 2 points to fix" in lines


def test_text_says_what_was_expected_and_which_clause_asks_for_it(
    report: Report,
) -> None:
    text = as_text(report, width=200)
    assert "  expected: at least one value, one of: XYZCT, XYZTC, XYCTZ" in text
    assert (
        "  why: BioImage Archive: stops the publication · BioImage Archive, template "
        "BioImages.v5, Associations: Biosample" in text
    )
    assert "  why: FAIR publication set, DataCite (DOI), BioImage Archive: obl" in text


ENGLISH = "BioImage Archive, template BioImages.v5, Associations: Biosample"
FRENCH = "BioImage Archive, modèle BioImages.v5, « Associations: Biosample »"


@pytest.mark.parametrize("draw", [as_text, as_html, as_junit])
def test_people_read_the_clause_in_their_own_language(
    report: Report, draw: Callable[[Report], str]
) -> None:
    english = " ".join(draw(report).split())
    with use_language("fr"):
        french = " ".join(draw(report).split())
    assert ENGLISH in english and FRENCH not in english
    assert FRENCH in french and ENGLISH not in french


def test_no_line_of_the_french_page_can_begin_with_a_colon(report: Report) -> None:
    with use_language("fr"):
        html = as_html(report)
    body = html.partition("<main>")[2]
    assert "\xa0: " in body and "«\xa0" in body and "\xa0»" in body
    assert not re.search(r" [:;»]|« ", re.sub(r"<[^>]*>", "", body))
    assert "\xa0" not in as_html(report).partition("<main>")[2]


def test_programs_get_the_clause_in_both_languages(report: Report) -> None:
    texts = {"en": ENGLISH, "fr": FRENCH}
    data = json.loads(as_json(report))
    point = next(one for one in data["findings"] if one["clauseTexts"] == texts)
    assert point["details"]["clause"] == ENGLISH
    asked = [one for cause in data["causes"] for one in cause["askedBy"]]
    (one,) = [one for one in asked if one["code"] == point["code"]]
    assert (one["clause"], one["clauseTexts"]) == (ENGLISH, texts)
    turtle = as_turtle(report)
    assert f'"{ENGLISH}"@en' in turtle and f'"{FRENCH}"@fr' in turtle


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_text_keeps_to_its_width(report: Report, width: int, language: str) -> None:
    with use_language(language):
        lines = as_text(report, width=width).splitlines()
    # Titles hold a code, which is never cut; the table's last column may run over
    # on very narrow terminals.
    long = [line for line in lines if len(line) > width and line.startswith("  ")]
    assert [line for line in long if " " in line.strip()] == []


def test_text_has_colour_only_when_asked(report: Report) -> None:
    assert "\x1b[" not in as_text(report)
    coloured = as_text(report, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == as_text(report)


def test_text_of_a_conforming_set_says_so() -> None:
    report = _report()
    assert report.conforms
    assert report.exit_code == 0
    assert "Everything that was asked for is there." in as_text(report)
    assert report.findings == ()


def test_json_has_the_documented_structure(report: Report) -> None:
    data = json.loads(as_json(report))
    assert list(data) == [
        "format",
        "subject",
        "subjectLabel",
        "snapshot",
        "checkedAt",
        "conforms",
        "profiles",
        "tierClaim",
        "tierReport",
        "firstSteps",
        "overrides",
        "causes",
        "findings",
        "answers",
        "lookedAt",
    ]
    assert data["format"] == "fair-imagic-report/1"
    assert data["checkedAt"] == "2026-11-22T22:00:00Z"
    assert data["conforms"] is False
    assert [line["token"] for line in data["profiles"]] == list(TOKENS)
    assert data["profiles"][2]["blocked"] is True
    assert data == report.to_dict()


def test_json_follows_its_published_schema(report: Report) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    proposed = replace(
        report.findings[0],
        proposal=Proposal(value="0.1 µm", source={"en": "file", "fr": "fichier"}),
    )
    decided = Override(
        record="https://example.org/id/override/o",
        code=proposed.code,
        target="bioimage-archive",
        profiles=("bioimage-archive",),
        reason="Agreed with the curator",
        author="Marie",
        time="2026-11-22T22:00:00Z",
    )
    full = replace(report, findings=(proposed,), overrides=(decided,))
    for one in (report, full, _report()):
        assert list(validator.iter_errors(one.to_dict())) == []
    broken = {**report.to_dict(), "conforms": "no"}
    assert not validator.is_valid(broken)


def test_json_findings_carry_both_languages(report: Report) -> None:
    for finding in json.loads(as_json(report))["findings"]:
        for name in ("message", "repair", "pathLabel", "expected"):
            assert list(finding[name]) == ["en", "fr"]
            assert all(finding[name].values()), finding["code"]


def test_html_is_well_formed_and_stands_alone(report: Report) -> None:
    page = as_html(report)
    parse_xml(re.sub(r"<(meta[^>]*|br)>", r"<\1/>", page).encode().split(b"\n", 1)[1])
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="', page)
    assert "url(" not in page
    assert "@import" not in page


def test_html_escapes_what_people_typed(report: Report) -> None:
    page = as_html(report)
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt; &amp; 1" in page


def test_html_names_its_language(report: Report) -> None:
    with use_language("fr"):
        page = as_html(report)
    assert '<html lang="fr">' in page
    assert "La largeur du pixel manque." in page
    assert "The pixel width is missing." not in page


def test_code_words_stay_out_of_the_page_outside_technical_details(
    report: Report,
) -> None:
    page = re.sub(r"<style>.*?</style>", "", as_html(report), flags=re.DOTALL)
    page = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", page).lower()
    for word in ("finding", "violation", "profile", "snapshot", "shape", "graph"):
        assert word not in words


def test_readiness_counts_the_parents_too(report: Report) -> None:
    by_token = {line.profile.token: line for line in report.readiness}
    assert by_token["datacite"].must >= by_token["set"].must > 0
    assert not by_token["datacite"].blocked
    assert by_token["bioimage-archive"].blocked


def test_what_one_correction_removes_is_one_cause(report: Report) -> None:
    codes = [cause.codes for cause in report.causes]
    sample = ("bioimage-archive/image-sample-required", "set/image-sample-required")
    assert sample in codes
    assert sum(cause.count for cause in report.causes) == len(report.findings)


def test_places_come_in_natural_order() -> None:
    extra = "\n".join(
        f'<https://example.org/id/image/{9 - n}> a fi:Image ; dcterms:title "f {n}" .'
        for n in (10, 9, 2, 1)
    )
    groups = _report(extra, tokens=("nboq-tier-1",)).groups
    group = next(g for g in groups if g.code == "nboq-tier-1/pixel-size-y-required")
    assert list(group.places.values()) == ["f 1", "f 2", "f 9", "f 10"]


def test_a_hundred_thousand_points_are_grouped_and_drawn_in_seconds(
    report: Report,
) -> None:
    points = tuple(
        replace(
            one,
            focus=f"{one.focus}-{number}",
            focus_names=dict.fromkeys(LANGUAGES, f"field {number}"),
        )
        for number in range(100_000 // len(report.findings) + 1)
        for one in report.findings
    )
    large = replace(
        report, findings=tuple(sorted(points, key=lambda one: one.sort_key))
    )
    started = time.process_time()
    assert len(large.causes) == len(report.causes)
    assert "and 5713 more" in as_text(large)
    page = as_html(large)
    assert time.process_time() - started < 10
    # Small enough to mail; the other forms list every place.
    assert len(page) < 3_000_000
    assert "more, in the reports as a table and as JSON" in page


def _named_points(*names: str) -> Report:
    """Return a report with what a target finds in its own package at one place."""
    points = Points("bioimage-archive", "https://example.org/id/set/s", "s")
    made = [
        points.make(
            f"{name}-needed",
            message="Description has fewer than 25 characters",
            repair=f"Write the {name}",
            place="./",
        )
        for name in names
    ]
    return replace(_report(BAD), findings=tuple(made))


def test_two_things_wrong_at_one_place_keep_their_corrections() -> None:
    for draw in (as_text, as_html, as_junit):
        page = draw(_named_points("title", "licence"))
        assert "Write the title" in page
        assert "Write the licence" in page


def test_what_one_rule_says_of_several_things_is_all_said(report: Report) -> None:
    (point,) = _named_points("title").findings
    several = [
        replace(
            point,
            focus=f"{point.focus}#{number}",
            message={"en": f"Name {number} is not read.", "fr": f"Nom {number}."},
        )
        for number in range(5)
    ]
    one = replace(report, findings=tuple(several))
    for draw in (as_text, as_html, as_junit):
        page = draw(one)
        assert "Name 0 is not read." in page
        assert "Name 2 is not read." in page
        assert "… and 2 more" in page
    other = [
        replace(point, focus=f"{point.focus}#{n}", repair={"en": f"Do {n}", "fr": ""})
        for n in (1, 2)
    ]
    text = as_text(replace(report, findings=tuple(other)))
    assert "Do 1" in text
    assert "Do 2" in text


def test_what_a_title_holds_cannot_steer_the_terminal(report: Report) -> None:
    text = as_text(replace(report, subject_label="a\x1b[31mred\x00\u202eb\tc"))
    assert "a\ufffd[31mred\ufffd\ufffdb" in text
    assert text.isprintable() or not {"\x1b", "\x00", "\u202e"} & set(text)
