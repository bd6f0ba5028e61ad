"""Every page says what it may load: nothing from elsewhere."""

from __future__ import annotations

import pytest

from fair_imagic.workflow.microscopes import instruments
from fair_imagic_web.service import EXTENSION

PARTS = {"default-src", "base-uri", "form-action", "frame-ancestors", "img-src"}


def policy(answer) -> dict[str, str]:
    pairs = answer.headers["Content-Security-Policy"].split(";")
    return {part.split()[0]: " ".join(part.split()[1:]) for part in pairs}


@pytest.mark.parametrize("url", ["/", "/login", "/health", "/nowhere", "/sparql"])
def test_a_page_has_the_whole_policy(visitor, url):
    assert set(policy(visitor.get(url))) >= PARTS


@pytest.fixture
def microscope(app, study_home) -> str:
    (path,) = (study_home.parent / "study").rglob("*widefield*.json")
    workspace = app.extensions[EXTENSION]
    return instruments.import_file(workspace, path, author="a", name="m").iri


def test_a_passport_has_the_whole_policy_and_no_script(logged_in, microscope):
    assert microscope.endswith("/m")
    found = policy(logged_in("reader").get("/instrument/m/passport"))
    assert set(found) >= PARTS
    assert found["default-src"] == "'none'"
    assert found["frame-ancestors"] == "'none'"
    assert "script-src" not in found
