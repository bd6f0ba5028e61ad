"""What pages show of the last check: never an old one as if it still stood."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.publish.registry import available
from fair_imagic.storage import StorageRoot
from fair_imagic.views.publication import targets_of
from fair_imagic.views.set import set_page, sets_page
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.kept_verdict import kept_counts, kept_verdict
from fair_imagic.workflow.checking.verdict import verdict_for_page
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.publishing import decision
from fair_imagic.workflow.sets import defaults
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

    Change = Callable[[Workspace], None]

AUTHOR = "Ana Roux"
MAIN = "from fair_imagic.cli.main import main; main()"


def correct(workspace: Workspace) -> None:
    values = [("description", "Beads, again.")]
    record = workspace.record("set", "s")
    repair.set_values(workspace, record, values, author=AUTHOR)


def correct_an_image(workspace: Workspace) -> None:
    values = [("image.description", "A bead.")]
    record = workspace.record("set", "s")
    repair.set_values(workspace, record, values, author=AUTHOR)


def decide(workspace: Workspace) -> None:
    report = check.run(workspace, "s", names=["datacite"])
    code = next(one.code for one in report.findings if one.blocks and not one.legal)
    reason = "Agreed with the library on Monday."
    decision.decide(workspace, "s", "datacite", code=code, reason=reason, author="M")


def take_an_image_out(workspace: Workspace) -> None:
    images = "name=zstack_01.ome.tiff"
    sets.remove(workspace, "s", images=images, author=AUTHOR)


def set_a_default(workspace: Workspace) -> None:
    defaults.set_default(workspace, "license", "CC-BY-4.0")


def move_files(workspace: Workspace) -> None:
    workspace.catalogue.verdicts.note_new_places()


CHANGES = (correct, correct_an_image, decide, take_an_image_out, set_a_default)


def is_fresh(workspace: Workspace) -> set[bool]:
    """Return what every door says of the set ``s``: whether its check still stands."""
    record = workspace.record("set", "s")
    counts, report = kept_counts(workspace, record), kept_verdict(workspace, record)
    assert counts is not None and report is not None
    listed = next(row for row in sets_page(workspace) if row.iri == record)
    page = set_page(workspace, "s").row
    words = {line.kind for line in page.readiness}
    said = {counts.is_fresh, report.is_fresh, listed.is_fresh, page.is_fresh}
    assert (page.path.kind == "wait") is not page.is_fresh
    assert ("wait" in words) is not page.is_fresh
    return said


def test_a_set_that_nobody_has_checked_says_so(imported: Workspace) -> None:
    (row,) = sets_page(imported)
    assert (row.checked_at, row.is_fresh) == ("", False)
    assert set_page(imported, "s").points is None


@pytest.mark.parametrize("change", [*CHANGES, move_files])
def test_after_a_change_no_door_shows_the_old_verdict_as_fresh(
    imported: Workspace, change: Change
) -> None:
    check.run(imported, "s")
    assert is_fresh(imported) == {True}
    change(imported)
    assert is_fresh(imported) == {False}
    shown = verdict_for_page(imported, imported.record("set", "s"))
    assert shown.report.snapshot_hash == check.run(imported, "s").snapshot_hash
    assert is_fresh(imported) == {True}


def test_a_day_later_the_verdict_is_an_old_one(
    imported: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.run(imported, "s")
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2031-02-03T10:00:00Z")
    assert is_fresh(imported) == {False}


def test_under_other_settings_the_verdict_is_an_old_one(
    imported: Workspace, tmp_path: Path
) -> None:
    check.run(imported, "s")
    given = imported.settings
    for settings in (
        replace(given, practice_mode=False),
        replace(given, facility_name="Elsewhere"),
        replace(given, storage=(StorageRoot("share", tmp_path),)),
    ):
        assert is_fresh(replace(imported, settings=settings)) == {False}
    assert is_fresh(replace(imported, settings=replace(given, port=1))) == {True}


def test_a_file_that_is_gone_is_seen_before_an_old_report_is_shown(
    imported: Workspace, few: Path
) -> None:
    record = imported.record("set", "s")
    check.run(imported, "s")
    (few / "zstack_01.ome.tiff").unlink()
    shown = verdict_for_page(imported, record).report
    assert "set/file-missing" in {one.code for one in shown.findings}


def test_a_file_that_is_gone_makes_the_badge_of_its_set_an_old_one(
    imported: Workspace, few: Path
) -> None:
    check.run(imported, "s")
    assert set_page(imported, "s").row.is_fresh
    (few / "zstack_01.ome.tiff").unlink()
    assert not set_page(imported, "s").row.is_fresh
    check.run(imported, "s")
    assert set_page(imported, "s").row.is_fresh


def test_a_file_that_came_back_is_not_missing_any_more(
    imported: Workspace, few: Path
) -> None:
    record = imported.record("set", "s")
    (few / "zstack_01.ome.tiff").rename(few / "elsewhere")
    check.run(imported, "s")
    (few / "elsewhere").rename(few / "zstack_01.ome.tiff")
    assert not set_page(imported, "s").row.is_fresh
    shown = verdict_for_page(imported, record).report
    assert "set/file-missing" not in {one.code for one in shown.findings}


def test_a_mark_of_places_never_comes_back_to_an_old_one(imported: Workspace) -> None:
    move_files(imported)
    check.run(imported, "s")
    (imported.catalogue.folder / "verdicts.sqlite").unlink()
    move_files(imported)
    kept = kept_verdict(imported, imported.record("set", "s"))
    assert kept is not None and not kept.is_fresh


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"lines": 1}', '{"lines":[{"of":1}]}']
)
def test_counts_that_another_program_wrote_are_none_at_all(
    imported: Workspace, text: str
) -> None:
    check.run(imported, "s")
    record = imported.record("set", "s")
    verdicts = imported.catalogue.verdicts
    verdicts.keep(record, verdicts.of([record])[record]._replace(text=text))
    assert [row.checked_at for row in sets_page(imported)] == [""]
    check.run(imported, "s")
    assert is_fresh(imported) == {True}


def test_what_concerns_another_set_alone_changes_nothing(imported: Workspace) -> None:
    check.run(imported, "s")
    sets.create(imported, "other", author=AUTHOR, images="name=zstack_01.ome.tiff")
    record = imported.record("set", "other")
    values = [("description", "Another.")]
    repair.set_values(imported, record, values, author=AUTHOR)
    assert is_fresh(imported) == {True}


def test_a_check_under_other_requirements_is_not_what_pages_show(
    imported: Workspace,
) -> None:
    check.run(imported, "s", names=["datacite"])
    assert kept_counts(imported, imported.record("set", "s")) is None


def test_badges_and_publications_count_alike(imported: Workspace) -> None:
    # the law on samples of people stops DataCite too, whose own rules say nothing of it
    check.run(imported, "s")
    badges = {line.token: line for line in set_page(imported, "s").row.readiness}
    for row in targets_of(imported, "s"):
        if row.token in badges:
            stopped = badges[row.token].kind == "must"
            assert stopped is bool(row.blocking), row.token
    assert {*badges} & {*available()}


def test_processes_share_what_was_kept(imported: Workspace) -> None:
    environment = os.environ | {"FAIR_IMAGIC_HOME": str(imported.settings.home)}
    command = [sys.executable, "-c", MAIN, "check", "s"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    record = imported.record("set", "s")
    kept = kept_counts(imported, record)
    assert kept is not None and kept.is_fresh
    assert kept_verdict(imported, record) is None
    here = check.run(imported, "s")
    assert kept.counts.causes == len(here.causes)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100])
def test_a_damaged_file_keeps_nothing_and_stops_nothing(
    imported: Workspace, damage: bytes
) -> None:
    check.run(imported, "s")
    file = imported.catalogue.folder / "verdicts.sqlite"
    file.write_bytes(damage)
    assert kept_counts(imported, imported.record("set", "s")) is None
    correct(imported)
    check.run(imported, "s")
    assert is_fresh(imported) == {True}
