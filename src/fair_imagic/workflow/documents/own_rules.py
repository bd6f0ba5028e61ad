"""The rules that targets have about their own formats, for documents made by others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.checks import Finding

__all__ = ["as_advice", "placed"]

# What a target says of its own package: the reader of a document made it otherwise.
_REPAIRS = {
    "Report this: the record was built wrongly": "Correct this entry of the document",
    "Report this: the submission was built wrongly": "Correct this entry of the "
    "document",
    "Report this: the file list was built wrongly": "Rename the file with letters, "
    "digits and - _ ( ) only, and correct the list",
    "Fill in {place} in the publication set": "Fill in this entry of the document",
    "Correct the value in the publication set": "Correct this entry of the document",
    "Give the date of publication of the set": "Give the same ReleaseDate in both "
    "places",
    "Fill in {place} in the plan or the record behind it": "Fill in this entry of the "
    "plan",
    "Correct the value in the plan or the record behind it": "Correct this entry of "
    "the plan",
}


def placed(findings: Iterable[Finding], where: Callable[[str], str]) -> list[Finding]:
    """Return findings with the place in the document as origin.

    ``where`` gives the place in words, from the place that the rule names.
    """
    return [
        replace(one, origin=where(one.path), repair=_repair(one)) for one in findings
    ]


def _repair(finding: Finding) -> dict[str, str]:
    for ours, theirs in _REPAIRS.items():
        if finding.repair["en"] == ours.format(place=finding.path):
            return both(theirs)
    return dict(finding.repair)


def as_advice(
    findings: Iterable[Finding], *, kept: frozenset[str]
) -> Iterator[Finding]:
    """Yield findings as recommendations, but those of the codes ``kept`` as they are.

    For a document that an archive has published: it has accepted what it holds.
    """
    for one in findings:
        if one.severity is Severity.MUST and one.code not in kept:
            yield replace(one, severity=Severity.SHOULD, blocks=False)
        else:
            yield one
