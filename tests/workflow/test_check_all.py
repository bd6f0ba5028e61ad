from __future__ import annotations

import dataclasses
import os
import signal
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.workflow import check, check_all, decision, repair, sets
from fair_imagic.workflow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILES = ("set",)


@pytest.fixture
def several(imported: Workspace) -> Workspace:
    """The set s, and others of the same images."""
    for number in range(3):
        sets.create(
            imported, f"more-{number}", author="Ana Roux", title="More", images="all"
        )
    return imported


@pytest.fixture
def cluster() -> Iterator[object]:
    """A Dask cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as started:
        yield started


@pytest.mark.budget(60, "check of the whole catalogue")
def test_each_set_gets_the_answer_of_its_own_check(several: Workspace) -> None:
    told = []
    answers = check_all.run(
        several, names=PROFILES, progress=lambda *args: told.append(args)
    )

    assert [answer.name for answer in answers] == several.names("set")
    alone = check.run(several, "s", names=PROFILES)
    (same,) = (answer for answer in answers if answer.name == "s")
    assert same.must + same.should + same.could == len(alone.findings)
    assert same.exit_code == alone.exit_code == 1
    assert [one[:2] for one in told] == [(n + 1, 4) for n in range(4)]


def test_without_a_set_there_is_nothing_to_check(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no publication set"):
        check_all.run(workspace)


@pytest.mark.budget(120, "check of the whole catalogue")
def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    several: Workspace, cluster
) -> None:
    alone = check.run(several, "s", names=PROFILES)
    killed = []

    def kill_one(done: int, _total: int, _what: str) -> None:
        if done == 1:
            worker = next(iter(cluster.workers.values()))
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    address = cluster.scheduler_address.removeprefix("tcp://")
    settings = dataclasses.replace(several.settings, executor=f"dask://{address}")
    elsewhere = Workspace(settings, several.catalogue)

    answers = check_all.run(elsewhere, names=PROFILES, progress=kill_one)

    assert killed
    assert [answer.name for answer in answers] == several.names("set")
    assert not any(answer.error for answer in answers)
    (same,) = (answer for answer in answers if answer.name == "s")
    assert same.must + same.should + same.could == len(alone.findings)


def test_landing_pages_are_not_checked_all_at_once(imported: Workspace) -> None:
    with pytest.raises(InputError) as caught:
        check_all.run(imported, names=["set", "dcat-ap"])
    assert caught.value.found == "dcat-ap"


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_decision_of_the_facility_counts_in_the_check_of_all_sets(
    imported: Workspace,
) -> None:
    root = imported.record("set", "s")
    values = [("publisher", "institut-cochin"), ("issued", "2026-11-22")]
    repair.set_values(imported, root, values, author="Ana Roux")
    alone = check.run(imported, "s", names=["datacite"])
    codes = {one.code for one in alone.findings if one.blocks}
    assert codes
    (before,) = check_all.run(imported, names=["datacite"])
    for code in codes:
        decision.decide(
            imported,
            "s",
            "datacite",
            code=code,
            reason="Agreed with the library.",
            author="Marie",
        )
    (after,) = check_all.run(imported, names=["datacite"])
    assert (before.blocked, after.blocked) == (True, False)
