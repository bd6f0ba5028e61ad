"""The report as one HTML page: no scripts, nothing fetched, made to be printed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.report_words import (
    answer_line,
    in_language,
    moment_words,
    points,
    quoted,
    severity_word,
    state_word,
    summary,
    who_word,
)
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.report import Cause, Readiness, Report

__all__ = ["as_html"]

SHOWN_ROWS = 12
SHOWN_NAMES = 40

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #57606c; --line: #d5dbe3;
  --page: #ffffff; --card: #f6f8fa; --must: #b3261e; --should: #8a5300;
  --could: #1f5fa8; --good: #1d6b3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #a9b3bf;
  --line: #3a4450; --page: #14181d; --card: #1d232a; --must: #ff8a80;
  --should: #ffc46b; --could: #8fc1ff; --good: #7fd39b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
  background: var(--page); font: 1rem/1.55 system-ui, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0 0 .35rem; }
p { margin: .35rem 0; } .soft { color: var(--soft); font-size: .9rem; }
.lead { font-size: 1.1rem; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
section.cause { background: var(--card); border: 1px solid var(--line);
  border-left: .35rem solid var(--mark); border-radius: .4rem; padding: .9rem 1.1rem;
  margin: 0 0 1rem; }
.must { --mark: var(--must); } .should { --mark: var(--should); }
.could { --mark: var(--could); }
.badge { color: var(--mark); border: 1px solid currentColor; border-radius: 1rem;
  padding: 0 .6rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.repair { border-left: 2px solid var(--good); padding-left: .7rem; margin: .6rem 0; }
.blocked { color: var(--must); font-weight: 600; }
  .gaps { color: var(--should); font-weight: 600; }
.ready { color: var(--good); font-weight: 600; }
summary { cursor: pointer; } code { font-size: .85rem; overflow-wrap: anywhere; }
details { margin-top: .5rem; } .scroll { overflow-x: auto; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  section.cause { break-inside: avoid; } summary { list-style: none; }
  :root { color-scheme: light; } }
"""


