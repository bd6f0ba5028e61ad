"""The rules that targets have about their own formats, for documents made by others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.i18n import LANGUAGES, both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.checks import Finding

__all__ = ["as_advice", "placed"]


def placed(findings: Iterable[Finding], where: Callable[[str], str]) -> list[Finding]:
    """Return findings with the place in the document as origin.

    ``where`` gives the place in words, from the place that the rule names.
    """
    return [
        replace(
            one,
            origins=dict.fromkeys(LANGUAGES, where(one.path)),
            repair=_repair(one),
        )
        for one in findings
    ]


def _repair(finding: Finding) -> dict[str, str]:
    if finding.code in _repairs_by_code():
        return _repairs_by_code()[finding.code]
    for ours, theirs in _repairs().items():
        if finding.repair["en"] == ours.format(place=finding.path):
            return theirs
    return dict(finding.repair)


@cache
def _repairs_by_code() -> dict[str, dict[str, str]]:
    """Return the corrections of what only somebody else's submission gets wrong."""
    return {
        "bioimage-archive/association-broken": both(
            "Write the exact title of the section that is meant"
        ),
        "bioimage-archive/affiliation-broken": both(
            "Name the number (accno) of an organisation, with reference true"
        ),
        "bioimage-archive/section-number": both(
            "Give every section a number (accno) of its own"
        ),
        "bioimage-archive/value-not-text": both("Write the value as a text in quotes"),
    }


@cache
def _repairs() -> dict[str, dict[str, str]]:
    """Return other corrections for those that a target gives for its own package."""
    entry = both("Correct this entry of the document")
    missing = both("Fill in this entry of the document")
    plan = both("Correct this entry of the plan")
    return {
        "Report this: the record was built wrongly": entry,
        "Report this: the submission was built wrongly": entry,
        "Correct the value in the publication set": entry,
        "Fill in {place} in the publication set": missing,
        "Fill in {place} in the plan or the record behind it": missing,
        "Correct the value in the plan or the record behind it": plan,
        "Report this: the file list was built wrongly": both(
            "Rename the file with letters, digits and - _ ( ) only, and correct the "
            "list"
        ),
        "Give the date of publication of the set": both(
            "Give the same ReleaseDate in both places"
        ),
    }


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
