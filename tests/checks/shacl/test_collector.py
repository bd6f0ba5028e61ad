"""The collector pauses, and goes on as before."""

from __future__ import annotations

import gc

import pytest

from fair_imagic.checks.shacl.collector import pause_collector


def test_the_collector_pauses_until_the_last_one_is_done() -> None:
    assert gc.isenabled()
    with pause_collector():
        with pause_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), pause_collector():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with pause_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
