"""FAIR Imag'IC: metadata and FAIR publication compliance for microscopy."""

from fair_imagic.api import check
from fair_imagic.errors import FairImagicError
from fair_imagic.version import __version__

__all__ = ["FairImagicError", "__version__", "check"]
