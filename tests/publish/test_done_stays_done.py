"""What is public stays published, whatever a later try comes to."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from study_data import settings_for, snapshot

from fair_imagic.catalogue import ChangeSet
from fair_imagic.catalogue.database import open_database, sqlite_url
from fair_imagic.catalogue.journal import append_within
from fair_imagic.errors import RemoteRefusedError, RemoteUnavailableError
from fair_imagic.jobs.outbox import deliver
from fair_imagic.publish.registry import load
from fair_imagic.publish.settings import leading_to
from fair_imagic.publish.state import TRIES
from fair_imagic.publish.states import (
    PUBLICATION,
    Edition,
    State,
    all_deliveries,
    deliveries_of,
    enqueue,
    move,
    register,
    waiting,
)
from fair_imagic.sandbox import Fault

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Package
    from fair_imagic.publish.states import Delivery
    from fair_imagic.sandbox import Sandbox

HERE = Path(__file__).parent
REFUSAL = Fault(kind="status", status=422, method="PUT", times=9)
LOST = Fault(kind="drop-after", method="PUT")


def first(settings: Settings) -> Package:
    return load("datacite").build(snapshot(), settings)


def changed(settings: Settings) -> Package:
    """The same DOI, with another description."""
    package = first(settings)
    words = [{"description": "Another text.", "descriptionType": "Abstract"}]
    payload = {**package.payload, "descriptions": words}
    return replace(package, payload=payload, snapshot_hash="2" * 64)


def public(database: Database) -> Delivery:
    row = register(
        database,
        Edition(subject="https://x/set/a", version="1.0", target="t", practice=True),
        key="k",
    )
    enqueue(database, row.id, snapshot_hash="s", package_hash="p")
    move(database, row.id, State.SENDING)
    facts = {"identifier": "i"}
    return move(database, row.id, State.PUBLISHED, close=True, facts=facts)


@pytest.mark.parametrize("step", sorted(TRIES))
def test_no_step_of_a_later_try_takes_the_state_back(
    database: Database, step: State
) -> None:
    row = public(database)
    queued = enqueue(database, row.id, snapshot_hash="s2", package_hash="p2")
    assert (queued.state, queued.snapshot_hash) == (State.PUBLISHED, "s")
    now = move(database, row.id, step, error="no", facts={"identifier": "other"})
    assert (now.state, now.identifier, now.message) == (State.PUBLISHED, "i", "no")
    assert (now.snapshot_hash, now.package_hash) == ("s", "p")


def test_a_later_version_that_is_refused_leaves_the_first_public(
    practice: Sandbox, settings: Settings, database: Database
) -> None:
    target = load("datacite")
    done = deliver(database, target, first(settings), settings=settings)
    practice.plan(REFUSAL)
    with pytest.raises(RemoteRefusedError):
        deliver(database, target, changed(settings), settings=settings)
    (held,) = all_deliveries(database)
    assert held.state is State.PUBLISHED
    assert held.message
    assert (held.snapshot_hash, held.package_hash) == (
        done.snapshot_hash,
        done.package_hash,
    )
    practice.faults.clear()
    again = deliver(database, target, changed(settings), settings=settings)
    assert again.snapshot_hash == "2" * 64
    assert again.message == ""
    assert again.identifier == done.identifier
    assert again.published == done.published


def test_after_a_lost_answer_the_earlier_version_is_sent_again(
    practice: Sandbox, settings: Settings, database: Database
) -> None:
    target = load("datacite")
    done = deliver(database, target, first(settings), settings=settings)
    practice.plan(LOST)
    with pytest.raises(RemoteUnavailableError):
        deliver(database, target, changed(settings), settings=settings)
    (held,) = all_deliveries(database)
    assert held.state is State.PUBLISHED
    assert waiting(database) == [held]
    before = len(practice.journal())
    deliver(database, target, first(settings), settings=settings)
    assert len(practice.journal()) > before, "the archive may hold the other one"
    (now,) = deliveries_of(database, done.subject)
    assert now.package_hash == done.package_hash
    assert waiting(database) == []


def test_a_publication_that_fell_back_once_is_public_again(
    practice: Sandbox, settings: Settings, database: Database
) -> None:
    target = load("datacite")
    deliver(database, target, first(settings), settings=settings)
    with database.transaction() as connection:  # as an older version left it
        connection.execute(update(PUBLICATION).values(state=str(State.REFUSED)))
    practice.plan(REFUSAL)
    with pytest.raises(RemoteRefusedError):
        deliver(database, target, changed(settings), settings=settings)
    (held,) = all_deliveries(database)
    assert held.state is State.PUBLISHED


def test_row_and_record_are_kept_together_or_not_at_all(
    settings: Settings, database: Database
) -> None:
    target, package = load("datacite"), first(settings)
    states: list[State] = []

    def fails(connection: Connection, delivery: Delivery) -> None:
        states.append(delivery.state)
        append_within(database, connection, ChangeSet("a", "answer", ()))
        if delivery.state is State.PUBLISHED:
            raise KeyError(delivery.key)

    with pytest.raises(KeyError):
        deliver(database, target, package, settings=settings, keep=fails)
    (held,) = all_deliveries(database)
    assert states == [State.SENDING, State.PUBLISHED]
    assert held.state is State.SENDING
    assert waiting(database) == [held]
    done = deliver(database, target, package, settings=settings)
    assert done.state is State.PUBLISHED


def test_a_process_killed_between_row_and_record_keeps_neither(
    practice: Sandbox, settings: Settings, tmp_path: Path
) -> None:
    program = tmp_path / "sends.py"
    program.write_text(
        "import json, os, signal, sys\n"
        "from pathlib import Path\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "from study_data import settings_for, snapshot\n"
        "from fair_imagic.catalogue.database import open_database, sqlite_url\n"
        "from fair_imagic.jobs.outbox import deliver\n"
        "from fair_imagic.publish.registry import load\n"
        "from fair_imagic.publish.settings import leading_to\n"
        "home, values = Path(sys.argv[1]), json.loads(sys.argv[2])\n"
        "settings = leading_to(settings_for(home / 'home'), values)\n"
        "database = open_database(sqlite_url(home / 'journal.sqlite'))\n"
        "target = load('datacite')\n"
        "def dies(connection, delivery):\n"
        "    if delivery.state == 'published':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "package = target.build(snapshot(), settings)\n"
        "deliver(database, target, package, settings=settings, keep=dies)\n",
        encoding="utf-8",
    )
    import json

    texts = json.dumps(practice.settings())
    command = [sys.executable, str(program), str(tmp_path), texts]
    code = subprocess.run(command, check=False).returncode
    assert code == -signal.SIGKILL
    database = open_database(sqlite_url(tmp_path / "journal.sqlite"))
    (held,) = all_deliveries(database)
    assert held.state is State.SENDING
    mine = leading_to(settings_for(tmp_path / "home"), practice.settings())
    done = deliver(database, load("datacite"), first(mine), settings=mine)
    assert done.state is State.PUBLISHED
    assert len(all_deliveries(database)) == 1
    database.close()
