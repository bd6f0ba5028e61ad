"""Values for images from a table, on the pages: shown first, then applied whole."""

from __future__ import annotations

import html
import io
import re

import pytest

IMAGES = "/set/demo/images"
TAGS = "/set/demo/tags"
APPLY = "/set/demo/tags/apply"


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _file(text: str, name: str = "étiquettes.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def _table(page: str) -> str:
    found = re.search(r'<textarea name="table" hidden>(.*?)</textarea>', page, re.S)
    assert found is not None
    return html.unescape(found[1])


def test_a_table_is_shown_then_applied(researcher, workspace):
    text = "Fichier;Marquage;Opérateur\nfield_01_control.ome.tiff;DAPI;Ana\n"
    number = workspace.catalogue.last_number()
    shown = researcher.post(TAGS, TAGS, table=_file(text))
    assert shown.status_code == 200
    assert "kept as a tag of that name, not public" in shown.text
    assert "field_01_control (field_01_control.ome.tiff)" in shown.text
    assert workspace.catalogue.last_number() == number
    done = researcher.post(TAGS, APPLY, table=_table(shown.text))
    assert done.status_code == 302
    assert workspace.catalogue.last_number() == number + 1
    images = researcher.get("/set/demo?search=field_01").text
    address = re.search(r'href="(/image/[^"]+)"', images)
    assert address is not None
    page = researcher.get(address[1]).text
    assert "<dt>Marquage</dt><dd>DAPI</dd>" in page
    assert "#tag-" not in page
    assert "Ana" in page
    assert "not public" in page


def test_a_name_of_several_images_waits_for_a_tick(researcher, workspace):
    both = "image,title\nfield_01*,twin\nfield_02*,twin\n"
    page = researcher.post(TAGS, TAGS, table=_file(both)).text
    researcher.post(TAGS, APPLY, table=_table(page))
    number = workspace.catalogue.last_number()
    shown = researcher.post(TAGS, TAGS, table=_file("image,Staining\ntwin,DAPI\n")).text
    assert 'name="all_fitting"' in shown
    assert "twin (field_01_control.ome.tiff)" in shown
    refused = researcher.post(TAGS, APPLY, table=_table(shown))
    assert refused.status_code == 409
    assert "2 images are named twin" in refused.text
    assert workspace.catalogue.last_number() == number
    table = _table(shown)
    done = researcher.post(TAGS, APPLY, table=table, all_fitting="yes")
    assert done.status_code == 302
    assert workspace.catalogue.last_number() == number + 1


def test_a_table_that_cannot_be_used_is_told_and_offers_no_button(researcher):
    text = "image,titel,sample\nfield_99,x,y\n"
    shown = researcher.post(TAGS, TAGS, table=_file(text)).text
    assert "nearly the name of a field" in shown
    assert "No image is named field_99" in shown
    assert "Apply the table" not in shown
    for content, name in ((b"", "a.csv"), (b"abc", "a.xlsx"), (b"a,b\n1,2\n", "a.csv")):
        refused = researcher.post(TAGS, TAGS, table=(io.BytesIO(content), name))
        assert refused.status_code == 400


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"columns": ["image"], "rows": [[1]], "name": "a", "sha256": "0"}'],
)
def test_nonsense_is_refused(researcher, workspace, text):
    number = workspace.catalogue.last_number()
    assert researcher.post(TAGS, APPLY, table=text).status_code == 400
    assert workspace.catalogue.last_number() == number
