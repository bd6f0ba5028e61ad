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
from fair_imagic.checks import Line, Report, as_json, summary_of
from fair_imagic.cli.check_all import ONLY
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import use_language
from fair_imagic.model import Image, PublicationSet
from fair_imagic.workflow.base.workspace import Workspace
from fair_imagic.workflow.checking import check, check_all
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.publishing import decision, publish
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fair_imagic.checks import Overview
    from fair_imagic.workflow.demo.sample_study import StudyFolder

AUTHOR = "Ana Roux"
PART = "check of the whole catalogue"
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
    workspace: Workspace, names: Sequence[str] = ()
) -> tuple[Overview, dict[str, Report]]:
    taken: dict[str, Report] = {}

    def take(line: Line, report: Report) -> None:
        taken[line.subject.name] = report

    return check_all.run(workspace, names=names, take=take), taken


@pytest.mark.budget(90, PART)
def test_everything_is_checked_and_each_as_if_alone(mixed: Workspace) -> None:
    root = mixed.record("set", "s")
    repair.set_values(mixed, root, [("declared_tier", "2")], author=AUTHOR)
    sets.remove(mixed, "s", images="title=field_01*", author=AUTHOR)
    with use_language("fr"):
        overview, reports = with_reports(mixed)
        alone = {name: check.run(mixed, name) for name in ("s", "t", "more", "scope")}

    assert named(overview) == [
        ("set", "s", 1),
        ("set", "t", 1),
        ("collection", "few", 1),
        ("collection", "more", 2),
        ("instrument", "scope", None),
    ]
    assert overview.lines[2].subject.images_in_all == 3
    for name, report in alone.items():
        assert as_json(reports[name]) == as_json(report)
    claim = reports["s"].tier_claim
    assert claim is not None
    assert claim.declared == 2
    assert [line.summary for line in overview.lines] == [
        summary_of(reports[line.subject.name]) for line in overview.lines
    ]
    # Every image is looked at once: the sets here share none.
    looked_at = [reports[n].focus_counts[LOOKED_AT] for n in ("s", "t", "few", "more")]
    assert looked_at == [1, 1, 1, 2]
    assert sum(looked_at) == mixed.catalogue.count(Image.class_iri)


@pytest.mark.budget(60, PART)
def test_pages_and_plans_of_sets_are_checked_too(mixed: Workspace) -> None:
    (contact,) = mixed.names("person")[:1]
    root = mixed.record("set", "s")
    repair.set_values(mixed, root, [("license", "CC-BY-4.0")], author=AUTHOR)
    plans.draft(mixed, "p", contact=contact, author=AUTHOR, sets=["s"], title="Plan P")
    wanted = ["dmp", "dcat-ap", "bioschemas"]

    overview, reports = with_reports(mixed, wanted)

    # Nothing but a publication set has a landing page or fulfils a plan.
    assert [line.subject.name for line in overview.lines] == ["s", "t"]
    assert overview.silent_kinds == ("collection", "instrument")
    alone = check.run(mixed, "s", names=wanted)
    assert any(one.profile == "bioschemas" for one in alone.findings)
    assert as_json(reports["s"]) == as_json(alone)
    tokens = [one.token for one in reports["s"].profiles]
    assert sorted(tokens) == ["bioschemas", "dcat-ap", "dmp", "dmp:p"]
    assert "dmp:p" not in [one.token for one in reports["t"].profiles]


@pytest.mark.budget(60, PART)
def test_images_in_no_collection_covered_collections_and_a_broken_set(
    imported: Workspace,
) -> None:
    made = process.run(
        imported, "few", "segmentation", {"channel": "0"}, images="field_01*"
    )
    (mask,) = made.images
    ghost = imported.mint("set", "ghost")
    row = {"id": 10**6, "iri": ghost, "class_iri": PublicationSet.class_iri}
    with imported.catalogue.database.transaction() as connection:
        connection.execute(insert(RECORD), row)
    told = []

    def take(line: Line, report: Report) -> None:
        told.append((line, report))

    overview = check_all.run(imported, names=["set"], take=take)

    assert named(overview) == [("set", "ghost", 0), ("set", "s", 3), ("image", "-", 1)]
    lost, good, loose = overview.lines
    assert lost.state == "error"
    assert "There is no such record" in lost.error
    assert good.summary is not None
    assert overview.exit_code == 2
    assert loose.label == "Images in no collection"
    (report,) = (report for line, report in told if line.subject == loose.subject)
    assert report.subject_label == "Images in no collection"
    assert mask in {one.focus for one in report.findings}
    assert {line.subject.name for line, _report in told} == {"s", "-"}
    assert [(one.name, one.images_in_all) for one in overview.set_collections] == [
        ("few", 3)
    ]
    assert overview.silent_kinds == ("instrument",)


@pytest.mark.budget(30, PART)
def test_a_part_of_the_catalogue_is_checked_alone(imported: Workspace) -> None:
    told = []
    found = check_all.run(
        imported,
        only=["microscopes", "microscopes"],
        progress=lambda *args: told.append(args),
    )
    assert named(found) == [("instrument", "scope", None)]
    assert told == [(1, 1, "scope")]
    assert tuple(check_all.PARTS) == ONLY


def test_an_empty_catalogue_has_nothing_to_check(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="nothing in the catalogue") as caught:
        check_all.run(workspace)
    assert "fair-imagic import" in caught.value.hint


def test_where_the_sets_hold_all_images_collections_leave_nothing_to_check(
    imported: Workspace,
) -> None:
    with pytest.raises(NotFoundError, match="all images are in publication sets"):
        check_all.run(imported, only=["collections"])


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


@pytest.mark.budget(120, PART)
def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    mixed: Workspace, cluster
) -> None:
    names = ["set", "nboq-tier-1"]
    killed = []

    def kill_one(done: int, _total: int, _what: str) -> None:
        if done == 1:
            worker = next(iter(cluster.workers.values()))
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    address = cluster.scheduler_address.removeprefix("tcp://")
    settings = dataclasses.replace(mixed.settings, executor=f"dask://{address}")
    elsewhere = Workspace(settings, mixed.catalogue)
    taken: dict[str, Report] = {}

    overview = check_all.run(
        elsewhere,
        names=names,
        take=lambda line, report: taken.update({line.subject.name: report}),
        progress=kill_one,
    )

    assert killed
    assert not any(line.error for line in overview.lines)
    assert len(taken) == len(overview.lines) == 5
    alone = check.run(mixed, "s", names=names)
    assert as_json(taken["s"]) == as_json(alone)


@pytest.mark.budget(60, PART)
def test_a_decision_of_the_facility_counts_in_the_check_of_all(
    imported: Workspace, tmp_path: Path
) -> None:
    root = imported.record("set", "s")
    table, beads = tmp_path / "tags.csv", "*,beads,no biological material\n"
    table.write_text(f"image,sample,sample.material_origin\n{beads}")  # no law asks
    tags.apply_file(imported, root, table, author=AUTHOR)
    values = [("publisher", "institut-cochin"), ("issued", "2026-11-22")]
    repair.set_values(imported, root, values, author=AUTHOR)
    assert summary_of(check.run(imported, "s", names=["datacite"])).blocked
    reason = "Agreed with the library."
    while stopping := publish.prepare(imported, "s", "datacite").blocking:
        for code in {one.code for one in stopping}:
            decision.decide(
                imported, "s", "datacite", code=code, reason=reason, author="Marie"
            )
    (line,) = check_all.run(imported, names=["datacite"]).lines
    assert line.state == "gaps"
