"""Our own rules for a maDMP: what the official schema says, and what it misses.

The official schema of 1.2 checks no address at all (its format name ``url`` does not
exist), and dates only where an extra package is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.dmp.standard_rules import standard_points
from fair_imagic.documents.madmp.standard import version_of
from fair_imagic.documents.madmp.vocabulary import ROOT
from fair_imagic.entry.identifier import (
    doi_of,
    email_in,
    is_swhid,
    is_url,
    orcid_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["points_to_fix"]

#: Key -> what its text must be, wherever the schema lets any text pass.
_ADDRESSES = {"access_url", "download_url", "url", "license_ref"}


def points_to_fix(document: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    """Yield what is wrong in a maDMP document."""
    version, _named = version_of(document)
    told = set()
    for one in standard_points(document, version, points):
        told.add(one.path)
        yield one
    for place, part in _parts(document.get(ROOT, {}), ROOT):
        for key, value in part.items():
            at = f"{place}.{key}"
            if isinstance(value, str) and value and at not in told:
                yield from _value_points(key, value, at, points)
        yield from _identifier_points(part, place, points)


def _parts(value: object, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) for every object of the document."""
    if isinstance(value, dict):
        yield place, value
        for key, part in value.items():
            yield from _parts(part, f"{place}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _parts(part, f"{place}[{number}]")


def _value_points(
    key: str, value: str, place: str, points: Points
) -> Iterator[Finding]:
    wrong_address = key in _ADDRESSES and not is_url(value)
    if wrong_address or (key == "mbox" and email_in(value) is None):
        yield points.make(
            "value-wrong",
            message="{place} has a value that the standard does not accept",
            repair="Correct the value in the plan or the record behind it",
            place=place,
            value=value,
        )


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
    if text and not tests.get(kind, True):
        yield points.make(
            "identifier-wrong",
            message="{place} is not a valid identifier of its type ({kind})",
            repair="Correct the identifier, or its type",
            place=place,
            value=text,
            kind=kind,
        )
