"""Every button works: each state of each archive, and the main act of each page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from tests.web.conftest import ROLES, Visitor, make_accounts

from fair_imagic import config
from fair_imagic.publish.registry import available
from fair_imagic.publish.states import PUBLICATION, State
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.demo import walk
from fair_imagic_web import create_app
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

CARDS = "/set/demo/publications"
_MAIN = re.compile(r"<(a|button|span|p)\b[^>]* data-main[^>]*>", re.DOTALL)
_PAGES = (
    "/",
    "/sets",
    "/set/demo",
    "/set/demo/describe",
    "/set/demo/points",
    CARDS,
)
_OF_RESEARCHERS = (
    "/set/demo/publish/datacite",
    "/set/demo/publish/datacite/preview",
    "/set/demo/publish/software-heritage",
    "/set/demo/publish/software-heritage/preview",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample study, corrected and published in practice mode."""
    folder = tmp_path_factory.mktemp("acts")
    with open_workspace(folder / "home") as workspace:
        walk.run(workspace, folder, say=lambda _text: None)
        make_accounts(workspace)
    made = create_app(config.load(folder / "home"))
    yield made
    made.extensions[CLOSE]()


@pytest.fixture(scope="module")
def researcher(app: Flask) -> Visitor:
    found = Visitor(app.test_client())
    assert found.log_in("researcher").status_code == 302
    return found


def _put(app: Flask, state: State) -> None:
    """Put all publications of the study into a state."""
    values = {"state": str(state), "message": ""}
    if state is State.REFUSED:
        values["message"] = "no"
    public = state in (State.PUBLISHED, State.WITHDRAWN)
    values["published"] = "2026-11-30T20:00:00Z" if public else ""
    database = app.extensions[EXTENSION].catalogue.database
    with database.transaction() as connection:
        connection.execute(update(PUBLICATION).values(**values))


def _cards(page: str) -> dict[str, str]:
    parts = re.split(r'aria-labelledby="target-([a-z-]+)"', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _links(part: str) -> list[str]:
    found = (html.unescape(one) for one in re.findall(r'href="([^"]+)"', part))
    return [one for one in found if not one.startswith("#")]


@pytest.mark.parametrize("state", list(State))
def test_no_button_of_any_state_leads_to_an_error(app, researcher, state):
    _put(app, state)
    page = researcher.get(f"{CARDS}?lang=en").text
    cards = _cards(page)
    assert set(cards) == set(available())
    for card in cards.values():
        for link in _links(card):
            assert link.startswith("/"), "under the address of the reader"
            assert researcher.get(link).status_code < 400, link
        for address in re.findall(r'method="post" action="([^"]+)"', card):
            assert researcher.post(CARDS, address).status_code == 302
    if state is State.WITHDRAWN:
        assert not re.search(r'href="[^"]+/publish/[a-z-]+"', page)


def test_what_is_published_is_seen_and_looks_like_practice(app, researcher):
    _put(app, State.PUBLISHED)
    page = researcher.get(f"{CARDS}?lang=en").text
    for card in _cards(page).values():
        assert "See the page" in card
        assert "(practice, opens nowhere)" in card
        assert "will be created" not in card
        assert "Publish changes" not in card
    (button,) = re.findall(r'<a class="button" data-main href="([^"]+)"', page)
    assert button == "/published/set/demo"
    assert "(practice, opens nowhere)" in researcher.get(button).text
    confirm = researcher.get("/set/demo/publish/datacite").text
    assert "will be created" not in confirm


def test_a_change_after_publication_is_shown_before_it_is_published(app, researcher):
    _put(app, State.PUBLISHED)
    workspace = app.extensions[EXTENSION]
    root = workspace.record("set", "demo")
    repair.set_values(workspace, root, [("title", "Nuclei anew and anew")], author="r")
    researcher.get("/set/demo/points")
    page = researcher.get(f"{CARDS}?lang=en").text
    card = _cards(page)["datacite"]
    assert "Publish changes" in card
    assert "<ins>Nuclei anew and anew</ins>" in card
    confirm = researcher.get("/set/demo/publish/datacite?lang=en").text
    assert "will be created" not in confirm
    assert "stays as it is" in confirm
    repair.undo_last(workspace, root, author="r")


def test_an_archive_of_scripts_says_what_a_set_without_scripts_lacks(reading):
    visitor = reading("researcher")
    card = _cards(visitor.get(f"{CARDS}?lang=en").text)["software-heritage"]
    assert "this set has none" in card
    assert "fair-imagic software add NAME FOLDER --for demo" in card
    assert _links(card) == []
    for page in ("", "/preview"):
        answer = visitor.get(f"/set/demo/publish/software-heritage{page}")
        assert answer.status_code == 200
        assert "must have exactly one software" in answer.text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_one_main_act_that_works_or_says_why_none(
    reading, role, language
):
    visitor = reading(role)
    pages = _PAGES if role == "reader" else (*_PAGES, *_OF_RESEARCHERS)
    for page in pages:
        shown = visitor.get(f"{page}?lang={language}")
        assert shown.status_code == 200, page
        found = list(_MAIN.finditer(shown.text))
        assert len(found) == 1, page
        link = re.search(r'href="([^"]+)"', found[0][0])
        if link is None:
            words = shown.text[found[0].end() :].partition("<")[0]
            assert found[0][1] == "button" or len(words) > 20, page
            continue
        address = html.unescape(link[1]).partition("#")[0] or page
        assert visitor.get(address).status_code < 400, page
