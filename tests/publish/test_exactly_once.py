"""Whatever goes wrong on the way, the same command completes one deposit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from study_data import settings_for, snapshot

from fair_imagic.errors import (
    ConfigurationError,
    ConflictError,
    RemoteRefusedError,
    RemoteUnavailableError,
)
from fair_imagic.files import FileLock
from fair_imagic.jobs.outbox import deliver, refresh
from fair_imagic.publish.registry import load
from fair_imagic.publish.settings import leading_to
from fair_imagic.publish.software_heritage.target import SoftwareHeritage
from fair_imagic.publish.states import (
    Edition,
    State,
    all_deliveries,
    deliveries_of,
    move,
    register,
    waiting,
)
from fair_imagic.sandbox import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package, Target
    from fair_imagic.sandbox import Sandbox

TARGETS = ("datacite", "bioimage-archive", "software-heritage")
SERVICES = {
    "datacite": "datacite",
    "bioimage-archive": "biostudies",
    "software-heritage": "swh",
}
FAULTS = {
    "500": Fault(kind="status", status=500),
    "answer-lost": Fault(kind="drop-after"),
    "429": Fault(kind="status", status=429),
    "dropped": Fault(kind="drop-before"),
}
USUAL = {
    "datacite": ("500", "answer-lost"),
    "bioimage-archive": ("answer-lost",),
    "software-heritage": ("answer-lost",),
}
#: As many requests as the longest way has; beyond the last one nothing happens.
STEPS = {"datacite": 7, "bioimage-archive": 11, "software-heritage": 4}


def package_of(
    token: str, study: Snapshot, settings: Settings, sources: dict[str, Path]
) -> tuple[Target, Package]:
    target = load(token)
    if isinstance(target, SoftwareHeritage):
        target = replace(target, poll_s=0.01)
    return target, target.build(study, settings, sources=sources)


def held_by_archive(practice: Sandbox, settings: Settings, token: str) -> int:
    """Count what the archive holds."""
    if token == "datacite":
        puts = [one for one in practice.journal() if one["method"] == "PUT"]
        return len({str(one["path"]).lower() for one in puts})
    if token == "bioimage-archive":
        from fair_imagic.publish.bioimage_archive import service as biostudies

        return len(biostudies.open_service(load(token), settings)._accessions())
    from fair_imagic.publish.software_heritage import service as sword

    return len(sword.open_service(load(token), settings)._all())


def cases() -> list[Any]:
    """Every fault at every step; the rarer ones only with ``--full``."""
    return [
        pytest.param(
            token,
            step,
            fault,
            id=f"{token}-{step}-{name}",
            marks=[] if name in USUAL[token] else [pytest.mark.full],
        )
        for token in TARGETS
        for step in range(STEPS[token])
        for name, fault in FAULTS.items()
    ]


@pytest.mark.parametrize(("token", "step", "fault"), cases())
def test_a_fault_at_any_step_and_the_same_command_again_make_one_deposit(
    token: str,
    step: int,
    fault: Fault,
    practice: Sandbox,
    settings: Settings,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    target, package = package_of(token, study, settings, sources)
    practice.plan(
        Fault(
            kind=fault.kind,
            status=fault.status,
            service=SERVICES[token],
            skip=step,
        )
    )
    with pytest.raises(RemoteUnavailableError) as caught:
        deliver(database, target, package, settings=settings)
    assert "again" in caught.value.hint
    (held,) = all_deliveries(database)
    assert held.state is State.UNKNOWN
    assert held.key == package.key
    assert waiting(database) == [held]

    done = deliver(database, target, package, settings=settings)

    assert done.state is State.PUBLISHED
    assert done.identifier
    assert waiting(database) == []
    assert held_by_archive(practice, settings, token) == 1
    assert len(all_deliveries(database)) == 1


@pytest.mark.parametrize("token", TARGETS)
def test_publishing_again_sends_nothing(
    token: str,
    practice: Sandbox,
    settings: Settings,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    target, package = package_of(token, study, settings, sources)
    first = deliver(database, target, package, settings=settings)
    requests = len(practice.journal())
    assert deliver(database, target, package, settings=settings) == first
    assert len(practice.journal()) == requests


@pytest.mark.parametrize("token", TARGETS)
def test_a_process_killed_while_sending_is_completed_by_the_next_one(
    token: str,
    practice: Sandbox,
    settings: Settings,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    target, package = package_of(token, study, settings, sources)
    row = register(
        database,
        Edition(
            subject=package.subject,
            version=package.version,
            target=token,
            practice=True,
        ),
        key=package.key,
    )
    move(database, row.id, State.QUEUED)
    move(database, row.id, State.SENDING)
    target.submit(package, package.key, settings)  # and dies before it can say so

    done = deliver(database, target, package, settings=settings)

    assert done.state is State.PUBLISHED
    assert held_by_archive(practice, settings, token) == 1


@pytest.mark.parametrize("token", TARGETS)
def test_a_lost_database_proposes_the_same_deposit_again(
    token: str,
    practice: Sandbox,
    settings: Settings,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    target, package = package_of(token, study, settings, sources)
    first = target.submit(package, package.key, settings)
    again, second_package = package_of(token, study, settings, sources)
    second = again.submit(second_package, second_package.key, settings)
    assert (second.identifier, second.url) == (first.identifier, first.url)
    assert held_by_archive(practice, settings, token) == 1


@pytest.mark.parametrize("token", TARGETS)
def test_an_archive_that_is_down_is_told_clearly_and_the_state_is_kept(
    token: str,
    tmp_path: Path,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    nowhere = "http://127.0.0.1:9/"  # nobody listens on the discard port
    names = ("datacite", "biostudies", "swh")
    values = {f"{name}_url": nowhere for name in names}
    values |= {f"{name}_{part}": "x" for name in names for part in ("user", "password")}
    settings = settings_for(tmp_path / "home", **values)
    target, package = package_of(token, study, settings, sources)
    with pytest.raises(RemoteUnavailableError) as caught:
        deliver(database, target, package, settings=settings)
    assert "127.0.0.1:9" in str(caught.value)
    (held,) = deliveries_of(database, package.subject)
    assert held.state is State.UNKNOWN
    assert "does not answer" in held.message


@pytest.mark.parametrize("token", TARGETS)
def test_a_lost_answer_can_be_looked_up_without_sending(
    token: str,
    practice: Sandbox,
    settings: Settings,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    target, package = package_of(token, study, settings, sources)
    row = register(
        database,
        Edition(
            subject=package.subject,
            version=package.version,
            target=token,
            practice=True,
        ),
        key=package.key,
    )
    move(database, row.id, State.QUEUED)
    move(database, row.id, State.SENDING)
    target.submit(package, package.key, settings)
    move(database, row.id, State.UNKNOWN, error="no answer")
    found = refresh(database, target, row.id, settings=settings)
    assert found.state is State.PUBLISHED
    assert found.identifier
    assert found.remote_state in target.badges


@pytest.mark.parametrize("token", TARGETS)
def test_a_missing_account_is_told_before_anything_is_sent(
    token: str,
    tmp_path: Path,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    settings = settings_for(tmp_path / "home")
    target, package = package_of(token, study, settings, sources)
    with pytest.raises(ConfigurationError):
        deliver(database, target, package, settings=settings)
    (held,) = all_deliveries(database)
    assert held.state is State.NEEDS_PERSON


@pytest.mark.parametrize("token", TARGETS)
def test_a_wrong_password_is_a_refusal_and_can_be_repeated_later(
    token: str,
    practice: Sandbox,
    tmp_path: Path,
    settings: Settings,
    database: Database,
    study: Snapshot,
    sources: dict[str, Path],
) -> None:
    wrong = {
        t: {**lead, "password": "wrong"} for t, lead in practice.settings().items()
    }
    bad_settings = leading_to(settings_for(tmp_path / "home"), wrong)
    target, package = package_of(token, study, settings, sources)
    with pytest.raises(RemoteRefusedError) as caught:
        deliver(database, target, package, settings=bad_settings)
    assert "wrong" not in str(caught.value).split("body")[0] or caught.value.status
    (held,) = all_deliveries(database)
    assert held.state is State.REFUSED
    done = deliver(database, target, package, settings=settings)
    assert done.state is State.PUBLISHED


def test_a_doi_that_names_something_else_is_not_overwritten(
    settings: Settings, database: Database, study: Snapshot
) -> None:
    target = load("datacite")
    package = target.build(study, settings)
    other = target.build(snapshot(root=study.root), settings)
    foreign = {
        **other.payload,
        "url": "https://elsewhere.example.org/",
        "alternateIdentifiers": [],
        "titles": [{"title": "Something else"}],
    }
    from fair_imagic.publish.datacite.service import open_service

    open_service(target, settings).put(package.key, foreign)
    with pytest.raises(ConflictError):
        deliver(database, target, package, settings=settings)
    held = open_service(target, settings).get(package.key)
    assert held is not None
    assert held["titles"][0]["title"] == "Something else"


def test_two_processes_never_send_the_same_publication(
    practice: Sandbox, settings: Settings, database: Database, study: Snapshot
) -> None:
    target = load("datacite")
    package = target.build(study, settings)
    row = register(
        database,
        Edition(
            subject=package.subject,
            version=package.version,
            target=target.token,
            practice=True,
        ),
        key=package.key,
    )
    with (
        FileLock(settings.home / "locks" / f"publication-{row.id}.lock"),
        pytest.raises(ConflictError),
    ):
        deliver(database, target, package, settings=settings)
    assert practice.journal() == []
