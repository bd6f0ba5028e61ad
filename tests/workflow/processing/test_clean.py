"""Cleaned copies: the same pixels, nothing about people, in place of the raw file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.checks import check as check_snapshot
from fair_imagic.checks import profiles
from fair_imagic.errors import InputError
from fair_imagic.files import sha256_of
from fair_imagic.model import FigurePanel, Image, ProcessingRun, RecordGraph, view
from fair_imagic.rdf import expand, iri
from fair_imagic.readers import pixels, read
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing import clean, process
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
APERIO = (
    "Aperio Image Library v11\r\n64x48 [0,0 64x48] (32x32)|User = roux.ana|AppMag = 20"
)


def write_slide(path: Path) -> None:
    rng = np.random.default_rng(0)

    def picture(height: int, width: int) -> np.ndarray:
        return rng.integers(0, 255, (height, width, 3), "uint8")

    with tifffile.TiffWriter(path) as writer:
        options = {"photometric": "rgb", "metadata": None, "contiguous": False}
        writer.write(picture(48, 64), tile=(32, 32), description=APERIO, **options)
        writer.write(picture(24, 32), description=APERIO, **options)
        writer.write(picture(20, 18), subfiletype=1, description=APERIO, **options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    write_slide(folder / "slide.svs")
    tifffile.imwrite(folder / "plain.tif", np.ones((8, 8), "uint16"), metadata=None)
    return folder


@pytest.fixture
def opened(workspace: Workspace, folder: Path) -> Workspace:
    import_images.run(workspace, [folder], collection="slides", author=AUTHOR)
    sets.create(workspace, "s", author=AUTHOR, title="Slides", images="all")
    values = [
        ("image.physical_size_x", "0.50 um"),
        ("image.acquired_at", "2026-05-04T10:30:00"),
    ]
    root = workspace.record("set", "s")
    repair.set_values(workspace, root, values, author=AUTHOR)
    return workspace


def seen(workspace: Workspace, image: str) -> Image:
    return view(Image, RecordGraph(workspace.catalogue.effective(image)), image)


def codes(workspace: Workspace) -> set[str]:
    snapshot = snapshot_of(workspace, workspace.record("set", "s"))
    report = check_snapshot(snapshot, [profiles.load("privacy")])
    return {point.code for point in report.findings}


def test_a_copy_has_the_pixels_and_the_records_and_no_leak(
    opened: Workspace, folder: Path
) -> None:
    before = sha256_of(folder / "slide.svs")
    (done,) = clean.run(opened, "s", author=AUTHOR)
    assert sha256_of(folder / "slide.svs") == before
    assert np.array_equal(pixels(done.path, 0), pixels(folder / "slide.svs", 0))
    assert read(done.path).leaks == ()
    assert b"roux" not in done.path.read_bytes()
    copy, raw = seen(opened, done.image), seen(opened, done.raw)
    assert set(done.removed) == {"roux.ana", "Label (18x20)"}
    assert (copy.title, copy.acquired_at) == ("slide", "2026-05-04T10:30:00")
    assert copy.physical_size_x == raw.physical_size_x == "0.50"
    assert copy.description is None
    assert raw.description is not None


def test_a_copy_is_linked_to_the_raw_image_and_the_run(opened: Workspace) -> None:
    (done,) = clean.run(opened, "s", author=AUTHOR)
    copy = seen(opened, done.image)
    assert copy.derived_from == (done.raw,)
    assert copy.content_kind == "processed"
    run = copy.generated_by or ""
    graph = RecordGraph(opened.catalogue.effective(run))
    described = view(ProcessingRun, graph, run)
    assert described.used == (done.raw,)
    assert described.output_sha256 == (sha256_of(done.path),)


def test_the_copy_takes_the_place_of_the_raw_image_in_the_set(
    opened: Workspace,
) -> None:
    root = opened.record("set", "s")
    before = images_of(opened, root)
    (done,) = clean.run(opened, "s", author=AUTHOR)
    after = images_of(opened, root)
    assert set(before) - set(after) == {done.raw}
    assert set(after) - set(before) == {done.image}
    repair.undo_last(opened, root, author=AUTHOR)
    assert images_of(opened, root) == before


def test_the_points_go_and_what_the_raw_record_says_stays_one(
    opened: Workspace,
) -> None:
    assert codes(opened) == {
        "privacy/file-slide-label",
        "privacy/file-user-name",
        "privacy/text-user-name",
    }
    clean.run(opened, "s", author=AUTHOR)
    # The raw image is public as what the copy comes from.
    assert codes(opened) == {"privacy/text-user-name"}
    collection = opened.record("collection", "slides")
    values = [("image.description", "withheld")]
    repair.set_values(opened, collection, values, author=AUTHOR)
    assert codes(opened) == set()


def test_a_second_run_finds_the_copies(opened: Workspace) -> None:
    first = clean.run(opened, "slides", author=AUTHOR)
    again = clean.run(opened, "slides", author=AUTHOR)
    assert [one.image for one in first] == [one.image for one in again]
    assert clean.run(opened, "s", author=AUTHOR)
    assert clean.run(opened, "s", author=AUTHOR) == []


def test_serial_numbers_alone_are_cleaned_on_request_only(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "camera.tif"
    tifffile.imwrite(
        path, np.ones((4, 4), "uint8"), description="x\nS/N: 123", metadata=None
    )
    import_images.run(workspace, [path], collection="c", author=AUTHOR)
    assert clean.run(workspace, "c", author=AUTHOR) == []
    (done,) = clean.run(workspace, "c", serial_numbers=True, author=AUTHOR)
    assert done.removed == ("123",)


def test_a_person_who_agreed_overrules_the_file(opened: Workspace) -> None:
    root = opened.record("set", "s")
    agreed = [
        ("image.fileset.user_name_in_file", "not applicable"),
        ("image.fileset.slide_label_in_file", "not applicable"),
    ]
    repair.set_values(opened, root, agreed, author=AUTHOR)
    assert codes(opened) == {"privacy/text-user-name"}
    assert clean.run(opened, "s", author=AUTHOR) == []


def test_a_raw_file_that_is_gone_is_named(opened: Workspace, folder: Path) -> None:
    (folder / "slide.svs").unlink()
    with pytest.raises(InputError) as caught:
        clean.run(opened, "s", author=AUTHOR)
    assert str(caught.value.where).endswith("slide.svs")


def test_the_command_process_cleans_what_tells_something_and_says_the_rest(
    opened: Workspace,
) -> None:
    root = opened.record("set", "s")
    before = images_of(opened, root)
    made = process.run(opened, "s", "clean", author=AUTHOR)
    assert made.remarks == ("plain.tif: nothing to remove",)
    ((raw, copy),) = made.stand_ins.items()
    assert seen(opened, copy).stands_for == (raw,)
    assert set(images_of(opened, root)) == {*before, copy} - {raw}
    assert clean.run(opened, "s", author=AUTHOR) == []
    again = process.run(opened, "s", "clean", author=AUTHOR)
    assert again.stand_ins == made.stand_ins


def test_a_cleaned_image_keeps_its_place_in_a_figure(opened: Workspace) -> None:
    root = opened.record("set", "s")
    edits = Edits(opened.catalogue, person_source(opened, AUTHOR))
    raw = next(i for i in images_of(opened, root) if seen(opened, i).title == "slide")
    edits.create(FigurePanel(iri=f"{root}#panel-0", figure="1", image=raw))
    edits.put(root, [(expand("fi:panel"), iri(f"{root}#panel-0"))])
    edits.append(AUTHOR, "figure 1")
    (done,) = clean.run(opened, "s", author=AUTHOR)
    graph = RecordGraph(opened.catalogue.effective(root))
    assert view(FigurePanel, graph, f"{root}#panel-0").image == done.image


def test_files_that_are_the_same_image_of_one_file_are_copied_together(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "two.ome.tif"
    with tifffile.TiffWriter(path, ome=True) as writer:
        for value in (1, 2):
            options = {"axes": "YX", "Name": f"image {value}", "Description": APERIO}
            writer.write(np.full((8, 8), value, "uint8"), metadata=options)
    import_images.run(workspace, [path], collection="c", author=AUTHOR)
    values = [("image.fileset.user_name_in_file", "roux.ana")]
    repair.set_values(
        workspace, workspace.record("collection", "c"), values, author=AUTHOR
    )
    done = clean.run(workspace, "c", author=AUTHOR)
    assert len(done) == 2
    assert len({one.path for one in done}) == 1
    for one in done:
        copy, raw = seen(workspace, one.image), seen(workspace, one.raw)
        assert copy.title == raw.title
        assert copy.stands_for == (one.raw,)
        assert np.array_equal(
            pixels(one.path, int(copy.series_index or 0)),
            pixels(path, int(raw.series_index or 0)),
        )
