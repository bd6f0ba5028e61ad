from __future__ import annotations

from fair_imagic.entry.told_once import told_once


def test_what_all_share_is_told_once_and_nothing_is_left_of_it() -> None:
    shared, groups = told_once([{"a": "1", "b": "2"}, {"a": "1", "b": "2"}])
    assert shared == {"a": "1", "b": "2"}
    assert [(one.members, dict(one.facts)) for one in groups] == [((0, 1), {})]


def test_things_that_differ_are_grouped_in_the_order_of_the_first() -> None:
    things = [{"a": "1", "b": "x"}, {"a": "1", "b": "y"}, {"a": "1", "b": "x"}]
    shared, groups = told_once(things)
    assert shared == {"a": "1"}
    assert [one.members for one in groups] == [(0, 2), (1,)]
    assert [one.facts["b"] for one in groups] == ["x", "y"]


def test_a_fact_that_some_lack_is_no_common_one() -> None:
    shared, groups = told_once([{"a": "1"}, {}])
    assert shared == {}
    assert [one.facts["a"] for one in groups] == ["1", ""]


def test_a_fact_that_nobody_has_is_left_out_and_nothing_gives_nothing() -> None:
    assert told_once([{"a": ""}, {"a": ""}])[0] == {}
    assert told_once([]) == ({}, ())
