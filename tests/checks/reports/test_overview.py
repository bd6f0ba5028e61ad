"""The overview in all its forms: reports of single checks, put together."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from fair_imagic.checks import (
    Line,
    Overview,
    Report,
    Subject,
    as_json,
    as_junit,
    as_turtle,
    check,
    profiles,
    summary_of,
)
from fair_imagic.checks.reports.overview import FORMS, Parts, overview_as_text
from fair_imagic.i18n import use_language
from fair_imagic.model import Snapshot
from fair_imagic.rdf import PREFIXES, parse, parse_xml

FOLDER = Path(__file__).parents[3] / "src/fair_imagic/checks/reports"
HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
BASE = "https://example.org/id/"
TITLES = {"s-2": "Nuclei", "s-10": "<b>odd</b> & \u2028\x85 “x”"}


@dataclass
class Made:
    """An overview with the reports that it is made of, by IRI."""

    overview: Overview
    reports: dict[str, Report]

    def drawn(self, form: str) -> str:
        """Return it in a form."""
        lines = [one for one in self.overview.lines if one.summary]
        draw = FORMS[form]
        parts = {
            one.subject.iri: draw.part(one, self.reports[one.subject.iri])
            for one in reversed(lines)
        }
        return "".join(draw.whole(self.overview, parts))


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T22:00:00Z")


@pytest.fixture(name="made")
def _made(_fixed_time: None) -> Made:
    lines, reports = [], {}
    for name, title in TITLES.items():
        subject = Subject(kind="set", iri=f"{BASE}set/{name}", name=name, images=1)
        report = _report(subject.iri, title)
        reports[subject.iri] = report
        lines.append(Line(subject=subject, summary=summary_of(report)))
    part = Subject(
        kind="collection",
        iri=f"{BASE}collection/c",
        name="c",
        images=2,
        images_in_all=20,
    )
    reports[part.iri] = _report(part.iri, "Raw")
    lines.append(Line(subject=part, summary=summary_of(reports[part.iri])))
    lost = Subject(kind="instrument", iri=f"{BASE}instrument/m", name="m")
    lines.append(Line(subject=lost, error="Not there & <gone>\nat all"))
    covered = Subject(
        kind="collection",
        iri=f"{BASE}collection/d",
        name="d",
        images=0,
        images_in_all=3,
    )
    overview = Overview(
        lines=tuple(lines),
        checked_at=next(iter(reports.values())).checked_at,
        set_collections=(covered,),
    )
    return Made(overview, reports)


def _report(root: str, title: str) -> Report:
    text = (
        f"<{root}> a fi:PublicationSet ; dcterms:title {json.dumps(title)} ;"
        f" dcterms:hasPart <{root}-x> . <{root}-x> a fi:Image ; dcterms:title 'x' ."
    )
    own = parse((HEAD + text).encode(), format="ttl")
    wanted = [profiles.load(token) for token in ("set", "bioimage-archive")]
    return check(Snapshot.make(root, own=own), wanted)


@pytest.mark.parametrize("form", FORMS)
def test_the_order_in_which_reports_come_does_not_matter(made: Made, form: str) -> None:
    draw = FORMS[form]
    lines = [one for one in made.overview.lines if one.summary]
    parts = {}
    for one in lines:
        parts[one.subject.iri] = draw.part(one, made.reports[one.subject.iri])
    assert "".join(draw.whole(made.overview, parts)) == made.drawn(form)


def test_drawn_reports_wait_on_the_disk_and_come_back_as_they_were() -> None:
    with Parts() as parts:
        parts.keep("a", "é\u2028\r\n“x”")
        assert parts["a"] == "é\u2028\r\n“x”"
        parts.keep("b", "")
        parts.keep("c", "last")
        assert dict(parts) == {"a": "é\u2028\r\n“x”", "b": "", "c": "last"}
        assert parts.get("d", "none") == "none"
    with pytest.raises(ValueError, match="closed"):
        parts["a"]


def test_text_is_a_table_its_total_and_what_to_look_at_first(made: Made) -> None:
    lines = overview_as_text(made.overview, width=100).splitlines()
    assert lines[0] == "Check of the whole catalogue"
    assert lines[3].split() == [
        "Kind",
        "Name",
        "Images",
        "must",
        "should",
        "could",
        "Result",
    ]
    assert lines[4].startswith("publication set  s-2 ")
    assert lines[4].endswith("✗ cannot be published yet")
    assert re.match(r"collection +c +2 of 20 +[0-9]+ ", lines[6])
    assert re.match(r"microscope +m +– +– +–  \? cannot be checked$", lines[7])
    counts = [one.summary for one in made.overview.lines if one.summary]
    total = [str(sum(one.must for one in counts))]
    total += [str(sum(one.should for one in counts))]
    assert lines[8].split()[:3] == ["Total", *total]
    assert lines[10] == "4 checked · 1 cannot be checked · 3 cannot be published yet"
    assert lines[12] == "What to look at first"
    assert lines[14].startswith("    → in 3 of 4 · 3 cannot be published without it · ")
    assert lines[15] == "      s-2, s-10, c"
    assert lines[-2:] == [
        "1 collection is not listed, as all its images are in publication sets: d",
        "m cannot be checked: Not there & <gone> at all",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 80])
def test_text_keeps_to_its_width_below_the_table(
    made: Made, language: str, width: int
) -> None:
    with use_language(language):
        lines = overview_as_text(made.overview, width=width).splitlines()
    assert [one for one in lines[9:] if len(one) > width] == []


def test_text_has_colour_only_when_asked(made: Made) -> None:
    plain = overview_as_text(made.overview)
    assert "\x1b[" not in plain
    coloured = overview_as_text(made.overview, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_json_follows_its_schema_and_holds_the_reports_of_single_checks(
    made: Made,
) -> None:
    single = json.loads((FOLDER / "report.schema.json").read_text(encoding="utf-8"))
    schema = json.loads(
        (FOLDER / "overview/overview.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator.check_schema(schema)
    registry = Registry().with_resource(single["$id"], Resource.from_contents(single))
    validator = Draft202012Validator(schema, registry=registry)

    document = json.loads(made.drawn("json"))

    assert list(validator.iter_errors(document)) == []
    reports = {one["subject"]: one["report"] for one in document["subjects"]}
    for record, report in made.reports.items():
        assert reports[record] == json.loads(as_json(report))
    assert reports[f"{BASE}instrument/m"] is None
    assert document["exitCode"] == 2
    assert document["states"] == {"ready": 0, "gaps": 0, "blocked": 3, "error": 1}
    assert document["covered"][0]["name"] == "d"
    document["subjects"][0]["report"]["conforms"] = "no"
    assert not validator.is_valid(document)


def test_json_is_indented_as_a_whole(made: Made) -> None:
    text = made.drawn("json")
    again = json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert text == again


def test_junit_has_one_suite_for_each_subject(made: Made) -> None:
    root = parse_xml(made.drawn("junit").encode())
    suites = root.findall("testsuite")
    assert [one.get("name") for one in suites] == [
        "publication set s-2",
        "publication set s-10",
        "collection c",
        "microscope m",
    ]
    for number in ("tests", "failures", "errors"):
        total = sum(int(one.get(number)) for one in suites)
        assert int(root.get(number)) == total > 0
    for suite in suites:
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests"))
        failures = [one for one in cases if one.find("failure") is not None]
        assert len(failures) == int(suite.get("failures"))
    (error,) = suites[-1].iter("error")
    assert error.text == "Not there & <gone>\nat all"


def test_junit_cases_are_those_of_the_single_report(made: Made) -> None:
    root = parse_xml(made.drawn("junit").encode())
    alone = parse_xml(as_junit(made.reports[f"{BASE}set/s-2"]).encode())
    told = [(c.get("classname"), c.get("name")) for c in root[0].iter("testcase")]
    assert told == [(c.get("classname"), c.get("name")) for c in alone.iter("testcase")]


def test_turtle_is_one_graph_of_all_reports(made: Made) -> None:
    text = made.drawn("turtle")
    together = set(parse(text.encode(), format="ttl"))
    assert together == {
        triple
        for report in made.reports.values()
        for triple in parse(as_turtle(report).encode(), format="ttl")
    }
    assert text.count("@prefix rdf:") == 1
    assert "# m: Not there & <gone> at all\n" in text


def test_html_is_well_formed_and_stands_alone(made: Made) -> None:
    page = made.drawn("html")
    parse_xml(re.sub(r"<(meta[^>]*|br)>", r"<\1/>", page).encode().split(b"\n", 1)[1])
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="(.)', page)) == {"#"}
    assert "<b>odd" not in page
    assert "&lt;b&gt;odd&lt;/b&gt; &amp;" in page


def test_html_links_lead_to_the_parts_and_back(made: Made) -> None:
    page = made.drawn("html")
    places = re.findall(r'id="([^"]+)"', page)
    assert places == ["overview", "p1", "p2", "p3", "p4"]
    assert set(re.findall(r'href="#([^"]+)"', page)) == set(places)


def test_html_shows_readiness_of_each_subject_for_each_target(made: Made) -> None:
    page = made.drawn("html")
    table = page[page.index('<table class="overview">') : page.index("</table>")]
    rows = [re.findall(r"<td[^>]*>([^<]*)", row) for row in table.split("<tr>")]
    (first,) = [row for row in rows if row[:1] == ["1"]][:1]
    summary = made.overview.lines[0].summary
    assert summary is not None
    core, archive = summary.readiness
    assert first[1:4] == [
        "✗ cannot be published yet",
        f"! {core.must}",
        f"✗ {archive.must}",
    ]
    assert first[4:] == [str(n) for n in (summary.must, summary.should, summary.could)]


def test_html_parts_have_headings_below_those_of_the_page(made: Made) -> None:
    page = made.drawn("html")
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    steps = [b - a for a, b in itertools.pairwise(levels)]
    assert max(steps) == 1
    assert f"<h2>Check of {TITLES['s-2']}</h2>" in page


def test_html_names_its_language(made: Made) -> None:
    with use_language("fr"):
        page = made.drawn("html")
    assert '<html lang="fr">' in page
    assert "Vérification de tout le catalogue" in page
    assert "Jeux de publication" in page
    assert "Check of" not in page


def test_code_words_stay_out_of_the_page_outside_technical_details(
    made: Made,
) -> None:
    page = re.sub(r"<style>.*?</style>", "", made.drawn("html"), flags=re.DOTALL)
    page = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", page).lower()
    for word in ("finding", "violation", "profile", "snapshot", "shape", "graph"):
        assert word not in words
