"""The first hour in a real browser: from images in a folder to a practice publication.

Only the buttons and links that the pages offer are used; nothing is known beforehand
but what a person knows about their images.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.teams import let_see
from tests.web.conftest import PASSWORD
from tests.web.test_browser import address, browser

from fair_imagic import config
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.people import accounts
from fair_imagic_web import create_app
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Page

__all__ = ["address", "browser"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.budget(240, "the first hour")]

WORDS = {
    "en": {
        "make": "Create set",
        "author": "Name an author",
        "keep": "Keep the changes",
        "new person": "a new person: Camille Practice",
        "new organisation": "a new organisation: Practice Institute",
        "answer": "Keep the answers",
        "new sample": "a new sample: Control cells",
        "origin": "cell line",
        "ready": "Ready for DataCite DOI",
        "ask": "Ask for the DOI",
        "now": "Publish now",
        "see": "See the page",
        "practice": "(practice, opens nowhere)",
        "changes": "Publish changes",
        "changes now": "Publish the changes now",
    },
    "fr": {
        "make": "Créer le jeu",
        "author": "Nommer un auteur",
        "keep": "Garder les modifications",
        "new person": "une nouvelle personne : Camille Practice",
        "new organisation": "un nouvel organisme : Practice Institute",
        "answer": "Garder les réponses",
        "new sample": "un nouvel échantillon : Control cells",
        "origin": "lignée cellulaire",
        "ready": "Prêt pour DataCite DOI",
        "ask": "Demander le DOI",
        "now": "Publier maintenant",
        "see": "Voir la page",
        "practice": "(essai, n’ouvre nulle part)",
        "changes": "Publier les modifications",
        "changes now": "Publier les modifications maintenant",
    },
}
KNOWN = {
    "title": "Nuclei of untreated cells, a first try",
    "description": "Nuclei of cultured cells, a study to learn with.",
    "keywords": "nuclei; DAPI",
    "issued": "2026-11-30",
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Serve what the program imported into a new data folder, as its users do."""
    study = write_study(tmp_path / "study")
    home = tmp_path / "home"
    program = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(home)]
    images = [str(study.images["widefield"]), "--collection", "first-try"]
    subprocess.run([*program, "import", *images], check=True, capture_output=True)
    made = create_app(config.load(home))
    workspace = made.extensions[EXTENSION]
    accounts.create(workspace, "researcher", password=PASSWORD, role="researcher")
    let_see(workspace, "researcher")
    yield made
    made.extensions[CLOSE]()


class Person:
    """Somebody at the pages who reads one language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.words = WORDS[language]

    def follow(self, word: str) -> None:
        self._go(self.page.get_by_role("link", name=self._name(word)).first)

    def press(self, word: str) -> None:
        self._go(self.page.get_by_role("button", name=self._name(word)).first)

    def tick(self, word: str) -> None:
        self.page.get_by_label(self._name(word)).check()

    def _name(self, word: str) -> re.Pattern[str]:
        # Which kind of space French puts before a colon is no matter of this test.
        parts = map(re.escape, self.words[word].split())
        return re.compile(r"\s+".join(parts))

    def _go(self, what) -> None:
        with self.page.expect_navigation():
            what.click()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_an_import_to_a_practice_publication(browser, address, language):
    page = browser.new_page()
    page.set_default_timeout(60_000)
    refused: list[str] = []
    # 400 is the question whether a name is new.
    page.on(
        "response",
        lambda one: refused.append(one.url) if one.status > 400 else None,
    )
    person = Person(page, language)
    page.goto(f"{address}/login?lang={language}")
    page.fill("#name", "researcher")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.click("main button")

    _choose(person)
    _describe(person)
    _mend_what_stops(person)
    _publish(person)
    _publish_a_change(person)

    page.close()
    assert refused == []


def _choose(person: Person) -> None:
    page = person.page
    with page.expect_navigation():
        page.get_by_role("link", name="first-try").first.click()
    for number in (0, 1):
        page.locator(".pick").nth(number).check()
    page.fill("#set-name", "figure-1")
    person.press("make")
    assert page.locator(".pick").count() == 2


def _describe(person: Person) -> None:
    page = person.page
    person.follow("author")
    for field, value in KNOWN.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=license]", "CC-BY-4.0")
    page.locator('[name="creators:name"]').first.fill("Camille Practice")
    page.locator('[name="publisher:name"]').first.fill("Practice Institute")
    person.press("keep")
    person.tick("new person")
    person.tick("new organisation")
    person.press("keep")
    assert page.locator("h1").inner_text() == KNOWN["title"]
    page.locator('[name="answer:Image.sample:name"]').fill("Control cells")
    person.press("answer")
    person.tick("new sample")
    person.press("answer")


def _mend_what_stops(person: Person) -> None:
    page = person.page
    with page.expect_navigation():
        page.locator(".path a").nth(2).click()
    badge = page.locator(".path [aria-current] .mark").inner_text()
    number = re.search(r"\d+", badge)
    assert number is not None
    assert number[0] in page.locator(".next").inner_text()
    point = page.locator("#cause-Sample-material-origin")
    point.locator("select").select_option(label=person.words["origin"])
    with page.expect_navigation():
        point.locator("form button").first.click()
    assert person.words["ready"] in page.locator(".next").inner_text()


def _publish(person: Person) -> None:
    page = person.page
    with page.expect_navigation():
        page.locator(".path a").nth(3).click()
    person.follow("ask")
    page.check("[name=understood]")
    person.press("now")
    assert person.words["practice"] in page.locator(".notice.good").inner_text()
    person.follow("see")
    assert page.locator("h1").inner_text() == KNOWN["title"]
    assert "Camille Practice" in page.locator("body").inner_text()
    with page.expect_navigation():
        page.go_back()


def _publish_a_change(person: Person) -> None:
    page = person.page
    with page.expect_navigation():
        page.locator(".path a").nth(1).click()
    page.fill("[name=title]", "Nuclei of untreated cells, a second try")
    person.press("keep")
    person.follow("changes")
    card = page.locator("section[aria-labelledby=target-datacite]")
    with page.expect_navigation():
        card.get_by_role("link", name=person.words["changes"]).click()
    page.check("[name=understood]")
    person.press("changes now")
    person.follow("see")
    assert page.locator("h1").inner_text() == "Nuclei of untreated cells, a second try"
