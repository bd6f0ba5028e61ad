"""A red channel beside a green one is what many readers cannot tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("colours", "found"),
    [
        (("#FF0000", "#00FF00"), ["urn:i#0"]),
        (("#00ff00", "#e01010"), ["urn:i#1"]),
        (("#FF00FF", "#00FF00"), []),
        (("#FF0000", "#0000FF"), []),
        (("#FF0000", "#808080"), []),
        (("red", "green"), []),
        (("", ""), []),
    ],
)
def test_red_is_named_where_green_stands_beside_it(
    failing: Callable[[str, str, str], list[str]],
    colours: tuple[str, str],
    found: list[str],
) -> None:
    turtle = "<urn:i> fi:channel <urn:i#0> , <urn:i#1> ." + "".join(
        f'<urn:i#{number}> nboq:color "{colour}" .'
        for number, colour in enumerate(colours)
    )
    assert failing("no-red-beside-green", turtle, "urn:i") == found
