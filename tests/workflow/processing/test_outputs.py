"""Outputs as records: what they come from, what they replace, and all or nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import ExternalToolError
from fair_imagic.model import (
    Image,
    Measure,
    ProcessingRun,
    PublicationSet,
    RecordGraph,
    Result,
    view,
    views,
)
from fair_imagic.processing import processors
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture
def twins(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """A set of two files with the same pixels and other titles, and the plug-in."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.setenv("PYTHONPATH", f"{PLUGIN}{os.pathsep}{os.environ['PYTHONPATH']}")
    processors.cache_clear()
    folder = tmp_path / "raw"
    folder.mkdir()
    data = np.random.default_rng(0).integers(0, 99, (8, 9), "uint8")
    for name in ("left", "right"):
        options = {"axes": "YX", "Name": name}
        path = folder / f"{name}.ome.tif"
        tifffile.imwrite(path, data, ome=True, metadata=options)
    import_images.run(workspace, [folder], collection="twins", author=AUTHOR)
    sets.create(workspace, "s", author=AUTHOR, title="Twins", images="all")
    yield workspace
    sys.modules.pop("copying_processor", None)
    processors.cache_clear()


def _view(workspace: Workspace, cls: type, record: str):  # type: ignore[no-untyped-def]
    return view(cls, RecordGraph(workspace.catalogue.effective(record)), record)


def _run(workspace: Workspace, deed: str) -> process.RunOutputs:
    return process.run(workspace, "s", "copy", {"deed": deed}, author=AUTHOR)


def test_one_image_made_from_two_comes_from_both(twins: Workspace) -> None:
    raw = images_of(twins, twins.record("set", "s"))
    made = _run(twins, "derive")
    (copy,) = made.images
    assert set(_view(twins, Image, copy).derived_from) == set(raw)
    assert set(images_of(twins, twins.record("set", "s"))) == {*raw, copy}
    run = _view(twins, ProcessingRun, made.run)
    assert len(run.output_sha256) == 1


def test_one_image_may_stand_for_two(twins: Workspace) -> None:
    root = twins.record("set", "s")
    raw = images_of(twins, root)
    made = _run(twins, "replace")
    (copy,) = made.images
    assert made.stand_ins == dict.fromkeys(raw, copy)
    assert images_of(twins, root) == [copy]
    repair.undo_last(twins, root, author=AUTHOR)
    assert images_of(twins, root) == raw


def test_what_replaced_an_image_is_not_processed_again(twins: Workspace) -> None:
    first = _run(twins, "replace")
    number = twins.catalogue.last_number()
    again = _run(twins, "replace")
    assert (again.run, again.images, again.stand_ins) == (
        first.run,
        first.images,
        first.stand_ins,
    )
    assert twins.catalogue.last_number() == number
    # For another processor it is what the raw image was: masks are made from it.
    masks = process.run(twins, "s", "segmentation", author=AUTHOR)
    assert _view(twins, Image, masks.images[0]).derived_from == first.images


def test_a_file_given_back_as_it_was_is_refused_and_nothing_kept(
    twins: Workspace,
) -> None:
    number = twins.catalogue.last_number()
    with pytest.raises(ExternalToolError, match="gave back the file"):
        _run(twins, "echo")
    assert twins.catalogue.last_number() == number


def test_the_plug_in_that_ran_is_named_with_its_version(twins: Workspace) -> None:
    run = _view(twins, ProcessingRun, _run(twins, "derive").run)
    assert "copying-processor 1.4" in run.library_versions


def test_an_image_that_was_imported_before_is_known_as_made(
    twins: Workspace, tmp_path: Path
) -> None:
    made = _run(twins, "derive")
    folder = twins.settings.home / "runs" / made.run.rpartition("/")[2] / "result"
    copy = tmp_path / "elsewhere" / "mine.ome.tif"
    copy.parent.mkdir()
    copy.write_bytes((folder / "copy-0.ome.tif").read_bytes())
    with_other = twins.settings.home.with_name("other")
    from fair_imagic.workflow.base.workspace import open_workspace

    with open_workspace(with_other) as other:
        raw = [tmp_path / "raw", copy.parent]
        import_images.run(other, raw, collection="twins", author=AUTHOR)
        sets.create(other, "s", author=AUTHOR, images="title=left")
        again = _run(other, "derive")
        image = _view(other, Image, again.images[0])
        assert image.content_kind == "processed"
        assert image.generated_by == again.run


def test_masks_and_tables_come_with_measures_and_sources(imported: Workspace) -> None:
    made = process.run(
        imported, "s", "segmentation", {"channel": "0"}, images="field*", author=AUTHOR
    )
    root = imported.record("set", "s")
    assert len(made.images) == len(made.results) == 2
    assert set(_view(imported, PublicationSet, root).results) == set(made.results)
    for mask in made.images:
        graph = RecordGraph(imported.catalogue.effective(mask))
        count = next(one for one in views(Measure, graph) if one.title != "threshold")
        assert (count.title, count.unit) == ("object count", "1")
        assert int(count.value or "") > 0
    table = _view(imported, Result, made.results[0])
    assert table.role == "table"
    assert set(table.derived_from) <= set(images_of(imported, root))
    assert table.generated_by == made.run
    repair.undo_last(imported, root, author=AUTHOR)
    assert not set(made.images) & set(images_of(imported, root))
    assert _view(imported, PublicationSet, root).results == ()
