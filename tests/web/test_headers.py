"""Every page says what it may load: nothing from elsewhere."""

from __future__ import annotations

import html
import re

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


def test_browsers_keep_style_and_scripts_by_their_content(reading):
    page = reading("reader").get("/").text
    for url in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        with reading("reader").get(html.unescape(url)) as answer:
            assert answer.headers["Cache-Control"].endswith("immutable"), url
        with reading("reader").get(url.partition("?")[0]) as answer:
            assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_pictures_are_asked_for_again_by_their_mark(reading, study_home):
    name = min(path.name for path in (study_home / "thumbnails").glob("*.png"))
    with reading("facility").get(f"/thumbnails/{name}") as first:
        mark = first.headers["ETag"]
        assert "private" in first.headers["Cache-Control"]
    marked = {"If-None-Match": mark}
    with reading("facility").get(f"/thumbnails/{name}", **marked) as again:
        assert (again.status_code, again.data) == (304, b"")
