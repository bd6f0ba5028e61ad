from __future__ import annotations

import dataclasses
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.public_prose import lines_of, prose_faults, texts_of_pagetab
from tests.teams import let_see

from fair_imagic import config
from fair_imagic.i18n import use_language
from fair_imagic.publish.datacite.target import DataCite
from fair_imagic.publish.settings import leading_to
from fair_imagic.publish.states import all_deliveries
from fair_imagic.views.passport import passport_html
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.demo import walk as demo
from fair_imagic.workflow.overview import rebase
from fair_imagic.workflow.people import accounts, sessions
from fair_imagic.workflow.publishing.publish import prepare
from fair_imagic.workflow.sets.methods import methods_text
from fair_imagic_web import create_app
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from fair_imagic.publish.base import Package

URL = "/published/set/demo"


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, corrected and published in practice mode."""
    folder = tmp_path_factory.mktemp("published")
    with open_workspace(folder / "home") as workspace:
        demo.run(workspace, folder, say=lambda _text: None)
    return folder / "home"


@pytest.fixture(scope="module")
def visitor(published_home: Path) -> Iterator[FlaskClient]:
    app = create_app(config.load(published_home))
    yield app.test_client()
    app.extensions[CLOSE]()


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        (
            "application/vnd.datacite.datacite+json",
            "application/vnd.datacite.datacite+json",
        ),
    ],
)
def test_each_form_is_given_to_who_asks_for_it(visitor, accept, media_type):
    headers = {"Accept": accept} if accept else {}
    answer = visitor.get(URL, headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert "Accept" in answer.headers["Vary"]


def test_a_form_that_is_not_there_is_refused(visitor):
    assert visitor.get(URL, headers={"Accept": "image/gif"}).status_code == 406


def test_the_links_lead_machines_to_the_parts(visitor):
    for method in (visitor.get, visitor.head):
        header = method(URL).headers["Link"]
        assert 'rel="cite-as"' in header
        assert "https://doi.org/10.99999/" in header
        assert 'rel="describedby"' in header
        assert 'rel="linkset"' in header


@pytest.mark.parametrize(
    "ending", ["metadata.jsonld", "metadata.ttl", "metadata.xml", "linkset.json"]
)
def test_every_form_has_an_address_of_its_own(visitor, ending):
    assert visitor.get(f"{URL}/{ending}").status_code == 200


def test_the_page_says_the_same_as_its_data(visitor):
    data = json.loads(visitor.get(f"{URL}/metadata.jsonld").text)
    page = visitor.get(f"{URL}?lang=en").text
    assert data["name"] in page
    assert data["identifier"] in page


def test_a_doi_leads_to_its_page(visitor):
    data = json.loads(visitor.get(f"{URL}/metadata.jsonld").text)
    doi = data["identifier"].removeprefix("https://doi.org/")
    answer = visitor.get(f"/doi/{doi}")
    assert answer.status_code == 302
    assert answer.location == URL


@pytest.mark.parametrize("url", ["/doi/10.1/none", "/published/set/none"])
def test_what_is_not_published_is_not_found(visitor, url):
    assert visitor.get(url).status_code == 404


def test_pictures_of_published_images_are_public_and_others_not(visitor):
    page = visitor.get(URL).text
    picture = page.split('<img src="')[1].split('"')[0]
    answer = visitor.get(picture)
    assert answer.mimetype == "image/png"
    answer.close()
    assert visitor.get("/published/image/none.png").status_code == 404


def test_nothing_private_is_public(visitor):
    for ending in ("", "/metadata.ttl", "/metadata.jsonld", "/metadata.xml"):
        assert "@example.org" not in visitor.get(URL + ending).text


def test_the_first_page_lists_what_is_public(visitor):
    assert f'href="{URL}"' in visitor.get("/").text


def test_visitors_query_what_is_published(visitor):
    query = "SELECT (COUNT(?i) AS ?n) WHERE { ?i a fi:Image }"
    answer = visitor.get("/sparql", query_string={"query": query})
    rows = json.loads(answer.text)["results"]["bindings"]
    assert int(rows[0]["n"]["value"]) == 23


@pytest.fixture
def researcher(published_home, tmp_path) -> Iterator[FlaskClient]:
    """A browser of a researcher, on a copy of the published study."""
    home = shutil.copytree(published_home, tmp_path / "copy")
    with open_workspace(home) as workspace:
        made = accounts.create(
            workspace, "r", password="long enough 1", role="researcher"
        )
        token = sessions.begin(workspace, made)
        let_see(workspace, "r")
        root = workspace.record("set", "demo")
        assignments = [("title", "Nuclei, second edition")]
        repair.set_values(workspace, root, assignments, author="r")
    app = create_app(config.load(home))
    client = app.test_client()
    with client.session_transaction() as session:
        session["session"], session["csrf"] = token, "token"
    yield client
    app.extensions[CLOSE]()


def _publish(client: FlaskClient) -> TestResponse:
    url = "/set/demo/publish/datacite"
    return client.post(url, data=_confirmed(client.get(url).text))


def _confirmed(page: str) -> dict[str, str]:
    names = ("version", "package")
    found = {n: re.search(rf'name="{n}" value="([^"]+)"', page) for n in names}
    assert all(found.values())
    values = {name: one[1] for name, one in found.items() if one is not None}
    return {"csrf": "token", "understood": "yes", **values}


def test_a_corrected_set_is_published_again_under_its_doi(researcher):
    before = json.loads(researcher.get(f"{URL}/metadata.jsonld").text)
    assert _publish(researcher).status_code == 302
    page = researcher.get("/set/demo/publications?lang=en").text
    assert f"Published: {before['identifier']}" in page
    after = json.loads(researcher.get(f"{URL}/metadata.jsonld").text)
    assert after["identifier"] == before["identifier"]
    assert after["name"] == "Nuclei, second edition"


def test_an_archive_that_is_down_gives_one_clear_page(researcher, app_settings):
    app_settings(
        researcher,
        "datacite",
        url="http://127.0.0.1:9",
        user="PRACTICE.IMAGIC",
        password="planted secret",
    )
    answer = _publish(researcher)
    assert answer.status_code == 502
    assert "<h1>" in answer.text
    assert "planted secret" not in answer.text
    page = researcher.get("/set/demo/publications?lang=en").text
    assert "The last try did not succeed:" in page
    assert "answer lost, being checked" not in page  # the first one is public still
    public = json.loads(researcher.get(f"{URL}/metadata.jsonld").text)
    assert public["name"] != "Nuclei, second edition"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_all_public_texts_of_the_sample_study_read_well(
    published_home: Path, visitor: FlaskClient, language: str
) -> None:
    lines = [*lines_of(visitor.get(f"{URL}?lang={language}").text)]
    with open_workspace(published_home) as workspace, use_language(language):
        lines += methods_text(workspace, "demo").paragraphs
        for scope in ("widefield-1", "confocal-2"):
            lines += lines_of(passport_html(workspace, scope))
        if language == "en":
            for target in ("datacite", "bioimage-archive"):
                payload = prepare(workspace, "demo", target).package.payload
                lines += texts_of_pagetab(payload)
                for one in payload.get("descriptions", ()):
                    lines += one["description"].splitlines()
    names = ("channel = 0", "min_area_px = 20", "neck_px", "sigma_px")
    found = [f for one in lines for f in prose_faults(one, language, names=names)]
    assert found == []


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that are built until one is sent, counted at the target itself.

    Once it is sent, the set is checked again as it stands then: that is no preparation.
    """
    made: list[str] = []
    sent: list[str] = []
    build, submit = DataCite.build, DataCite.submit

    def counted(self: DataCite, *args: Any, **more: Any) -> Any:
        package = build(self, *args, **more)
        if not sent:
            made.append(package.hash)
        return package

    def noted(self: DataCite, package: Package, *args: Any, **more: Any) -> Any:
        sent.append(package.hash)
        return submit(self, package, *args, **more)

    monkeypatch.setattr(DataCite, "build", counted)
    monkeypatch.setattr(DataCite, "submit", noted)
    return made


