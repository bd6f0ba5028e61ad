"""FAIR Imag'IC: metadata and FAIR publication compliance for microscopy."""

from fair_imagic.api import check
from fair_imagic.errors import FairImagicError

__all__ = ["FairImagicError", "__version__", "check"]

__version__ = "0.1.0"
