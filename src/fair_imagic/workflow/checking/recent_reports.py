"""Reports for pages: a set is checked again only when something has changed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from fair_imagic.checks import Override
from fair_imagic.i18n import current_language
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.overrides import overrides_of

if TYPE_CHECKING:
    from fair_imagic.checks import Report
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["known_report", "report_of"]

_KEPT = 64
_Key = tuple[str, str, str, tuple[Override, ...]]
_reports: dict[_Key, Report] = {}
_lock = threading.Lock()


def report_of(workspace: Workspace, record: str) -> Report:
    """Return the report of a set under the usual requirements."""
    report = known_report(workspace, record)
    if report is None:
        report = check.run(workspace, record)
        key = _key(record, report.snapshot_hash, report.overrides)
        _keep(key, report)
    return report


def known_report(workspace: Workspace, record: str) -> Report | None:
    """Return the report of a set as it is now, if it was made already."""
    snapshot = check.snapshot_of(workspace, record)
    decided = overrides_of(workspace, record)
    with _lock:
        return _reports.get(_key(record, snapshot.hash, decided))


def _key(record: str, snapshot_hash: str, decided: tuple[Override, ...]) -> _Key:
    # A report tells where values come from in the language of its reader.
    return (record, snapshot_hash, current_language(), decided)


def _keep(key: _Key, report: Report) -> None:
    with _lock:
        _reports[key] = report
        while len(_reports) > _KEPT:
            del _reports[next(iter(_reports))]
