"""The tier report as plain text: counts, and a bar for each component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.tiers import TIERS, State
from fair_imagic.i18n import _, current_language, labelled
from fair_imagic.model import class_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.tiers import Completeness, TierCount, TierReport

__all__ = ["bar", "tier_figures", "tiers_as_text"]

_MARKS = (("complete", "#"), ("unknown", "?"), ("placeholder", "!"), ("missing", "."))
_WIDTH = 20


def tiers_as_text(report: TierReport) -> str:
    """Return counts for each tier, the tier met, and a bar for each component."""
    return "\n".join([*_tiers(report), "", *_verdict(report), "", *_components(report)])


def bar(count: TierCount, *, width: int = _WIDTH) -> str:
    """Return a bar: # complete, ? answered as unknown, ! placeholder, . missing.

    Each state that occurs gets at least one mark.
    """
    if not count.required:
        return "-" * width
    marks = ""
    for name, mark in reversed(_MARKS):
        number = getattr(count, name)
        share = max(1, number * width // count.required) if number else 0
        marks = mark * min(share, width - len(marks)) + marks
    # what rounding left over goes to the best state that occurs
    best = next(mark for name, mark in _MARKS if getattr(count, name))
    return best * (width - len(marks)) + marks


def _tiers(report: TierReport) -> Iterator[str]:
    for tier in TIERS:
        count = report.count(tier)
        text = _("Tier {tier}: {answered}/{required} required fields answered").format(
            tier=tier, answered=count.answers, required=count.required
        )
        yield text + _details(count)


def _details(count: TierCount) -> str:
    words = []
    if count.unknown:
        words.append(_("{count} as unknown").format(count=count.unknown))
    if count.placeholder:
        words.append(_("{count} with a placeholder").format(count=count.placeholder))
    return f" ({', '.join(words)})" if words else ""


def _verdict(report: TierReport) -> Iterator[str]:
    if report.declared is not None:
        yield _("Tier claimed: {tier}").format(tier=report.declared)
    yield from tier_figures(report)
    if report.absent:
        language = current_language()
        labels = [class_named(name).label[language] for name in report.absent]
        yield _("Not there: {names}").format(names=", ".join(labels))


def tier_figures(report: TierReport) -> Iterator[str]:
    """Yield the two figures of a microscope record, and the tier that both allow."""
    count, (given, plausible) = report.count(), report.values()
    yield _("Fields present: {count} of {total}, up to tier {tier}").format(
        count=count.answers, total=count.required, tier=_tier(report.highest)
    )
    yield _("Values plausible: {count} of {total}, up to tier {tier}").format(
        count=plausible, total=given, tier=_tier(report.plausible)
    )
    yield _("Tier reached: {tier}").format(tier=_tier(report.reached))


def _tier(number: int) -> str:
    return str(number) if number else _("none")


def _components(report: TierReport) -> Iterator[str]:
    for one in report.components:
        count = one.count()
        numbers = f"{count.answers}/{count.required}"
        yield f"[{bar(count)}] {numbers:>7}  {_named(one)}{_missing(one)}"
    yield ""
    yield _("# complete  ? answered as unknown  ! placeholder  . missing")


def _named(one: Completeness) -> str:
    return labelled(one.kind[current_language()], one.label)


def _missing(one: Completeness) -> str:
    language = current_language()
    fields = [f.slot.label[language] for f in one.fields if f.state is State.MISSING]
    if not fields:
        return ""
    return " ({})".format(_("missing: {fields}").format(fields=", ".join(fields)))
