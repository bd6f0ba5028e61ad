from __future__ import annotations

import re

import pytest

QUESTIONS = "/set/demo/questions"


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _field(page: str, label: str) -> str:
    article = next(p for p in page.split("<article") if f">{label}</label>" in p)
    found = re.search(r'name="(answer:[^"]+)"', article)
    assert found is not None
    return found[1]


def test_several_answers_are_kept_as_one_change(researcher):
    page = researcher.get(QUESTIONS).text
    answers = {
        _field(page, "Licence"): "CC-BY-4.0",
        _field(page, "Keywords"): "nuclei; nocodazole",
    }
    done = researcher.post(QUESTIONS, QUESTIONS, **answers)
    assert done.status_code == 302
    after = researcher.get(QUESTIONS).text
    assert "Corrected: 1 record." in after
    assert ">Licence</label>" not in after
    assert ">Keywords</label>" not in after


def test_a_wrong_answer_stays_in_the_form(researcher):
    page = researcher.get(QUESTIONS).text
    assert page.count("<article") <= 10
    day = _field(page, "Publication date")
    done = researcher.post(QUESTIONS, QUESTIONS, **{day: "soon"})
    assert done.status_code == 400
    assert "This is not a date" in done.text
    assert 'value="soon"' in done.text
    answers = {day: "2026-11-22", "answer:no.such": "x"}
    done = researcher.post(QUESTIONS, QUESTIONS, **answers)
    assert done.status_code == 400
    assert "not open any more" in done.text


def test_no_answer_is_told(researcher):
    done = researcher.post(QUESTIONS, QUESTIONS)
    assert done.status_code == 400
    assert "Answer at least one question." in done.text


def test_the_methods_text_comes_in_both_languages(researcher):
    english = researcher.get("/set/demo/methods?text=en").text
    assert "0.323 × 0.323 µm" in english
    assert "not recorded" in english
    assert "0,323 × 0,323 µm" in researcher.get("/set/demo/methods?text=fr").text
