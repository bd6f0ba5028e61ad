"""A processor of somebody else: a median filter that makes every kind of output."""

from __future__ import annotations

import csv
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from fair_imagic.gaps import Gap
from fair_imagic.processing import (
    Measure,
    OutputFile,
    Parameter,
    Probe,
    ProcessingResult,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from fair_imagic.processing import InputImage, ProcessingJob

SIZE = Parameter(
    name="size_px",
    kind="integer",
    default="3",
    unit="px",
    minimum=Decimal(1),
    help={"en": "Width of the window", "fr": "Largeur de la fenêtre"},
)
GAPS = (
    Gap(
        "plane-by-plane",
        {
            "en": "Each plane is filtered by itself: noise along z or time stays.",
            "fr": "Chaque plan est filtré seul : le bruit selon z ou le temps reste.",
        },
    ),
)


class Median:
    """The processor ``median``."""

    def __init__(self) -> None:
        self.token = "median"
        self.title = {"en": "Median filter", "fr": "Filtre médian"}
        self.description = {
            "en": "Filters noise; gives image, table, figure and notes.",
            "fr": "Filtre le bruit ; donne image, tableau, figure et notes.",
        }
        self.makes = (Role.IMAGE, Role.TABLE, Role.FIGURE, "notes")
        self.parameters = (SIZE,)
        self.libraries = ("scipy", "numpy")
        self.gaps = GAPS

    def probe(self) -> Probe:
        return Probe(version="2.3")

    def run(self, job: ProcessingJob) -> ProcessingResult:
        outputs: list[OutputFile] = []
        for number, image in enumerate(job.inputs):
            job.report(number / len(job.inputs), image.name)
            outputs += _filtered(job, image, number)
        job.report(1.0, "")
        return ProcessingResult(outputs=tuple(outputs), remarks=("noise is gone",))


def _filtered(
    job: ProcessingJob, image: InputImage, number: int
) -> Iterator[OutputFile]:
    from scipy import ndimage

    from fair_imagic.readers import pixels

    size = int(job.parameters["size_px"])
    before = pixels(image.path, image.series_index)
    after = ndimage.median_filter(before, size=(1, 1, 1, size, size))
    stem = f"image-{number}"
    _write_image(job, f"{stem}.ome.tif", after, image)
    yield OutputFile(
        name=f"{stem}.ome.tif",
        role=Role.IMAGE,
        media_type="image/tiff",
        sources=(number,),
        measures=(
            Measure(name="mean", value=f"{after.mean():.6f}"),
            Measure(name="window", value=job.parameters["size_px"], unit="{pixel}"),
        ),
    )
    with (job.folder / f"{stem}.csv").open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["channel", "deviation_before", "deviation_after"])
        for channel in range(before.shape[1]):
            pair = (before[:, channel].std(), after[:, channel].std())
            rows.writerow([channel, *(f"{one:.4f}" for one in pair)])
    yield OutputFile(
        name=f"{stem}.csv",
        role=Role.TABLE,
        media_type="text/csv",
        sources=(number,),
        measures=(Measure(name="channels", value=str(before.shape[1])),),
    )
    _draw(job, f"figures/{stem}.png", after)
    yield OutputFile(
        name=f"figures/{stem}.png",
        role=Role.FIGURE,
        media_type="image/png",
        sources=(number,),
    )
    (job.folder / f"{stem}.txt").write_text(f"window {size}\n")
    yield OutputFile(
        name=f"{stem}.txt", role="notes", media_type="text/plain", sources=(number,)
    )


def _write_image(
    job: ProcessingJob, name: str, array: np.ndarray, image: InputImage
) -> None:
    import tifffile

    tifffile.imwrite(
        job.folder / name,
        array,
        ome=True,
        photometric="minisblack",
        metadata={
            "axes": "TCZYX",
            "UUID": str(uuid.uuid5(uuid.NAMESPACE_OID, image.sha256 + name)),
        },
    )


def _draw(job: ProcessingJob, name: str, array: np.ndarray) -> None:
    """Draw the histogram, one bar for each of 64 classes."""
    import numpy as np
    from PIL import Image

    counts, _edges = np.histogram(array, bins=64)
    heights = (63 * counts / counts.max()).astype(int)
    rows = np.arange(64)[::-1, None]
    picture = np.where(rows <= heights, 0, 255).astype(np.uint8)
    path = job.folder / name
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(picture).save(path)


PROCESSOR = Median()
