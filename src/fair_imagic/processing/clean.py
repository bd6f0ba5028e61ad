"""The processor ``clean``: files without what they tell of people, same pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.model.personal import tells_of_people
from fair_imagic.processing.base import (
    OutputFile,
    Probe,
    ProcessingResult,
    Relation,
    Role,
)
from fair_imagic.processing.clean_copy import CleanImage, write_clean_copy
from fair_imagic.processing.masks import output_stem
from fair_imagic.processing.parameters import Parameter
from fair_imagic.readers import LEAKS
from fair_imagic.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.processing.base import InputImage, ProcessingJob

__all__ = ["PROCESSOR", "Clean", "kinds_to_remove"]

_SERIAL = "serial_number_in_file"
_PARAMETERS = (
    Parameter(
        name="serial_numbers",
        kind="choice",
        default="no",
        choices=("no", "yes"),
        help=both("Whether files that tell serial numbers alone are copied too"),
    ),
)
_GAPS = (
    Gap(
        "text-in-pixels",
        both("What is written into the picture itself stays: the pixels are the same."),
    ),
    Gap(
        "settings-in-file",
        both(
            "The copy keeps title, pixel sizes and channel names alone; all other "
            "settings stand in the catalogue, no longer in the file."
        ),
    ),
    Gap(
        "no-pyramid",
        both("Smaller levels of a pyramid are not copied, only the full resolution."),
    ),
    Gap(
        "large-image",
        both("An image of more than 8 GB is not copied: it is held in memory whole."),
    ),
)


def kinds_to_remove(*, serial_numbers: bool) -> tuple[str, ...]:
    """Return the kinds of leaks for whose sake a file is copied."""
    return tuple(kind for kind in LEAKS if serial_numbers or kind != _SERIAL)


class Clean:
    """A copy of each file that tells something, which stands for its images."""

    def __init__(self) -> None:
        self.token = "clean"  # noqa: S105, a name and no secret
        self.title = both("Copies without personal data")
        self.description = both(
            "Copies the files that tell user names, e-mail addresses, personal folders "
            "or slide labels into OME-TIFF files without them. The pixels are the "
            "same, and the copies take the place of the raw images in a set."
        )
        self.makes = (Role.IMAGE,)
        self.parameters = _PARAMETERS
        self.libraries = ("tifffile", "imagecodecs", "numpy")
        self.gaps = _GAPS

    def probe(self) -> Probe:
        """Return the version of this program: all it needs comes with it."""
        return Probe(version=__version__)

    def run(self, job: ProcessingJob) -> ProcessingResult:
        """Copy every file that tells something; the others are named."""
        serial_numbers = job.parameters["serial_numbers"] == "yes"
        wanted = set(kinds_to_remove(serial_numbers=serial_numbers))
        outputs: list[OutputFile] = []
        remarks: list[str] = []
        stems: set[str] = set()
        files = _by_file(job)
        for done, (path, numbers) in enumerate(files.items()):
            job.report(done / len(files), path.name)
            if wanted.isdisjoint(job.inputs[numbers[0]].leaks):
                remarks.append(_("{name}: nothing to remove").format(name=path.name))
                continue
            name = f"{output_stem(path.name, stems)}-cleaned.ome.tif"
            copies = [_copy_of(job.inputs[number]) for number in numbers]
            write_clean_copy(job.folder / name, copies)
            outputs.append(_output(name, numbers))
        job.report(1.0, _("Done"))
        return ProcessingResult(outputs=tuple(outputs), remarks=tuple(remarks))


def _by_file(job: ProcessingJob) -> dict[Path, list[int]]:
    """Return the numbers of the inputs in each file, in their order in the file."""
    ordered = sorted(
        range(len(job.inputs)), key=lambda number: job.inputs[number].series_index
    )
    files: dict[Path, list[int]] = {image.path: [] for image in job.inputs}
    for number in ordered:
        files[job.inputs[number].path].append(number)
    return files


def _copy_of(image: InputImage) -> CleanImage:
    title = image.name
    if tells_of_people(title):
        title = f"image {image.sha256[:8]}-{image.series_index}"
    return CleanImage(source=image, title=title, channels=image.channels)


def _output(name: str, numbers: list[int]) -> OutputFile:
    return OutputFile(
        name=name,
        role=Role.IMAGE,
        media_type="image/tiff",
        sources=tuple(numbers),
        relation=Relation.STANDS_FOR,
    )


PROCESSOR = Clean()
