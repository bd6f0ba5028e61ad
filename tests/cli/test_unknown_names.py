"""A name that nothing has: the nearest names first, and a command that lists them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fair_imagic.i18n import use_language
from fair_imagic.workflow.base.workspace import first_names

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "typed",
    ["set show", "instrument show", "dmp export", "person show"],
)
def test_the_command_that_lists_the_names_works(run: Run, typed: str) -> None:
    done = run(*typed.split(), "nobody")
    assert done.returncode == 2
    named = re.search(r"`fair-imagic ([a-z ]+)`", done.stderr)
    assert named is not None, done.stderr
    assert run(*named[1].split()).returncode == 0


def test_the_nearest_names_stand_first_and_the_others_are_counted() -> None:
    names = [f"confocal-{number}" for number in range(20)] + ["Widefield"]
    with use_language("en"):
        told = first_names(names, near="widefeld")
    assert told.startswith("Widefield, confocal-0, ")
    assert told.endswith(", or 9 others")
    assert first_names(names[:3], near="zzz") == ", ".join(names[:3])
