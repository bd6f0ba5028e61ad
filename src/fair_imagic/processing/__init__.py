"""Processors: pixels in, new files and numbers out; pure, never the catalogue."""

from fair_imagic.processing.base import (
    InputImage,
    OutputFile,
    Probe,
    ProcessingJob,
    ProcessingResult,
    Processor,
)
from fair_imagic.processing.parameters import Parameter, checked
from fair_imagic.processing.registry import processor, processors

__all__ = [
    "InputImage",
    "OutputFile",
    "Parameter",
    "Probe",
    "ProcessingJob",
    "ProcessingResult",
    "Processor",
    "checked",
    "processor",
    "processors",
]
