"""Taking changes back."""

from __future__ import annotations

import pytest

from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.rdf import literal


@pytest.fixture
def edited(catalogue, say, person):
    """A record from a file with a title that Ada corrected; the correction's number."""
    catalogue.append(say.changes(say.image("image/1", "file")))
    edit = say.change("image/1", person("Ada"), ("dcterms:title", literal("Ada")))
    return catalogue.append(say.changes(edit))


def _title(say, catalogue):
    return say.values(catalogue, "image/1", "dcterms:title")


def test_undo_brings_the_value_of_the_lower_source_back(catalogue, say, edited):
    number = catalogue.undo(edited, author="Bea")
    assert _title(say, catalogue) == ['"file"']
    last = catalogue.history(say.record("image/1"))[-1]
    assert (last.number, last.author, last.inverse_of) == (number, "Bea", edited)


def test_undo_of_an_undo_restores_the_change(catalogue, say, edited):
    number = catalogue.undo(edited, author="Ada")
    catalogue.undo(number, author="Ada")
    assert _title(say, catalogue) == ['"Ada"']
    catalogue.undo(edited, author="Ada")
    assert _title(say, catalogue) == ['"file"']


def test_undo_twice_is_refused(catalogue, edited):
    catalogue.undo(edited, author="Ada")
    with pytest.raises(ConflictError, match="taken back already"):
        catalogue.undo(edited, author="Ada")


def test_undo_is_refused_naming_the_later_change_of_the_same_value(
    catalogue, say, person, edited
):
    later = catalogue.append(
        say.changes(say.change("image/1", person("Bea"), ("dcterms:title", '"Bea"')))
    )
    with pytest.raises(ConflictError) as refused:
        catalogue.undo(edited, author="Ada")
    assert f"change {later} touched dcterms:title" in refused.value.found
    assert _title(say, catalogue) == ['"Bea"']
    assert catalogue.last_number() == later


def test_a_later_change_that_was_taken_back_is_no_conflict(
    catalogue, say, person, edited
):
    later = catalogue.append(
        say.changes(say.change("image/1", person("Bea"), ("dcterms:title", '"Bea"')))
    )
    catalogue.undo(later, author="Bea")
    catalogue.undo(edited, author="Ada")
    assert _title(say, catalogue) == ['"file"']


def test_a_later_change_of_another_value_is_no_conflict(catalogue, say, person, edited):
    catalogue.append(
        say.changes(say.change("image/1", person("Bea"), ("fi:tag", '"new"')))
    )
    catalogue.undo(edited, author="Ada")
    assert _title(say, catalogue) == ['"file"']
    assert say.values(catalogue, "image/1", "fi:tag") == ['"new"']


def test_undo_of_an_import_takes_all_its_records_away(catalogue, say):
    names = [f"image/{n}" for n in range(700)]
    number = catalogue.append(say.changes(*(say.image(name, name) for name in names)))
    assert len(say.titles(catalogue)) == 700
    catalogue.undo(number, author="Ada")
    assert say.titles(catalogue) == []
    assert not catalogue.exists(say.record("image/5"))


def test_undo_of_an_unknown_number_is_refused(catalogue):
    with pytest.raises(NotFoundError):
        catalogue.undo(99, author="Ada")
