"""An import with a table: both or neither, whatever is wrong and whoever is stopped."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from benchmarks.generated_lif import write_lif
from openpyxl import Workbook

from fair_imagic import files
from fair_imagic.errors import InputError
from fair_imagic.readers import opened
from fair_imagic.workflow.correcting import tagged_import, tags
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes import instruments

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tagged_import import TaggedImport
    from fair_imagic.workflow.demo.sample_study import StudyFolder

AUTHOR = "Ana Roux"
GOOD = "image,sample,sample.organism,dose\nfield_01*,S1,mouse,3\nplate2,S2,human,4\n"
# What may be wrong with a table; each names the images of the folder below.
BAD = {
    "a row that names nothing": "image,sample\nfield_01*,S1\nnobody,S2\n",
    "an empty name": "image,sample\n,S2\n",
    "a value that its field cannot have": "image,acquired_at\nplate2,yesterday-ish\n",
    "a number out of range": "image,physical_size_x\nplate2,-3\n",
    "two rows that disagree": "image,dose\nplate2,3\n*plate2*,4\n",
    "a heading with a slip": "image,sample.organsim\nplate2,mouse\n",
    "a step that leads nowhere": "image,channels[7].name\nplate2,DAPI\n",
    "a part that no microscope has": "image,objective\nplate2,Quux 999x/3.1\n",
    "a text too long": f"image,dose\nplate2,{'x' * 20_001}\n",
}


@pytest.fixture
def folder(few: Path) -> Path:
    """Some images of a microscope, one without metadata, and a file of three."""
    tifffile.imwrite(few / "plate2.tif", np.zeros((4, 4), np.uint8))
    write_lif(few / "many.lif", 3)
    return few


@pytest.fixture
def scope(workspace: Workspace, study: StudyFolder) -> str:
    instruments.import_file(
        workspace, study.microscopes["widefield"], author=AUTHOR, name="scope"
    )
    return "scope"


def _table(folder: Path, text: str) -> tags.TagTable:
    path = folder.parent / "tags.csv"
    path.write_text(text, encoding="utf-8")
    return tags.read_tags(path)


def _ahead(
    workspace: Workspace, folder: Path, text: str, instrument: str | None = None
) -> TaggedImport:
    return tagged_import.look_ahead(
        workspace,
        [folder],
        _table(folder, text),
        collection="few",
        author=AUTHOR,
        instrument=instrument,
    )


def _state(workspace: Workspace, root: str) -> dict[str, frozenset[tuple[str, ...]]]:
    """Return what is said of the images of a collection and of their samples."""
    images = images_of(workspace, root)
    found = {one: workspace.catalogue.effective(one) for one in images}
    samples = workspace.catalogue.records_under(f"{workspace.settings.base_iri}sample/")
    found |= {one: workspace.catalogue.effective(one) for one in samples}
    return {record: frozenset(triples) for record, triples in found.items()}


@pytest.mark.parametrize("kind", BAD)
def test_a_table_with_an_error_lets_nothing_in(
    workspace: Workspace, folder: Path, scope: str, kind: str
) -> None:
    before = workspace.catalogue.last_number()
    ahead = _ahead(workspace, folder, BAD[kind], scope)
    assert ahead.plan.flaws
    assert workspace.catalogue.last_number() == before
    assert workspace.catalogue.locations.paths_of("") == []
    assert not list(workspace.thumbnails.glob("*"))


@pytest.mark.parametrize("text", [GOOD, *BAD.values(), "image,a\nField*,1\nmany,2\n"])
def test_what_is_said_ahead_is_what_is_said_of_images_that_are_there(
    workspace: Workspace, folder: Path, scope: str, text: str
) -> None:
    ahead = _ahead(workspace, folder, text, scope).plan
    done = import_images.run(
        workspace, [folder], collection="few", author=AUTHOR, instrument=scope
    )
    after = tags.plan_tags(workspace, done.collection, _table(folder, text))
    assert (ahead.flaws, ahead.rows) == (after.flaws, after.rows)
    assert ahead.table == after.table
    assert ahead.notes == after.notes


NAMES = ("field_01_control", "many.lif#Series002", "many.lif#2", "few/many.lif", "m*")


@pytest.mark.parametrize("name", NAMES)
def test_images_are_named_ahead_as_they_are_afterwards(
    workspace: Workspace, folder: Path, name: str
) -> None:
    text = f"image,dose\n{name},3\n"
    ahead = _ahead(workspace, folder, text).plan
    done = import_images.run(workspace, [folder], collection="few", author=AUTHOR)
    after = tags.plan_tags(workspace, done.collection, _table(folder, text))
    assert ahead.rows == after.rows
    assert ahead.flaws == after.flaws


def test_images_that_are_there_already_and_files_that_changed_are_named_too(
    workspace: Workspace, folder: Path
) -> None:
    import_images.run(workspace, [folder / "plate2.tif"], collection="few", author="a")
    import_images.run(workspace, [folder / "many.lif"], collection="b", author="a")
    tifffile.imwrite(folder / "plate2.tif", np.ones((8, 8), np.uint8))
    ahead = _ahead(workspace, folder, "image,dose\nplate2,3\nmany*,4\nz*,5\n")
    assert not ahead.plan.flaws
    result, done = tagged_import.carry_out(workspace, ahead)
    assert (len(result.changed), len(result.joined)) == (1, 3)
    assert done.number is not None
    assert (
        ahead.plan.rows
        == tags.plan_tags(workspace, result.collection, ahead.table).rows
    )


def _xlsx(path: Path, rows: list[list[str]]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def _ods(path: Path, rows: list[list[str]]) -> None:
    import zipfile

    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    kinds = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for kind in kinds
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="t">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)


def _csv(path: Path, rows: list[list[str]]) -> None:
    path.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")


def test_csv_excel_and_opendocument_come_to_the_same(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    rows = [line.split(",") for line in GOOD.splitlines()]
    found = []
    for name, write in (("t.csv", _csv), ("t.xlsx", _xlsx), ("t.ods", _ods)):
        path = tmp_path / name
        write(path, rows)
        ahead = tagged_import.look_ahead(
            workspace, [folder], tags.read_tags(path), collection="few", author="a"
        )
        assert not ahead.plan.flaws
        found.append([(row.text, row.images) for row in ahead.plan.rows])
    assert found[0] == found[1] == found[2]


def test_who_is_stopped_half_way_comes_to_the_same_end_by_the_same_command(
    workspace: Workspace, folder: Path, scope: str, tmp_path: Path
) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    ahead = _ahead(workspace, folder, GOOD, scope)
    with pytest.raises(KeyboardInterrupt):
        tagged_import.carry_out(workspace, ahead, progress=stop)
    again = _ahead(workspace, folder, GOOD, scope)
    assert again.plan.rows == ahead.plan.rows
    result, _done = tagged_import.carry_out(workspace, again)
    stopped = _state(workspace, result.collection)

    from fair_imagic.workflow.base.workspace import open_workspace

    with open_workspace(tmp_path / "other") as other:
        study = folder.parent / "study.json"
        shutil.copy(_scope_file(folder), study)
        instruments.import_file(other, study, author=AUTHOR, name="scope")
        whole, _ = tagged_import.carry_out(other, _ahead(other, folder, GOOD, scope))
        assert _state(other, whole.collection) == stopped


def _scope_file(folder: Path) -> Path:
    from fair_imagic.workflow.demo.sample_study import write_study

    return write_study(folder.parent / "whole-study").microscopes["widefield"]


def test_no_file_is_reckoned_twice(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()
    original = opened.sha256_of_stream

    def counted(stream):  # type: ignore[no-untyped-def]
        counts[stream.name] += 1
        return original(stream)

    monkeypatch.setattr(opened, "sha256_of_stream", counted)
    ahead = _ahead(workspace, folder, GOOD)
    tagged_import.carry_out(workspace, ahead)
    assert set(counts.values()) == {1}


def test_a_file_that_changes_in_between_is_read_as_it_is_then(
    workspace: Workspace, folder: Path
) -> None:
    ahead = _ahead(workspace, folder, GOOD)
    path = folder / "plate2.tif"
    tifffile.imwrite(path, np.ones((8, 8), np.uint8))
    tagged_import.carry_out(workspace, ahead)
    assert workspace.catalogue.locations.paths_of(files.sha256_of(path)) == [path]


def test_a_name_of_several_images_waits_for_somebody(
    workspace: Workspace, folder: Path
) -> None:
    ahead = _ahead(workspace, folder, "image,dose\nmany.lif,3\n")
    assert [len(row.images) for row in ahead.plan.ambiguous] == [3]
    before = workspace.catalogue.last_number()
    with pytest.raises(InputError, match=r"3 images are named many\.lif"):
        tagged_import.carry_out(workspace, ahead)
    assert workspace.catalogue.last_number() == before
