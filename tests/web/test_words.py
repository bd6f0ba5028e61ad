"""Every page and public text, walked in both languages by everybody who may read it."""

from __future__ import annotations

import html
import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import ROLES, Visitor, make_accounts
from tests.web.words import faults, texts_of

from fair_imagic import config
from fair_imagic.i18n import LANGUAGES
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.demo import walk
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web import create_app
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

_STARTS = ("/", "/query", "/published/set/demo", "/login")
# Pages of one kind differ in their data alone.
_MOST_OF_A_KIND = 2
_ELSEWHERE = re.compile(r"lang=|text=|/static/|logout")
_KIND = re.compile(r"/(image|result|run|component)/[^/?]+")
# Names that the sample study gives to its things, and words of commands.
_GIVEN = {
    "en": frozenset({"Plans"}),
    "fr": frozenset({"Camera"}),
}
# What the parser of options says by itself.
_ENGLISH = re.compile(
    r"\b(Show this message|Usage: |Missing (argument|option)|No such|Invalid value"
    r"|Try '|Error: |INTEGER|DIRECTORY)"
)
_COMMANDS = (
    "--help",
    "set --help",
    "check --help",
    "status",
    "instrument list",
    "instrument show widefield-1",
    "instrument compare confocal-2",
    "set list",
    "set show demo",
    "set matches demo",
    "check demo",
    "methods demo",
    "targets",
    "processors",
    "readers",
    "nothing-like-this",
    "set create",
    "serve --port here",
)


def _served(home: Path) -> Iterator[Flask]:
    with open_workspace(home) as workspace:
        make_accounts(workspace)
    made = create_app(config.load(home))
    yield made
    made.extensions[CLOSE]()


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    with open_workspace(folder / "home") as workspace:
        walk.run(workspace, folder, say=lambda _text: None)
    return folder / "home"


@pytest.fixture(scope="module")
def demo(demo_home: Path) -> Iterator[Flask]:
    yield from _served(demo_home)


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve real microscopes and images, all in one set."""
    home = tmp_path_factory.mktemp("real") / "home"
    with open_workspace(home) as workspace:
        for path in sorted((shared / "reference/nboq/microscopes").glob("mcgill*")):
            instruments.import_file(workspace, path, author="Ana", name=path.stem)
        found = import_images.run(
            workspace, [shared / "samples/images"], collection="real", author="Ana"
        )
        scope = workspace.record("instrument", "mcgill_abif_axiovert200m")
        instruments.attach(workspace, found.images, scope)
        sets.create(workspace, "real", author="Ana", title="Real", images="all")
    yield from _served(home)


def _walk(app: Flask, role: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each page that a role comes to, with its address."""
    browser = Visitor(app.test_client())
    if role != "nobody":
        assert browser.log_in(role).status_code == 302
    browser.get(f"/login?lang={language}")
    waiting, kinds = [*_STARTS], dict[str, int]()
    seen = set(waiting)
    while waiting:
        url = waiting.pop(0)
        kind = _KIND.sub(r"/\1/", url.partition("?")[0])
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = browser.get(url) if kinds[kind] <= _MOST_OF_A_KIND else None
        if answer is None:
            continue
        page = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        if not page or answer.location:
            continue
        yield url, page
        links = map(html.unescape, re.findall(r'href="(/[^"#]*)', page))
        new = [one for one in links if one not in seen and not _ELSEWHERE.search(one)]
        seen.update(new)
        waiting.extend(new)


def _faults(pages: Iterator[tuple[str, str]], language: str, base: str) -> list[str]:
    found: dict[str, str] = {}
    count = 0
    for url, page in pages:
        count += 1
        found_here = faults(
            texts_of(page), language=language, base=base, given=_GIVEN[language]
        )
        for fault in (*found_here, *_addresses_in_places(page, base)):
            found.setdefault(fault, url)
    assert count > 3
    return [f"{url}  {fault}" for fault, url in found.items()]


def _addresses_in_places(page: str, base: str) -> Iterator[str]:
    """Yield our addresses where a page says from which place a value comes."""
    for place in re.findall(r"<code>([^<]*)</code></span>", page):
        if base in place or re.search(r"#[0-9a-f]{8}-", place):
            yield f"address: {place}"


def _base(app: Flask) -> str:
    return app.extensions[EXTENSION].settings.base_iri


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["nobody", *ROLES])
def test_no_page_of_the_demo_shows_codes_long_numbers_or_another_language(
    demo: Flask, role: str, language: str
) -> None:
    assert not _faults(_walk(demo, role, language), language, _base(demo))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_real_images_and_microscopes_does_either(
    real: Flask, language: str
) -> None:
    assert not _faults(_walk(real, "administrator", language), language, _base(real))


def _said(home: Path, words: list[str]) -> str:
    """Return what a command writes: texts of options are those of its first language.

    So each command is a process of its own.
    """
    command = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(home)]
    done = subprocess.run([*command, *words], capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_says_codes_long_numbers_or_words_of_the_other_language(
    demo_home: Path, language: str
) -> None:
    base = config.load(demo_home).base_iri
    found = {}
    for command in _COMMANDS:
        text = _said(demo_home, ["--lang", language, *command.split()])
        lines = [" ".join(one.split()) for one in text.splitlines()]
        wrong = faults(lines, language=language, base=base, given=_GIVEN[language])
        found |= dict.fromkeys(wrong, command)
        if language == "fr":
            found |= {one: command for one in lines if _ENGLISH.search(one)}
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_and_no_table_of_points_does_either(
    demo: Flask, language: str
) -> None:
    from openpyxl import load_workbook

    browser = Visitor(demo.test_client())
    browser.log_in("researcher")
    browser.get(f"/?lang={language}")
    book = load_workbook(io.BytesIO(browser.get("/set/demo/points.xlsx").data))
    cells = [
        " ".join(str(cell.value).split())
        for sheet in book
        for row in sheet.iter_rows(max_col=11)
        for cell in row
        if cell.value is not None
    ]
    assert len(cells) > 20
    texts = [*cells, *texts_of(browser.get("/set/demo/report.html").text)]
    given = _GIVEN[language]
    assert not list(faults(texts, language=language, base=_base(demo), given=given))
