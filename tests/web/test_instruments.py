"""Microscope pages: versions, forms drawn from the model, passport, file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.teams import let_see

from fair_imagic.model import Objective, RecordGraph, views
from fair_imagic.publish import states
from fair_imagic.publish.state import State
from fair_imagic.workflow.images.members import images_matching
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.images import attach
from fair_imagic.workflow.microscopes.versions import versions_of
from fair_imagic.workflow.quality import controls as quality
from fair_imagic.workflow.quality.table import POINTS, measured_from
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web.service import EXTENSION

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def microscope(app: Any, study_home: Path) -> str:
    """A microscope imported into the workspace that the application holds."""
    (path,) = (study_home.parent / "study").rglob("*widefield*.json")
    workspace = app.extensions[EXTENSION]
    return instruments.import_file(workspace, path, author="a", name="scope").iri


def lens_of(app: Any, record: str) -> Objective:
    catalogue = app.extensions[EXTENSION].catalogue
    return views(Objective, RecordGraph(catalogue.effective(record)))[0]


def form_url(lens: Objective) -> str:
    return f"/instrument/scope/component/{lens.iri.partition('#')[2]}"


def test_the_list_and_the_page_name_versions(logged_in, microscope):
    browser = logged_in("reader")
    assert "/instrument/scope" in browser.get("/instruments").text
    page = browser.get("/instrument/scope").text
    assert "the beginning" in page
    assert "Edit" not in page  # readers look only
    assert "Microscope passport" in browser.get("/instrument/scope/passport").text


def test_the_page_lists_quality_controls_in_the_language_of_the_reader(
    app, logged_in, microscope
):
    workspace = app.extensions[EXTENSION]
    days = {"2026-02-16": POINTS[:4], "2026-03-02": ("stage drift",)}
    told = [
        measured_from({"date": day, "point": point, "passed": "no"})
        for day, points in days.items()
        for point in points
    ]
    quality.add(workspace, "scope", told, author="a")
    browser = logged_in("reader")
    page = browser.get("/instrument/scope").text
    assert "4/7" in page and "1/7" in page
    assert "stage drift (2026-03-02)" in page
    assert "without: stage drift, stage repeatability, camera noise" in page
    assert page.count("late</span>") == 1
    french = browser.get("/instrument/scope?lang=fr").text
    assert "dérive de la platine (2026-03-02)" in french
    assert (
        "sans\N{NO-BREAK SPACE}: dérive de la platine, répétabilité de la platine,"
        in french
    )
    assert "stage drift" not in french


def test_the_form_is_drawn_from_the_model(app, logged_in, microscope):
    page = logged_in("facility").get(form_url(lens_of(app, microscope))).text
    assert "Tier 1" in page
    assert "Numerical aperture" in page
    assert '<option value="Mineral Oil"' in page
    assert "required</span>" in page


@pytest.mark.parametrize("role", ["reader", "researcher"])
def test_only_the_facility_edits(app, logged_in, microscope, role):
    browser = logged_in(role)
    assert browser.get(form_url(lens_of(app, microscope))).status_code == 403


def test_saved_values_are_one_change_of_their_author(app, logged_in, microscope):
    url = form_url(lens_of(app, microscope))
    answer = logged_in("facility").post(
        url, url, model="Better lens", lens_na="0.75", valid_from="2026-06-01"
    )
    assert answer.status_code == 302
    assert lens_of(app, microscope).model == "Better lens"
    workspace = app.extensions[EXTENSION]
    assert [one.name for one in versions_of(workspace, microscope)] == [
        "start",
        "2026-06-01",
    ]
    entry = workspace.catalogue.history(microscope)[-1]
    assert entry.author == "facility"
    browser = logged_in("reader")
    assert "Better lens" in browser.get("/instrument/scope").text
    first = browser.get("/instrument/scope?version=start").text
    assert "Better lens" not in first.partition('id="past"')[0]
    compared = browser.get("/instrument/scope/compare?first=start&second=2026-06-01")
    assert "Better lens" in compared.text


def test_wrong_values_come_back_with_their_errors(app, logged_in, microscope):
    url = form_url(lens_of(app, microscope))
    answer = logged_in("facility").post(url, url, lens_na="big", model="<b>Other</b>")
    assert answer.status_code == 400
    assert 'href="#lens_na"' in answer.text
    assert 'id="lens_na-error"' in answer.text
    assert 'value="big"' in answer.text
    assert "&lt;b&gt;Other" in answer.text
    assert lens_of(app, microscope).model != "<b>Other</b>"


def test_an_unchanged_form_changes_nothing(app, logged_in, microscope):
    import re
    from html import unescape

    url = form_url(lens_of(app, microscope))
    browser = logged_in("facility")
    page = browser.get(url).text
    fields = {
        name: unescape(value)
        for name, value in re.findall(
            r'<input id="[^"]*" name="([^"]+)" value="([^"]*)"', page
        )
    }
    for name, inner in re.findall(
        r'<select id="[^"]*" name="([^"]+)".*?>(.*?)</select>', page
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        fields[name] = unescape(chosen[1]) if chosen else ""
    before = app.extensions[EXTENSION].catalogue.last_number()
    assert browser.post(url, url, **fields).status_code == 302
    assert app.extensions[EXTENSION].catalogue.last_number() == before


def test_components_are_added_removed_and_the_record_copied(app, logged_in, microscope):
    browser, page = logged_in("facility"), "/instrument/scope"
    added = browser.post(
        page, f"{page}/component", kind="Objective", **{"component-name": "Twenty"}
    )
    assert added.status_code == 302
    assert browser.get(added.location).status_code == 200
    assert "Twenty" in browser.get(page).text
    gone = browser.post(added.location, f"{added.location}/remove")
    assert gone.status_code == 302
    wrong = browser.post(page, f"{page}/component", kind="", **{"component-name": "x"})
    assert wrong.status_code == 400
    copied = browser.post(page, f"{page}/duplicate", **{"copy-name": "Second"})
    assert copied.location.endswith("/instrument/second")
    taken = browser.post(page, f"{page}/duplicate", **{"copy-name": "scope"})
    assert taken.status_code == 400


def test_the_file_comes_back(logged_in, microscope, study_home):
    (path,) = (study_home.parent / "study").rglob("*widefield*.json")
    answer = logged_in("reader").get("/instrument/scope/micro-meta.json")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.text) == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "url",
    [
        "/instrument/none",
        "/instrument/scope?version=1999-01-01x",
        "/instrument/scope/component/none",
        "/instrument/scope/compare?first=a&second=b",
    ],
)
def test_what_is_not_there_is_said(logged_in, microscope, url):
    assert logged_in("facility").get(url).status_code in (400, 404)


def test_a_proposed_version_of_a_published_set_is_accepted_by_staff(
    app, logged_in, microscope, publish_set_with
):
    name = publish_set_with(microscope)
    assert "Proposed: version 2" in logged_in("reader").get("/instrument/scope").text
    page, url = "/instrument/scope", "/instrument/scope/new-version"
    assert logged_in("researcher").post(page, url, set=name).status_code == 403
    staff = logged_in("facility")
    assert staff.post(page, url, set=name).status_code == 302
    answer = staff.get(page)
    assert f"{name} has a new version" in answer.text
    assert "Proposed: version 2" not in answer.text


@pytest.fixture
def publish_set_with(app: Any, study_home: Path, tmp_path: Path) -> Any:
    """Publish a set of images of a microscope, then record that it was another."""

    def publish(microscope: str) -> str:
        workspace = app.extensions[EXTENSION]
        images = images_matching(workspace, "all")
        attach(workspace, images, microscope)
        sets.create(workspace, "sent", author="a", title="Sent", images="all")
        let_see(workspace, "reader")
        database = workspace.catalogue.database
        subject = workspace.record("set", "sent")
        row = states.register(
            database,
            states.Edition(
                subject=subject, version="1.0", target="datacite", practice=True
            ),
            key="k",
        )
        states.enqueue(database, row.id, snapshot_hash="s", package_hash="p")
        for state in (State.SENDING, State.PUBLISHED):
            states.move(database, row.id, state)
        (path,) = (study_home.parent / "study").rglob("*widefield*.json")
        document = json.loads(path.read_text(encoding="utf-8"))
        document["components"][1]["Name"] = "Another"
        changed = tmp_path / "changed.json"
        changed.write_text(json.dumps(document), encoding="utf-8")
        instruments.import_file(
            workspace, changed, author="a", name="scope", valid_from="2026-01-01"
        )
        return "sent"

    return publish
