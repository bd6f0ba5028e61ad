"""The report as one HTML page: no scripts, nothing fetched, made to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.cause_words import (
    act_text,
    announced_line,
    gain_text,
)
from fair_imagic.checks.reports.claim import claim_html
from fair_imagic.checks.reports.style import STYLE
from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    answer_line,
    count_kind,
    count_sign,
    expectation_text,
    gaps_title,
    in_language,
    legend,
    messages_of,
    moment_words,
    override_line,
    proposal_text,
    quote,
    severity_word,
    state_kind,
    state_word,
    summary,
    who_word,
    why_lines,
)
from fair_imagic.i18n import _, current_language, labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.report import Readiness, Report

__all__ = ["as_html", "html_page", "html_part"]

SHOWN_ROWS = 12
SHOWN_NAMES = 40
# A page that people mail and print; the other forms of the report list everything.
MOST_ROWS = 1000
MOST_ROWS_IN_PART = 50


@dataclass(frozen=True)
class _Frame:
    """Where a report stands: alone on a page, or as a part of a larger one."""

    level: int = 1
    most_rows: int = MOST_ROWS

    def heading(self, below: int, text: str) -> str:
        """Return an escaped heading, so many levels below the title."""
        tag = f"h{self.level + below}"
        return f"<{tag}>{text}</{tag}>"


def as_html(report: Report) -> str:
    """Return the report as one self-contained page in the language in use."""
    return html_page(_title(report), _body(report, _Frame()))


def html_part(report: Report) -> str:
    """Return the report as a part of a page of many, headings one level deeper."""
    return "\n".join(_body(report, _Frame(level=2, most_rows=MOST_ROWS_IN_PART)))


def html_page(title: str, body: Iterable[str], *, style: str = "") -> str:
    """Return a page that needs nothing else; ``title`` is plain text."""
    lines = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{current_language()}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{lines}\n</main>\n</body>\n</html>\n"
    )


def _title(report: Report) -> str:
    return _("Check of {name}").format(name=report.subject_label)


def _body(report: Report, frame: _Frame) -> Iterator[str]:
    yield from _heading(report, frame)
    yield from _readiness(report)
    yield from claim_html(report)
    yield from _decisions(report, frame)
    yield from _causes(report, frame)
    yield from _answers(report, frame)
    if frame.level == 1:
        yield from _gaps(report)
    yield from _details(report, frame)


def _heading(report: Report, frame: _Frame) -> Iterator[str]:
    moment = moment_words(report.checked_at)
    checked = escape(_("version checked on {date}").format(date=moment))
    yield frame.heading(0, escape(_title(report)))
    yield f'<p class="soft">{checked}</p>'
    yield f'<p class="lead">{escape(summary(report))}</p>'


def _readiness(report: Report) -> Iterator[str]:
    heads = "".join(
        f'<th scope="col">{escape(severity_word(severity))}</th>'
        for severity in Severity
    )
    yield '<div class="scroll"><table class="matrix">'
    yield f"<caption>{escape(_('How ready it is'))}</caption>"
    yield f'<thead><tr><th scope="col">{escape(_("requirements of"))}</th>'
    yield f'<th scope="col">{escape(_("state"))}</th>{heads}</tr></thead><tbody>'
    yield from (_ready_row(line) for line in report.readiness)
    yield f'</tbody></table></div><p class="soft">{escape(legend(report))}</p>'


def _ready_row(line: Readiness) -> str:
    counts = (line.must, line.should, line.could)
    cells = "".join(
        f'<td class="{count_kind(line, severity)}">'
        f"<b>{count_sign(line, severity)}</b> {count}</td>"
        for severity, count in zip(Severity, counts, strict=True)
    )
    kind = state_kind(line)
    name = escape(in_language(line.profile.title))
    state = escape(f"{STATE_SIGNS[kind]} {state_word(line)}")
    return f'<tr><th scope="row">{name}</th><td class="{kind}">{state}</td>{cells}</tr>'


def _decisions(report: Report, frame: _Frame) -> Iterator[str]:
    if not report.overrides:
        return
    yield frame.heading(1, escape(_("Decisions of the facility"))) + "<ul>"
    for one in report.overrides:
        yield f"<li>{STATE_SIGNS['decided']} {escape(override_line(one))}</li>"
    yield "</ul>"


def _causes(report: Report, frame: _Frame) -> Iterator[str]:
    if report.steps:
        heading = _("What to do, the most useful first")
        yield frame.heading(1, escape(heading))
    for step in report.steps:
        yield from _cause(report, step, frame)


def _cause(report: Report, step: Step, frame: _Frame) -> Iterator[str]:
    cause = step.cause
    finding = cause.first
    kind = str(finding.severity)
    who = _("correction ({who})").format(who=who_word(finding.who))
    yield f'<section class="cause {kind}">'
    yield frame.heading(2, escape(act_text(cause)))
    yield (
        f'<p><span class="badge">{escape(severity_word(finding.severity))}</span> '
        f"{escape(gain_text(report, step))}</p>"
    )
    then = announced_line(report.announced_by(cause))
    yield from [f'<p class="soft">{escape(then)}</p>'] if then else []
    messages = (text for group in cause.groups for text in messages_of(group))
    yield from (f"<p>{escape(text)}</p>" for text in dict.fromkeys(messages))
    yield from _explained(report, cause)
    repair = escape(in_language(finding.repair))
    proposed = proposal_text(cause.joint.proposal)
    if proposed:
        repair += f"<br>{escape(labelled(_('proposed'), proposed))}"
    yield f'<p class="repair"><strong>{escape(who)}</strong><br>{repair}</p>'
    yield from _places(cause.joint.findings, frame.most_rows)
    lines = "".join(_technical(group.first) for group in cause.groups)
    label = escape(_("technical details"))
    yield f'<details class="soft"><summary>{label}</summary>{lines}</details>'
    yield "</section>"


def _explained(report: Report, cause: Cause) -> Iterator[str]:
    """Yield what was expected, and why it matters to whom."""
    expected = expectation_text(cause.first)
    if expected:
        yield f"<p><strong>{escape(_('expected'))}</strong> {escape(expected)}</p>"
    lines = "".join(f"<li>{escape(text)}</li>" for text in why_lines(report, cause))
    yield f'<p><strong>{escape(_("why"))}</strong></p><ul class="why">{lines}</ul>'


def _places(findings: Iterable[Finding], most_rows: int) -> Iterator[str]:
    found = list(findings)
    shown = found[:most_rows]
    with_file = any(f.file for f in found)
    with_value = any(f.value is not None for f in found)
    with_origin = any(f.origin for f in found)
    if not (with_value or with_origin):
        yield from _names(shown)
    else:
        columns = [_("in"), *([_("file")] if with_file else [])]
        columns += [_("found")] * with_value + [_("origin")] * with_origin
        rows = [_place_row(f, with_file, with_value, with_origin) for f in shown]
        yield from _rows(columns, rows)
    if len(found) > len(shown):
        text = _("and {count} more, in the reports as a table and as JSON")
        rest = escape(text.format(count=len(found) - len(shown)))
        yield f'<p class="soft">{rest}</p>'


def _rows(columns: list[str], rows: list[str]) -> Iterator[str]:
    yield from _table(columns, rows[:SHOWN_ROWS])
    if len(rows) > SHOWN_ROWS:
        more = _("{count} more").format(count=len(rows) - SHOWN_ROWS)
        yield f"<details><summary>{escape(more)}</summary>"
        yield from _table(columns, rows[SHOWN_ROWS:])
        yield "</details>"


def _table(columns: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    yield f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    yield from rows
    yield "</tbody></table></div>"


def _place_row(
    finding: Finding, with_file: bool, with_value: bool, with_origin: bool
) -> str:
    cells = [finding.focus_label, *([finding.file] if with_file else [])]
    if with_value:
        shown = finding.value_label or finding.value
        cells.append("" if shown is None else quote(shown))
    if with_origin:
        cells.append(finding.origin or "")
    row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{row}</tr>"


def _names(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the names alone, where there is nothing else to say of each place."""
    names = list(dict.fromkeys(map(_name, findings)))
    label = escape(_("in"))
    yield f"<p><strong>{label}</strong> {' · '.join(names[:SHOWN_NAMES])}</p>"
    if len(names) > SHOWN_NAMES:
        more = _("{count} more").format(count=len(names) - SHOWN_NAMES)
        rest = " · ".join(names[SHOWN_NAMES:])
        yield f"<details><summary>{escape(more)}</summary><p>{rest}</p></details>"