def test_a_publication_is_prepared_once_from_preview_to_sending(researcher, builds):
    url = "/set/demo/publish/datacite"
    assert researcher.get(f"{url}/preview").status_code == 200
    page = researcher.get(url).text
    sent = _confirmed(page)
    without_tick = {**sent, "understood": ""}
    assert researcher.post(url, data=without_tick).status_code == 400
    assert researcher.post(url, data=sent).status_code == 302
    assert builds == [sent["package"]]
    database = researcher.application.extensions[EXTENSION].catalogue.database
    (row,) = [o for o in all_deliveries(database) if o.target == "datacite"]
    assert row.package_hash == sent["package"], "what was confirmed is what was sent"


def test_a_package_that_is_another_by_now_is_not_sent(researcher, app_settings, builds):
    url = "/set/demo/publish/datacite"
    sent = _confirmed(researcher.get(url).text)
    app_settings(researcher, facility_name="Another facility")
    answer = researcher.post(url, data=sent)
    assert answer.status_code == 409
    assert "What would be sent has changed since you looked at it" in answer.text
    assert len(builds) == 2
    again = _confirmed(researcher.get(url).text)
    assert again["version"] == sent["version"]
    assert again["package"] != sent["package"]
    assert researcher.post(url, data=again).status_code == 302
    assert len(builds) == 2


