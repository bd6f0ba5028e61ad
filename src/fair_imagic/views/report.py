"""The report of a set as a file to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import as_html, as_json, as_junit, as_text, as_turtle
from fair_imagic.workflow.checking.verdict import verdict_on

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ReportFile", "report_file"]

_FORMS = {
    "html": (as_html, "text/html"),
    "json": (as_json, "application/json"),
    "ttl": (as_turtle, "text/turtle"),
    "txt": (as_text, "text/plain"),
    "xml": (as_junit, "application/xml"),
}


@dataclass(frozen=True, kw_only=True)
class ReportFile:
    """A report as text, with its media type and a name for the file."""

    text: str
    media_type: str
    file_name: str


def report_file(workspace: Workspace, name: str, ending: str) -> ReportFile | None:
    """Return the report of a set in the form of a file ending; None for others.

    Raises NotFoundError where there is no such set.
    """
    record = workspace.record("set", name)
    if ending not in _FORMS:
        return None
    draw, media_type = _FORMS[ending]
    return ReportFile(
        text=draw(verdict_on(workspace, record).report),
        media_type=media_type,
        file_name=f"{name}-report.{ending}",
    )
