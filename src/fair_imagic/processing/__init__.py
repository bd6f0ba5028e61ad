"""Processors: pixels in, new files and numbers out; pure, never the catalogue."""

from fair_imagic.processing.base import (
    InputImage,
    Measure,
    OutputFile,
    Probe,
    ProcessingJob,
    ProcessingResult,
    Processor,
    Relation,
    Role,
)
from fair_imagic.processing.parameters import Parameter, checked
from fair_imagic.processing.registry import package_of, processor, processors
from fair_imagic.processing.verification import verify

__all__ = [
    "InputImage",
    "Measure",
    "OutputFile",
    "Parameter",
    "Probe",
    "ProcessingJob",
    "ProcessingResult",
    "Processor",
    "Relation",
    "Role",
    "checked",
    "package_of",
    "processor",
    "processors",
    "verify",
]
