"""Choosing images: exactly those, on several pages, with the search kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.teams import let_see

from fair_imagic.views import chooser
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.people import teams
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from fair_imagic.workflow.base.workspace import Workspace

WIDEFIELD = "/collection/nuclei-widefield"
EVERYWHERE = ("/images", WIDEFIELD, "/set/demo", "/set/part/add")


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _names(page: str) -> list[str]:
    return re.findall(r'name="image" value="([^"]+)"', page)


def _hidden(page: str) -> dict[str, str]:
    """Return what a browser sends along without a click."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    ticked = re.findall(r'name="image" value="([^"]+)"[^>]* checked', page)
    return {**dict(found), "image": ticked}


def _press(browser, url: str, act: str, **fields: object) -> TestResponse:
    data = {**_hidden(browser.get(url).text), "act": act, **fields}
    return browser.client.post(url.partition("?")[0], data=data)


def _name(made: TestResponse) -> str:
    """Return the name of the set that was made: teams have names of their own."""
    return made.location.partition("?")[0].rpartition("/")[2]


def _images(workspace: Workspace, name: str) -> list[str]:
    return images_of(workspace, workspace.record("set", name))


def test_a_set_has_exactly_the_images_that_were_ticked(researcher, workspace):
    two = _names(researcher.get(WIDEFIELD).text)[:2]
    made = _press(
        researcher, WIDEFIELD, "make", image=two, what="chosen", **{"set-name": "two"}
    )
    assert made.status_code == 303
    found = {one.rpartition("/")[2] for one in _images(workspace, _name(made))}
    assert found == set(two)
    assert "with 2 images" in researcher.get(f"{made.location}?lang=en").text


def test_a_set_has_all_that_the_search_found_and_no_more(researcher, workspace):
    url = f"{WIDEFIELD}?search=nocodazole"
    fields = {"set-name": "found", "search": "nocodazole", "what": "found"}
    made = _press(researcher, url, "make", **fields)
    assert made.status_code == 303
    known = {one.iri: one.title for one in listed_in(workspace)}
    titles = [known[one] for one in _images(workspace, _name(made))]
    assert titles
    assert all("nocodazole" in title for title in titles)
    assert len(titles) < 18


def test_who_chose_nothing_is_asked_and_loses_nothing(researcher, workspace):
    url = f"{WIDEFIELD}?search=control"
    fields = {"set-name": "none-yet", "search": "control", "what": "chosen"}
    answer = _press(researcher, url, "make", **fields)
    assert answer.status_code == 400
    assert 'href="#what"' in answer.text
    assert 'value="none-yet"' in answer.text
    assert 'value="control"' in answer.text
    assert workspace.names("set") == ["demo"]


def test_the_name_of_a_set_is_taken_once_and_the_choice_stays(researcher):
    two = _names(researcher.get(WIDEFIELD).text)[:2]
    answer = _press(
        researcher, WIDEFIELD, "make", image=two, what="chosen", **{"set-name": "demo"}
    )
    assert answer.status_code == 400
    assert 'href="#set-name"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert _hidden(answer.text)["image"] == two


def test_other_images_than_were_shown_as_found_make_no_set(researcher, workspace):
    fields = {"set-name": "more", "what": "found", "found": "17"}
    answer = _press(researcher, WIDEFIELD, "make", **fields)
    assert answer.status_code == 400
    assert workspace.names("set") == ["demo"]


@pytest.mark.parametrize("url", EVERYWHERE)
def test_search_and_choice_stay_from_page_to_page(
    researcher, workspace, monkeypatch, url
):
    sets.create(workspace, "part", author="C", images=["title=zstack*"])
    let_see(workspace)
    monkeypatch.setattr(chooser, "PAGE_SIZE", 5)
    first = researcher.get(f"{url}?search=field_").text
    ticked = _names(first)[:2]
    going = _press(
        researcher, f"{url}?search=field_", "start:5", search="field_", image=ticked
    )
    assert going.status_code == 303
    assert "search=field_" in going.location
    second = researcher.get(going.location).text
    assert set(_names(second)).isdisjoint(_names(first))
    assert "<b data-chosen>2</b>" in second
    back = _press(researcher, going.location, "start:0", search="field_")
    assert _hidden(researcher.get(back.location).text)["image"] == ticked
    wholly = _press(researcher, going.location, "page-all", search="field_")
    assert "<b data-chosen>7</b>" in researcher.get(wholly.location).text
    none = _press(researcher, wholly.location, "none", search="field_")
    assert "<b data-chosen>0</b>" in researcher.get(none.location).text


def test_images_are_added_taken_out_and_come_back(researcher, workspace):
    before = _images(workspace, "demo")
    two = _names(researcher.get("/set/demo").text)[:2]
    gone = _press(researcher, "/set/demo", "remove", image=two, what="chosen")
    page = researcher.get(f"{gone.location}&lang=en").text
    assert "2 images taken out" in page
    assert len(_images(workspace, "demo")) == len(before) - 2
    outside = researcher.get("/set/demo/add").text
    assert sorted(_names(outside)) == sorted(two)
    added = _press(researcher, "/set/demo/add", "add", image=two[:1], what="chosen")
    assert "1 image added" in researcher.get(f"{added.location}&lang=en").text
    number = re.search(r"corrected=(\d+)", added.location)[1]
    done = researcher.post("/set/demo", "/set/demo/images/undo", number=number)
    assert done.status_code == 302
    assert len(_images(workspace, "demo")) == len(before) - 2
    number = re.search(r"corrected=(\d+)", gone.location)[1]
    researcher.post("/set/demo", "/set/demo/images/undo", number=number)
    assert sorted(_images(workspace, "demo")) == sorted(before)


def test_chosen_images_of_a_collection_come_into_a_set_that_is_there(
    researcher, workspace
):
    sets.create(workspace, "part", author="C", images=["title=zstack*"])
    let_see(workspace)
    two = _names(researcher.get(WIDEFIELD).text)[:2]
    none = _press(researcher, WIDEFIELD, "add", image=two, what="chosen", to="")
    assert none.status_code == 400
    _press(researcher, WIDEFIELD, "add", image=two, what="chosen", to="part")
    assert len(_images(workspace, "part")) == 4


def test_a_reader_searches_and_pages_without_choosing(reading, monkeypatch):
    monkeypatch.setattr(chooser, "PAGE_SIZE", 5)
    reader = reading("reader")
    for url in ("/images", WIDEFIELD, "/set/demo"):
        page = reader.get(f"{url}?search=field&start=5&lang=en").text
        assert 'type="checkbox"' not in page
        assert "images found" in page
        assert reader.client.post(url, data={"act": "make"}).status_code in (400, 403)
    assert reader.get("/set/demo/add").status_code == 403


def test_how_a_list_is_looked_at_is_remembered(reading):
    reader = reading("facility")
    assert '<ul class="grid">' in reader.get("/images").text
    assert '<table class="images">' in reader.get("/images?look=table").text
    assert '<table class="images">' in reader.get(WIDEFIELD).text
    assert '<ul class="grid">' in reader.get(f"{WIDEFIELD}?look=grid").text


@pytest.mark.parametrize(
    "question",
    [
        "start=-1",
        "start=99999999999999",
        "chosen=../../web-secret",
        "chosen=0123456789abcdef01234567",
        "from=yesterday",
        "microscope=nobody",
        "order=%00",
        "tag==",
        "look=<b>",
    ],
)
def test_an_address_that_somebody_made_up_harms_nothing(reading, question):
    answer = reading("researcher").get(f"{WIDEFIELD}?{question}")
    assert answer.status_code in (200, 400)
    assert "<b>&" not in answer.text


def test_what_is_hidden_is_on_no_list_in_no_count_and_in_no_set(researcher, workspace):
    hidden = workspace.record("collection", "nuclei-confocal")
    teams.make(workspace, "Team B")
    known = [one.iri for one in listed_in(workspace, hidden)]
    sets.remove(workspace, "demo", author="C", images=known)
    teams.give(workspace, [hidden], "team-b")
    page = researcher.get("/images?lang=en").text
    assert "zstack" not in page
    assert "nuclei-confocal" not in page
    assert "18 images" in page
    assert "zstack" not in researcher.get("/set/demo/add").text
    fields = {"set-name": "all", "what": "found", "found": "18"}
    made = _press(researcher, "/images", "make", **fields)
    assert set(_images(workspace, _name(made))).isdisjoint(known)
    short = [one.rpartition("/")[2] for one in known]
    taken = _press(
        researcher, "/images", "make", image=short, what="chosen", **{"set-name": "x"}
    )
    assert taken.status_code == 400


@pytest.mark.parametrize(
    ("order", "ordered"),
    [
        ("", lambda one: one.title),
        ("nonsense", lambda one: one.title),
        ("oldest", lambda one: one.day),
        ("newest", lambda one: -int(one.day.replace("-", "") or 0)),
    ],
)
def test_a_list_is_by_title_until_somebody_asks_for_another_order(
    researcher, workspace, order, ordered
):
    page = researcher.get(f"/images?order={order}").text
    known = {one.iri.rpartition("/")[2]: one for one in listed_in(workspace)}
    shown = [known[name] for name in _names(page)]
    assert len(shown) == len(known)
    assert [ordered(one) for one in shown] == sorted(map(ordered, shown))
