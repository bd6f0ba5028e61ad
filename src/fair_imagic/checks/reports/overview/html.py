"""The overview as one HTML page: readiness of all on top, every report below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.html import html_page, html_part
from fair_imagic.checks.reports.overview.words import (
    SIGNS,
    images_text,
    kind_word,
    kinds_word,
    name_of,
    priority_lines,
    remarks,
    state_text,
    summary,
    title,
)
from fair_imagic.checks.reports.words import (
    first_names,
    in_language,
    moment_words,
    severity_word,
    state_kind,
    state_word,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks.overview import Line, Overview, Priority
    from fair_imagic.checks.report import Readiness, Report

__all__ = ["html_of", "part_html"]

_STYLE = """
body { max-width: 80rem; } .overview td, .overview th { padding: .4rem .5rem; }
.overview thead th { vertical-align: bottom; font-size: .85rem; }
.overview th { overflow-wrap: normal; }
.overview td.number, .overview td.sign { white-space: nowrap; }
.overview tbody th { font-weight: normal; min-width: 9rem; }
.overview tfoot td, .overview tfoot th { border-top: 2px solid var(--line);
  font-weight: 600; }
.overview .group th { font-weight: 600; padding-top: 1rem; }
section.part { border-top: 3px solid var(--line); margin-top: 3rem;
  padding-top: 1rem; max-width: 60rem; }
section.part h3 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
h4 { font-size: 1rem; margin: 0 0 .35rem; } a { color: var(--could); }
.error { color: var(--must); font-weight: 600; }
@media print { section.part { break-before: page; } }
"""
_TOP = "overview"
SHOWN_LINKS = 40


def part_html(line: Line, report: Report) -> str:
    """Return a report as a part of the page."""
    return html_part(report)


def html_of(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    """Yield one page that needs nothing else, in the language in use."""
    yield html_page(title(), _body(overview, parts), style=_STYLE)


def _body(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    places = {one.subject.iri: f"p{n}" for n, one in enumerate(overview.lines, 1)}
    yield f'<h1 id="{_TOP}">{escape(title())}</h1>'
    checked = _("checked on {date}")
    moment = checked.format(date=moment_words(overview.checked_at))
    yield f'<p class="soft">{escape(moment)}</p>'
    yield f'<p class="lead">{escape(summary(overview))}</p>'
    yield from _matrix(overview, places)
    yield from (f'<p class="soft">{escape(text)}</p>' for text in remarks(overview))
    yield from _first(overview, places)
    for line in overview.lines:
        yield from _part(line, parts.get(line.subject.iri, ""), places)


def _matrix(overview: Overview, places: Mapping[str, str]) -> Iterator[str]:
    heads = [_head(_("Name")), _head(_("Images"), "number"), _head(_("Result"))]
    heads += [_head(in_language(profile.title)) for profile in overview.profiles]
    heads += [_head(severity_word(severity), "number") for severity in Severity]
    yield '<div class="scroll"><table class="overview">'
    yield f"<caption>{escape(_('How ready everything is'))}</caption>"
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    kind = ""
    for line in overview.lines:
        if line.subject.kind != kind:
            yield "</tbody>" if kind else ""
            kind = line.subject.kind
            yield _group(kind, len(heads))
        yield _line(overview, line, places)
    yield "</tbody>"
    yield _total(overview)
    yield f'</table></div><p class="soft">{escape(_legend(overview))}</p>'


def _head(text: str, kind: str = "text") -> str:
    return f'<th scope="col" class="{kind}">{escape(text)}</th>'


def _group(kind: str, columns: int) -> str:
    word = escape(kinds_word(kind))
    head = f'<th scope="rowgroup" colspan="{columns}">{word}</th>'
    return f'<tbody><tr class="group">{head}</tr>'


def _line(overview: Overview, line: Line, places: Mapping[str, str]) -> str:
    name = escape(name_of(line.subject))
    link = f'<a href="#{places[line.subject.iri]}">{name}</a>'
    if line.label not in (line.subject.name, name_of(line.subject)):
        link += f'<br><span class="soft">{escape(line.label)}</span>'
    found = line.summary
    counts = (found.must, found.should, found.could) if found else ("–",) * 3
    ready = {one.profile.token: one for one in found.readiness} if found else {}
    return (
        f'<tr><th scope="row">{link}</th>'
        f'<td class="number">{escape(images_text(line.subject))}</td>'
        f'<td class="{line.state}">{escape(state_text(line.state))}</td>'
        + "".join(_cell(ready.get(one.token)) for one in overview.profiles)
        + "".join(f'<td class="number">{count}</td>' for count in counts)
        + "</tr>"
    )


def _cell(ready: Readiness | None) -> str:
    """Return how ready one subject is for one target: a sign and its obligatory points.

    The words of the state stand behind, for whoever points at it or has it read out.
    """
    if ready is None:
        return "<td>–</td>"
    kind = state_kind(ready)
    count = f" {ready.must}" if ready.must else ""
    words = escape(state_word(ready))
    return f'<td class="sign {kind}" title="{words}">{SIGNS[kind]}{count}</td>'


def _total(overview: Overview) -> str:
    counts = "".join(f'<td class="number">{overview.points[s]}</td>' for s in Severity)
    span = 2 + len(overview.profiles)
    return (
        f'<tfoot><tr><th scope="row">{escape(_("Total"))}</th>'
        f'<td colspan="{span}"></td>{counts}</tr></tfoot>'
    )


def _legend(overview: Overview) -> str:
    """Return what the signs of the targets mean; numbers are obligatory points."""
    words = {
        "blocked": _("stops the publication"),
        "decided": _("published by decision of the facility"),
        "gaps": _("obligatory, does not stop it"),
        "ready": _("nothing obligatory is missing"),
    }
    used = {
        state_kind(one)
        for line in overview.lines
        for one in (line.summary.readiness if line.summary else ())
    }
    signs = (f"{SIGNS[kind]} {text}" for kind, text in words.items() if kind in used)
    numbers = _("numbers beside signs: obligatory points")
    return " · ".join((*signs, _("– not asked"), numbers))


def _first(overview: Overview, places: Mapping[str, str]) -> Iterator[str]:
    if not overview.priorities:
        return
    yield f"<h2>{escape(_('What to look at first'))}</h2><ol>"
    yield from (_priority(overview, one, places) for one in overview.priorities)
    yield "</ol>"


def _priority(overview: Overview, priority: Priority, places: Mapping[str, str]) -> str:
    what, gain = (escape(text) for text in priority_lines(overview, priority))
    links = [
        f'<a href="#{places[line.subject.iri]}">{escape(name_of(line.subject))}</a>'
        for line in priority.lines
    ]
    listed = first_names(links, SHOWN_LINKS)
    gained = _("{label}: {text}").format(label=gain, text=listed)
    return f'<li>{what}<br><span class="soft">→ {gained}</span></li>'


def _part(line: Line, text: str, places: Mapping[str, str]) -> Iterator[str]:
    kind, name = kind_word(line.subject.kind), name_of(line.subject)
    yield f'<section class="part" id="{places[line.subject.iri]}">'
    back = escape(_("Back to the overview"))
    yield (
        f'<p class="soft">{escape(kind)} {escape(name)} · '
        f'<a href="#{_TOP}">{back}</a></p>'
    )
    if line.error:
        heading = escape(_("Check of {name}").format(name=line.label))
        yield f'<h2>{heading}</h2><p class="error">{escape(line.error)}</p>'
    else:
        yield text
    yield "</section>"
