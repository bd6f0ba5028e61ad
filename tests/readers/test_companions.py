"""Images in several files: a companion document and the TIFF files that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import tifffile

from fair_imagic.readers import find_filesets, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Document = Callable[..., str]

BINARY_ONLY = (
    '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/'
    '2016-06" UUID="urn:uuid:{uuid}"><BinaryOnly MetadataFile="set.companion.ome" '
    'UUID="urn:uuid:11111111-1111-1111-1111-111111111111"/></OME>'
)


def companion_set(folder: Path, ome_document: Document) -> Path:
    names = ("plane0.ome.tif", "plane1.ome.tif")
    inside = ""
    for number, name in enumerate(names):
        uuid = f"2222222{number}-2222-2222-2222-222222222222"
        description = BINARY_ONLY.format(uuid=uuid)
        data = np.zeros((6, 8), np.uint16)
        tifffile.imwrite(folder / name, data, description=description, metadata=None)
        inside += (
            f'<TiffData FirstC="{number}" PlaneCount="1"><UUID FileName="{name}">'
            f"urn:uuid:{uuid}</UUID></TiffData>"
        )
    path = folder / "set.companion.ome"
    path.write_text(ome_document(inside=inside), encoding="utf-8")
    return path


def test_a_companion_and_its_tiffs_are_one_fileset(
    tmp_path: Path, ome_document: Document
) -> None:
    companion = companion_set(tmp_path, ome_document)
    found = find_filesets([tmp_path])
    assert [[path.name for path in group.paths] for group in found] == [
        ["set.companion.ome", "plane0.ome.tif", "plane1.ome.tif"]
    ]
    assert found.groups[0].leader == companion
    assert found.problems == ()


def test_the_companion_describes_the_whole(
    tmp_path: Path, ome_document: Document
) -> None:
    companion = companion_set(tmp_path, ome_document)
    fileset = read(companion)
    assert len(fileset.paths) == 3
    assert len(fileset.images) == 1
    assert fileset.problems == ()


def test_any_file_of_the_set_leads_to_the_companion(
    tmp_path: Path, ome_document: Document
) -> None:
    companion = companion_set(tmp_path, ome_document)
    fileset = read(tmp_path / "plane1.ome.tif")
    assert fileset.paths[0] == companion
    assert fileset.images == read(companion).images


def test_a_missing_companion_is_told(tmp_path: Path, ome_document: Document) -> None:
    companion_set(tmp_path, ome_document).unlink()
    fileset = read(tmp_path / "plane0.ome.tif")
    assert "set.companion.ome" in fileset.problems[0]
    assert fileset.images == ()


def test_a_renamed_file_does_not_miss_itself(tmp_path: Path, ome_tiff: Path) -> None:
    other = ome_tiff.rename(tmp_path / "renamed.ome.tif")
    assert read(other).problems == ()
