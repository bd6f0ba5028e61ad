"""The queue of queries: who gets a seat, who waits, and who is sent away."""

from __future__ import annotations

import threading
import time

import pytest

from fair_imagic_web.query_queue import QueryQueue, QueueFull


def wanted() -> bool:
    return True


def test_one_address_gets_its_share_and_others_theirs():
    queue = QueryQueue(running=4, waiting=0, share=2, patience_s=5)
    first = queue.enter("a", is_wanted=wanted)
    queue.enter("a", is_wanted=wanted)
    with pytest.raises(QueueFull) as full:
        queue.enter("a", is_wanted=wanted)
    assert full.value.retry_after_s > 0
    queue.enter("b", is_wanted=wanted)
    first.close()
    queue.enter("a", is_wanted=wanted)


def test_a_seat_that_is_closed_twice_is_free_once():
    queue = QueryQueue(running=1, waiting=0, share=9, patience_s=5)
    seat = queue.enter("a", is_wanted=wanted)
    seat.close()
    seat.close()
    queue.enter("b", is_wanted=wanted)
    with pytest.raises(QueueFull):
        queue.enter("c", is_wanted=wanted)


def test_who_waits_gets_the_next_turn():
    queue = QueryQueue(running=1, waiting=1, share=1, patience_s=30)
    first = queue.enter("a", is_wanted=wanted)
    seats = []
    waiting = threading.Thread(
        target=lambda: seats.append(queue.enter("b", is_wanted=wanted))
    )
    waiting.start()
    while queue._seats.total() < 2:
        time.sleep(0.01)
    with pytest.raises(QueueFull):
        queue.enter("c", is_wanted=wanted)
    assert not seats
    first.close()
    waiting.join(10)
    assert len(seats) == 1


@pytest.mark.parametrize(("patience_s", "is_wanted"), [(0.3, True), (30, False)])
def test_who_waits_too_long_or_goes_away_leaves_the_queue(patience_s, is_wanted):
    queue = QueryQueue(running=1, waiting=1, share=1, patience_s=patience_s)
    queue.enter("a", is_wanted=wanted)
    begun = time.monotonic()
    with pytest.raises(QueueFull):
        queue.enter("b", is_wanted=lambda: is_wanted)
    assert time.monotonic() - begun < 5
    assert queue._seats.total() == 1
