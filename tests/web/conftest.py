"""A catalogue with a small study, made once; each test works on a copy of its own."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.teams import let_see

from fair_imagic import config
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.people import accounts
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web import create_app
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PASSWORD = "correct horse battery"
ROLES = ("reader", "researcher", "facility", "administrator")


@dataclass
class Visitor:
    """A browser without scripts: it sends the token of the page it was on."""

    client: FlaskClient

    def get(self, url: str, **headers: str) -> TestResponse:
        return self.client.get(url, headers=headers)

    def post(self, page: str, url: str, **fields: object) -> TestResponse:
        token = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)
        assert token is not None, f"{page} has no form"
        return self.client.post(url, data={"csrf": token[1], **fields})

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/login", "/login", name=name, password=password)


@pytest.fixture(scope="session")
def study_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two collections, one set, people, and an account a role."""
    folder = tmp_path_factory.mktemp("web")
    study = write_study(folder / "study")
    with open_workspace(folder / "home") as workspace:
        for kind in ("widefield", "confocal"):
            import_images.run(
                workspace,
                [study.images[kind]],
                collection=f"nuclei-{kind}",
                author="Camille",
            )
        sets.create(workspace, "demo", author="Camille", title="Nuclei", images="all")
        people.import_table(workspace, study.people, author="Camille")
        make_accounts(workspace)
    return folder / "home"


def make_accounts(workspace: Workspace) -> None:
    """Make an account for each role, in one team that everything belongs to."""
    for role in ROLES:
        accounts.create(workspace, role, password=PASSWORD, role=role)
    let_see(workspace, *ROLES)


@pytest.fixture(scope="session")
def reading(study_home: Path) -> Iterator[Callable[[str], Visitor]]:
    """Give a browser logged in with a role, for tests that change nothing."""
    made = create_app(config.load(study_home))
    kept: dict[str, Visitor] = {}

    def enter(role: str) -> Visitor:
        if role not in kept:
            kept[role] = Visitor(made.test_client())
            assert kept[role].log_in(role).status_code == 302
        # a language that another test chose is no longer wanted
        kept[role].client.delete_cookie("lang")
        return kept[role]

    yield enter
    made.extensions[CLOSE]()


@pytest.fixture
def home(study_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(study_home, tmp_path / "copy")


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    made = create_app(config.load(home))
    yield made
    made.extensions[CLOSE]()


@pytest.fixture
def workspace(app: Flask) -> Workspace:
    found = app.extensions[EXTENSION]
    assert isinstance(found, Workspace)
    return found


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def logged_in(app: Flask) -> Callable[[str], Visitor]:
    """Give a browser that is logged in with a role."""

    def enter(role: str) -> Visitor:
        found = Visitor(app.test_client())
        assert found.log_in(role).status_code == 302
        return found

    return enter
