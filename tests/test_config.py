"""The data folder: named on the command line, by the environment, or the usual one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fair_imagic import config
from fair_imagic.publish.settings import without_secrets


def test_the_folder_named_in_the_call_comes_first(tmp_path: Path) -> None:
    environment = {"FAIR_IMAGIC_HOME": str(tmp_path / "a")}
    assert config.data_folder(environ=environment) == tmp_path / "a"
    named = config.data_folder(tmp_path / "b", environ=environment)
    assert named == tmp_path / "b"
    assert config.data_folder(environ={}) == Path("~/.fair-imagic").expanduser()


def test_a_chosen_folder_holds_for_child_processes_and_only_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "from fair_imagic import config; print(config.load().home)"
    before = os.environ["FAIR_IMAGIC_HOME"]
    with config.chosen_folder(Path("mine")):
        told = subprocess.check_output([sys.executable, "-c", code], text=True)
        assert told.strip() == str(tmp_path / "mine")
    assert os.environ["FAIR_IMAGIC_HOME"] == before
    monkeypatch.delenv("FAIR_IMAGIC_HOME")
    with pytest.raises(KeyError), config.chosen_folder(Path("mine")):
        raise KeyError
    assert "FAIR_IMAGIC_HOME" not in os.environ


def test_the_password_of_a_database_is_neither_shown_nor_handed_on(
    tmp_path: Path,
) -> None:
    address = "postgresql://imagic:journal-secret@db.example.org/journal"
    settings = config.load(tmp_path, environ={"FAIR_IMAGIC_JOURNAL_URL": address})
    assert settings.journal_url == address
    assert "journal-secret" not in repr(settings)
    handed_on = without_secrets(settings)
    secret = [one.name for one in config.SETTINGS if one.secret]
    assert secret
    assert not any(getattr(handed_on, name) for name in secret)
