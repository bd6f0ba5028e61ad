"""The description of a set: edited in place, one change, taken back, nothing lost."""

from __future__ import annotations

import html
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

URL = "/set/demo/describe"


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _seen(page: str) -> dict[str, str]:
    """Return the fields of the form as a browser sends them untouched."""
    found = re.findall(r'name="(seen:[a-z_]+)" value="([^"]*)"', page)
    kept = {name: html.unescape(text) for name, text in found}
    return {
        **kept,
        **{name.removeprefix("seen:"): text for name, text in kept.items() if text},
    }


def _token(page: str) -> str:
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token is not None
    return token[1]


def _changes(page: str) -> set[str]:
    return set(re.findall(r'name="number" value="(\d+)"', page))


def _send(researcher, **edited):
    form = _seen(researcher.get(URL).text) | edited
    return researcher.post(URL, URL, **form)


def test_all_edited_fields_are_one_change_that_can_be_taken_back(researcher):
    before = researcher.get(URL).text
    person = re.search(r'<option value="([^"]+)">Camille Practice</option>', before)
    done = _send(
        researcher,
        title="Nuclei, seen anew",
        description="Seen by two microscopes.",
        license="CC0-1.0",
        keywords="nuclei; tubulin",
        creators=person[1],
    )
    assert done.status_code == 302
    page = researcher.get(done.location).text
    assert "5 fields changed." in page
    (number,) = _changes(page) - _changes(before)
    for text in ("Nuclei, seen anew", "Seen by two microscopes.", "nuclei; tubulin"):
        assert text in page
    assert '<option value="CC0-1.0" selected>' in page
    researcher.post(URL, "/set/demo/undo", number=number)
    after = _seen(researcher.get(URL).text)
    assert after == _seen(before)


def test_an_untouched_form_changes_nothing(researcher):
    before = researcher.get(URL).text
    done = _send(researcher)
    page = researcher.get(done.location).text
    assert "Nothing had to be changed." in page
    assert _changes(page) == _changes(before)


def test_an_emptied_field_loses_its_value_and_gets_it_back(researcher):
    _send(researcher, acknowledgements="Everybody.")
    done = _send(researcher, acknowledgements="")
    page = researcher.get(done.location).text
    assert _seen(page)["seen:acknowledgements"] == ""
    number = re.search(r"Take change (\d+) back", page)[1]
    researcher.post(URL, "/set/demo/undo", number=number)
    page = researcher.get(URL).text
    assert _seen(page)["seen:acknowledgements"] == "Everybody."


def test_an_answer_that_is_no_value_stays_one(researcher):
    _send(researcher, funding_statement="sans objet")
    page = researcher.get(f"{URL}?lang=fr").text
    assert _seen(page)["seen:funding_statement"] == "sans objet"
    again = _send(researcher)
    assert "Rien" in researcher.get(again.location).text


@pytest.mark.parametrize(
    ("field", "text"), [("issued", "soon"), ("license", "none"), ("publisher", "§§")]
)
def test_what_cannot_be_used_is_told_at_its_field_and_nothing_is_lost(
    researcher, field, text
):
    before = researcher.get(URL).text
    named = {f"{field}:name": text, "publisher:identifier": ""}
    wrong = named if field == "publisher" else {field: text}
    form = {"title": "Kept while I look", "description": "This too."} | wrong
    done = _send(researcher, **form)
    assert done.status_code == 400
    assert f'id="field-{field}-error"' in done.text
    assert f'href="#field-{field}"' in done.text
    for typed in ("Kept while I look", "This too.", text):
        assert typed in done.text
    assert _seen(researcher.get(URL).text) == _seen(before)


def test_an_author_who_is_not_there_yet_is_made_where_she_is_named(researcher):
    form = {"creators:name": "Ana Nouvelle", "creators:identifier": ""}
    done = _send(researcher, **form)
    assert done.status_code == 400
    assert "a new person: Ana Nouvelle" in done.text
    form |= {"creators:asked": "Ana Nouvelle", "creators:is:0": "new"}
    done = _send(researcher, **form)
    assert done.status_code == 302
    assert re.search(r"selected>Ana Nouvelle<", researcher.get(URL).text)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(researcher):
    form = _seen(researcher.get(URL).text)
    _send(researcher, title="Theirs")
    done = researcher.post(URL, URL, **(form | {"title": "Mine"}))
    assert done.status_code == 409
    assert "It says now: Theirs" in done.text
    assert 'value="Mine"' in done.text
    assert _seen(researcher.get(URL).text)["seen:title"] == "Theirs"


def test_of_two_who_change_a_field_at_once_one_is_told(logged_in):
    browsers = [logged_in("researcher"), logged_in("facility")]
    for turn in range(3):
        pages = [one.get(URL).text for one in browsers]
        forms = [_seen(one) | {"csrf": _token(one)} for one in pages]
        texts = [f"Title {turn} of the {name}" for name in ("first", "second")]
        start = threading.Barrier(2)

        def send(number, forms=forms, texts=texts, start=start):
            form = forms[number] | {"title": texts[number]}
            start.wait()
            return browsers[number].client.post(URL, data=form).status_code

        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(send, range(2)))
        assert sorted(told) == [302, 409]
        stands = _seen(browsers[0].get(URL).text)["seen:title"]
        assert stands == texts[told.index(302)]


def test_what_is_too_long_is_refused_and_never_cut(researcher):
    before = _seen(researcher.get(URL).text)["seen:description"]
    refused = _send(researcher, description="x" * 30_000)
    assert refused.status_code == 400
    assert "longer than 20000 characters" in refused.text
    assert _seen(researcher.get(URL).text)["seen:description"] == before


@pytest.mark.parametrize("title", ["\u200b", "\ufeff \u2060", "\u202e\u202c"])
def test_what_nobody_sees_is_no_title(researcher, title):
    refused = _send(researcher, title=title)
    assert refused.status_code == 400
    assert "Nobody sees anything of this" in refused.text


@pytest.mark.parametrize("name", ["new: ,", "new: ;", "new: —", "new: \u200b"])
@pytest.mark.parametrize("field", ["publisher", "creators"])
def test_signs_alone_are_nobodys_name(researcher, field, name):
    assert _send(researcher, **{field: name}).status_code == 400


def test_a_reader_reads_and_has_no_form(logged_in):
    page = logged_in("reader").get(URL).text
    assert "Nuclei" in page
    assert "Keep the changes" not in page


@pytest.mark.parametrize("old", ["metadata", "questions", "methods?text=fr"])
def test_the_old_addresses_lead_on(researcher, old):
    answer = researcher.get(f"/set/demo/{old}")
    assert answer.status_code == 302
    assert answer.location.startswith(URL)
    assert researcher.get(answer.location).status_code == 200
