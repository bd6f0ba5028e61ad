from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.workflow.people import accounts
from fair_imagic.workflow.people.accounts import Role
from fair_imagic_web import create_app
from fair_imagic_web.access import needed_role
from fair_imagic_web.form import safe_next
from fair_imagic_web.service import CLOSE

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = ["/", "/login", "/query", "/health"]
READER = [
    "/collections",
    "/sets",
    "/set/demo",
    "/set/demo/points",
    "/set/demo/points.xlsx",
    "/set/demo/describe",
    "/api/v1/sets",
]
RESEARCHER = ["/set/demo/publish/datacite", "/set/demo/corrections"]
ADMINISTRATOR = ["/admin/accounts"]


def test_no_route_lacks_a_role(app):
    with app.test_request_context("/"):
        missing = [
            rule.rule
            for rule in app.url_map.iter_rules()
            if needed_role(rule.endpoint) is None
        ]
    assert missing == []


def test_only_few_routes_are_public(app):
    with app.test_request_context("/"):
        public = {
            rule.endpoint.partition(".")[0]
            for rule in app.url_map.iter_rules()
            if needed_role(rule.endpoint) is Role.PUBLIC
        }
    assert public <= {
        "static",
        "auth",
        "identifiers",
        "landing",
        "sparql",
        "catalogue",
        "api",
    }


@pytest.mark.parametrize("url", PUBLIC)
def test_a_visitor_sees_public_pages(visitor, url):
    assert visitor.get(url).status_code == 200


@pytest.mark.parametrize("url", [*READER, *RESEARCHER, *ADMINISTRATOR])
def test_a_visitor_is_sent_to_log_in_elsewhere(visitor, url):
    answer = visitor.get(url)
    if url.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
    else:
        assert answer.status_code == 302
        assert answer.location.startswith("/login?next=")


@pytest.mark.parametrize("role", ["reader", "researcher", "facility", "administrator"])
def test_each_role_opens_its_pages_and_no_more(logged_in, role):
    browser = logged_in(role)
    needs = {Role.READER: READER, Role.RESEARCHER: RESEARCHER}
    needs[Role.ADMINISTRATOR] = ADMINISTRATOR
    for needed, urls in needs.items():
        expected = 200 if Role(role).includes(needed) else 403
        for url in urls:
            assert browser.get(url).status_code == expected, url


def test_after_login_the_page_that_was_wanted_opens(visitor):
    answer = visitor.post(
        "/login?next=/set/demo/points",
        "/login",
        name="reader",
        password="correct horse battery",
        next="/set/demo/points",
    )
    assert answer.location == "/set/demo/points"


HOST = "elsewhere.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        HOST,
        f"https://{HOST}/",
        f"javascript:alert('{HOST}')",
        *(f"{start}{HOST}" for start in ("//", "///", "////", "/\\", "/\\\\", "\\\\")),
        *(
            f"{start}{HOST}"
            for start in ("/%2f", "%2f%2f", "/%2F%2F", "/%5c", "/%255c")
        ),
        *(
            f"{start}{HOST}"
            for start in ("/%25252f", "/\t/", "/%09/", "/\r\n/", "/%0a/")
        ),
        *(
            f"{start}{HOST}"
            for start in ("/.//", "/x//", "/..%2f%2f", "//%09/", "\x00/")
        ),
        "/%" + "25" * 50 + "2f" + HOST,
    ],
)
def test_login_never_leads_to_another_host(address):
    assert safe_next(address) == "/"


@pytest.mark.parametrize(
    "address",
    ["/", "/set/demo/points", "/query?name=a%20b&next=//x", "/image/n%C3%A9#part"],
)
def test_login_leads_to_pages_of_this_service(address):
    assert safe_next(address) == address


def test_a_form_without_its_token_is_refused(logged_in):
    browser = logged_in("researcher")
    answer = browser.client.post("/set/demo/points", data={"code": "x", "value": "y"})
    assert answer.status_code == 400
    assert "This form has expired" in answer.text


def test_the_token_of_another_session_is_refused(logged_in, app):
    first, second = logged_in("researcher"), logged_in("researcher")
    with second.client.session_transaction() as session:
        session["csrf"] = "other"
    with first.client.session_transaction() as session:
        token = session.get("csrf", "none")
    answer = second.client.post("/set/demo/undo", data={"csrf": token, "number": "1"})
    assert answer.status_code == 400


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor):
    wrong = visitor.log_in("reader", "not this one")
    unknown = visitor.log_in("nobody", "not this one")
    assert wrong.status_code == unknown.status_code == 401
    same = "This name and password do not fit together."
    assert same in wrong.text
    assert same in unknown.text


def test_after_five_failures_even_the_right_password_waits(visitor):
    for _number in range(5):
        assert visitor.log_in("reader", "not this one").status_code == 401
    answer = visitor.log_in("reader")
    assert answer.status_code == 429
    assert "Too many failed attempts" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_who_guesses_at_an_account_elsewhere_does_not_lock_its_owner_out(app, visitor):
    attacker, owner = visitor, type(visitor)(app.test_client())
    attacker.client.environ_base["REMOTE_ADDR"] = "192.0.2.66"
    answers = [attacker.log_in("reader", "not this one") for _try in range(8)]
    assert [one.status_code for one in answers] == [401] * 5 + [429] * 3
    assert owner.log_in("reader").status_code == 302


