"""What one look reads of the journal: each record once, and never for longer."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from fair_imagic.catalogue import once, open_catalogue
from fair_imagic.rdf import literal


@pytest.fixture(autouse=True)
def _one_look():
    once.begin()
    yield
    once.end()


def titles(catalogue, say) -> list[str]:
    return say.values(catalogue, "image/1", "dcterms:title")


def said(say, title: str):
    pair = ("dcterms:title", literal(title))
    return say.changes(say.change("image/1", say.source(title), pair))


@contextmanager
def counted(catalogue):
    statements: list[object] = []
    engine = catalogue.database.engine

    def add(*given: object) -> None:
        statements.append(given)

    event.listen(engine, "before_cursor_execute", add)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", add)


def test_a_record_is_read_once_in_a_look(catalogue, say):
    catalogue.append(said(say, "first"))
    with counted(catalogue) as statements:
        titles(catalogue, say)
        assert statements
        statements.clear()
        assert titles(catalogue, say) == ['"first"']
    assert statements == []


def test_a_change_made_during_a_look_is_seen_by_it(catalogue, say):
    catalogue.append(said(say, "first"))
    assert titles(catalogue, say) == ['"first"']
    catalogue.undo(catalogue.append(said(say, "second")), author="Ada")
    assert titles(catalogue, say) == ['"first"']
    catalogue.append(said(say, "third"))
    assert titles(catalogue, say) == ['"third"']


def test_the_next_look_sees_what_another_process_has_changed(catalogue, settings, say):
    catalogue.append(said(say, "first"))
    assert titles(catalogue, say) == ['"first"']
    once.end()  # what another process does is no part of this look
    with open_catalogue(settings) as other:
        other.append(said(say, "second"))
    once.begin()
    assert titles(catalogue, say) == ['"second"']
