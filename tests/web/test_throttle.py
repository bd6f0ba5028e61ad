"""Attempts to log in are counted, and nobody pays for those of others."""

from __future__ import annotations

import threading

import pytest

from fair_imagic_web import throttle as throttle_module
from fair_imagic_web.throttle import Throttle


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""

    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    made = Clock()
    monkeypatch.setattr(throttle_module, "time", made)
    return made


def test_a_pair_of_account_and_address_waits_and_no_other_does(clock):
    throttle = Throttle(tries=2, pause_s=60)
    assert [throttle.begin("ada", "a") for _try in range(3)] == [0, 0, 60]
    assert throttle.begin("ada", "b") == 0
    assert throttle.begin("bob", "a") == 0
    clock.now += 61
    assert throttle.begin("ada", "a") == 0


def test_what_is_refused_does_not_make_the_pause_longer(clock):
    throttle = Throttle(tries=1, pause_s=60)
    throttle.begin("ada", "a")
    for _second in range(59):
        clock.now += 1
        assert throttle.begin("ada", "a") > 0
    clock.now += 2
    assert throttle.begin("ada", "a") == 0


def test_an_address_that_tries_many_accounts_waits_for_all_but_those_it_opened():
    throttle = Throttle(address_tries=10, address_pause_s=900)
    assert throttle.begin("ada", "a") == 0
    throttle.succeeded("ada", "a")
    waits = [throttle.begin(f"name{number}", "a") for number in range(12)]
    assert waits[:10] == [0] * 10
    assert all(waits[10:])
    assert throttle.begin("ada", "a") == 0
    assert throttle.begin("bob", "b") == 0


def test_who_logs_in_often_is_never_stopped():
    throttle = Throttle(tries=2, address_tries=3)
    for _day in range(20):
        assert throttle.begin("ada", "a") == 0
        throttle.succeeded("ada", "a")


def test_of_a_burst_no_more_are_let_through_than_one_after_the_other():
    throttle = Throttle(tries=5)
    start, waits = threading.Barrier(40), []

    def attempt() -> None:
        start.wait()
        waits.append(throttle.begin("ada", "a"))

    threads = [threading.Thread(target=attempt) for _each in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(0) == 5


def test_the_throttle_keeps_a_limited_number_of_keys():
    throttle = Throttle(tries=1, pause_s=60, keys=3)
    for number in range(10):
        throttle.begin("ada", f"address-{number}")
    assert throttle.begin("ada", "address-0") == 0
    assert throttle.begin("ada", "address-9") > 0
