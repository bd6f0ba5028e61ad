"""A data folder that is replaced or removed under the running service."""

from __future__ import annotations

import shutil

import pytest

ENGLISH = "The data folder was replaced or removed while this program was running"
FRENCH = "Le dossier de données a été remplacé ou supprimé pendant que"


def removed(home) -> None:
    shutil.rmtree(home)


def without_journal(home) -> None:
    (home / "journal.sqlite").unlink()


def replaced_by_a_copy(home) -> None:
    copy = shutil.copytree(home, home.with_name("other"))
    shutil.rmtree(home)
    copy.rename(home)


@pytest.mark.parametrize("change", [removed, without_journal, replaced_by_a_copy])
def test_writes_are_refused_health_fails_and_pages_say_why(logged_in, home, change):
    boss = logged_in("administrator")
    page = boss.get("/admin/accounts").text
    assert ENGLISH not in page
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    change(home)
    health = boss.get("/health")
    assert health.status_code == 503
    assert health.json["status"] == "failed"
    assert ENGLISH in health.json["why"]["en"]
    assert FRENCH in health.json["why"]["fr"]
    assert str(home) not in health.text
    fields = {"csrf": token, "name": "new", "password": "long enough 1"}
    refused = boss.client.post("/admin/accounts", data={**fields, "role": "reader"})
    assert refused.status_code == 503
    assert ENGLISH in refused.text
    shown = boss.get("/admin/accounts")
    assert shown.status_code == 200
    assert f'role="alert"><p>{ENGLISH}' in shown.text
    assert FRENCH in boss.get("/admin/accounts?lang=fr").text


def test_a_visitor_learns_no_path_of_the_machine(visitor, home):
    token = visitor.get("/login").text.partition('value="')[2].partition('"')[0]
    removed(home)
    for answer in (
        visitor.client.post("/login", data={"csrf": token, "name": "a"}),
        visitor.client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }"}),
        visitor.get("/published/set/demo"),
        visitor.get("/health"),
    ):
        assert answer.status_code >= 400
        assert str(home) not in answer.text
        assert "sqlite" not in answer.text


def test_a_service_whose_folder_is_its_own_is_well(visitor):
    assert visitor.get("/health").status_code == 200
    assert visitor.get("/health").json["status"] == "ok"
