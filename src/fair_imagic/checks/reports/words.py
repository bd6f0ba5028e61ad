"""The words that text and page reports share, in the language in use."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Confidence, Severity
from fair_imagic.entry.rounding import rounded_quantity
from fair_imagic.i18n import (
    _,
    current_language,
    day_text,
    moment_text,
    ngettext,
    typeset,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from fair_imagic.checks.cause import Cause, Group
    from fair_imagic.checks.finding import Finding, Proposal
    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.override import Override
    from fair_imagic.checks.report import Answers, Readiness, Report

__all__ = [
    "STATE_SIGNS",
    "answer_line",
    "correction_line",
    "count_kind",
    "count_sign",
    "expectation_text",
    "first_names",
    "gaps_title",
    "in_language",
    "legend",
    "messages_of",
    "moment_words",
    "origins_of",
    "override_line",
    "points",
    "proposal_text",
    "quote",
    "severity_sign",
    "severity_word",
    "state_kind",
    "state_word",
    "step_lines",
    "summary",
    "values_of",
    "where",
    "who_word",
    "why_line",
    "why_lines",
]

SHOWN_MESSAGES = 3
SHOWN_PLACES = 3
SHOWN_VALUES = 3
SHOWN_ORIGINS = 2
SHOWN_CHARACTERS = 80

# Signs stand beside words and colours, so that none of them is needed to read a state.
STATE_SIGNS = {"blocked": "✗", "decided": "⚑", "gaps": "!", "ready": "✓"}
_COUNT_SIGNS = {Severity.MUST: "!", Severity.SHOULD: "△", Severity.COULD: "○"}


def in_language(texts: Mapping[str, str]) -> str:
    """Return the text in the language in use, English where it is missing."""
    language = current_language()
    text = texts.get(language) or texts.get("en", "")
    return typeset(text) if language == "fr" else text


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
    """Return ``22 Nov 2026, 22:00 UTC``."""
    return moment_text(moment.astimezone(UTC).isoformat())


def points(count: int) -> str:
    """Return ``3 points to fix``."""
    return ngettext("{count} point to fix", "{count} points to fix", count).format(
        count=count
    )


def state_kind(line: Readiness) -> str:
    """Return the key of a state's sign: blocked, decided, gaps or ready."""
    if line.blocked:
        return "blocked"
    if line.overridden:
        return "decided"
    return "gaps" if line.must else "ready"


def state_word(line: Readiness) -> str:
    """Return whether a publication under this profile can go on."""
    if line.blocked:
        return _("blocked")
    if line.overridden:
        return _("open by decision of the facility")
    if line.must:
        return _("possible, with gaps") if line.profile.blocks else _("not met")
    return (
        _("ready") if not (line.should or line.could) else _("ready, can be improved")
    )


def count_sign(line: Readiness, severity: Severity) -> str:
    """Return the sign of one cell of the readiness table."""
    count = {
        Severity.MUST: line.must,
        Severity.SHOULD: line.should,
        Severity.COULD: line.could,
    }[severity]
    if not count:
        return STATE_SIGNS["ready"]
    if severity is Severity.MUST and line.blocked:
        return STATE_SIGNS["blocked"]
    return _COUNT_SIGNS[severity]


def severity_sign(severity: Severity) -> str:
    """Return the sign that stands beside the word of a weight."""
    return _COUNT_SIGNS[severity]


def count_kind(line: Readiness, severity: Severity) -> str:
    """Return what one cell of the readiness table is: its colour follows from it."""
    if count_sign(line, severity) == STATE_SIGNS["ready"]:
        return "ready"
    if severity is Severity.MUST:
        return "blocked" if line.blocked else "gaps"
    return str(severity)


def legend(report: Report) -> str:
    """Return what the signs of the readiness table mean, those that it uses."""
    words = {
        STATE_SIGNS["blocked"]: _("stops the publication"),
        STATE_SIGNS["decided"]: _("published by decision of the facility"),
        _COUNT_SIGNS[Severity.MUST]: _("obligatory, does not stop it"),
        _COUNT_SIGNS[Severity.SHOULD]: _("recommended"),
        _COUNT_SIGNS[Severity.COULD]: _("optional"),
        STATE_SIGNS["ready"]: _("nothing to fix"),
    }
    used = {count_sign(line, one) for line in report.readiness for one in Severity}
    used |= {STATE_SIGNS[state_kind(line)] for line in report.readiness}
    return " · ".join(f"{sign} {text}" for sign, text in words.items() if sign in used)


