"""The segmentation, on pixels whose truth is known."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from tests.processing.conftest import CENTRES, discs

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.processing import InputImage, processor
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.processing import ProcessingJob

OME = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"
SEGMENTATION = processor("segmentation")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_finds_every_object_and_separates_those_that_touch(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    job = make_job(write(discs(), pixel_size_x_um=0.5, pixel_size_y_um=0.5))
    result = SEGMENTATION.run(job)
    mask, table = result.outputs
    assert mask.measures[0].value == str(len(CENTRES))
    assert result.remarks == ("cells.ome.tif: 5 objects",)
    labels = tifffile.imread(job.folder / mask.name)
    assert labels.dtype == np.uint16
    found = {labels[row, column] for row, column in CENTRES}
    assert found == {1, 2, 3, 4, 5}
    lines = rows(job.folder / table.name)
    areas = [int(line["size_px"]) for line in lines]
    assert areas[0] == pytest.approx(np.pi * 81, rel=0.1)
    assert float(lines[0]["size_um"]) == pytest.approx(areas[0] * 0.25)
    first = (float(lines[0]["centroid_y_px"]), float(lines[0]["centroid_x_px"]))
    assert first == pytest.approx(CENTRES[0], abs=0.5)
    assert float(lines[0]["mean_intensity"]) == pytest.approx(900, rel=0.05)


def test_the_mask_keeps_the_pixel_sizes_and_is_compressed_ome_tiff(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    job = make_job(write(discs(), pixel_size_x_um=0.1083, pixel_size_y_um=0.2))
    name = SEGMENTATION.run(job).outputs[0].name
    with tifffile.TiffFile(job.folder / name) as file:
        assert file.is_ome
        assert file.pages[0].compression == tifffile.COMPRESSION.ADOBE_DEFLATE
        pixels = parse_xml(str(file.ome_metadata).encode()).find(f".//{OME}Pixels")
    assert pixels is not None
    assert (pixels.get("PhysicalSizeX"), pixels.get("PhysicalSizeY")) == (
        "0.1083",
        "0.2",
    )
    assert pixels.get("PhysicalSizeXUnit") == "µm"
    assert pixels.get("PhysicalSizeZ") is None


def test_without_pixel_sizes_there_are_no_micrometres(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    job = make_job(write(discs()))
    result = SEGMENTATION.run(job)
    assert {row["size_um"] for row in rows(job.folder / result.outputs[1].name)} == {""}


def test_the_same_job_gives_the_same_bytes(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    image = write(discs())
    jobs = [make_job(image, folder=name) for name in ("one", "two")]
    made = [SEGMENTATION.run(job) for job in jobs]
    for output in made[0].outputs:
        contents = {(job.folder / output.name).read_bytes() for job in jobs}
        assert len(contents) == 1


def test_a_stack_is_projected_or_taken_as_a_volume(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    sizes = {"pixel_size_x_um": 0.2, "pixel_size_y_um": 0.2, "pixel_size_z_um": 0.4}
    image = write(discs(channels=2, slices=20), **sizes)
    flat = make_job(image, folder="flat", channel="1")
    deep = make_job(image, folder="deep", channel="1", stack="volume", sigma_um="0.2")
    planar, volume = SEGMENTATION.run(flat), SEGMENTATION.run(deep)
    for result in (planar, volume):
        assert result.outputs[0].measures[0].value == "5"
    assert tifffile.imread(flat.folder / planar.outputs[0].name).ndim == 2
    assert tifffile.imread(deep.folder / volume.outputs[0].name).shape[0] == 20
    line = rows(deep.folder / volume.outputs[1].name)[0]
    assert line["size_unit"] == "um3"
    assert float(line["size_um"]) == pytest.approx(int(line["size_px"]) * 0.016)


@pytest.mark.parametrize("value", [0, 700])
def test_an_image_with_nothing_in_it_has_no_objects(
    write: Callable[..., InputImage],
    make_job: Callable[..., ProcessingJob],
    value: int,
) -> None:
    job = make_job(write(np.full((1, 1, 32, 32), value, dtype=np.uint16)))
    result = SEGMENTATION.run(job)
    assert result.outputs[0].measures[0].value == "0"
    assert rows(job.folder / result.outputs[1].name) == []
    assert not tifffile.imread(job.folder / result.outputs[0].name).any()


def test_a_threshold_and_a_least_area_can_be_chosen(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    image = write(discs())
    high = SEGMENTATION.run(make_job(image, folder="a", threshold="5000"))
    assert [(one.name, one.value, one.unit) for one in high.outputs[0].measures] == [
        ("object count", "0", "1"),
        ("threshold", "5000", "1"),
    ]
    large = SEGMENTATION.run(make_job(image, folder="b", min_area_px="1000"))
    assert large.outputs[0].measures[0].value == "0"


def test_images_of_one_name_get_outputs_of_their_own(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    image = write(discs())
    twins = (image, replace(image, name="Cells.OME.TIF".lower()), image)
    result = SEGMENTATION.run(make_job(*twins))
    names = [output.name for output in result.outputs]
    assert names[::2] == [
        "cells-labels.ome.tif",
        "cells-2-labels.ome.tif",
        "cells-3-labels.ome.tif",
    ]
    sources = [output.sources for output in result.outputs]
    assert sources == [(0,), (0,), (1,), (1,), (2,), (2,)]


def test_a_channel_that_is_not_there_is_a_clear_error(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    with pytest.raises(InputError, match="no channel 3") as caught:
        SEGMENTATION.run(make_job(write(discs(channels=2)), channel="3"))
    assert caught.value.expected == "0 to 1"


def test_a_truncated_file_is_a_clear_error(
    write: Callable[..., InputImage], make_job: Callable[..., ProcessingJob]
) -> None:
    image = write(discs())
    image.path.write_bytes(image.path.read_bytes()[:2000])
    with pytest.raises(UnreadableFileError):
        SEGMENTATION.run(make_job(image))


def test_real_nuclei_are_found_as_people_outlined_them(
    make_job: Callable[..., ProcessingJob], shared: Path
) -> None:
    folder = shared / "samples" / "images"
    path = folder / "dsb_nuclei_img.tif"
    image = InputImage(path=path, sha256="", name="nuclei")
    job = make_job(image)
    made = SEGMENTATION.run(job).outputs[0]
    labels = tifffile.imread(job.folder / made.name)
    truth = tifffile.imread(folder / "dsb_nuclei_mask.tif")
    both = ((labels > 0) & (truth > 0)).sum()
    assert 2 * both / ((labels > 0).sum() + (truth > 0).sum()) > 0.8
    matched = sum(_is_found(labels, truth == number) for number in np.unique(truth)[1:])
    assert matched >= 75  # of 125: Otsu misses the dim ones


def _is_found(labels: NDArray[np.uint16], outline: NDArray[np.bool_]) -> bool:
    counts = np.bincount(labels[outline], minlength=1)
    counts[0] = 0
    found = labels == counts.argmax()
    union = (found | outline).sum()
    return bool(counts.any() and (found & outline).sum() / union > 0.5)
