"""Our own rules for a maDMP: what the official schema says, and what it misses.

The official schema of 1.2 checks no address at all (its format name ``url`` does not
exist), and dates only where an extra package is installed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.madmp.vocabulary import ACCESS, ANSWERS, ROOT
from fair_imagic.entry.identifier import (
    doi_of,
    is_swhid,
    is_url,
    orcid_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["points_to_fix"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_LANGUAGE = re.compile(r"[a-z]{3}")
#: Where -> the keys that must have a value.
_REQUIRED = {
    ROOT: (
        "title", "language", "created", "modified", "dmp_id", "ethical_issues_exist",
        "contact", "dataset",
    ),
    "contact": ("name", "mbox", "contact_id"),
    "contributor": ("name", "contributor_id", "role"),
    "dataset": ("title", "dataset_id", "personal_data", "sensitive_data"),
    "distribution": ("title", "data_access"),
    "host": ("title", "url"),
    "license": ("license_ref", "start_date"),
    "metadata": ("language", "metadata_standard_id"),
    "technical_resource": ("name",),
    "project": ("title",),
    "affiliation": ("name", "affiliation_id"),
    "creator": ("name", "creator_id"),
    "related_identifier": ("identifier", "type", "relation_type"),
    "alternate_identifier": ("identifier", "type"),
}  # fmt: skip
_DATES = {"issued", "start_date", "available_until", "start", "end"}
_TIMES = {"created", "modified"}
_ADDRESSES = {"access_url", "download_url", "url", "license_ref"}
_CLOSED = {
    "personal_data": ANSWERS,
    "sensitive_data": ANSWERS,
    "ethical_issues_exist": ANSWERS,
    "support_versioning": ANSWERS,
    "data_access": ACCESS,
}


def points_to_fix(document: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    """Yield what is wrong in a maDMP document."""
    for kind, place, part in _parts(ROOT, document.get(ROOT, {}), ROOT):
        for key in _needed(kind):
            if part.get(key) in (None, "", {}) or (
                part[key] == [] and key != "dataset"
            ):
                yield points.make(
                    f"{kind.replace('_', '-')}-{key.replace('_', '-')}-needed",
                    message="The plan needs: {place}",
                    repair="Fill in {place} in the plan or the record behind it",
                    place=f"{place}.{key}",
                )
        for key, value in part.items():
            if isinstance(value, str) and not _holds(key, value):
                yield points.make(
                    "value-wrong",
                    message="{place} has a value that the standard does not accept",
                    repair="Correct the value in the plan or the record behind it",
                    place=f"{place}.{key}",
                    value=value,
                )
        yield from _identifier_points(part, place, points)


def _needed(kind: str) -> tuple[str, ...]:
    return _REQUIRED.get(kind, ("identifier", "type") if kind.endswith("_id") else ())


def _parts(
    kind: str, value: object, place: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (kind, place, object) for every object of the document."""
    if isinstance(value, dict):
        yield kind, place, value
        for key, part in value.items():
            yield from _parts(key, part, f"{place}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _parts(kind, part, f"{place}[{number}]")


def _holds(key: str, value: str) -> bool:
    if key in _CLOSED:
        return value in _CLOSED[key]
    if key in _DATES:
        return _is_day(value)
    if key in _TIMES:
        return _is_time(value)
    if key in _ADDRESSES:
        return is_url(value)
    if key == "mbox":
        return _EMAIL.fullmatch(value) is not None
    if key == "language":
        return _LANGUAGE.fullmatch(value) is not None
    return True


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False


def _identifier_points(
    part: Mapping[str, Any], place: str, points: Points
) -> Iterator[Finding]:
    text, kind = part.get("identifier"), part.get("type")
    if not isinstance(text, str) or not isinstance(kind, str):
        return
    tests = {
        "doi": doi_of(text) is not None,
        "orcid": orcid_in(text) is not None,
        "url": is_url(text),
        "swhid": is_swhid(text),
    }
    if not text or not tests.get(kind, True):
        yield points.make(
            "identifier-wrong",
            message="{place} is not a valid identifier of its type ({kind})",
            repair="Correct the identifier, or its type",
            place=place,
            value=text,
            kind=kind,
        )
