"""What a person asks of a check, whatever is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CheckOptions"]


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """Requirements and what to read, then how the report is drawn.

    ``all_points`` asks for every point in full, ``typed`` is what was typed after the
    program's name, without the words about form; ``program`` names the data folder too.
    """

    names: tuple[str, ...]
    extra: Path | None
    declared_tier: int | None
    verify_files: bool
    form: str
    colour: bool
    width: int
    all_points: bool = False
    typed: str = ""
    program: str = "fair-imagic"
