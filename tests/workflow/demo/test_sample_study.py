from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from ome_types import from_xml

from fair_imagic.files import sha256_of
from fair_imagic.mapping import read_instrument
from fair_imagic.workflow.demo.sample_study import StudyFolder, write_study
from fair_imagic.workflow.demo.sample_study.images import study_images, write_image
from fair_imagic.workflow.demo.sample_study.microscopes import microscope_json
from fair_imagic.workflow.demo.sample_study.pixels import Optics, nuclei_field

if TYPE_CHECKING:
    from pathlib import Path


def test_the_study_has_twenty_images_of_two_microscopes(study: StudyFolder) -> None:
    counts = {kind: len(list(f.iterdir())) for kind, f in study.images.items()}
    assert counts == {"widefield": 18, "confocal": 2}


def test_the_same_image_is_the_same_file(study: StudyFolder, tmp_path: Path) -> None:
    first = study_images()[0]
    again = write_image(tmp_path, first)
    assert sha256_of(again) == sha256_of(study.images["widefield"] / first.name)


def test_a_second_writing_changes_nothing(study: StudyFolder) -> None:
    before = {p: p.stat().st_mtime_ns for p in study.root.rglob("*.tiff")}
    write_study(study.root)
    assert before == {p: p.stat().st_mtime_ns for p in study.root.rglob("*.tiff")}


def test_the_ome_xml_is_read_by_an_independent_reader(study: StudyFolder) -> None:
    for path in study.root.rglob("*.tiff"):
        with tifffile.TiffFile(path) as tiff:
            ome = from_xml(tiff.ome_metadata or "")
            shape = tiff.series[0].shape
        pixels = ome.images[0].pixels
        assert (pixels.size_y, pixels.size_x) == shape[-2:]
        assert pixels.size_c * pixels.size_z == shape[0]


def test_four_files_lack_the_pixel_size_and_one_its_date(study: StudyFolder) -> None:
    lacking = {"pixel size": 0, "date": 0, "objective": 0}
    for path in study.images["widefield"].iterdir():
        with tifffile.TiffFile(path) as tiff:
            ome = from_xml(tiff.ome_metadata or "")
        lacking["pixel size"] += ome.images[0].pixels.physical_size_x is None
        lacking["date"] += ome.images[0].acquisition_date is None
        lacking["objective"] += not ome.instruments
    assert lacking == {"pixel size": 4, "date": 1, "objective": 2}


def test_noise_is_that_of_photons_and_camera() -> None:
    optics = Optics(pixel_size_um=0.3, numerical_aperture=0.8, emission_um=0.5)
    empty = nuclei_field(1, size_px=256, count=0, optics=optics)[0].astype(float)
    signal = empty.mean() - optics.offset_adu
    # Poisson: the variance in ADU is gain times signal, plus that of the read noise
    expected = optics.gain_adu_per_photon * signal + optics.read_noise_adu**2
    assert np.diff(empty, axis=1).var() / 2 == pytest.approx(expected, rel=0.05)


def test_nuclei_are_brighter_than_the_background() -> None:
    optics = Optics(pixel_size_um=0.3, numerical_aperture=0.8, emission_um=0.5)
    field = nuclei_field(1, size_px=256, count=20, optics=optics)[0]
    assert np.percentile(field, 98) > 5 * np.percentile(field, 20)


def test_the_blur_is_that_of_the_objective() -> None:
    sharp = Optics(pixel_size_um=0.1, numerical_aperture=1.4, emission_um=0.5)
    soft = Optics(pixel_size_um=0.1, numerical_aperture=0.4, emission_um=0.5)
    assert soft.sigma_xy_px / sharp.sigma_xy_px == pytest.approx(1.4 / 0.4)


@pytest.mark.parametrize("kind", ["widefield", "confocal"])
def test_our_own_microscope_records_are_read_without_a_remark(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.json"
    path.write_text(microscope_json(kind), encoding="utf-8")
    assert read_instrument(path, base_iri="https://example.org/id/").problems == ()