def correction_line(field: Mapping[str, str], repair: Mapping[str, str]) -> str:
    """Return a correction with the field that it is about, where there is one."""
    named, told = in_language(field), in_language(repair)
    return _("{field}: {repair}").format(field=named, repair=told) if named else told


def step_lines(step: Step) -> tuple[str, str]:
    """Return what to do first, and what it is good for."""
    first = step.cause.first
    gains = [points(step.points)]
    if step.frees:
        names = ", ".join(in_language(one.title) for one in step.frees)
        gains.insert(0, _("opens the way to {names}").format(names=names))
    elif step.helps:
        names = ", ".join(in_language(one.title) for one in step.helps)
        gains.insert(0, _("obligatory for {names}").format(names=names))
    return (correction_line(first.path_label, first.repair), " · ".join(gains))


def expectation_text(finding: Finding) -> str:
    """Return what would pass; empty where the message says just that."""
    text = in_language(finding.expected)
    return "" if text == in_language(finding.message) else text


def gaps_title() -> str:
    """Return what stands above the known gaps of requirements."""
    return _("What these requirements do not look at")


def messages_of(group: Group) -> list[str]:
    """Return what a rule says, each sentence once, of many only the first."""
    seen = list(dict.fromkeys(in_language(one.message) for one in group.findings))
    rest = len(seen) - SHOWN_MESSAGES
    more = [_("… and {count} more").format(count=rest)] if rest > 0 else []
    return [*seen[:SHOWN_MESSAGES], *more]


def origins_of(group: Group) -> str:
    """Return where the first values come from, each once."""
    seen = dict.fromkeys(f.origin for f in group.findings if f.origin)
    shown = list(seen)[:SHOWN_ORIGINS]
    return "; ".join([*shown, "…"] if len(seen) > len(shown) else shown)


def why_lines(report: Report, cause: Cause) -> list[str]:
    """Return why a cause matters: who asks for it, how strictly, in which clause."""
    return list(dict.fromkeys(why_line(report, group.first) for group in cause.groups))


def why_line(report: Report, finding: Finding) -> str:
    """Return why a point matters: who asks for it, how strictly, in which clause."""
    asked = report.profiles_asking(finding)
    names = [in_language(one.title) for one in asked]
    if finding.profile == "model" or not names:
        names = [in_language(report.title_of(finding.profile))]
    text = _("{names}: {weight}").format(
        names=", ".join(names), weight=_weight(report, finding)
    )
    clause = in_language(finding.clause)
    return f"{text} · {clause}" if clause else text


def _weight(report: Report, finding: Finding) -> str:
    if finding.legal:
        return _("the law forbids publishing it so; nobody can decide otherwise")
    if finding.blocks:
        lifted = all(
            report.override_of(finding, one.token) is not None
            for one in report.profiles_asking(finding)
        )
        if lifted:
            return _("would stop the publication; the facility decided otherwise")
        return _("stops the publication")
    words = {
        Severity.MUST: _("obligatory, does not stop the publication"),
        Severity.SHOULD: _("recommended"),
        Severity.COULD: _("optional"),
    }
    return words[finding.severity]


def override_line(override: Override) -> str:
    """Return who decided that a point does not stop an archive, when and why."""
    text = _("{code}, for {target}: “{reason}” ({author}, {date})")
    return text.format(
        code=override.code,
        target=override.target,
        reason=override.reason,
        author=override.author,
        date=day_text(override.time),
    )


def proposal_text(proposal: Proposal | None) -> str:
    """Return a proposed value, where it comes from and how sure it is."""
    if proposal is None:
        return ""
    words = {
        Confidence.CERTAIN: _("sure"),
        Confidence.LIKELY: _("likely"),
        Confidence.UNSURE: _("to be checked"),
    }
    return _("{value} ({source}; {confidence})").format(
        value=quote(rounded_quantity(proposal.value)),
        source=in_language(proposal.source),
        confidence=words[proposal.confidence],
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
    return first_names(list(group.places.values()), SHOWN_PLACES, between=" · ")


def first_names(names: Sequence[str], most: int, *, between: str = ", ") -> str:
    """Return the first of many names, and how many more there are."""
    named = between.join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return named
    return _("{names} and {count} more").format(names=named, count=rest)


def values_of(group: Group) -> str:
    """Return the first values that a group saw, each once; empty where none."""
    seen = dict.fromkeys(
        f.value_label or f.value for f in group.findings if f.value is not None
    )
    shown = [quote(value) for value in list(seen)[:SHOWN_VALUES]]
    return ", ".join([*shown, "…"] if len(seen) > SHOWN_VALUES else shown)


def quote(value: str) -> str:
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
