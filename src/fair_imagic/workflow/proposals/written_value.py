"""Proposals from the wrong value itself: the same, as the registry writes it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.checks.value_tests import value_test
from fair_imagic.entry.day import iso_day
from fair_imagic.entry.number import plain_number
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_written_value"]

_ORCID = re.compile(
    r"(?<!\d)(\d{4})[-\s.]?(\d{4})[-\s.]?(\d{4})[-\s.]?(\d{3}[\dXx])/?\Z"
)
_ROR = re.compile(
    r"(?:(?:https?://)?(?:www\.)?ror\.org/|ror:)?(0[0-9a-z]{8})/?\Z", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def from_written_value(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the normal form of a value that is written in another one."""
    if point.seen is None:
        return None
    seen = point.seen.strip()
    by_name = _BY_NAME.get(point.slot.name)
    if by_name is not None:
        return by_name(seen)
    datatype = (point.slot.datatype or "").rpartition("#")[2]
    by_type = _BY_DATATYPE.get(datatype)
    if by_type is not None:
        return by_type(seen)
    if point.slot.values:
        return _listed(seen, point.slot.values)
    return _without_control_characters(point.seen)


def _orcid(seen: str) -> Proposal | None:
    match = _ORCID.search(seen)
    if match is None:
        return None
    text = "-".join(match.groups()).upper()
    if not value_test("orcid-check-digit")(text):
        return None
    return _certain(text, both("the ORCID as the registry writes it"))


def _ror(seen: str) -> Proposal | None:
    match = _ROR.match(seen)
    text = f"https://ror.org/{match[1].lower()}" if match else ""
    if not text or not value_test("ror-check-digits")(text):
        return None
    return _certain(text, both("the ROR identifier as the registry writes it"))


def _day(seen: str) -> Proposal | None:
    found = iso_day(seen)
    if found is None:
        return None
    return _day_proposal(found[0][:10], found[1])


def _moment(seen: str) -> Proposal | None:
    found = iso_day(seen)
    if found is None:
        return None
    return _day_proposal(
        found[0] if "T" in found[0] else f"{found[0]}T00:00:00",
        found[1] and "T" in found[0],
    )


def _day_proposal(text: str, certain: bool) -> Proposal:
    return Proposal(
        value=text,
        source=both("the same date, written year-month-day"),
        confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
    )


def _number(seen: str) -> Proposal | None:
    found = plain_number(seen)
    if found is None:
        return None
    return _certain(found, both("the same number, written with a point"))


def _listed(seen: str, values: tuple[str, ...]) -> Proposal | None:
    plain = {re.sub(r"[^0-9a-z]+", "", value.lower()): value for value in values}
    wanted = re.sub(r"[^0-9a-z]+", "", seen.lower())
    source = both("the word of the list that is meant")
    if wanted in plain:
        return _certain(plain[wanted], source)
    near = difflib.get_close_matches(wanted, plain, n=2, cutoff=0.85)
    if len(near) != 1:
        return None
    return Proposal(value=plain[near[0]], source=source)


def _without_control_characters(seen: str) -> Proposal | None:
    clean = re.sub(rf" *{_CONTROL.pattern}+ *", " ", seen).strip()
    if not _CONTROL.search(seen) or not clean:
        return None
    return _certain(clean, both("the same text without control characters"))


def _certain(text: str, source: dict[str, str]) -> Proposal:
    return Proposal(value=text, source=source, confidence=Confidence.CERTAIN)


_BY_NAME: dict[str, Callable[[str], Proposal | None]] = {"orcid": _orcid, "ror": _ror}
_BY_DATATYPE: dict[str, Callable[[str], Proposal | None]] = {
    "date": _day,
    "dateTime": _moment,
    "decimal": _number,
    "integer": _number,
}
