"""A journal of an older program gets the new names, and loses nothing by it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import pytest

from fair_imagic.catalogue import Change, SourceKind, open_catalogue, revision
from fair_imagic.model import Image, PublicationSet, statements
from fair_imagic.rdf import iri, literal

OLD = (iri("nboq:aperture"), iri("nboq:fluorophore"))
NEW = (iri("nboq:pinholeAperture"), iri("nboq:fluorophoreRecord"))


class Older(NamedTuple):
    """What the older program had written, and knew of it."""

    settings: object
    image: str
    written: int
    corrected: int
    checked: str
    text: str
    titles: list[str]


def upgraded(older: Older, tell=None):
    return open_catalogue(older.settings, tell=tell)


@pytest.fixture
def older(settings, say) -> Older:
    """A data folder with the old names, as the program before the step left it."""
    image = say.record("image/1")
    pinhole, channel = iri(f"{image}#pinhole"), iri(f"{image}#channel")
    path = iri(f"{image}#path")
    old = {
        (pinhole, iri("rdf:type"), iri("nboq:PinholeSettings")),
        (pinhole, OLD[0], literal("1.0")),
        (channel, iri("rdf:type"), iri("nboq:Channel")),
        (channel, OLD[1], iri(f"{image}#dye")),
        # the same two names elsewhere: these stay
        (path, iri("rdf:type"), iri("nboq:LightPath")),
        (path, OLD[0], pinhole),
        (iri(f"{image}#own"), OLD[1], literal("DAPI")),
    }
    of, hand = say.source("file"), say.source("hand", SourceKind.PERSON)
    root = PublicationSet(iri=say.record("set/s"), title="S", images=(image,))
    places = {(pinhole, OLD[0], literal("1.0")): "page 3"}
    with open_catalogue(settings) as catalogue:
        first = Change(
            image,
            of,
            frozenset(statements(Image(iri=image, title="One"))) | old,
            places=places,
        )
        second = Change(root.iri, hand, frozenset(statements(root)))
        written = catalogue.append(say.changes(first, second))
        added = frozenset({(pinhole, OLD[0], literal("1.2"))})
        corrected = catalogue.append(say.changes(Change(image, hand, added)))
        checked = catalogue.snapshot(root.iri)
        titles = say.titles(catalogue)
    with sqlite3.connect(settings.home / "journal.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
    connection.close()
    text = str(sorted(checked.graph.triples))
    return Older(settings, image, written, corrected, checked.hash, text, titles)


def names_in(catalogue, image: str) -> list[tuple[str, str, str]]:
    return sorted(
        (s.rpartition("#")[2][:-1], p, o)
        for s, p, o in catalogue.effective(image)
        if p in (*OLD, *NEW)
    )


def test_the_values_have_the_new_names_and_their_namesakes_keep_theirs(
    older, say
) -> None:
    lines: list[str] = []
    with upgraded(older, lines.append) as catalogue:
        assert revision.of_database(catalogue.database) == revision.newest()
        assert names_in(catalogue, older.image) == [
            ("channel", NEW[1], iri(f"{older.image}#dye")),
            ("own", OLD[1], literal("DAPI")),
            ("path", OLD[0], iri(f"{older.image}#pinhole")),
            ("pinhole", NEW[0], literal("1.2")),
        ]
        asked = "SELECT ?v { ?s nboq:pinholeAperture ?v }"
        found = catalogue.query(asked, scope="internal").rows
        assert [row[0] for row in found] == [literal("1.2")]
        assert say.titles(catalogue) == older.titles
    assert lines[1].split()[1] == "0009"


def test_each_change_can_still_be_taken_back(older) -> None:
    with upgraded(older) as catalogue:
        catalogue.undo(older.corrected, author="Ada")
        held = names_in(catalogue, older.image)
        assert ("pinhole", NEW[0], literal("1.0")) in held
        origins = catalogue.origins(older.image)
        subject = iri(f"{older.image}#pinhole")
        assert origins[subject, NEW[0], literal("1.0")].place == "page 3"
        catalogue.undo(older.written, author="Ada")
        assert list(catalogue.effective(older.image)) == []


def test_a_checked_version_is_what_it_was_under_its_hash(older) -> None:
    with upgraded(older) as catalogue:
        kept = catalogue.load_snapshot(older.checked)
        assert kept.hash == older.checked
        assert str(sorted(kept.graph.triples)) == older.text
        assert catalogue.snapshot(kept.root).hash != older.checked
