"""Who mistypes is told what was meant, at every level and in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SLIPS = {
    "chek": "'check'",
    "statsu": "'status'",
    "importer": "'import'",
    "set creat": "'create'",
    "instrument qc improt": "'import'",
    "check --profil x": "'--profile'",
    "status --hom x": "--home stands before the command",
}


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_is_told_with_what_was_meant(run: Run, typed: str) -> None:
    done = run(*typed.split())
    assert done.returncode == 2
    assert SLIPS[typed] in done.stderr


def test_a_slip_is_told_in_french(run: Run) -> None:
    assert "Vouliez-vous dire 'check'" in run("--lang", "fr", "chek").stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(run: Run, shell: str) -> None:
    assert "_FAIR_IMAGIC_COMPLETE" in run("completion", shell).stdout


def test_the_completion_knows_commands_of_all_levels(run: Run) -> None:
    environment = {"_FAIR_IMAGIC_COMPLETE": "bash_complete", "COMP_CWORD": "2"}
    done = run(COMP_WORDS="fair-imagic set cr", **environment)
    assert done.stdout.split(",") == ["plain", "create\n"]
