"""Quality controls of a microscope, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.entry.choice import name_of_word
from fair_imagic.workflow.quality import controls as quality
from fair_imagic.workflow.quality.table import POINTS

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.quality.controls import RunRow

__all__ = ["ControlRow", "controls_of_page"]


@dataclass(frozen=True, kw_only=True)
class ControlRow:
    """One control: its day, its points, what failed, and when the next one is due.

    ``names`` are the points that it has, or where it has most of them, those that it
    lacks (``lacking``). ``late`` says that the next one is due and not there.
    """

    day: str
    measured: str
    names: tuple[str, ...]
    lacking: bool
    failed: tuple[str, ...]
    due: str
    late: bool


def controls_of_page(workspace: Workspace, name: str) -> tuple[ControlRow, ...]:
    """Return the controls of a microscope, the newest first."""
    runs = quality.list_runs(workspace, name)
    today = clock.today().isoformat()
    last = runs[-1] if runs else None
    rows = [_row(one, late=one is last and one.due < today) for one in runs]
    return tuple(reversed(rows))


def _row(run: RunRow, *, late: bool) -> ControlRow:
    lacking = len(run.points) > len(POINTS) / 2
    told = [p for p in POINTS if (p in run.points) is not lacking]
    return ControlRow(
        day=run.day,
        measured=f"{len(run.points)}/{len(POINTS)}",
        names=tuple(name_of_word(point) for point in told),
        lacking=lacking,
        failed=run.failed,
        due=run.due,
        late=late,
    )