def _name(finding: Finding) -> str:
    name = escape(finding.focus_label)
    title = f' title="{escape(finding.file)}"' if finding.file else ""
    return f"<span{title}>{name}</span>"


def _technical(finding: Finding) -> str:
    rows = {_("code"): finding.code, _("source"): in_language(finding.clause)}
    rows |= {_("rule"): finding.details.get("shape", ""), _("property"): finding.path}
    lines = "<br>".join(
        f"{escape(name)}: <code>{escape(text)}</code>"
        for name, text in rows.items()
        if text
    )
    return f"<p>{lines}</p>"


def _answers(report: Report, frame: _Frame) -> Iterator[str]:
    if not report.answers:
        return
    heading = escape(_("Answered without a value (counted apart)"))
    yield frame.heading(1, heading) + "<ul>"
    yield from (f"<li>{escape(answer_line(a))}</li>" for a in report.answers)
    yield "</ul>"


def _gaps(report: Report) -> Iterator[str]:
    """Yield what the requirements do not look at, each sentence once."""
    members = {m.token: m for one in report.profiles for m in one.lineage if m.gaps}
    if not members:
        return
    yield f"<details><summary>{escape(gaps_title())}</summary>"
    for profile in members.values():
        yield f"<p><strong>{escape(in_language(profile.title))}</strong></p><ul>"
        yield from (f"<li>{escape(in_language(gap.text))}</li>" for gap in profile.gaps)
        yield "</ul>"
    yield "</details>"


def _details(report: Report, frame: _Frame) -> Iterator[str]:
    label = escape(_("technical details"))
    yield f'<details class="soft"><summary>{label}</summary>'
    for name, text in (
        (_("subject"), report.subject),
        (_("content (SHA-256)"), report.snapshot_hash),
    ):
        yield f"<p>{escape(name)}: <code>{escape(text)}</code></p>"
    if frame.level == 1:
        yield from _looked_at(report)
    yield "</details>"


def _looked_at(report: Report) -> Iterator[str]:
    heads = (_("rule"), _("looked at"))
    first, second = (f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield f"<table><thead><tr>{first}{second}</tr></thead><tbody>"
    for code, count in sorted(report.focus_counts.items()):
        yield f"<tr><td><code>{escape(code)}</code></td><td>{count}</td></tr>"
    yield "</tbody></table>"
