"""Figures: what a suite measured, against what was wanted."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Figure", "as_table", "at_least", "at_most", "plain", "write"]


@dataclass(frozen=True)
class Figure:
    """One measured value. Without a target it is always met."""

    name: str
    value: float
    unit: str
    target: float | None = None
    met: bool = True


def plain(name: str, value: float, unit: str) -> Figure:
    """Return a figure without a target."""
    return Figure(name, round(value, 4), unit)


def at_most(name: str, value: float, unit: str, target: float) -> Figure:
    """Return a figure that must not be above its target."""
    return Figure(name, round(value, 4), unit, target, value <= target)


def at_least(name: str, value: float, unit: str, target: float) -> Figure:
    """Return a figure that must not be below its target."""
    return Figure(name, round(value, 4), unit, target, value >= target)


def as_table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of a plain table."""
    width = max(len(figure.name) for figure in figures)
    lines = []
    for figure in figures:
        target = "" if figure.target is None else f"target {figure.target:g}"
        mark = "" if figure.met else "  NOT MET"
        shown = f"{figure.value:,.3f}".rstrip("0").rstrip(".")
        lines.append(
            f"{figure.name:<{width}}  {shown:>14} {figure.unit:<12}{target}{mark}"
        )
    return "\n".join(lines)


def write(path: Path, name: str, figures: Sequence[Figure]) -> None:
    """Write the result of a suite as JSON."""
    content = {
        "name": name,
        "date": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "machine": _machine(),
        "figures": [asdict(figure) for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _machine() -> dict[str, str | int | float]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cpus": os.cpu_count() or 0,
        "load_average": os.getloadavg()[0],
    }
