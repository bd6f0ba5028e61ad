"""The report of a set on its page: readiness, reasons, files, decisions of staff."""

from __future__ import annotations

import json
import re

import pytest

POINTS = "/set/demo/points"
DECIDE = "/set/demo/decisions"
POINT = "datacite|datacite/creator-required"
REASON = "The consortium signs as a group; agreed with the library."


def test_the_page_begins_with_what_to_do_and_keeps_the_targets_folded(reading):
    page = reading("reader").get(POINTS).text
    matrix = page[page.index('<table class="matrix">') : page.index("</table>")]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", matrix)
    assert len(rows) >= 4
    datacite = next(row for row in rows if "DataCite (DOI)" in row)
    assert '<td class="blocked"><b aria-hidden="true">✗</b> blocked</td>' in datacite
    assert page.index("What to do, the most useful first") < page.index(
        "How ready it is"
    )
    assert '<details class="block fold"><summary><h3 id="readiness">' in page


def test_the_page_says_which_tier_is_reached(reading):
    page = reading("reader").get(POINTS).text
    assert re.search(r"NBO-Q: (no tier|tier) claimed.*, tier reached: \w+", page)
    french = reading("reader").get(POINTS, **{"Accept-Language": "fr"}).text
    assert "niveau atteint" in french


def test_the_page_says_what_was_expected_and_why_it_matters(reading):
    page = reading("reader").get(POINTS).text
    parts = page.split('<details class="cause')
    part = next(one for one in parts if ">Name an author</h3>" in one)
    assert "Expected: at least one value" in part
    assert "stops the publication · DataCite metadata schema 4, property 2" in part


def test_no_more_than_three_causes_are_open_and_all_can_be_opened(reading):
    page = reading("reader").get(POINTS).text
    causes = re.findall(r'<details class="cause \w+" id="([^"]+)"( open)?>', page)
    assert sum(bool(is_open) for _id, is_open in causes) == 3
    assert len({anchor for anchor, _open in causes}) == len(causes) > 10


def test_what_will_be_asked_next_is_told_beside_the_question(reading):
    page = reading("reader").get(POINTS).text
    assert re.search(r'class="then small">then \d+ more questions per sample', page)


def test_the_page_speaks_french(reading):
    page = reading("reader").get(POINTS, **{"Accept-Language": "fr"}).text
    assert "À faire, le plus utile d’abord" in page
    assert "Pourquoi c’est important" in page
    assert "empêche la publication" in page


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("html", "text/html", "<!DOCTYPE html>"),
        ("json", "application/json", "{"),
        ("xml", "application/xml", "<?xml"),
        ("ttl", "text/turtle", "@prefix"),
        ("txt", "text/plain", "Check of Nuclei"),
    ],
)
def test_the_report_is_taken_away_as_a_file(reading, ending, media_type, start):
    answer = reading("reader").get(f"/set/demo/report.{ending}")
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert answer.text.startswith(start)
    attached = answer.headers["Content-Disposition"]
    assert attached == f"attachment; filename=demo-report.{ending}"


def test_the_page_links_only_to_files_that_exist(reading):
    visitor = reading("reader")
    links = re.findall(r'href="(/set/demo/report\.\w+)"', visitor.get(POINTS).text)
    assert len(links) == 4
    assert {visitor.get(link).status_code for link in links} == {200}


def test_unknown_forms_and_sets_are_not_found(reading):
    visitor = reading("reader")
    assert visitor.get("/set/demo/report.exe").status_code == 404
    assert visitor.get("/set/none/report.json").status_code == 404


def test_staff_let_a_point_pass_with_a_reason_and_take_it_back(logged_in):
    staff = logged_in("facility")
    done = staff.post(POINTS, DECIDE, point=POINT, reason=REASON)
    assert done.status_code == 302
    page = staff.get(POINTS).text
    assert f"“{REASON}”" in page
    assert "DataCite refuses a record without a creator." in page
    assert "the facility decided otherwise" in page
    report = json.loads(staff.get("/api/v1/sets/demo/report").text)
    (kept,) = report["overrides"]
    assert (kept["reason"], kept["author"]) == (REASON, "facility")
    preview = staff.get("/set/demo/publish/datacite/preview").text
    assert f"“{REASON}” (facility, " in preview
    assert "DataCite refuses a record without a creator." not in preview
    target, code = POINT.split("|")
    url = f"{DECIDE}/take-back"
    assert staff.post(POINTS, url, target=target, code=code).status_code == 302
    assert f"“{REASON}”" not in staff.get(POINTS).text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"point": POINT, "reason": "no"}, "A decision needs a written reason"),
        ({"point": "datacite|set/none"}, "This point does not stop the publication"),
        ({"point": ""}, "There is no"),
        ({"point": "nowhere|x"}, "nowhere"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_said_on_top(logged_in, fields, message):
    staff = logged_in("facility")
    answer = staff.post(POINTS, DECIDE, **{"reason": REASON, **fields})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert message in answer.text


def test_a_researcher_sees_decisions_but_makes_none(logged_in):
    staff, researcher = logged_in("facility"), logged_in("researcher")
    staff.post(POINTS, DECIDE, point=POINT, reason=REASON)
    page = researcher.get(POINTS).text
    assert f"“{REASON}”" in page
    assert "Let a point pass" not in page
    assert "Take this decision back" not in page
    assert (
        researcher.post(POINTS, DECIDE, point=POINT, reason=REASON).status_code == 403
    )
