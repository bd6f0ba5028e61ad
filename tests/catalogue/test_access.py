"""A data folder is its owner's alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from fair_imagic import config
from fair_imagic.catalogue import access, open_catalogue
from fair_imagic.catalogue.database import open_database
from fair_imagic.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_data_folder_and_its_journal_are_its_owners_alone(
    tmp_path: Path,
) -> None:
    home = tmp_path / "deep" / "home"
    with open_catalogue(config.load(home, environ={})):
        assert mode(home) == 0o700
        for path in home.glob("journal.sqlite*"):
            assert mode(path) == 0o600, path


def test_one_that_everybody_can_read_is_closed_to_them_and_that_is_said(
    tmp_path: Path,
) -> None:
    settings = config.load(tmp_path / "home", environ={})
    open_catalogue(settings).close()
    settings.home.chmod(0o755)
    (settings.home / "journal.sqlite").chmod(0o664)
    lines: list[str] = []
    open_catalogue(settings, tell=lines.append).close()
    assert mode(settings.home) == 0o750
    assert mode(settings.home / "journal.sqlite") == 0o660
    assert len(lines) == 1
    assert str(settings.home) in lines[0]
    open_catalogue(settings, tell=lines.append).close()
    assert len(lines) == 1


def test_who_only_reads_changes_no_rights(tmp_path: Path) -> None:
    settings = config.load(tmp_path / "home", environ={})
    open_catalogue(settings).close()
    settings.home.chmod(0o755)
    open_catalogue(settings, write=False).close()
    assert mode(settings.home) == 0o755


def test_a_folder_that_is_everybodys_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    access.close_to_others(tmp_path)
    assert mode(tmp_path) == 0o1777


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg2://ada:hunter2@db.example.org/journal?password=hunter2",
        "postgresql://ada:hunter2@db.example.org:port/journal",
        "mysql+nothing://ada:hunter2@db.example.org/journal",
        "hunter2",
    ],
)
def test_an_address_that_cannot_be_used_gets_a_sentence_without_its_password(
    address: str,
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_database(address)
    assert "hunter2" not in str(refused.value)
    text = str(refused.value)
    assert "pip install" in text or "postgresql+psycopg://" in text


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(ConfigurationError, match="cannot be opened") as refused:
        open_database("postgres://ada:hunter2@127.0.0.1:1/journal")
    assert "hunter2" not in str(refused.value)
    assert "server must be running" in refused.value.hint
