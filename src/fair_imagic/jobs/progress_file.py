"""How far a job is, in a small file that the child writes and the parent reads."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ProgressWriter", "read_progress"]

NAME = "progress.json"
_LEAST_PAUSE_S = 0.1


class ProgressWriter:
    """Writes the progress of a job, at most ten times a second."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._last = 0.0

    def __call__(self, fraction: float, message: str) -> None:
        """Tell how much is done (0 to 1) and what is being done."""
        now = time.monotonic()
        if now - self._last < _LEAST_PAUSE_S and fraction < 1:
            return
        self._last = now
        # No flush to disk: after a crash nobody asks how far the job was.
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps([fraction, message]), encoding="utf-8")
        fresh.replace(self._path)


def read_progress(folder: Path) -> tuple[float, str]:
    """Return the fraction (0 to 1) and message, (0, "") before the first."""
    try:
        fraction, message = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0.0, ""
    return min(max(float(fraction), 0.0), 1.0), str(message)
