"""Media types of the files that microscopes and processing write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["media_type"]

# Vendor formats have no registered media type (IANA, 2026).
_TYPES = {
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".png": "image/png",
    ".xml": "application/xml",
    ".ome": "application/xml",
    ".csv": "text/csv",
}


def media_type(path: Path) -> str:
    """Return the media type of a file by its name."""
    return _TYPES.get(path.suffix.lower(), "application/octet-stream")
