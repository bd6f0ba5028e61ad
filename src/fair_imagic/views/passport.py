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
from fair_imagic.i18n import _, current_language, day_text
from fair_imagic.views.instrument import component_blocks
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.shown_value import sections
from fair_imagic.workflow.microscopes.versions import version_named, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.workflow.base.shown_value import Section
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["passport_html", "passport_pdf"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SECONDS = 120
_STYLE = """
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; color: #1c2430;
  background: #fff; font: 1rem/1.5 system-ui, "Segoe UI", sans-serif; }
header { border-bottom: .25rem solid #1f5fa8; padding-bottom: .75rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .35rem; }
h3 { font-size: .95rem; margin: .6rem 0 .2rem .5rem; }
.soft { color: #57606c; font-size: .9rem; margin: .25rem 0; }
section { break-inside: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #d5dbe3; padding: .3rem .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th { width: 38%; font-weight: 500; color: #57606c; }
@media print { body { max-width: none; padding: 0; font-size: 9.5pt; } }
"""


def passport_html(workspace: Workspace, name: str, *, version: str = "") -> str:
    """Return the passport of a microscope as one HTML page in the language in use.

    ``version`` is a date or ``start``; the latest description otherwise.
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
    kind = _("Microscope passport")
    yield f"<header><p class=soft>{escape(kind)}</p>"
    yield f"<h1>{escape(title)}</h1>"
    words = [workspace.settings.facility_name]
    if since:
        words.append(_("valid from {date}").format(date=day_text(since)))
    words.append(_("printed on {date}").format(date=day_text(today().isoformat())))
    yield f"<p class=soft>{escape(' · '.join(filter(None, words)))}</p></header>"
    yield "<main>"
    for section in found:
        if "#" not in section.subject:
            yield from _section(section)
    for block in component_blocks(found):
        yield from _section(block.section, *block.inner)
    yield f"<p class=soft><code>{escape(instrument)}</code></p></main>"


def _section(section: Section, *inner: Section) -> Iterator[str]:
    yield f"<section><h2>{escape(section.title)}</h2>"
    yield from _table(section)
    for one in inner:
        yield f"<h3>{escape(one.title)}</h3>"
        yield from _table(one)
    yield "</section>"


def _table(section: Section) -> Iterator[str]:
    yield "<table>"
    for row in (one for one in section.rows if not one.technical):
        texts = [one.words for one in row.values]
        yield (
            f"<tr><th scope=row>{escape(row.label)}</th>"
            f"<td>{'<br>'.join(map(escape, texts))}</td></tr>"
        )
    yield "</table>"


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
