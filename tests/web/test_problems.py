"""What a visitor reads of an error: what to do, and nothing of the machine."""

from __future__ import annotations

import pytest

from fair_imagic.errors import ConfigurationError, ConflictError, InputError
from fair_imagic_web.access import role

PLACES = {
    "/srv/imagic/home/store/internal": InputError,
    "sqlite:////srv/imagic/home/journal.sqlite": ConflictError,
    "[Errno 2] No such file: '/srv/imagic/with space'": ConflictError,
    "postgresql+psycopg://u:***@db.example.org/journal": ConfigurationError,
}


@pytest.fixture
def failing(app):
    """Make pages, one public and one of the API, that fail with a path."""

    def fail(number: int) -> str:
        place, kind = list(PLACES.items())[number]
        raise kind("Broken", where=place, found=f"in {place}", hint=f"See {place}.")

    for start in ("/broken", "/api/v1/broken"):
        app.add_url_rule(f"{start}/<int:number>", start[1:], role("public")(fail))
    return app


@pytest.mark.parametrize("number", range(len(PLACES)))
@pytest.mark.parametrize("start", ["/broken", "/api/v1/broken"])
def test_no_path_of_the_server_reaches_a_visitor(failing, start, number):
    answer = failing.test_client().get(f"{start}/{number}")
    assert answer.status_code in (400, 409, 503)
    assert "Broken" in answer.text
    assert "srv" not in answer.text
    assert "db.example.org" not in answer.text


def test_somebody_with_an_account_is_told_where(failing, logged_in):
    assert "/srv/imagic/home" in logged_in("reader").get("/broken/0").text


def test_web_addresses_stay(failing):
    from fair_imagic_web.problems import _PLACE

    text = "See https://doi.org/10.1234/x-1 and <http://a.example/b/c>, 1/2, and/or"
    assert _PLACE.sub("…", text) == text
