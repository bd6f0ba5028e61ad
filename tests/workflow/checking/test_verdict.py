"""One verdict: what changes for one door changes for all, and at once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic import checks
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.resources import folder as resource_folder
from fair_imagic.views.point import points_page
from fair_imagic.views.publication import targets_of
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.verdict import verdict_on
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.publishing import decision, publish
from fair_imagic.workflow.sets import software

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

AUTHOR = "Ana Roux"
ARCHIVE = "datacite"


@pytest.fixture(name="ready")
def _ready(imported: Workspace, tmp_path: Path) -> Workspace:
    """The set s with all that the law and DataCite ask for."""
    table = tmp_path / "tags.csv"
    origin = "no biological material"
    table.write_text(f"image,sample,sample.material_origin\n*,beads,{origin}\n")
    root = imported.record("set", "s")
    tags.apply_file(imported, root, table, author=AUTHOR)
    values = [
        ("publisher", "institut-cochin"),
        ("issued", "2026-11-22"),
        ("creators", "camille-practice"),
        ("license", "CC-BY-4.0"),
    ]
    repair.set_values(imported, root, values, author=AUTHOR)
    assert said(imported) == (set(), set(), 0)
    return imported


def said(workspace: Workspace) -> tuple[set[str], set[str], int]:
    """Return what stops the set by `check`, by `publish`, and how many on the page."""
    report = check.run(workspace, "s")
    profiles = publish.load(ARCHIVE).profiles
    checked = {
        one.code
        for token in profiles
        for one in report.findings_for(token)
        if report.stops(one, token)
    }
    sent = {one.code for one in publish.prepare(workspace, "s", ARCHIVE).blocking}
    page = next(row for row in targets_of(workspace, "s") if row.token == ARCHIVE)
    return checked, sent, page.blocking


def decide(workspace: Workspace, archive: str, code: str) -> None:
    reason = "Agreed with the library on Monday."
    decision.decide(workspace, "s", archive, code=code, reason=reason, author="Marie")


def test_a_file_that_is_gone_is_told_at_every_door(ready: Workspace, few: Path) -> None:
    code = "set/file-missing"
    record = ready.record("set", "s")
    before = verdict_on(ready, record)
    (few / "zstack_01.ome.tiff").unlink()
    assert verdict_on(ready, record).key != before.key
    assert code in {one.code for one in check.run(ready, "s").findings}
    assert code in {code for g in points_page(ready, "s").groups for code in [g.code]}
    archive = "bioimage-archive"
    while stopping := publish.prepare(ready, "s", archive).blocking:
        if "bioimage-archive/file-not-found" in {one.code for one in stopping}:
            break  # decided upon all else, the archive would still miss the file
        for code in {one.code for one in stopping}:
            decide(ready, archive, code)
    assert stopping
    report = check.run(ready, "s")
    assert "bioimage-archive/file-not-found" in {one.code for one in report.findings}
    page = next(row for row in targets_of(ready, "s") if row.token == archive)
    assert page.blocking == len(stopping)


def test_the_day_is_part_of_the_verdict(
    ready: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ready.record("set", "s")
    today = verdict_on(ready, record)
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2031-02-03T10:00:00Z")
    later = verdict_on(ready, record)
    assert later is not today
    assert later.key != today.key
    assert f"{later.report.checked_at:%Y}" == "2031"
    # every door says the same of a day on which the set is older
    checked, sent, count = said(ready)
    assert checked == sent and bool(count) == bool(sent)


def test_edited_requirements_count_at_every_door(
    ready: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = shutil.copytree(resource_folder("shapes"), tmp_path / "shapes")
    monkeypatch.setattr(checks.profiles, "resource_folder", lambda _name: shapes)
    assert said(ready) == (set(), set(), 0)
    (shapes / "datacite" / "more.ttl").write_text(
        "@prefix fi: <https://w3id.org/fair-imagic/terms/> .\n"
        "@prefix fish: <https://w3id.org/fair-imagic/shapes/> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "fish:datacite\\/more a sh:PropertyShape ; sh:targetClass fi:PublicationSet ;"
        " sh:path fi:neverGiven ; sh:minCount 1 ; sh:severity sh:Violation ;"
        ' sh:name "N"@en, "N"@fr ; sh:message "M"@en, "M"@fr ;'
        ' fi:repair "R"@en, "R"@fr ; fi:who "anyone" .\n',
        encoding="utf-8",
    )
    (shapes / "datacite" / "profile.ttl").touch()
    assert said(ready) == ({"datacite/more"}, {"datacite/more"}, 1)


NOT_FOR_PRACTICE = {"datacite/practice-prefix", "datacite/landing-page-not-public"}


@pytest.fixture(name="real")
def _real(ready: Workspace) -> Workspace:
    """The same set, about to go to the real archive with settings of practice."""
    settings = replace(ready.settings, practice_mode=False)
    return replace(ready, settings=settings)


def test_a_package_that_the_archive_would_refuse_stops_the_check_too(
    real: Workspace,
) -> None:
    assert said(real) == (NOT_FOR_PRACTICE, NOT_FOR_PRACTICE, 2)
    assert {g.code for g in points_page(real, "s").groups} >= NOT_FOR_PRACTICE


def test_a_decision_counts_at_every_door(real: Workspace) -> None:
    for code in sorted(NOT_FOR_PRACTICE):
        decide(real, ARCHIVE, code)
    assert said(real) == (set(), set(), 0)


def test_scripts_that_changed_stop_check_and_publish_alike(
    imported: Workspace, study: StudyFolder, tmp_path: Path
) -> None:
    folder = shutil.copytree(study.scripts, tmp_path / "scripts")
    software.add(
        imported,
        "scripts",
        folder,
        author=AUTHOR,
        set_name="s",
        title="Scripts",
        description="Segments nuclei.",
        license="BSD-3-Clause",
        authors=["camille-practice"],
    )
    token = "software-heritage"
    first = publish.run(imported, "s", token, author=AUTHOR)
    assert first.delivery is not None and first.delivery.identifier
    (folder / "more.py").write_text("print()\n")
    report = check.run(imported, "s", names=[token])
    stopped = publish.run(imported, "s", token, author=AUTHOR)
    assert {one.code for one in report.findings if one.blocks} == {
        one.code for one in stopped.blocking
    }
    assert "software-heritage/folder-changed" in {o.code for o in stopped.blocking}
    assert stopped.delivery is None


def test_a_verdict_has_no_language(ready: Workspace) -> None:
    record = ready.record("set", "s")
    verdicts = []
    for language in LANGUAGES:
        with use_language(language):
            verdicts.append(verdict_on(ready, record))
    assert verdicts[0] is verdicts[1]
    assert all(
        set(one.origins) in (set(), set(LANGUAGES))
        for one in verdicts[0].report.findings
    )


def test_what_was_checked_is_what_is_made_ready(ready: Workspace) -> None:
    verdict = verdict_on(ready, ready.record("set", "s"))
    package = verdict.package(ARCHIVE)
    assert package.snapshot_hash == verdict.report.snapshot_hash
    assert package.hash == publish.prepare(ready, "s", ARCHIVE).package.hash
