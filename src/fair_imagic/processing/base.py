"""What a processor is given, what it gives, and what it must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.gaps import Gap
    from fair_imagic.processing.parameters import Parameter

__all__ = [
    "InputImage",
    "Measure",
    "OutputFile",
    "Probe",
    "ProcessingJob",
    "ProcessingResult",
    "Processor",
    "Relation",
    "Role",
]


class Role(StrEnum):
    """What an output is; a processor may use a word of its own, which is kept."""

    IMAGE = "image"
    MASK = "mask"
    TABLE = "table"
    FIGURE = "figure"
    FILE = "file"


class Relation(StrEnum):
    """What an output is to the images that it was made from.

    What *stands for* an image takes its place: it is described like it, and sets show
    it instead. Only an image can, and only for one image each.
    """

    DERIVED_FROM = "derived from"
    STANDS_FOR = "stands for"


@dataclass(frozen=True, kw_only=True)
class InputImage:
    """One image to process: where its pixels are and how large they are.

    ``series_index`` is its number in the file, from 0. Name, sizes (micrometres) and
    channel names are those of the description that is in force (corrected by people),
    None or empty where unknown. ``leaks`` are the kinds of what its file tells of
    people and equipment, without what somebody has agreed to.
    """

    path: Path
    sha256: str
    name: str
    series_index: int = 0
    image: str = ""
    pixel_size_x_um: float | None = None
    pixel_size_y_um: float | None = None
    pixel_size_z_um: float | None = None
    channels: tuple[str, ...] = ()
    leaks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProcessingJob:
    """All that a processor may depend on: same job, same result.

    ``folder`` is empty and takes the files; ``report`` is told how much of the work is
    done (0 to 1) and what is being done.
    """

    inputs: tuple[InputImage, ...]
    parameters: Mapping[str, str]
    folder: Path
    report: Callable[[float, str], None]
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number that a processor gives about an output.

    ``value`` is the number's text, ``unit`` a UCUM code (1 for a count or a ratio);
    ``series_index`` names the image in a file that has several. A number that there is
    not (the mean of nothing) is left out.
    """

    name: str
    value: str
    unit: str = "1"
    series_index: int = 0


@dataclass(frozen=True, kw_only=True)
class OutputFile:
    """A file that a processor made, named inside the job's folder.

    Parameters
    ----------
    role
        One of :class:`Role`; any other word is kept with the file.
    sources
        The numbers of the inputs it was made from. Where it has as many images as
        sources, each image is made from the source at its place; else each from all.
    relation
        What it is to its sources.
    measures
        Numbers about it.
    """

    name: str
    role: str
    media_type: str
    sources: tuple[int, ...]
    relation: Relation = Relation.DERIVED_FROM
    measures: tuple[Measure, ...] = ()

    @property
    def is_image(self) -> bool:
        """Return whether it is read like a file that is imported."""
        return self.role in (Role.IMAGE, Role.MASK)


@dataclass(frozen=True, kw_only=True)
class ProcessingResult:
    """What a processor made, and sentences for a person about it."""

    outputs: tuple[OutputFile, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Probe:
    """Whether a processor can run here: its version, or the reason why it cannot."""

    version: str = ""
    reason: str = ""

    @property
    def is_available(self) -> bool:
        """Return whether it can run."""
        return not self.reason


@runtime_checkable
class Processor(Protocol):
    """What is registered under the entry point group ``fair_imagic.processors``.

    ``title`` and ``description`` are in English and French; ``makes`` lists the roles
    of its outputs; ``libraries`` names the distributions whose versions belong to the
    record of a run; ``gaps`` says what it cannot do.
    """

    token: str
    title: dict[str, str]
    description: dict[str, str]
    makes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    libraries: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def probe(self) -> Probe:
        """Return whether it can run here."""
        ...

    def run(self, job: ProcessingJob) -> ProcessingResult:
        """Process the images of a job; raises InputError for images it cannot use."""
        ...
