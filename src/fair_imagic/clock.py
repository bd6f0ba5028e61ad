"""The time, in one place, so that tests and repeatable runs can set it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

__all__ = ["isoformat", "now", "today"]


def now() -> datetime:
    """Return the time in UTC, to the second (``FAIR_IMAGIC_NOW`` overrides it)."""
    fixed = os.environ.get("FAIR_IMAGIC_NOW")
    if fixed:
        return datetime.fromisoformat(fixed.replace("Z", "+00:00")).astimezone(UTC)
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return the date in UTC."""
    return now().date()


def isoformat(moment: datetime) -> str:
    """Return ``2026-11-22T10:00:00Z`` for an aware time."""
    text = moment.astimezone(UTC).replace(microsecond=0).isoformat()
    return text.replace("+00:00", "Z")
