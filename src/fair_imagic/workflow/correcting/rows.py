"""The rows of the table of points: one for each place that has something to fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import (
    in_language,
    severity_word,
    why_line,
)

if TYPE_CHECKING:
    from fair_imagic.checks import Finding, Report

__all__ = ["Row", "rows_of"]


@dataclass(frozen=True)
class Row:
    """One row: cells by the key of their column, and the place it is about."""

    subject: str
    path: str
    cells: dict[str, str]


def rows_of(report: Report) -> tuple[Row, ...]:
    """Return one row for each thing, field and value; rules that agree share one."""
    found: dict[tuple[str, str, str | None, str], list[Finding]] = {}
    for finding in report.findings:
        whole = "" if finding.path else finding.code
        key = (finding.focus, finding.path, finding.value, whole)
        found.setdefault(key, []).append(finding)
    return tuple(_row(report, same) for same in found.values())


def _row(report: Report, findings: list[Finding]) -> Row:
    first = findings[0]
    messages = dict.fromkeys(in_language(one.message) for one in findings)
    expected = dict.fromkeys(_expected(one) for one in findings)
    why = dict.fromkeys(why_line(report, one) for one in findings)
    proposal = first.proposal
    cells = {
        "thing": first.focus_label,
        "file": first.file,
        "field": in_language(first.path_label) or first.code,
        "weight": severity_word(first.severity),
        "wrong": " ".join(messages),
        "expected": " ".join(expected),
        "why": "\n".join(why),
        "found": first.value_label or first.value or "",
        "origin": first.origin or "",
        "proposed": proposal.value if proposal is not None else "",
        "source": in_language(proposal.source) if proposal is not None else "",
        "set": report.subject,
        "version": report.snapshot_hash,
        "codes": " ".join(dict.fromkeys(one.code for one in findings)),
        "thing id": first.focus,
        "property": first.path,
        "seen": "" if first.value is None else f":{first.value}",
    }
    return Row(first.focus, first.path, cells)


def _expected(finding: Finding) -> str:
    """Return what to do, and in brackets what would pass."""
    told = in_language(finding.expected)
    return (
        f"{in_language(finding.repair)} ({told})"
        if told
        else in_language(finding.repair)
    )
