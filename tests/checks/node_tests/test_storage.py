"""Files on the disk: a point only where somebody looked and did not find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]


def test_only_the_state_that_was_found_is_named(failing: Failing) -> None:
    turtle = '<urn:f> fi:path "a.tif" ; fi:storedState "changed" .'
    assert failing("file-is-unchanged", turtle, "urn:f") == ["a.tif"]
    assert failing("file-is-there", turtle, "urn:f") == []


def test_nothing_is_said_of_a_file_that_nobody_looked_at(failing: Failing) -> None:
    turtle = '<urn:f> fi:path "a.tif" .'
    assert failing("file-is-unchanged", turtle, "urn:f") == []
    assert failing("file-is-there", turtle, "urn:f") == []
