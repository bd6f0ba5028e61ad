"""The same text gets the same answer at every door; how often is told at the end."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from doors import AUTHOR, DOORS, Folder
from entry_cases import CASES, Case
from tests.teams import let_see

from fair_imagic import config
from fair_imagic.errors import InputError
from fair_imagic.rdf import expand
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import questions, tags
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people import accounts
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

PASSWORD = "correct horse battery"
PARTS = 3
FROM_FILES = ("document", "image file")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the set s: two images of one sample, their microscope."""
    place = tmp_path_factory.mktemp("doors")
    study = write_study(place / "study")
    names = ("field_01_control", "field_03_control")
    files = [study.images["widefield"] / f"{name}.ome.tiff" for name in names]
    with open_workspace(place / "home") as workspace:
        record = study.microscopes["widefield"]
        instruments.import_file(workspace, record, author=AUTHOR, name="scope")
        import_images.run(
            workspace, files, collection="few", author=AUTHOR, instrument="scope"
        )
        people.import_table(workspace, study.people, author=AUTHOR)
        sets.create(workspace, "s", author=AUTHOR, title="Some nuclei", images="all")
        accounts.create(workspace, "ana", password=PASSWORD, role="researcher")
        samples = place / "samples.csv"
        samples.write_text("image,sample\n*,cells\n", encoding="utf-8")
        tags.apply_file(workspace, workspace.record("set", "s"), samples, author=AUTHOR)
        let_see(workspace, "ana")
    return place / "home"


@pytest.fixture
def folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Folder]:
    """A copy of the data folder, and a browser."""
    # every open field is a door, whichever questions come first
    monkeypatch.setattr(questions, "MOST", 999)
    copy = shutil.copytree(home, tmp_path / "copy")
    with open_workspace(copy) as workspace:
        yield Folder(workspace, tmp_path, _logged_in(create_app(config.load(copy))))


def _logged_in(app: Flask) -> FlaskClient:
    browser = app.test_client()
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/login").text)
    assert token is not None
    told = {"csrf": token[1], "name": "ana", "password": PASSWORD}
    assert browser.post("/login", data=told).status_code == 302
    return browser


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_answer_of_the_table(
    folder: Folder,
    door: str,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    takes = DOORS[door][1]
    cases = [case for case in CASES if takes(case)]
    if not request.config.getoption("--full"):
        # every case at a third of the doors, every door with a third of its cases
        cases = cases[list(DOORS).index(door) % PARTS :: PARTS]
    assert cases
    wrong = [told for case in cases if (told := _wrong(folder, door, case))]
    assert not wrong, "\n".join(wrong)
    record_property("cases at a door", len(cases))


def _wrong(folder: Folder, door: str, case: Case) -> str:
    """Return what a door did other than the table says; nothing where it agrees."""
    act, _takes = DOORS[door]
    number = folder.workspace.catalogue.last_number()
    refused: InputError | None = None
    kept: tuple[str, ...] = ()
    try:
        kept = act(folder, case)
    except InputError as error:
        refused = error
    name = f"{door}, {case.name}"
    if door in FROM_FILES:
        same = refused is None and _as_from_file(case, kept)
        return "" if same else f"{name}: {kept}"
    wanted = tuple(sorted(expand(value).strip() for value in case.values))
    if case.outcome == "reads":
        same = refused is None and tuple(sorted(kept)) == wanted
        return "" if same else f"{name}: {kept or refused}"
    if refused is None:
        return f"{name}: kept {kept}"
    told = f"{refused.message} {refused.expected}"
    choices = case.values[:1] if case.values and case.class_name != "Sample" else ()
    told_plain = told.casefold()
    named = all(one.casefold() in told_plain for one in choices)
    if case.words not in told or not named:
        return f"{name}: {told}"
    same = folder.workspace.catalogue.last_number() == number
    return "" if same else f"{name}: something was kept"


def _as_from_file(case: Case, kept: tuple[str, ...]) -> bool:
    if case.from_file == "kept":
        texts = [" ".join(one.replace("%20", " ").split()) for one in kept]
        return texts in ([], [" ".join(case.text.split())])
    return kept == tuple(map(expand, case.values))
