"""A catalogue of its own for each test, and short ways to say what a source says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind, open_catalogue
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://facility.example.org/"


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.load(tmp_path / "home", environ={})


@pytest.fixture
def catalogue(settings):
    with open_catalogue(settings) as opened:
        yield opened


@pytest.fixture
def say():
    """Ways to write records: ``say.triple``, ``say.source``, ``say.change`` ..."""

    def record(name: str) -> str:
        return f"{BASE}{name}"

    def triple(name: str, predicate: str, value: str):
        term = value if value[0] in '<"' else iri(value)
        return (iri(record(name)), iri(predicate), term)

    def source(name: str, kind: SourceKind = SourceKind.FILE) -> Source:
        return Source(f"{BASE}source/{name}", kind, name)

    def change(name: str, of: Source, *pairs, removed=(), places=None) -> Change:
        return Change(
            record(name),
            of,
            frozenset(triple(name, p, v) for p, v in pairs),
            frozenset(triple(name, p, v) for p, v in removed),
            {triple(name, p, v): place for (p, v), place in (places or {}).items()},
        )

    def changes(*given: Change, author: str = "Ada", reason: str = "test") -> ChangeSet:
        return ChangeSet(author, reason, given)

    def image(name: str, title: str, *pairs) -> Change:
        of = source(f"file-of-{name}".replace("/", "-"))
        return change(
            name,
            of,
            ("rdf:type", "fi:Image"),
            ("dcterms:title", literal(title)),
            *pairs,
        )

    def values(catalogue, name: str, predicate: str) -> list[str]:
        path = (iri(record(name)), iri(predicate))
        return [o for s, p, o in catalogue.effective(record(name)) if (s, p) == path]

    def titles(catalogue, scope: str = "internal") -> list[str]:
        found = catalogue.query("SELECT ?t { ?s dcterms:title ?t }", scope=scope)
        return sorted(row[0].strip('"') for row in found.rows)

    return SimpleNamespace(**{k: v for k, v in locals().items() if callable(v)})


@pytest.fixture
def person():
    def of(name: str) -> Source:
        return Source(f"{BASE}source/person-{name}", SourceKind.PERSON, name)

    return of
