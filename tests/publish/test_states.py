"""States of publications and the outbox: what may follow what, together or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.publish.registry import available
from fair_imagic.publish.states import (
    OUTBOX,
    STATE_BADGES,
    TRANSITIONS,
    Delivery,
    Edition,
    State,
    deliveries_of,
    delivery,
    enqueue,
    find,
    move,
    register,
    waiting,
)

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database


def drafted(database: Database, subject: str = "https://x/set/a") -> Delivery:
    return register(
        database,
        Edition(subject=subject, version="1.0", target="datacite", practice=True),
        key="10.99999/a",
    )


def queued(database: Database) -> Delivery:
    row = drafted(database)
    return enqueue(database, row.id, snapshot_hash="s", package_hash="p")


def test_every_state_has_words_and_a_way_on() -> None:
    assert set(STATE_BADGES) == set(TRANSITIONS) == set(State)
    reachable = {after for follows in TRANSITIONS.values() for after in follows}
    assert reachable | {State.DRAFT} == set(State)
    for english, french in STATE_BADGES.values():
        assert english
        assert french
        assert english != french


def test_every_remote_state_of_every_target_has_words() -> None:
    for target in available().values():
        assert "absent" in target.badges
        for badge in target.badges.values():
            assert badge.en
            assert badge.fr
            assert badge.kind in ("done", "waiting", "failed")


def test_a_key_is_stored_once(database: Database) -> None:
    assert drafted(database) == drafted(database)
    assert len(deliveries_of(database, "https://x/set/a")) == 1


def test_a_key_of_another_record_is_a_conflict(database: Database) -> None:
    drafted(database)
    with pytest.raises(ConflictError):
        drafted(database, "https://x/set/b")


def test_queueing_makes_state_and_outbox_row_together(database: Database) -> None:
    row = queued(database)
    assert row.state is State.QUEUED
    assert (row.snapshot_hash, row.package_hash) == ("s", "p")
    assert waiting(database) == [row]


def test_queueing_twice_makes_one_outbox_row(database: Database) -> None:
    row = queued(database)
    move(database, row.id, State.SENDING)
    again = enqueue(database, row.id, snapshot_hash="s2", package_hash="p2")
    assert again.state is State.SENDING
    with database.engine.connect() as connection:
        assert len(connection.execute(select(OUTBOX)).all()) == 1


def test_a_step_that_may_not_follow_changes_nothing(database: Database) -> None:
    row = queued(database)
    with pytest.raises(ConflictError):
        move(database, row.id, State.PUBLISHED, facts={"identifier": "x"})
    assert delivery(database, row.id) == row


def test_a_failing_transaction_keeps_state_and_row_as_they_were(
    database: Database,
) -> None:
    row = queued(database)
    with pytest.raises(Exception, match="no_such_column"):
        move(database, row.id, State.SENDING, facts={"no_such_column": "x"})
    assert delivery(database, row.id) == row
    with database.engine.connect() as connection:
        (kept,) = connection.execute(select(OUTBOX.c.attempts))
    assert kept == (0,)


def test_an_error_is_kept_until_it_is_over(database: Database) -> None:
    row = queued(database)
    move(database, row.id, State.SENDING)
    lost = move(database, row.id, State.UNKNOWN, error="no answer")
    assert lost.message == "no answer"
    move(database, row.id, State.SENDING)
    done = move(
        database, row.id, State.PUBLISHED, close=True, facts={"identifier": "10.x"}
    )
    assert done.message == ""
    assert done.published == "2026-11-22T12:00:00Z"
    assert waiting(database) == []
    with database.engine.connect() as connection:
        (kept,) = connection.execute(select(OUTBOX.c.attempts))
    assert kept == (2,)


def test_an_unknown_number_is_a_clear_error(database: Database) -> None:
    with pytest.raises(NotFoundError):
        delivery(database, 4711)


def edition(**changes: Any) -> Edition:
    known: dict[str, Any] = {
        "subject": "https://x/set/a",
        "version": "1.0",
        "target": "datacite",
        "practice": True,
    }
    return Edition(**{**known, **changes})


def test_an_edition_is_found_whatever_key_would_be_computed_now(
    database: Database,
) -> None:
    row = register(database, edition(), key="10.99999/a")
    assert find(database, edition()) == row
    for changes in ({"version": "2.0"}, {"practice": False}, {"target": "other"}):
        assert find(database, edition(**changes)) is None


def test_an_edition_never_gets_a_second_key(database: Database) -> None:
    row = register(database, edition(), key="10.99999/a")
    with pytest.raises(ConflictError) as caught:
        register(database, edition(), key="10.99999/b")
    assert "10.99999/a" in str(caught.value)
    assert deliveries_of(database, "https://x/set/a") == [row]


def test_practice_and_earnest_keep_apart_what_has_the_same_key(
    database: Database,
) -> None:
    practice = register(database, edition(), key="imagic-1")
    real = register(database, edition(practice=False), key="imagic-1")
    assert practice.id != real.id
    assert find(database, edition(practice=False)) == real


def test_an_archive_with_one_key_for_all_versions_goes_on_under_it(
    database: Database,
) -> None:
    row = register(database, edition(), key="imagic-1")
    again = register(database, edition(version="2.0"), key="imagic-1")
    assert (again.id, again.version) == (row.id, "2.0")
