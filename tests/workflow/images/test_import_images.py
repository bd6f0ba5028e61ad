from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import sha256_of
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.rdf import iri, literal
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing import process

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.demo.sample_study import StudyFolder


def _import(workspace: Workspace, folder: Path) -> import_images.ImportResult:
    return import_images.run(workspace, [folder], collection="c", author="Ana Roux")


def test_raw_files_are_only_read(workspace: Workspace, few: Path) -> None:
    before = {p: (sha256_of(p), p.stat().st_mtime_ns) for p in few.iterdir()}
    _import(workspace, few)
    assert before == {p: (sha256_of(p), p.stat().st_mtime_ns) for p in few.iterdir()}


def test_a_second_import_finds_everything_known(
    workspace: Workspace, few: Path
) -> None:
    first = _import(workspace, few)
    number = workspace.catalogue.last_number()
    second = _import(workspace, few)
    assert second.images == first.images
    assert len(second.known) == 3
    assert workspace.catalogue.last_number() == number


def test_every_value_of_a_file_has_its_place(workspace: Workspace, few: Path) -> None:
    image = _import(workspace, few).images[0]
    origins = workspace.catalogue.origins(image)
    size = origins[(iri(image), iri("nboq:sizeX"), literal(256))]
    assert size.source.label == "field_01_control.ome.tiff"
    assert size.place == "/OME/Image[1]/Pixels/@SizeX"


def test_the_microscope_record_fills_what_the_file_lacks(imported: Workspace) -> None:
    image = images_of(imported, imported.record("collection", "few"))[0]
    part = f"{image}#objective"
    maker = (iri(part), iri("nboq:manufacturer"), literal("Example Optics"))
    assert imported.catalogue.origins(image)[maker].source.kind == "instrument"


def test_no_path_above_the_imported_folder_is_kept(
    workspace: Workspace, few: Path
) -> None:
    found = _import(workspace, few)
    for image in found.images:
        seen = view(Image, RecordGraph(workspace.catalogue.effective(image)), image)
        record = workspace.catalogue.effective(seen.fileset or "")
        assert str(few.parent) not in str(record)


def test_bad_files_are_named_and_stop_nothing(workspace: Workspace, few: Path) -> None:
    (few / "notes.tif").write_text("this is no image", encoding="utf-8")
    (few / "empty.tif").write_bytes(b"")
    whole = (few / "field_01_control.ome.tiff").read_bytes()
    (few / "cut.ome.tiff").write_bytes(whole[: len(whole) // 3])
    result = _import(workspace, few)
    named = {problem.path.name for problem in result.problems}
    named |= {remark.path.name for remark in result.remarks}
    assert {"notes.tif", "empty.tif", "cut.ome.tiff"} <= named
    assert all(problem.reason for problem in result.problems)
    assert {"field_01_control", "field_03_control", "zstack_01"} <= {
        label_of(workspace, image) for image in result.images
    }


def test_a_folder_with_nothing_to_import_is_an_error(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError) as caught:
        _import(workspace, tmp_path / "nothing")
    assert caught.value.expected
    assert not workspace.names("collection")


def test_an_unknown_microscope_stops_before_anything_is_kept(
    workspace: Workspace, few: Path
) -> None:
    with pytest.raises(NotFoundError):
        import_images.run(
            workspace, [few], collection="c", author="a", instrument="none"
        )
    assert workspace.catalogue.last_number() == 0


def test_a_dry_run_keeps_nothing(workspace: Workspace, few: Path) -> None:
    result = import_images.run(
        workspace, [few], collection="c", author="Ana Roux", dry_run=True
    )
    assert len(result.images) == 3
    assert workspace.catalogue.last_number() == 0
    assert not workspace.thumbnails.exists()


def test_an_interrupted_import_is_completed_by_the_same_command(
    workspace: Workspace, few: Path
) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_images.run(workspace, [few], collection="c", author="a", progress=stop)
    kept = images_of(workspace, workspace.record("collection", "c"))
    assert len(kept) == 2
    result = _import(workspace, few)
    assert len(result.known) == 2
    assert len(images_of(workspace, workspace.record("collection", "c"))) == 3


def test_each_image_has_a_picture(workspace: Workspace, few: Path) -> None:
    for image in _import(workspace, few).images:
        picture = workspace.thumbnails / f"{image.rpartition('/')[2]}.png"
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_two_imports_at_once_both_complete(study: StudyFolder, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(home)]
    both = [
        subprocess.Popen(
            [*command, "import", str(study.images[kind]), "--collection", kind],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for kind in study.images
    ]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    with open_workspace(home) as workspace:
        counts = [
            len(images_of(workspace, workspace.record("collection", kind)))
            for kind in study.images
        ]
    assert counts == [18, 2]


def test_real_files_of_every_format_are_described(
    workspace: Workspace, shared: Path
) -> None:
    result = import_images.run(
        workspace, [shared / "samples" / "images"], collection="real", author="a"
    )
    labels = {label_of(workspace, image) for image in result.images}
    assert {"2x2 tiles", "nikon_cluster", "xz", "x_y_lambdaEmi", "cells-2c"} <= labels
    assert len(result.images) == 19
    assert [problem.path.name for problem in result.problems] == ["SOURCES.md"]


def test_a_moved_file_is_found_again_after_an_import(
    imported: Workspace, few: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.move(few, moved)
    result = import_images.run(imported, [moved], collection="few", author="a")
    assert len(result.known) == 3
    assert process.run(imported, "s", "segmentation", images="field_01*").images


FLAWED = """<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
<Image ID="Image:0" Name="a"><ObjectiveSettings ID="Objective:7"/>
<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="2" SizeY="2"
SizeZ="1" SizeC="1" SizeT="1" Mood="good"><Channel ID="Channel:0"/><MetadataOnly/>
</Pixels></Image></OME>"""


def test_flaws_of_a_file_are_points_with_their_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "flawed.ome.xml"
    path.write_text(FLAWED, encoding="utf-8")
    import_images.run(workspace, [path], collection="flawed", author="Camille")
    report = check.run(workspace, "flawed", names=["set"])
    points = {point.code: point for point in report.findings}
    dangling = points["set/file-dangling-reference"]
    assert dangling.value == "ObjectiveSettings Objective:7"
    assert "/OME/Image[1]/ObjectiveSettings" in (dangling.origin or "")
    assert points["set/file-unknown-part"].value == "Pixels/@Mood"
