"""The check of the whole catalogue: nothing is left out, and each as if alone."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from fair_imagic.catalogue.tables import RECORD
from fair_imagic.checks import Line, Report, as_json
from fair_imagic.cli.check_all import ONLY
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import use_language
from fair_imagic.model import Image, PublicationSet
from fair_imagic.workflow import (
    check,
    check_all,
    decision,
    import_images,
    plans,
    process,
    repair,
    sets,
)
from fair_imagic.workflow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fair_imagic.checks import Overview
    from fair_imagic.workflow.sample_study import StudyFolder

AUTHOR = "Ana Roux"
PROFILES = ("set", "nboq-tier-1")
LOOKED_AT = "nboq-tier-1/pixel-size-x-required"


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T22:00:00Z")


@pytest.fixture
def mixed(imported: Workspace, study: StudyFolder, tmp_path: Path) -> Workspace:
    """Sets s (two fields) and t (one of them); of the collection few, one is in none.

    The collection more is in no set.
    """
    sets.remove(imported, "s", images="title=zstack*", author=AUTHOR)
    sets.create(imported, "t", author=AUTHOR, title="T", images="title=field_01*")
    folder = tmp_path / "more"
    folder.mkdir()
    shutil.copy(study.images["confocal"] / "zstack_02.ome.tiff", folder)
    shutil.copy(study.images["widefield"] / "field_05_control.ome.tiff", folder)
    import_images.run(imported, [folder], collection="more", author=AUTHOR)
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


def named(overview: Overview) -> list[tuple[str, str, int | None]]:
    subjects = (line.subject for line in overview.lines)
    return [(one.kind, one.name, one.images) for one in subjects]


def with_reports(
    workspace: Workspace, names: Sequence[str] = PROFILES
) -> tuple[Overview, dict[str, Report]]:
    taken: dict[str, Report] = {}

    def take(line: Line, report: Report) -> None:
        taken[line.subject.name] = report

    return check_all.run(workspace, names=names, take=take), taken


@pytest.mark.budget(90, "check of the whole catalogue")
def test_everything_is_checked_and_each_as_if_alone(mixed: Workspace) -> None:
    told = []
    overview = check_all.run(
        mixed, names=PROFILES, progress=lambda *args: told.append(args)
    )

    assert named(overview) == [
        ("set", "s", 2),
        ("set", "t", 1),
        ("collection", "few", 1),
        ("collection", "more", 2),
        ("instrument", "scope", None),
    ]
    assert [one[:2] for one in told] == [(n + 1, 5) for n in range(5)]
    again, reports = with_reports(mixed)
    assert again == overview
    for name in ("s", "t", "more"):
        alone = check.run(mixed, name, names=PROFILES)
        assert as_json(reports[name]) == as_json(alone)
    alone = check.run(mixed, "scope", names=["nboq-tier-1"])
    assert as_json(reports["scope"]) == as_json(alone)


@pytest.mark.budget(60, "check of the whole catalogue")
def test_every_image_is_looked_at(mixed: Workspace) -> None:
    sets.remove(mixed, "s", images="title=field_01*", author=AUTHOR)
    _overview, reports = with_reports(mixed)
    counts = {name: one.focus_counts[LOOKED_AT] for name, one in reports.items()}
    del counts["scope"]
    assert counts == {"s": 1, "t": 1, "few": 1, "more": 2}
    assert sum(counts.values()) == mixed.catalogue.count(Image.class_iri)


@pytest.mark.budget(60, "check of the whole catalogue")
def test_images_in_no_collection_are_looked_at_together(imported: Workspace) -> None:
    (mask,) = process.run(
        imported,
        "few",
        "segmentation",
        {"channel": "0"},
        images="field_01*",
    )
    overview, reports = with_reports(imported)

    assert named(overview)[1] == ("image", "-", 1)
    assert overview.lines[1].label == "Images in no collection"
    report = reports["-"]
    assert report.subject_label == "Images in no collection"
    assert mask in {one.focus for one in report.findings}


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_collection_that_the_sets_cover_is_told_and_not_checked_again(
    imported: Workspace,
) -> None:
    overview = check_all.run(imported, names=["set"])
    assert named(overview) == [("set", "s", 3)]
    assert [(one.name, one.images_in_all) for one in overview.covered] == [("few", 3)]
    assert overview.unasked == ("instrument",)
    with pytest.raises(NotFoundError, match="all images are in publication sets"):
        check_all.run(imported, names=["set"], only=["collections"])


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_part_of_the_catalogue_is_checked_alone(mixed: Workspace) -> None:
    found = check_all.run(mixed, names=PROFILES, only=["microscopes", "sets"])
    assert [name for _kind, name, _images in named(found)] == ["s", "t", "scope"]
    assert tuple(check_all.PARTS) == ONLY


def test_an_empty_catalogue_has_nothing_to_check(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="nothing in the catalogue") as caught:
        check_all.run(workspace)
    assert "fair-imagic import" in caught.value.hint


@pytest.mark.parametrize(
    ("names", "word"),
    [(["datacit"], "datacit"), (["dmp:nosuch"], "nosuch"), (["set", "x"], "x")],
)
def test_a_name_that_stands_for_nothing_is_refused_before_anything_is_checked(
    imported: Workspace, names: list[str], word: str
) -> None:
    told: list[object] = []
    with pytest.raises(NotFoundError, match=word):
        check_all.run(imported, names=names, progress=lambda *args: told.append(args))
    assert told == []


def test_requirements_that_nothing_there_is_asked_for_are_refused(
    imported: Workspace,
) -> None:
    with pytest.raises(InputError) as caught:
        check_all.run(imported, names=["datacite"], only=["microscopes"])
    assert caught.value.found == "datacite"


@pytest.mark.budget(60, "check of the whole catalogue")
def test_landing_pages_of_sets_are_checked_too(mixed: Workspace) -> None:
    wanted = ["set", "dcat-ap", "bioschemas"]
    overview, reports = with_reports(mixed, wanted)
    alone = check.run(mixed, "s", names=wanted)
    assert any(one.profile == "bioschemas" for one in alone.findings)
    assert as_json(reports["s"]) == as_json(alone)
    # Nothing but a publication set has a landing page.
    assert [one.token for one in reports["more"].profiles] == ["set"]
    assert [one.token for one in overview.profiles] == wanted


@pytest.mark.budget(60, "check of the whole catalogue")
def test_each_set_is_held_to_its_own_plan(mixed: Workspace) -> None:
    (contact,) = mixed.names("person")[:1]
    repair.set_values(
        mixed, mixed.record("set", "s"), [("license", "CC-BY-4.0")], author=AUTHOR
    )
    plans.draft(mixed, "p", contact=contact, author=AUTHOR, sets=["s"], title="Plan P")
    overview, reports = with_reports(mixed, ["dmp"])
    assert [line.subject.kind for line in overview.lines] == ["set", "set"]
    assert [one.token for one in reports["s"].profiles] == ["dmp", "dmp:p"]
    assert [one.token for one in reports["t"].profiles] == ["dmp"]
    assert as_json(reports["s"]) == as_json(check.run(mixed, "s", names=["dmp"]))


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_tier_that_a_set_claims_is_asked_of_it(mixed: Workspace) -> None:
    root = mixed.record("set", "s")
    repair.set_values(mixed, root, [("declared_tier", "2")], author=AUTHOR)
    taken: dict[str, Report] = {}
    check_all.run(
        mixed,
        only=["sets"],
        take=lambda line, report: taken.update({line.subject.name: report}),
    )
    assert as_json(taken["s"]) == as_json(check.run(mixed, "s"))
    claims = [one.tier_claim for _name, one in sorted(taken.items())]
    assert [one.declared for one in claims if one is not None] == [2, None]


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_broken_set_has_an_error_and_the_others_their_answers(
    imported: Workspace,
) -> None:
    ghost = imported.mint("set", "ghost")
    row = {"id": 10**6, "iri": ghost, "class_iri": PublicationSet.class_iri}
    with imported.catalogue.database.transaction() as connection:
        connection.execute(insert(RECORD), row)

    overview, reports = with_reports(imported, ["set"])

    first, second = overview.lines
    assert (first.subject.name, first.state) == ("ghost", "error")
    assert "There is no such record" in first.error
    assert second.subject.name == "s"
    assert second.summary is not None
    assert list(reports) == ["s"]
    assert overview.exit_code == 2


@pytest.mark.budget(60, "check of the whole catalogue")
def test_origins_are_told_in_the_language_of_the_reader(mixed: Workspace) -> None:
    with use_language("fr"):
        _overview, reports = with_reports(mixed, ["set"])
        alone = check.run(mixed, "more", names=["set"])
    assert as_json(reports["more"]) == as_json(alone)


@pytest.mark.budget(120, "check of the whole catalogue")
def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    mixed: Workspace, cluster
) -> None:
    here = check_all.run(mixed, names=PROFILES)
    killed = []

    def kill_one(done: int, _total: int, _what: str) -> None:
        if done == 1:
            worker = next(iter(cluster.workers.values()))
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    address = cluster.scheduler_address.removeprefix("tcp://")
    settings = dataclasses.replace(mixed.settings, executor=f"dask://{address}")
    elsewhere = Workspace(settings, mixed.catalogue)
    taken: list[Report] = []

    there = check_all.run(
        elsewhere,
        names=PROFILES,
        take=lambda _line, report: taken.append(report),
        progress=kill_one,
    )

    assert killed
    assert not any(line.error for line in there.lines)
    assert there == here
    assert len(taken) == len(here.lines)


@pytest.mark.budget(60, "check of the whole catalogue")
def test_a_decision_of_the_facility_counts_in_the_check_of_all(
    imported: Workspace,
) -> None:
    root = imported.record("set", "s")
    values = [("publisher", "institut-cochin"), ("issued", "2026-11-22")]
    repair.set_values(imported, root, values, author=AUTHOR)
    alone = check.run(imported, "s", names=["datacite"])
    codes = {one.code for one in alone.findings if one.blocks}
    assert codes
    (before,) = check_all.run(imported, names=["datacite"]).lines
    for code in codes:
        decision.decide(
            imported,
            "s",
            "datacite",
            code=code,
            reason="Agreed with the library.",
            author="Marie",
        )
    (after,) = check_all.run(imported, names=["datacite"]).lines
    assert (before.state, after.state) == ("blocked", "gaps")
