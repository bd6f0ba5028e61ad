"""What a processor is given, what it gives, and what it must be able to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.processing.parameters import Parameter

__all__ = [
    "InputImage",
    "OutputFile",
    "Probe",
    "ProcessingJob",
    "ProcessingResult",
    "Processor",
]


@dataclass(frozen=True, kw_only=True)
class InputImage:
    """One image to process: where its pixels are and how large they are.

    ``series_index`` is its number in the file, from 0; sizes are in micrometres, of
    the description that is in force (corrected by people), or None where unknown.
    """

    path: Path
    sha256: str
    name: str
    series_index: int = 0
    image: str = ""
    pixel_size_x_um: float | None = None
    pixel_size_y_um: float | None = None
    pixel_size_z_um: float | None = None


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
class OutputFile:
    """A file that a processor made, named inside the job's folder.

    ``role`` says what it is ("label mask", "table"); ``source`` is the number of the
    input it was made from; ``measures`` are its numbers, by name.
    """

    name: str
    role: str
    media_type: str
    source: int
    measures: Mapping[str, str] = field(default_factory=dict)


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

    ``title`` and ``description`` are in English and French; ``libraries`` names the
    distributions whose versions belong to the record of a run.
    """

    token: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    libraries: tuple[str, ...]

    def probe(self) -> Probe:
        """Return whether it can run here."""
        ...

    def run(self, job: ProcessingJob) -> ProcessingResult:
        """Process the images of a job; raises InputError for images it cannot use."""
        ...