def as_html(report: Report) -> str:
    """Return the report as one self-contained page in the language in use."""
    title = escape(_("Check of {name}").format(name=report.subject_label))
    body = "\n".join(
        [
            *_heading(report, title),
            *_readiness(report),
            *_causes(report),
            *_answers(report),
            *_details(report),
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{current_language()}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _heading(report: Report, title: str) -> Iterator[str]:
    moment = moment_words(report.checked_at)
    checked = escape(_("version checked on {date}").format(date=moment))
    yield f"<h1>{title}</h1>"
    yield f'<p class="soft">{checked}</p>'
    yield f'<p class="lead">{escape(summary(report))}</p>'


def _readiness(report: Report) -> Iterator[str]:
    heads = "".join(
        f'<th scope="col" class="number">{escape(severity_word(severity))}</th>'
        for severity in Severity
    )
    yield '<div class="scroll"><table>'
    yield f"<caption>{escape(_('How ready it is'))}</caption>"
    yield f'<thead><tr><th scope="col">{escape(_("requirements of"))}</th>{heads}'
    yield f'<th scope="col">{escape(_("state"))}</th></tr></thead><tbody>'
    yield from (_ready_row(line) for line in report.readiness)
    yield "</tbody></table></div>"


def _ready_row(line: Readiness) -> str:
    numbers = "".join(
        f'<td class="number">{n}</td>' for n in (line.must, line.should, line.could)
    )
    kind = "blocked" if line.blocked else "gaps" if line.must else "ready"
    name = escape(in_language(line.profile.title))
    return (
        f'<tr><th scope="row">{name}</th>{numbers}'
        f'<td class="{kind}">{escape(state_word(line))}</td></tr>'
    )


def _causes(report: Report) -> Iterator[str]:
    if report.causes:
        yield f"<h2>{escape(_('Points to fix'))}</h2>"
    for cause in report.causes:
        yield from _cause(report, cause)


def _cause(report: Report, cause: Cause) -> Iterator[str]:
    finding = cause.first
    kind = str(finding.severity)
    title = in_language(finding.path_label) or in_language(finding.message)
    who = _("correction ({who})").format(who=who_word(finding.who))
    yield f'<section class="cause {kind}">'
    yield f"<h3>{escape(title)}</h3>"
    yield (
        f'<p><span class="badge">{escape(severity_word(finding.severity))}</span> '
        f"{escape(points(cause.count))}</p>"
    )
    yield from (_said_by(report, group.first) for group in cause.groups)
    repair = escape(in_language(finding.repair))
    yield f'<p class="repair"><strong>{escape(who)}</strong><br>{repair}</p>'
    yield from _places(cause.groups[0].findings)
    lines = "".join(_technical(group.first) for group in cause.groups)
    label = escape(_("technical details"))
    yield f'<details class="soft"><summary>{label}</summary>{lines}</details>'
    yield "</section>"


def _said_by(report: Report, finding: Finding) -> str:
    title = in_language(report.title_of(finding.profile))
    return (
        f'<p>{escape(in_language(finding.message))} <span class="soft">'
        f"({escape(title)})</span></p>"
    )


def _places(findings: Iterable[Finding]) -> Iterator[str]:
    found = list(findings)
    columns = [_("in")]
    with_value = any(f.value is not None for f in found)
    with_origin = any(f.origin for f in found)
    columns += [_("found")] * with_value + [_("origin")] * with_origin
    if len(columns) == 1:
        yield from _names(found)
        return
    rows = [_place_row(f, with_value, with_origin) for f in found]
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


def _place_row(finding: Finding, with_value: bool, with_origin: bool) -> str:
    cells = [finding.focus_label]
    if with_value:
        shown = finding.value_label or finding.value
        cells.append("" if shown is None else quoted(shown))
    if with_origin:
        cells.append(finding.origin or "")
    row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{row}</tr>"


def _names(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the names alone, where there is nothing else to say of each place."""
    names = [escape(name) for name in dict.fromkeys(f.focus_label for f in findings)]
    label = escape(_("in"))
    yield f"<p><strong>{label}</strong> {' · '.join(names[:SHOWN_NAMES])}</p>"
    if len(names) > SHOWN_NAMES:
        more = _("{count} more").format(count=len(names) - SHOWN_NAMES)
        rest = " · ".join(names[SHOWN_NAMES:])
        yield f"<details><summary>{escape(more)}</summary><p>{rest}</p></details>"


def _technical(finding: Finding) -> str:
    rows = {_("code"): finding.code, _("source"): finding.details.get("clause", "")}
    rows |= {_("rule"): finding.details.get("shape", ""), _("property"): finding.path}
    lines = "<br>".join(
        f"{escape(name)}: <code>{escape(text)}</code>"
        for name, text in rows.items()
        if text
    )
    return f"<p>{lines}</p>"


def _answers(report: Report) -> Iterator[str]:
    if not report.answers:
        return
    yield f"<h2>{escape(_('Answered without a value (counted apart)'))}</h2><ul>"
    yield from (f"<li>{escape(answer_line(a))}</li>" for a in report.answers)
    yield "</ul>"


def _details(report: Report) -> Iterator[str]:
    label = escape(_("technical details"))
    yield f'<details class="soft"><summary>{label}</summary>'
    for name, text in (
        (_("subject"), report.subject),
        (_("content (SHA-256)"), report.snapshot_hash),
    ):
        yield f"<p>{escape(name)}: <code>{escape(text)}</code></p>"
    heads = (_("rule"), _("looked at"))
    first, second = (f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield f"<table><thead><tr>{first}{second}</tr></thead><tbody>"
    for code, count in sorted(report.focus_counts.items()):
        yield f"<tr><td><code>{escape(code)}</code></td><td>{count}</td></tr>"
    yield "</tbody></table></details>"
