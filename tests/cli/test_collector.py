"""A command does not spend its time looking for memory to free."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from fair_imagic.cli.collector import rarely


def test_the_collector_looks_less_often_for_a_while() -> None:
    before = gc.get_threshold()
    with rarely():
        assert gc.get_threshold()[0] >= 100_000
    assert gc.get_threshold() == before


def test_an_error_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), rarely():
        raise KeyError
    assert gc.get_threshold() == before


def test_a_collector_that_never_looks_goes_on_so() -> None:
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with rarely():
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)


def test_circles_are_left_at_exit_and_files_are_closed() -> None:
    code = """
import atexit, sys
from fair_imagic.cli.main import main
class Circle:
    def __init__(self):
        self.me = self
    def __del__(self):
        print("collected")
kept = Circle()
atexit.register(print, "left in good order")
try:
    main(["--version"])
except SystemExit:
    pass
del kept
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[-2] == "left in good order"
    assert "collected" not in done.stdout
