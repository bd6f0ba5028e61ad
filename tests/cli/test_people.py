"""``fair-imagic person`` and ``upgrade --to``, as they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fair_imagic.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

ORCID = "0000-0002-1825-0097"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setenv("FAIR_IMAGIC_AUTHOR", "Bo")

    def of(*arguments: str, home: Path | None = None) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["--home", str(home or tmp_path / "data"), *arguments])
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    return of


def test_a_person_is_added_once_and_a_doubt_names_the_next_step(run) -> None:
    code, made, _err = run("person", "add", "Ana Roux", "--orcid", ORCID)
    assert code == 0
    assert re.fullmatch(r"p-[0-9a-z]{10}\n", made)
    code, again, told = run("person", "add", "A. Roux", "--orcid", ORCID)
    assert (code, again) == (0, made)
    assert "is there already\n" in told
    code, out, told = run("person", "add", "Ana Roux", "--role", "Operator")
    assert (code, out) == (2, "")
    assert f"--same {made.strip()}" in told
    assert run("person", "add", "Ana Roux", "--same", made.strip())[1] == made
    code, other, _told = run("person", "add", "Ana Roux", "--new")
    assert (code, other != made) == (0, True)
    assert run("person", "add", "Ana", "--new", "--same", "x")[0] == 2
    code, listed, _err = run("person", "list")
    assert listed.count("Ana Roux") == 2
    assert ORCID in run("person", "show", ORCID)[1]
    code, again, told = run("person", "add", "Ana M. Roux", "--orcid", ORCID)
    assert (code, again) == (0, made)
    assert "is there already and was completed" in told


def test_what_nobody_sees_is_told_beside_the_output(run) -> None:
    code, made, told = run("person", "add", "An\u202ea Roux\u200b")
    assert code == 0
    assert "An\\u202ea Roux\\u200b" in told
    assert made.startswith("p-")


def test_a_person_is_erased_after_a_look_and_a_yes(run, monkeypatch) -> None:
    _code, made, _err = run("person", "add", "Camille Zz", "--orcid", ORCID)
    erase = ("person", "erase", ORCID, "--reason", "asked for it in writing")
    code, shown, _err = run(*erase, "--dry-run")
    assert code == 0
    assert "Camille Zz" in shown
    assert "Camille Zz" in run("person", "list")[1]
    monkeypatch.setattr("click.confirm", lambda *_any, **_more: True)
    code, shown, _err = run(*erase)
    assert (code, shown.splitlines()[-1]) == (0, "Erased")
    code, listed, _err = run("person", "list")
    assert "Camille" not in listed
    assert re.search(r"person erased \d+ \w{3} \d{4}, asked for it in writing", listed)
    assert "person erased" in run("person", "show", made.strip())[1]


def test_the_messages_are_french_where_the_reader_is(run, monkeypatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_LANGUAGE", "fr")
    run("person", "add", "Ana Roux")
    _code, _out, told = run("person", "add", "Ana Roux", "--role", "Operator")
    assert "est peut-être déjà présente" in told


def test_an_older_folder_is_written_anew_with_the_names_that_stay(
    run, older_home, tmp_path: Path
) -> None:
    home = older_home()
    new = tmp_path / "new"
    code, shown, _err = run("upgrade", "--to", str(new), "--dry-run", home=home)
    assert code == 0
    assert "1 person under a name that says nothing" in shown
    assert not new.exists()
    code, shown, _err = run("upgrade", "--to", str(new), home=home)
    assert code == 0
    assert "- Camille Practice, in " in shown
    assert str(new) in shown
    code, shown, _err = run("upgrade", home=new)
    assert (code, "upgrade --to" in shown) == (0, False)
    code, shown, _err = run("upgrade", home=home)
    assert (code, "upgrade --to FOLDER" in shown) == (0, True)
    assert "Camille Practice" in run("person", "list", home=new)[1]
