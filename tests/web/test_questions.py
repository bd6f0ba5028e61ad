from __future__ import annotations

import re

import pytest

QUESTIONS = "/set/demo/questions"
PAGE = "/set/demo/describe"


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _field(page: str, label: str) -> str:
    article = next(p for p in page.split("<article") if f">{label}" in p)
    found = re.search(r'name="(answer:[^"]+)"', article)
    assert found is not None
    return found[1]


def test_several_answers_are_kept_as_one_change(researcher):
    page = researcher.get(PAGE).text
    answers = {
        _field(page, "Pixel size X"): "0.323",
        _field(page, "Acquired at"): "2026-03-03T11:09:00Z",
    }
    done = researcher.post(PAGE, QUESTIONS, **answers)
    assert done.status_code == 302
    after = researcher.get(PAGE).text
    assert re.search(r"Corrected: \d+ records. Change \d+.", after)
    assert "answer:Image.physical_size_x" not in after
    assert "answer:Image.acquired_at" not in after


def test_a_wrong_answer_stays_in_the_form(researcher):
    page = researcher.get(PAGE).text
    assert page.count("<article") <= 10
    day = _field(page, "Acquired at")
    done = researcher.post(PAGE, QUESTIONS, **{day: "soon"})
    assert done.status_code == 400
    assert 'value="soon"' in done.text
    answers = {day: "2026-11-22", "answer:no.such": "x"}
    done = researcher.post(PAGE, QUESTIONS, **answers)
    assert done.status_code == 400
    assert "not open any more" in done.text


def test_no_answer_is_told(researcher):
    done = researcher.post(PAGE, QUESTIONS)
    assert done.status_code == 400
    assert "Answer at least one question." in done.text


def test_what_the_form_asks_above_is_not_asked_again(researcher):
    page = researcher.get(PAGE).text
    assert 'name="license"' in page
    assert "answer:PublicationSet" not in page


def test_the_methods_text_comes_in_both_languages(researcher):
    english = researcher.get(f"{PAGE}?text=en").text
    assert "0.323 × 0.323 µm" in english
    assert "not recorded" in english
    assert "0,323 × 0,323 µm" in researcher.get(f"{PAGE}?text=fr").text
