"""Label masks as OME-TIFF and their objects as a table, written repeatably."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING

from fair_imagic.files import archive_name, write_atomically
from fair_imagic.tables.delimited import csv_text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.processing.base import InputImage
    from fair_imagic.processing.labelling import Labelling

__all__ = ["output_stem", "write_mask", "write_table"]

_ENDINGS = (".ome.tiff", ".ome.tif", ".tiff", ".tif", ".lif", ".nd2", ".czi")


def output_stem(name: str, taken: set[str]) -> str:
    """Return the start of an output's name: the image's, made unique; it is taken."""
    plain = archive_name(name).replace("/", "-")
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    stem, number = plain or "image", 1
    while stem.lower() in taken:
        number += 1
        stem = f"{plain}-{number}"
    taken.add(stem.lower())
    return stem


def write_mask(path: Path, masks: NDArray[Any], *, image: InputImage) -> None:
    """Write labels with axes TZYX as a compressed OME-TIFF with the pixel sizes."""
    import numpy as np
    import tifffile

    smallest = np.uint16 if masks.max(initial=0) < 2**16 else np.uint32
    data = np.ascontiguousarray(masks, dtype=smallest)
    # The writer would draw a random identifier: same pixels must give the same file.
    digest = hashlib.sha256(data.tobytes() + image.sha256.encode()).hexdigest()
    metadata: dict[str, object] = {
        "axes": "TZYX",
        "Name": f"{image.name} labels",
        "Channel": {"Name": ["labels"]},
        "UUID": str(uuid.UUID(digest[:32])),
    }
    sizes = {"X": image.pixel_size_x_um, "Y": image.pixel_size_y_um}
    if data.shape[1] > 1:  # a projection has no thickness of its own
        sizes["Z"] = image.pixel_size_z_um
    for axis, size in sizes.items():
        if size is not None:
            metadata[f"PhysicalSize{axis}"] = size
            metadata[f"PhysicalSize{axis}Unit"] = "µm"
    tifffile.imwrite(
        path,
        data,
        ome=True,
        photometric="minisblack",
        compression="zlib",
        metadata=metadata,
    )


def write_table(path: Path, labellings: list[Labelling], *, image: InputImage) -> None:
    """Write one row an object: size, place and intensity, in pixels and micrometres."""
    rows = [
        [time, *(row[name] for name in _COLUMNS[1:])]
        for time, labelling in enumerate(labellings)
        for row in _rows(labelling, image)
    ]
    write_atomically(path, csv_text(_COLUMNS, rows))


_COLUMNS = (
    "time_point",
    "label",
    "size_px",
    "size_um",
    "size_unit",
    "centroid_z_px",
    "centroid_y_px",
    "centroid_x_px",
    "mean_intensity",
    "max_intensity",
)


def _rows(labelling: Labelling, image: InputImage) -> list[dict[str, object]]:
    from skimage.measure import regionprops

    is_volume = labelling.labels.shape[0] > 1
    unit = _pixel_content(image, is_volume=is_volume)
    regions = regionprops(labelling.labels, intensity_image=labelling.intensities)
    return [
        {
            "label": region.label,
            "size_px": int(region.num_pixels),
            "size_um": "" if unit is None else f"{region.num_pixels * unit:.6g}",
            "size_unit": "um3" if is_volume else "um2",
            "centroid_z_px": f"{region.centroid[0]:.3f}",
            "centroid_y_px": f"{region.centroid[1]:.3f}",
            "centroid_x_px": f"{region.centroid[2]:.3f}",
            "mean_intensity": f"{region.intensity_mean:.6g}",
            "max_intensity": f"{region.intensity_max:.6g}",
        }
        for region in regions
    ]


def _pixel_content(image: InputImage, *, is_volume: bool) -> float | None:
    """Return the area (or volume) of a pixel in µm² (µm³), None where not known."""
    sizes = [image.pixel_size_x_um, image.pixel_size_y_um]
    if is_volume:
        sizes.append(image.pixel_size_z_um)
    product = 1.0
    for size in sizes:
        if size is None:
            return None
        product *= size
    return product
