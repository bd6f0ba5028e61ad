"""Corrections as pages show them: proposals, how sure they are, and the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.checking.verdict import verdict_for_page

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting import Wishes

__all__ = ["proposal_count", "proposals_of", "table_of"]


def proposals_of(workspace: Workspace, name: str) -> Wishes:
    """Return what a rule can propose for the points of a set."""
    record = workspace.record("set", name)
    return corrections.wishes_of_report(verdict_for_page(workspace, record).report)


def proposal_count(workspace: Workspace, name: str) -> int:
    """Return for how many fields of the things of a set a value is proposed."""
    return len(proposals_of(workspace, name).wishes)


def table_of(workspace: Workspace, name: str) -> bytes:
    """Return the points of a set as an Excel workbook to be filled in."""
    report = verdict_for_page(workspace, workspace.record("set", name)).report
    return corrections.as_xlsx(report, fields=corrections.fields_in(workspace))
