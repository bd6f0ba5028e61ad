from __future__ import annotations

import re

import pytest

from fair_imagic.i18n import current_language, use_language
from fair_imagic.views.collection import collection_page, collections_page
from fair_imagic.workflow.images.collections import join
from fair_imagic.workflow.images.search import Search, images_found

PAGES = [
    "/",
    "/collections",
    "/collection/nuclei-widefield",
    "/sets",
    "/set/demo",
    "/set/demo/describe",
    "/set/demo/points",
    "/set/demo/publications",
    "/set/demo/publish/datacite",
    "/set/demo/publish/datacite/preview",
    "/instruments",
    "/plans",
    "/query",
    "/admin/accounts",
    "/set/nothing-here",
]


@pytest.fixture
def administrator(reading):
    return reading("administrator")


@pytest.fixture
def image(administrator):
    """The short name of one image."""
    page = administrator.get("/collection/nuclei-widefield").text
    found = re.search(r'href="/image/([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_whole_in_both_languages(administrator, url, language):
    mark = "&" if "?" in url else "?"
    answer = administrator.get(f"{url}{mark}lang={language}")
    assert answer.status_code == (404 if "nothing" in url else 200)
    page = answer.text
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert 'class="skip" href="#content"' in page
    assert "<style" not in page
    assert not re.search(r'\s(on[a-z]+|style)="', page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert "http://" not in re.sub(r"(href|>)[^<]*", "", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("url", PAGES)
def test_every_field_has_a_label(administrator, url):
    page = administrator.get(url).text
    labelled = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', page))
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", page):
        if re.search(r'type="(hidden|checkbox|radio)"', tag):
            continue
        name = re.search(r'\sid="([^"]+)"', tag)
        assert name is not None, tag
        assert name[1] in labelled, tag


def test_pages_forbid_what_they_do_not_need(visitor):
    answer = visitor.get("/login")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_language_switch_is_remembered(visitor):
    assert '<html lang="fr">' in visitor.get("/login?lang=fr").text
    assert '<html lang="fr">' in visitor.get("/query").text
    assert '<html lang="en">' in visitor.get("/query?lang=en").text


def test_the_browser_says_which_language_is_wished(visitor):
    page = visitor.get("/login", **{"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"})
    assert '<html lang="fr">' in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_an_unknown_language_changes_nothing(visitor):
    assert '<html lang="en">' in visitor.get("/login?lang=xx").text


def test_a_page_that_is_not_there_says_what_to_do(visitor):
    answer = visitor.get("/no/such/page?lang=en")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "/no/such/page" in answer.text


def test_a_set_that_is_not_there_names_the_sets_that_are(administrator):
    answer = administrator.get("/set/nope")
    assert answer.status_code == 404
    assert "demo" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/collection/nuclei-widefield?start=-3",
        "/collection/nuclei-widefield?start=9999999999999999999999",
        "/collection/nuclei-widefield?search=%22%7D%5C%27",
        "/set/demo/points?requirements=nothing",
        "/query?name=nothing",
    ],
)
def test_odd_arguments_still_give_a_page(administrator, url):
    assert administrator.get(url).status_code == 200


@pytest.mark.parametrize("name", ["..%2f..%2fweb-secret", "%00", "nothing"])
def test_no_picture_outside_the_folder_of_pictures(administrator, name):
    answer = administrator.get(f"/thumbnails/{name}.png")
    assert answer.status_code in (400, 404)


def test_a_picture_is_an_image(administrator, image):
    answer = administrator.get(f"/thumbnails/{image}.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    answer.close()


def test_an_image_shows_where_each_value_comes_from(administrator, image):
    page = administrator.get(f"/image/{image}?lang=en").text
    assert "read from the file" in page
    assert "/OME/Image[1]/Pixels/@SizeX" in page
    assert "SHA-256" in page


def test_a_collection_has_the_same_days_in_the_list_and_on_its_page(workspace):
    name = "nuclei-widefield"
    days = {
        one.day for one in images_found(workspace, Search(place=f"collection={name}"))
    }
    assert "" in days, "one image without a day took the days of all others away"
    row = collection_page(workspace, name).row
    assert (row.first_date, row.last_date) == (min(days - {""}), max(days))
    (listed,) = [one for one in collections_page(workspace) if one.name == name]
    assert (listed.first_date, listed.last_date) == (row.first_date, row.last_date)


def test_an_image_in_two_collections_shows_both(logged_in, workspace, image):
    record = workspace.record("image", image)
    join(
        workspace,
        [record],
        workspace.record("collection", "nuclei-confocal"),
        author="C",
    )
    reader = logged_in("reader")
    page = reader.get(f"/image/{image}?lang=en").text
    assert "In collections" in page
    for name in ("nuclei-widefield", "nuclei-confocal"):
        assert f'href="/collection/{name}"' in page
        assert f'href="/image/{image}"' in reader.get(f"/collection/{name}").text


def test_the_search_narrows_the_grid(administrator):
    url = "/collection/nuclei-widefield?search=field_03&lang=en"
    page = administrator.get(url).text
    assert "1 image" in page
    assert "field_04" not in page


def test_the_api_lists_sets_with_their_readiness(administrator):
    (row,) = administrator.get("/api/v1/sets").json["sets"]
    assert row["name"] == "demo"
    assert {line["token"] for line in row["readiness"]} >= {"datacite", "set"}


def test_the_api_gives_the_report(administrator):
    report = administrator.get("/api/v1/sets/demo/report").json
    assert report["findings"]


def test_a_problem_of_the_api_is_json(administrator):
    answer = administrator.get("/api/v1/sets/nope/report")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 404


def test_health_answers_without_an_account(visitor):
    assert visitor.get("/health").json["status"] == "ok"


def test_a_request_leaves_no_language_behind(visitor):
    with use_language("en"):
        visitor.get("/login?lang=fr")
        assert current_language() == "en"
