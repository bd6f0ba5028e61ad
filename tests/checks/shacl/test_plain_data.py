"""Plain data: what is written as JSON comes back as it was, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fair_imagic.checks.shacl.plain_data import from_json, to_json


class Colour(Enum):
    RED = "r"
    BLUE = "b"


@dataclass(frozen=True)
class Point:
    name: str
    parts: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Empty:
    pass


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(),
        st.sampled_from(Colour),
        st.just(Empty()),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner),
        st.builds(Point, st.text(), st.tuples(inner)),
        st.dictionaries(st.text(), inner, max_size=3),
        st.frozensets(st.text(), max_size=3),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_everything_comes_back_as_it_was(value: object) -> None:
    again = from_json(to_json(value), Colour, Point, Empty)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'["Path","/etc"]',
        b'["Point"]',
        b'["Point","a",["()"],"more"]',
        b'["Colour"]',
        b'["Colour","GREEN"]',
        b'[["Point"],"a"]',
        b'["{}",{}]',
        b"[" * 100_000,
    ],
    ids=range(12),
)
def test_anything_else_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(text, Colour, Point, Empty)
