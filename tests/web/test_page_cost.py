"""What a page costs: no snapshot, and as many questions for many sets as for few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from fair_imagic.catalogue import snapshots
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web.service import EXTENSION

if TYPE_CHECKING:
    from flask import Flask

PAGES = ("/", "/sets", "/set/demo", "/collections")
LISTS = ("/", "/sets")


@pytest.fixture(name="taken")
def _taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roots of all snapshots that are taken from now on."""
    roots: list[str] = []
    take = snapshots.take

    def noted(connection, root, **options):
        roots.append(root)
        return take(connection, root, **options)

    monkeypatch.setattr(snapshots, "take", noted)
    return roots


def statements(app: Flask, visitor, url: str) -> int:
    """Return how many statements the database gets for a page seen before."""
    count = 0

    def add(*_given: object) -> None:
        nonlocal count
        count += 1

    visitor.get(url)
    engine = app.extensions[EXTENSION].catalogue.database.engine
    event.listen(engine, "before_cursor_execute", add)
    try:
        assert visitor.get(url).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", add)
    return count


@pytest.mark.parametrize("url", PAGES)
def test_a_page_takes_no_snapshot(logged_in, taken, url):
    visitor = logged_in("facility")
    assert visitor.get(url).status_code == 200
    visitor.get("/set/demo/points")  # it is checked now
    taken.clear()
    assert visitor.get(url).status_code == 200
    assert taken == []


def test_the_points_are_shown_again_without_a_check(logged_in, taken):
    visitor = logged_in("facility")
    visitor.get("/set/demo/points")
    assert taken
    taken.clear()
    visitor.get("/set/demo/points")
    visitor.get("/set/demo/publications")
    assert taken == []


@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_as_often_for_many_sets_as_for_few(app, workspace, logged_in, url):
    visitor = logged_in("facility")
    counted = []
    for numbers in (range(3), range(3, 15)):
        for number in numbers:
            sets.create(workspace, f"more-{number}", author="Camille", images="all")
        counted.append(statements(app, visitor, url))
    few, many = counted
    assert many <= few
