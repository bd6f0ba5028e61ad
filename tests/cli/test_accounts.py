"""``fair-imagic account``: created, listed, and given a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.people import accounts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

OLD, NEW = "correct horse battery", "another long password"


def test_a_forgotten_password_is_replaced(run: Run, home: Path) -> None:
    role = ("--role", "administrator")
    made = run("account", "create", "camille", *role, FAIR_IMAGIC_NEW_PASSWORD=OLD)
    assert made.returncode == 0
    assert "camille" in run("account", "list").stdout
    done = run("account", "password", "Camille", FAIR_IMAGIC_NEW_PASSWORD=NEW)
    assert done.returncode == 0, done.stderr
    assert NEW not in done.stdout + done.stderr
    with open_workspace(home) as workspace:
        assert accounts.authenticate(workspace, "camille", password=OLD) is None
        assert accounts.authenticate(workspace, "camille", password=NEW) is not None


def test_an_unknown_account_or_a_short_password_is_refused(run: Run) -> None:
    nobody = run("account", "password", "nobody", FAIR_IMAGIC_NEW_PASSWORD=NEW)
    assert (nobody.returncode, "nobody" in nobody.stderr) == (2, True)
    short = run("account", "password", "nobody", FAIR_IMAGIC_NEW_PASSWORD="t1ny")
    assert (short.returncode, "t1ny" in short.stderr) == (2, False)
