"""The table of targets as lines: how many points of each weight, and the state."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.text_page import STATE_COLOURS, TextPage
from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    count_sign,
    in_language,
    severity_word,
    state_kind,
    state_word,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.checks.report import Readiness

__all__ = ["ReadinessPage"]


class ReadinessPage(TextPage):
    """Lines for a terminal, the table of targets among them."""

    def table(self, lines: Sequence[Readiness]) -> Iterator[str]:
        """Yield a row for each target: its points by weight, and its state."""
        heads = [severity_word(severity) for severity in Severity]
        # What is left of the line after three columns and the state.
        room = self.width - sum(len(head) + 2 for head in heads) - 14
        names = [in_language(line.profile.title) for line in lines]
        first = _("requirements of")
        wide = max(min(max(map(len, names)), room), 10, len(first))
        yield self.paint(self._row(first, heads, "", wide=wide), "1")
        for line, name in zip(lines, names, strict=True):
            yield from self._ready_row(line, name, heads, wide)

    def _ready_row(
        self, line: Readiness, name: str, heads: list[str], wide: int
    ) -> list[str]:
        *before, last = textwrap.wrap(name, wide) or [name]
        counts = (line.must, line.should, line.could)
        cells = [
            f"{count_sign(line, severity)} {count}".rjust(len(head))
            for severity, count, head in zip(Severity, counts, heads, strict=True)
        ]
        kind = state_kind(line)
        words = f"{STATE_SIGNS[kind]} {state_word(line)}"
        state = self.paint(words, STATE_COLOURS[kind])
        return [*before, self._row(last, cells, state, wide=wide)]

    @staticmethod
    def _row(name: str, cells: list[str], state: str, *, wide: int) -> str:
        return "  ".join([name.ljust(wide), *cells, *([state] if state else [])])
