"""The microscope passport: one page that says what a microscope is, to print."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.clock import today
from fair_imagic.errors import ExternalToolError
from fair_imagic.i18n import _, current_language, day_text, labelled
from fair_imagic.views.parts import part_groups, stated
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.shown_value import sections
from fair_imagic.workflow.microscopes.versions import version_named, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.views.parts import Part, PartTable
    from fair_imagic.workflow.base.shown_value import Row, Section
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["passport_html", "passport_pdf"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SECONDS = 120
_STYLE = """
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
:root { color-scheme: light dark; --ink: #1c2430; --soft: #57606c; --line: #d5dbe3;
  --paper: #fff; --accent: #1f5fa8; --wash: #f3f6fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #a7b3be;
  --line: #35414d; --paper: #151c23; --accent: #86b8f0; --wash: #1c2630; } }
@media print { :root { --ink: #1c2430; --soft: #57606c; --line: #d5dbe3; --paper: #fff;
  --accent: #1f5fa8; --wash: #f3f6fa; } }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem; color: var(--ink);
  background: var(--paper); font: .95rem/1.45 system-ui, "Segoe UI", sans-serif;
  overflow-wrap: anywhere; }
header { border-bottom: .25rem solid var(--accent); padding-bottom: .6rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.15rem; margin: 1.2rem 0 .3rem; }
h3 { font-size: .95rem; margin: .7rem 0 .2rem; }
a { color: var(--accent); }
p { margin: .2rem 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem;
  margin: .6rem 0; padding: 0; }
.soft, .more { color: var(--soft); font-size: .88rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { border-bottom: 1px solid var(--line); padding: .2rem .6rem .2rem 0;
  text-align: left; vertical-align: top; overflow-wrap: normal; }
thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 9rem; width: 16rem; }
details summary { cursor: pointer; color: var(--accent); font-size: .88rem; }
.more { columns: 2 24rem; column-gap: 2rem; padding: 0; margin: .3rem 0; }
.more div { break-inside: avoid; margin-bottom: .4rem; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; } details::details-content { display: block;
    content-visibility: visible; height: auto; }
  details summary { color: var(--soft); list-style: none; } }
"""


def passport_html(workspace: Workspace, name: str, *, version: str = "") -> str:
    """Return the passport of a microscope as one HTML page in the language in use.

    ``version`` is a date or ``start``; the latest description otherwise. What is read
    rarely is folded on the screen and whole on paper.
    """
    instrument = workspace.record("instrument", name)
    versions = versions_of(workspace, instrument)
    chosen = version_named(workspace, instrument, version) if version else None
    if chosen is None and versions:
        chosen = versions[-1]
    record = chosen.iri if chosen and version else instrument
    since = chosen.valid_from if chosen else ""
    title = label_of(workspace, instrument)
    found = sections(workspace, record, hidden=_HIDDEN)
    body = "\n".join(_body(workspace, title, since, instrument, found))
    return (
        f'<!doctype html>\n<html lang="{current_language()}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


_HIDDEN = frozenset({"components", "version_of", "valid_from"})


def _body(
    workspace: Workspace,
    title: str,
    since: str,
    instrument: str,
    found: tuple[Section, ...],
) -> Iterator[str]:
    groups = part_groups(found)
    kind = _("Microscope passport")
    yield f"<header><p class=soft>{escape(kind)}</p>"
    yield f"<h1>{escape(title)}</h1>"
    words = [workspace.settings.facility_name]
    if since:
        words.append(_("valid from {date}").format(date=day_text(since)))
    words.append(_("printed on {date}").format(date=day_text(today().isoformat())))
    yield f"<p class=soft>{escape(' · '.join(filter(None, words)))}</p></header>"
    yield f'<nav aria-label="{escape(_("On this page"))}"><ul>'
    for group in groups:
        link = f'<a href="#{group.name}">{escape(group.title)}</a>'
        yield f"<li>{link} {group.count}</li>"
    yield "</ul></nav><main>"
    for section in found:
        if "#" not in section.subject:
            rows = stated(section)[0].rows
            yield f"<p>{_facts([one for one in rows if not one.technical])}</p>"
    for group in groups:
        yield f'<section id="{group.name}"><h2>{escape(group.title)}</h2>'
        for table in group.tables:
            yield from _table(table, with_title=len(group.tables) > 1)
        yield "</section>"
    yield f"<p class=soft><code>{escape(instrument)}</code></p></main>"


def _table(table: PartTable, *, with_title: bool) -> Iterator[str]:
    if with_title:
        yield f"<h3>{escape(table.title)}</h3>"
    if table.shared:
        alike = _("The same for all {count}:").format(count=len(table.parts))
        yield f"<p class=soft>{escape(alike)} {_facts(table.shared)}</p>"
    yield (
        f'<div class=scroll tabindex=0 role=region aria-label="{escape(table.title)}">'
        "<table><thead><tr>"
    )
    for heading in (_("Name"), *table.columns):
        yield f"<th scope=col>{escape(heading)}</th>"
    yield "</tr></thead><tbody>"
    for part in table.parts:
        cells = ("<br>".join(escape(one.words) for one in cell) for cell in part.cells)
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        yield f"<tr><th scope=row>{escape(part.name)}</th>{row}</tr>"
    yield "</tbody></table></div>"
    yield from _more(table)


def _more(table: PartTable) -> Iterator[str]:
    """Yield what stands in no column, for each part of a table that has more."""
    texts = [(part.name, _further(part)) for part in table.parts]
    if not any(text for _name, text in texts):
        return
    yield f"<details><summary>{escape(_('Further values'))}</summary><div class=more>"
    for name, text in texts:
        if text:
            yield f"<div><b>{escape(name)}</b> {text}</div>"
    yield "</div></details>"


def _further(part: Part) -> str:
    texts = [_facts([one for one in part.rest.rows if not one.technical])]
    for one in part.inner:
        if len([row for row in one.rows if not row.technical]) > 1:
            facts = _facts([row for row in one.rows if not row.technical])
            texts.append(f"{escape(one.title)} – {facts}")
    if part.unstated:
        gone = _("Not stated: {fields}").format(fields=", ".join(part.unstated))
        texts.append(escape(gone))
    return "<br>".join(filter(None, texts))


def _facts(rows: Iterable[Row]) -> str:
    return " · ".join(
        escape(labelled(row.label, ", ".join(one.words for one in row.values)))
        for row in rows
    )


def passport_pdf(workspace: Workspace, name: str, *, version: str = "") -> bytes:
    """Return the passport as PDF, printed by the Chromium of this machine.

    Raises :class:`~fair_imagic.errors.ExternalToolError` where there is none: the
    HTML page can be printed by any browser.
    """
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise ExternalToolError(
            _("A PDF needs Chromium or Chrome, and neither is here"),
            expected=", ".join(_BROWSERS),
            hint=_("Ask for the HTML page and print it to PDF with your browser."),
        )
    page = passport_html(workspace, name, version=version)
    with tempfile.TemporaryDirectory(prefix="fair-imagic-passport-") as folder:
        return _printed(browser, page, Path(folder))


def _printed(browser: str, page: str, folder: Path) -> bytes:
    source, target = folder / "passport.html", folder / "passport.pdf"
    source.write_text(page, encoding="utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExternalToolError(
            _("The browser did not print the page"), where=browser, found=str(error)
        ) from error
    if not target.is_file():
        raise ExternalToolError(
            _("The browser did not print the page"),
            where=browser,
            found=done.stderr.decode("utf-8", "replace")[-300:],
        )
    return target.read_bytes()