@pytest.fixture
def app_settings():
    """Change settings of a running application, or of one of its targets."""

    def change(client: FlaskClient, *target: str, **changes: str) -> None:
        extensions = client.application.extensions
        workspace = extensions[EXTENSION]
        if target:
            settings = leading_to(workspace.settings, {target[0]: changes})
        else:
            settings = dataclasses.replace(workspace.settings, **changes)
        extensions[EXTENSION] = dataclasses.replace(workspace, settings=settings)

    return change


def test_the_plan_downloads_as_madmp(researcher):
    assert "What the plan promises" in researcher.get("/plan/demo?lang=en").text
    answer = researcher.get("/plan/demo/madmp.json")
    assert answer.mimetype == "application/json"
    assert "https://doi.org/10.99999/" in answer.text
    assert json.loads(answer.text)["dmp"]["dataset"]


@pytest.mark.parametrize(
    "address",
    [
        "/id/set/demo",
        "/id?iri=https://fair-imagic.example.org/set/demo",
        "/id?iri=https://fair-imagic.example.org/set/demo%23part",
    ],
)
def test_an_identifier_leads_who_has_no_account_to_the_landing_page(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.location == URL


def test_identifiers_of_published_images_lead_to_the_page_that_shows_them(visitor):
    picture = re.search(r"/published/image/([^\"]+)\.png", visitor.get(URL).text)
    assert picture is not None
    assert visitor.get(f"/id/image/{picture[1]}").location == URL


@pytest.mark.parametrize(
    "address",
    ["/id/plan/demo", "/id/set/none", "/id", "/id?iri=nonsense", "/id/person/nobody"],
)
def test_what_a_visitor_may_not_see_is_not_even_told_to_be_there(visitor, address):
    assert visitor.get(address).status_code == 404


def test_after_a_rebase_every_identifier_leads_to_the_page_of_the_record(researcher):
    home = researcher.application.extensions[EXTENSION].settings.home
    new = "https://new.example.org/id/"
    assert rebase.run(home, new).after == new  # beside the running service
    for base in ("https://fair-imagic.example.org/", new):
        answer = researcher.get(f"/id?iri={base}plan/demo")
        assert (answer.status_code, answer.location) == (303, "/plan/demo")
    data = researcher.get(f"{URL}/metadata.ttl").text
    assert f"<{new}" in data
    assert "<https://fair-imagic.example.org/instrument" not in data
    query = f"ASK {{ <{new}set/demo> a fi:PublicationSet }}"
    for text in (query, query.replace(new, "https://fair-imagic.example.org/")):
        found = researcher.get("/sparql", query_string={"query": text})
        assert json.loads(found.text)["boolean"] is True
