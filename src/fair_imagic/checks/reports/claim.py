"""The tier claimed and reached, as lines of text and as a part of the HTML report."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language, points
from fair_imagic.checks.tiers_text import tier_figures
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.report import Report
    from fair_imagic.checks.tier_claim import TierClaim, TierState

__all__ = ["claim_html", "claim_lines", "claim_sentence"]

_SHOWN = 3


def claim_sentence(claim: TierClaim) -> str:
    """Return one line: the level that is claimed and the level that is reached."""
    reached = str(claim.reached) if claim.reached else _("none")
    if claim.declared is None:
        return _("NBO-Q: no tier claimed, tier reached: {reached}").format(
            reached=reached
        )
    text = _("NBO-Q: tier claimed: {declared}, tier reached: {reached}")
    return text.format(declared=claim.declared, reached=reached)


def claim_lines(report: Report, *, width: int) -> Iterator[str]:
    """Yield the claim and, for each tier that is not met, what it misses most."""
    if report.tier_report is not None:
        for text in tier_figures(report.tier_report):
            yield from textwrap.wrap(text, width)
        yield ""
    claim = report.tier_claim
    if claim is None:
        return
    yield from textwrap.wrap(claim_sentence(claim), width)
    for state in _told(claim):
        yield from _wrapped(_tier_line(state), "  ", width)
        for text in _gap_lines(state):
            yield from _wrapped(text, "    ", width)
    yield ""


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  "
    )


def claim_html(report: Report) -> Iterator[str]:
    """Yield the same as HTML."""
    if report.tier_report is not None:
        lines = (escape(text) for text in tier_figures(report.tier_report))
        yield f"<p>{'<br>'.join(lines)}</p>"
    claim = report.tier_claim
    if claim is None:
        return
    kind = "ready" if claim.keeps_promise else "gaps"
    yield f'<p class="{kind}">{escape(claim_sentence(claim))}</p>'
    for state in _told(claim):
        yield f"<details><summary>{escape(_tier_line(state))}</summary><ul>"
        yield from (f"<li>{escape(text)}</li>" for text in _gap_lines(state))
        yield "</ul></details>"


def _told(claim: TierClaim) -> list[TierState]:
    """Return the tiers that are not met: those claimed, and the next to reach."""
    last = max(claim.declared or 0, claim.reached + 1)
    return [one for one in claim.tiers if one.gaps and one.tier <= last]


def _tier_line(state: TierState) -> str:
    line = _("Tier {tier} is not reached: {points}")
    return line.format(tier=state.tier, points=points(state.points))


def _gap_lines(state: TierState) -> Iterator[str]:
    for gap in state.gaps[:_SHOWN]:
        yield f"{in_language(gap.message)} ({gap.count})"
    if len(state.gaps) > _SHOWN:
        rest = len(state.gaps) - _SHOWN
        yield _("and {count} other requirements").format(count=rest)
