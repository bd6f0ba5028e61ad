"""A running sandbox, a database, and the small study with its files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic import sandbox
from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.publish.settings import leading_to
from fair_imagic.workflow.publishing.practice import sandboxes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot

sys.path.insert(0, str(Path(__file__).parent))
from study_data import settings_for, snapshot, write_sources


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[sandbox.Sandbox]:
    with sandbox.start(tmp_path / "sandbox", archives=sandboxes()) as running:
        yield running


@pytest.fixture
def settings(practice: sandbox.Sandbox, tmp_path: Path) -> Settings:
    return leading_to(settings_for(tmp_path / "home"), practice.settings())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    held = open_database(sqlite_url(tmp_path / "journal.sqlite"))
    yield held
    held.close()


@pytest.fixture
def study() -> Snapshot:
    return snapshot()


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    return write_sources(tmp_path / "sources")