def test_logging_out_ends_the_session_on_the_server(logged_in, app):
    browser = logged_in("reader")
    copied = browser.client.get_cookie("fair_imagic")
    assert browser.post("/sets", "/logout").status_code == 302
    assert browser.get("/sets").status_code == 302
    thief = app.test_client()
    thief.set_cookie("fair_imagic", copied.value)
    assert thief.get("/sets").status_code == 302
    # and its cookie does not get any younger
    assert thief.get_cookie("fair_imagic") is None


def test_a_session_ends_after_some_days_however_much_it_is_used(logged_in, monkeypatch):
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-03-01T10:00:00Z")
    browser = logged_in("reader")
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-03-08T09:00:00Z")
    assert browser.get("/sets").status_code == 200
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-03-08T11:00:00Z")
    assert browser.get("/sets").status_code == 302


def test_two_sessions_of_an_account_end_one_by_one(logged_in):
    first, second = logged_in("reader"), logged_in("reader")
    first.post("/sets", "/logout")
    assert second.get("/sets").status_code == 200


def test_a_session_that_was_made_up_is_none(visitor):
    with visitor.client.session_transaction() as session:
        session["session"] = "made up"
    assert visitor.get("/sets").status_code == 302


def test_a_changed_role_ends_open_sessions(logged_in, workspace):
    browser = logged_in("researcher")
    accounts.change_role(workspace, "researcher", role="reader")
    assert browser.get("/sets").status_code == 302


def test_a_closed_account_cannot_log_in(visitor, workspace):
    accounts.set_active(workspace, "reader", active=False)
    assert visitor.log_in("reader").status_code == 401


def test_the_session_cookie_is_not_for_scripts_or_other_sites(visitor):
    cookie = visitor.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_session_cookie_is_secure_behind_https(home, monkeypatch):
    monkeypatch.setenv("FAIR_IMAGIC_PUBLIC_URL", "https://images.example/")
    app = create_app(config.load(home))
    answer = app.test_client().get("/login", base_url="https://images.example/")
    assert "Secure" in answer.headers["Set-Cookie"]
    app.extensions[CLOSE]()


def test_an_administrator_creates_an_account_that_can_log_in(logged_in, visitor):
    boss = logged_in("administrator")
    made = boss.post(
        "/admin/accounts",
        "/admin/accounts",
        name="Camille",
        password="a long enough one",
        role="researcher",
    )
    assert made.status_code == 302
    assert visitor.log_in("camille", "a long enough one").status_code == 302


def test_a_short_password_is_refused_beside_its_field(logged_in):
    boss = logged_in("administrator")
    answer = boss.post(
        "/admin/accounts", "/admin/accounts", name="x", password="short", role="reader"
    )
    assert answer.status_code == 400
    assert 'aria-describedby="name-error"' in answer.text


def test_the_last_administrator_stays(logged_in):
    boss = logged_in("administrator")
    answer = boss.post(
        "/admin/accounts", "/admin/accounts/administrator/active", active="no"
    )
    assert answer.status_code == 409
    assert "The last administrator cannot be taken away" in answer.text


@pytest.mark.parametrize("fields", [{}, {"active": ""}, {"active": "maybe"}])
def test_a_form_that_does_not_say_what_it_wants_changes_no_account(
    logged_in, workspace, fields
):
    boss = logged_in("administrator")
    answer = boss.post("/admin/accounts", "/admin/accounts/reader/active", **fields)
    assert answer.status_code == 400
    assert accounts.account(workspace, "reader").active
    accounts.set_active(workspace, "reader", active=False)
    boss.post("/admin/accounts", "/admin/accounts/reader/active", **fields)
    assert not accounts.account(workspace, "reader").active


@pytest.mark.parametrize("url", [*READER, "/", "/query", "/admin/accounts", "/nowhere"])
def test_nothing_keeps_what_somebody_with_an_account_was_sent(reading, visitor, url):
    answer = reading("administrator").get(url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert visitor.get("/login").headers.get("Cache-Control") != "no-store"


def test_pictures_of_images_are_kept_by_no_proxy(reading):
    page = reading("reader").get("/collection/nuclei-confocal").text
    address = re.search(r"/thumbnails/[^\"]+png", page)[0]
    with reading("reader").get(address) as picture:
        assert picture.status_code == 200
        assert picture.cache_control.private
        assert not picture.cache_control.public


@pytest.fixture
def new_app(tmp_path: Path):
    made = create_app(config.load(tmp_path / "new"))
    yield made
    made.extensions[CLOSE]()


def test_the_printed_link_creates_the_first_administrator(new_app):
    client = new_app.test_client()
    code = new_app.config["SETUP_CODE"]
    assert client.get("/setup?code=guess").status_code == 404
    assert client.get(f"/setup?code={code}").status_code == 200
    with client.session_transaction() as session:
        token = session["csrf"]
    fields = {"csrf": token, "code": code, "name": "boss", "password": "long enough 1"}
    assert client.post("/setup", data=fields).status_code == 302
    assert client.get("/admin/accounts").status_code == 200
    assert client.get(f"/setup?code={code}").status_code == 404


def test_the_secret_of_sessions_is_for_its_owner_only(app, home):
    secret = home / "web-secret"
    assert secret.stat().st_mode & 0o077 == 0
    assert secret.read_bytes() == app.secret_key


def test_no_password_reaches_a_log(visitor, caplog):
    caplog.set_level(logging.DEBUG)
    visitor.log_in("reader", "planted secret 4711")
    visitor.log_in("reader")
    visitor.get("/nowhere")
    assert "planted secret 4711" not in caplog.text
    assert "correct horse battery" not in caplog.text


def test_an_account_never_shows_its_hash(workspace):
    account = accounts.account(workspace, "reader")
    assert account is not None
    assert "argon2" in account.password_hash
    assert "argon2" not in repr(account)
