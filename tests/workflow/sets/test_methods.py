from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.sets.methods import methods_text

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace


def test_what_is_recorded_is_in_the_text(imported: Workspace) -> None:
    text = methods_text(imported, "s").text
    assert "Plan-Apochromat 20x/0.8" in text
    assert "0.323 × 0.323 µm" in text
    assert "DAPI" in text
    assert "exposure 40 ms" in text


def test_every_gap_is_named_in_the_text_and_listed(imported: Workspace) -> None:
    found = methods_text(imported, "s")
    assert found.gaps
    for gap in found.gaps:
        assert f"[{gap}]" in found.text
    assert "pixel size not recorded" in found.gaps


def test_a_gap_goes_when_it_is_filled(imported: Workspace) -> None:
    record = imported.record("set", "s")
    values = [("image.physical_size_x", "0.323 um"), ("image.physical_size_y", "0.323")]
    repair.set_values(imported, record, values, author="Ana", replace=False)
    assert "pixel size not recorded" not in methods_text(imported, "s").gaps


def test_images_with_the_same_settings_share_a_sentence(imported: Workspace) -> None:
    record = imported.record("set", "s")
    before = methods_text(imported, "s").text
    assert "2 images:" not in before
    values = [("image.physical_size_x", "0.323 um"), ("image.physical_size_y", "0.323")]
    repair.set_values(imported, record, values, author="Ana", replace=False)
    assert "2 images:" in methods_text(imported, "s").text


def test_the_text_comes_in_french(imported: Workspace) -> None:
    text = methods_text(imported, "s", language="fr").text
    assert "0,323 × 0,323 µm" in text
    assert "acquises avec" in text
    assert "acquired" not in text


def test_one_side_of_a_pixel_does_not_stand_for_both(imported: Workspace) -> None:
    record = imported.record("set", "s")
    values = [
        ("image.physical_size_x", "0.323 um"),
        ("image.physical_size_y", "unknown"),
    ]
    repair.set_values(imported, record, values, author="Ana")
    found = methods_text(imported, "s")
    assert "pixel size X 0.323 µm, [pixel size Y not recorded]" in found.text
    assert "unknown" not in found.text
