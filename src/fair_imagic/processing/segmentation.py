"""Otsu threshold and distance-transform watershed: one number for each object."""

from __future__ import annotations

from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both, ngettext
from fair_imagic.processing.base import (
    Measure,
    OutputFile,
    Probe,
    ProcessingResult,
    Role,
)
from fair_imagic.processing.labelling import Labelling, label_volume
from fair_imagic.processing.masks import output_stem, write_mask, write_table
from fair_imagic.processing.parameters import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.processing.base import InputImage, ProcessingJob
    from fair_imagic.readers import LastFile

__all__ = ["PROCESSOR", "Segmentation"]

_PARAMETERS = (
    Parameter(
        name="channel",
        kind="integer",
        default="0",
        minimum=Decimal(0),
        help=both("Channel to segment, counted from 0"),
    ),
    Parameter(
        name="stack",
        kind="choice",
        default="maximum",
        choices=("maximum", "volume"),
        help=both(
            "Stacks: maximum projects the slices and works in 2D; volume works in 3D"
        ),
    ),
    Parameter(
        name="sigma_px",
        kind="decimal",
        default="1",
        unit="px",
        minimum=Decimal(0),
        maximum=Decimal(100),
        help=both("Gaussian smoothing before the threshold, in pixels"),
    ),
    Parameter(
        name="sigma_um",
        kind="decimal",
        default="",
        unit="um",
        minimum=Decimal(0),
        help=both("The same in micrometres; used instead where it is given"),
    ),
    Parameter(
        name="threshold",
        kind="decimal",
        default="",
        help=both("Intensity above which a pixel is an object; empty: Otsu's"),
    ),
    Parameter(
        name="neck_px",
        kind="decimal",
        default="0.75",
        unit="px",
        minimum=Decimal(0),
        help=both(
            "Objects that touch are separated where the neck between them is narrower "
            "than they are by this much on each side"
        ),
    ),
    Parameter(
        name="min_area_px",
        kind="integer",
        default="20",
        unit="px",
        minimum=Decimal(0),
        help=both("Smaller objects are dropped (in volume mode: voxels)"),
    ),
)
_GAPS = (
    Gap(
        "one-channel",
        both("It looks at one channel: what is in the others has no part in the mask."),
    ),
    Gap(
        "no-tracking",
        both(
            "Objects are not followed through time: each time point is segmented by "
            "itself, and its numbers begin again at 1."
        ),
    ),
    Gap(
        "one-threshold",
        both(
            "One threshold holds for a whole time point: dim objects beside bright "
            "ones, or on an uneven background, are missed."
        ),
    ),
    Gap(
        "complex-pixels",
        both("Images whose pixels are complex numbers cannot be segmented."),
    ),
)


class Segmentation:
    """The processor ``segmentation``: a label mask and a table for each image."""

    def __init__(self) -> None:
        self.token = "segmentation"  # noqa: S105, a name and no secret
        self.title = both("Objects by Otsu threshold and watershed")
        self.description = both(
            "Smooths, thresholds, separates touching objects by their distance to the "
            "background, and numbers them. Gives a label mask and a table of objects."
        )
        self.makes = (Role.MASK, Role.TABLE)
        self.parameters = _PARAMETERS
        self.libraries = ("scikit-image", "scipy", "numpy", "tifffile", "imagecodecs")
        self.gaps = _GAPS

    def probe(self) -> Probe:
        """Return scikit-image's version, or that it is missing."""
        try:
            return Probe(version=version("scikit-image"))
        except PackageNotFoundError:
            return Probe(reason=_("scikit-image is not installed"))

    def run(self, job: ProcessingJob) -> ProcessingResult:
        """Segment every image of the job."""
        from fair_imagic.readers import LastFile

        outputs: list[OutputFile] = []
        remarks: list[str] = []
        stems: set[str] = set()
        with LastFile() as files:
            for number, image in enumerate(job.inputs):
                share = number / len(job.inputs)
                job.report(share, _("Segmenting {name}").format(name=image.name))
                stem = output_stem(image.name, stems)
                made, count = _segment(job, image, files, number=number, stem=stem)
                outputs += made
                text = ngettext(
                    "{name}: {count} object", "{name}: {count} objects", count
                )
                remarks.append(text.format(name=image.name, count=count))
        job.report(1.0, _("Done"))
        return ProcessingResult(outputs=tuple(outputs), remarks=tuple(remarks))


def _segment(
    job: ProcessingJob,
    image: InputImage,
    files: LastFile,
    *,
    number: int,
    stem: str,
) -> tuple[list[OutputFile], int]:
    """Write the mask and the table of one image; return them and the object count."""
    import numpy as np

    channel = _channel(image, files, int(job.parameters["channel"]))
    labellings = [
        label_volume(stack, image=image, parameters=job.parameters) for stack in channel
    ]
    masks = np.stack([one.labels for one in labellings])
    mask, table = f"{stem}-labels.ome.tif", f"{stem}-objects.csv"
    write_mask(job.folder / mask, masks, image=image)
    write_table(job.folder / table, labellings, image=image)
    outputs = [
        OutputFile(
            name=mask,
            role=Role.MASK,
            media_type="image/tiff",
            sources=(number,),
            measures=tuple(_measures(labellings)),
        ),
        OutputFile(
            name=table, role=Role.TABLE, media_type="text/csv", sources=(number,)
        ),
    ]
    return outputs, sum(one.count for one in labellings)


def _channel(image: InputImage, files: LastFile, channel: int) -> NDArray[Any]:
    """Return one channel with axes TZYX, as numbers that can be compared."""
    import numpy as np

    array = np.asarray(files.pixels(image.path, image.series_index))
    if channel >= array.shape[1]:
        raise InputError(
            _("{name} has no channel {channel}").format(
                name=image.name, channel=channel
            ),
            where=str(image.path),
            expected=_("0 to {last}").format(last=array.shape[1] - 1),
            found=str(channel),
        )
    if np.iscomplexobj(array):
        raise InputError(
            _("{name} has complex numbers as pixels").format(name=image.name),
            where=str(image.path),
        )
    return array[:, channel]


def _measures(labellings: list[Labelling]) -> Iterator[Measure]:
    """Yield the number of objects and the threshold, that of each time point."""
    yield Measure(name="object count", value=str(sum(one.count for one in labellings)))
    for time, one in enumerate(labellings):
        name = "threshold" if len(labellings) == 1 else f"threshold, time point {time}"
        yield Measure(name=name, value=f"{Decimal(f'{one.threshold:.6g}'):f}")


PROCESSOR = Segmentation()
