"""The words that text and page reports share, in the language in use."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.i18n import _, current_language, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fair_imagic.checks.report import Answers, Group, Readiness, Report

__all__ = [
    "answer_line",
    "in_language",
    "moment_words",
    "points",
    "quoted",
    "severity_word",
    "state_word",
    "summary",
    "values_seen",
    "where",
    "who_word",
]

SHOWN_PLACES = 3
SHOWN_VALUES = 3
SHOWN_CHARACTERS = 80


def in_language(texts: Mapping[str, str]) -> str:
    """Return the text in the language in use, English where it is missing."""
    return texts.get(current_language()) or texts.get("en", "")


def severity_word(severity: Severity) -> str:
    """Return must, should or could, as people read it."""
    return {
        Severity.MUST: _("must"),
        Severity.SHOULD: _("should"),
        Severity.COULD: _("could"),
    }[severity]


def who_word(who: str) -> str:
    """Return who can make the correction."""
    words = {
        "researcher": _("the researcher"),
        "facility": _("the facility"),
        "anyone": _("anyone"),
    }
    return words.get(who, who)


def moment_words(moment: datetime) -> str:
    """Return ``2026-11-22 22:00 UTC``."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def points(count: int) -> str:
    """Return ``3 points to fix``."""
    return ngettext("{count} point to fix", "{count} points to fix", count).format(
        count=count
    )


def state_word(line: Readiness) -> str:
    """Return whether a publication under this profile can go on."""
    if line.blocked:
        return _("blocked")
    if line.must:
        return _("possible, with gaps") if line.profile.blocks else _("not met")
    return (
        _("ready") if not (line.should or line.could) else _("ready, can be improved")
    )


def summary(report: Report) -> str:
    """Return the sentence that opens a report."""
    if not report.findings:
        return _("Everything that was asked for is there.")
    causes = len(report.causes)
    text = ngettext("{points}, one cause", "{points}, {causes} causes", causes)
    return text.format(points=points(len(report.findings)), causes=causes)


def where(group: Group) -> str:
    """Return what a group is about: its count and the first names."""
    places = list(group.places.values())
    named = " · ".join(places[:SHOWN_PLACES])
    rest = len(places) - SHOWN_PLACES
    if rest <= 0:
        return named
    return _("{names} and {count} more").format(names=named, count=rest)


def values_seen(group: Group) -> str:
    """Return the first values that a group saw, each once; empty where none."""
    seen = dict.fromkeys(
        f.value_label or f.value for f in group.findings if f.value is not None
    )
    shown = [quoted(value) for value in list(seen)[:SHOWN_VALUES]]
    return ", ".join([*shown, "…"] if len(seen) > SHOWN_VALUES else shown)


def quoted(value: str) -> str:
    """Return a value on one line, visible where it is empty, cut where it is long."""
    flat = "".join(c if c.isprintable() else "␣" for c in value)
    if len(flat) > SHOWN_CHARACTERS:
        return _("“{value}…”").format(value=flat[: SHOWN_CHARACTERS - 1])
    return _("“{value}”").format(value=flat)


def answer_line(answer: Answers) -> str:
    """Return ``Exposure time: unknown (3)``."""
    words = {
        "fi:unknown": _("unknown"),
        "fi:withheld": _("withheld"),
        "fi:notApplicable": _("not applicable"),
    }
    return _("{field}: {answer} ({count})").format(
        field=in_language(answer.label),
        answer=words.get(answer.answer, answer.answer),
        count=answer.count,
    )
