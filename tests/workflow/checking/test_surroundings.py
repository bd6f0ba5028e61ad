"""What a check finds around the records: files, other sets, the microscope's start."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from fair_imagic.publish import states
from fair_imagic.publish.state import State
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.checking.surroundings import with_surroundings
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.sets import software

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.checks import Report
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

AUTHOR = "Ana Roux"


def found(report: Report, code: str) -> list[str | None]:
    return [one.value for one in report.findings if one.code == code]


def test_files_that_are_as_they_were_give_no_point(imported: Workspace) -> None:
    report = check.run(imported, "s", names=["set"], verify_files=True)
    assert found(report, "set/file-missing") == []
    assert found(report, "set/file-changed") == []


def test_a_file_that_went_away_is_named(imported: Workspace, few: Path) -> None:
    (few / "zstack_01.ome.tiff").unlink()
    report = check.run(imported, "s", names=["set"])
    assert found(report, "set/file-missing") == ["zstack_01.ome.tiff"]
    assert found(report, "set/file-changed") == []
    assert not report.conforms


def test_a_longer_file_is_seen_and_a_changed_byte_only_when_asked(
    imported: Workspace, few: Path
) -> None:
    longer, changed = few / "field_01_control.ome.tiff", few / "zstack_01.ome.tiff"
    longer.write_bytes(longer.read_bytes() + b"\0")
    content = bytearray(changed.read_bytes())
    content[-1] ^= 1
    changed.write_bytes(content)
    quick = check.run(imported, "s", names=["set"])
    assert found(quick, "set/file-changed") == ["field_01_control.ome.tiff"]
    steps: list[tuple[int, int, str]] = []
    whole = check.run(
        imported,
        "s",
        names=["set"],
        verify_files=True,
        progress=lambda *step: steps.append(step),
    )
    assert set(found(whole, "set/file-changed")) == {longer.name, changed.name}
    assert any(text.endswith("zstack_01.ome.tiff") for _d, _t, text in steps)
    assert changed.read_bytes() == bytes(content)


def test_the_hash_of_what_was_checked_is_that_of_the_records(
    imported: Workspace, few: Path
) -> None:
    before = check.run(imported, "s", names=["set"]).snapshot_hash
    (few / "zstack_01.ome.tiff").unlink()
    assert check.run(imported, "s", names=["set"]).snapshot_hash == before


def test_a_source_outside_the_set_is_a_point_until_it_is_published(
    imported: Workspace,
) -> None:
    process.run(imported, "s", "segmentation", images="field_01*", author=AUTHOR)
    sets.create(imported, "masks", author=AUTHOR, images="title=*(segmentation)")
    code = "set/derived-image-source-shared"
    assert len(found(check.run(imported, "masks", names=["set"]), code)) == 1
    assert found(check.run(imported, "s", names=["set"]), code) == []
    database = imported.catalogue.database
    subject = imported.record("set", "s")
    number = states.register(
        database,
        states.Edition(
            subject=subject, version="1.0", target="datacite", practice=True
        ),
        key="k",
    ).id
    states.enqueue(database, number, snapshot_hash="s", package_hash="p")
    for state in (State.SENDING, State.PUBLISHED):
        states.move(database, number, state)
    assert found(check.run(imported, "masks", names=["set"]), code) == []


def test_an_image_from_before_the_microscope_record_is_a_point(
    workspace: Workspace, study: StudyFolder, few: Path
) -> None:
    instruments.import_file(
        workspace,
        study.microscopes["widefield"],
        author=AUTHOR,
        name="scope",
        valid_from="2026-03-15",
    )
    import_images.run(
        workspace, [few], collection="few", author=AUTHOR, instrument="scope"
    )
    report = check.run(workspace, "few", names=["set"])
    early = found(report, "set/acquisition-date-in-record")
    assert early
    assert all(day is not None and day < "2026-03-15" for day in early)
    root = workspace.record("collection", "few")
    repair.set_values(
        workspace,
        root,
        [("image.acquired_at", "2026-03-16T09:00:00Z")],
        author=AUTHOR,
        replace=True,
    )
    report = check.run(workspace, "few", names=["set"])
    assert found(report, "set/acquisition-date-in-record") == []


def test_a_folder_that_is_gone_is_named_file_by_file(
    imported: Workspace, few: Path
) -> None:
    shutil.rmtree(few)
    snapshot = snapshot_of(imported, imported.record("set", "s"))
    around = with_surroundings(imported, snapshot, verify_files=True)
    states_found = [o for _s, p, o in around.own if p.endswith("storedState>")]
    assert states_found == ['"missing"'] * 3


def test_scripts_are_looked_at_as_the_deposit_would_take_them(
    imported: Workspace, study: StudyFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "scripts"
    shutil.copytree(study.scripts, folder)
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

    def codes() -> set[str]:
        report = check.run(imported, "s", names=["software-heritage"])
        return {one.code.removeprefix("software-heritage/") for one in report.findings}

    assert codes() == set()
    (folder / "LICENSE").unlink()
    assert codes() == {"licence-file-recommended"}
    (folder / "loop").symlink_to(folder)
    assert codes() == {"folder-refused"}
    shutil.rmtree(folder)
    assert codes() == {"folder-missing"}
