from __future__ import annotations

import re
import subprocess
import sys

import pytest


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


POINTS = "/set/demo/points"


DESCRIPTION = "PublicationSet.description"
METHOD = "Image.imaging_method_label"


def _part(page: str, key: str) -> str:
    """Return the part of the page that is about a cause; empty where it is not."""
    parts = page.split('<details class="cause')
    anchor = f'id="cause-{key.replace(".", "-").replace("_", "-")}"'
    return next((part for part in parts if anchor in part), "")


def test_a_value_for_all_concerned_removes_the_point(researcher):
    assert "Describe the study" in _part(researcher.get(POINTS).text, DESCRIPTION)
    text = "Nuclei of cultured cells, with and without nocodazole, two microscopes."
    done = researcher.post(
        POINTS, POINTS, cause=DESCRIPTION, value=text, everything="yes"
    )
    assert done.status_code == 302
    after = researcher.get(POINTS).text
    assert "Corrected: 1 record." in after
    assert not _part(after, DESCRIPTION)


def test_one_value_corrects_many_images_in_one_change(researcher, workspace):
    assert "20 images" in _part(researcher.get(POINTS).text, METHOD)
    researcher.post(
        POINTS, POINTS, cause=METHOD, value="fluorescence microscopy", everything="yes"
    )
    after = researcher.get(POINTS).text
    assert "Corrected: 20 records." in after
    assert not _part(after, METHOD)
    image = researcher.get(f"/image/{workspace.names('image')[0]}").text
    assert "fluorescence microscopy" in image
    assert "entered by" in image


def test_only_the_chosen_images_are_corrected(researcher):
    part = _part(researcher.get(POINTS).text, METHOD)
    things = re.findall(r'name="things" value="([^"]+)"', part)
    assert len(things) == 20
    researcher.post(POINTS, POINTS, cause=METHOD, value="confocal", things=things[:3])
    assert "17 images" in _part(researcher.get(POINTS).text, METHOD)


def test_a_correction_can_be_taken_back(researcher):
    text = "A description that is long enough for every archive there is."
    researcher.post(POINTS, POINTS, cause=DESCRIPTION, value=text, everything="yes")
    metadata = researcher.get("/set/demo/describe").text
    assert text in metadata
    number = re.search(r'name="number" value="(\d+)"', metadata)
    assert number is not None
    url = "/set/demo/undo"
    done = researcher.post("/set/demo/describe", url, number=number[1])
    assert done.status_code == 302
    assert _part(researcher.get(POINTS).text, DESCRIPTION)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"value": ""}, "Enter a value."),
        ({"value": "x", "everything": "no"}, "Choose what this value is for."),
        ({"value": "x", "cause": "no.such"}, "This point is not there any more"),
    ],
)
def test_what_cannot_be_used_is_said_on_top(researcher, fields, message):
    sent = {"cause": DESCRIPTION, "value": "x", "everything": "yes", **fields}
    answer = researcher.post(POINTS, POINTS, **sent)
    assert answer.status_code == 400
    assert message in answer.text
    assert 'id="errors"' in answer.text


def test_a_wrong_value_is_refused_at_its_field_and_kept_in_it(researcher):
    answer = researcher.post(
        POINTS, POINTS, cause=DESCRIPTION, value="   ", everything="yes"
    )
    assert answer.status_code == 400
    assert 'id="value"' in answer.text
    assert 'aria-describedby="value-error"' in answer.text


def test_a_reader_sees_points_but_no_forms(logged_in):
    page = logged_in("reader").get(POINTS).text
    assert _part(page, DESCRIPTION)
    assert 'name="cause"' not in page


def test_nothing_is_sent_while_an_archive_would_refuse(researcher):
    url = "/set/demo/publish/datacite"
    page = researcher.get(url).text
    assert "This archive would refuse it" in page
    assert "Publish now" not in page


def test_publishing_needs_the_tick(researcher):
    url = "/set/demo/publish/datacite"
    answer = researcher.post(POINTS, url, version="x")
    assert answer.status_code == 400


def test_a_set_that_changed_since_the_preview_is_not_sent(researcher):
    url = "/set/demo/publish/datacite"
    answer = researcher.post(POINTS, url, version="0" * 64, understood="yes")
    assert answer.status_code == 409
    assert "The set has changed since you looked at it" in answer.text


def test_an_unknown_target_is_not_found(researcher):
    assert researcher.get("/set/demo/publish/nowhere").status_code == 404


_BESIDE = """
import sys
from pathlib import Path
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.base.workspace import open_workspace
with open_workspace(Path(sys.argv[1])) as workspace:
    sets.create(workspace, "beside", author="shell", title="Made beside", images="all")
"""


def test_a_command_beside_the_service_shows_on_its_pages(logged_in, home):
    staff = logged_in("facility")
    assert "Made beside" not in staff.get("/sets").text
    subprocess.run([sys.executable, "-c", _BESIDE, str(home)], check=True, timeout=120)
    assert "Made beside" in staff.get("/sets").text
    assert "20 images" in staff.get("/set/beside").text
