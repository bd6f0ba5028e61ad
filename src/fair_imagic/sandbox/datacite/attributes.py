"""The attributes of a DOI: which are kept, how an update merges, what is returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PERMITTED", "merged", "shown"]

PERMITTED = frozenset(
    [
        "url",
        "creators",
        "contributors",
        "titles",
        "publisher",
        "publicationYear",
        "types",
        "subjects",
        "dates",
        "language",
        "identifiers",
        "alternateIdentifiers",
        "relatedIdentifiers",
        "relatedItems",
        "sizes",
        "formats",
        "version",
        "rightsList",
        "descriptions",
        "geoLocations",
        "fundingReferences",
        "schemaVersion",
        "container",
        "contentUrl",
        "source",
        "reason",
    ]
)
"""Other keys are dropped without a word, as Rails' strong parameters do."""

_LISTS = [
    "creators",
    "contributors",
    "titles",
    "subjects",
    "dates",
    "alternateIdentifiers",
    "relatedIdentifiers",
    "relatedItems",
    "sizes",
    "formats",
    "rightsList",
    "descriptions",
    "geoLocations",
    "fundingReferences",
]
_LONG_LANGUAGES = {"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "spa": "es"}


def merged(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes after an update: absent keeps, null and [] empty."""
    result = dict(old)
    for name in PERMITTED & new.keys():
        result[name] = new[name]
    language = result.get("language")
    if isinstance(language, str):
        start = language.split("-")[0].lower()
        result["language"] = _LONG_LANGUAGES.get(
            start, start if len(start) == 2 else language
        )
    return {name: value for name, value in result.items() if value is not None}


def shown(
    attributes: Mapping[str, object], *, with_publisher: bool, with_affiliation: bool
) -> dict[str, object]:
    """Return the attributes as an answer shows them.

    Publisher and affiliations are names unless the query asks for objects.
    """
    result: dict[str, object] = {name: [] for name in _LISTS}
    result |= {"publisher": None, "publicationYear": None, "types": {}, "url": None}
    result |= attributes
    year = result["publicationYear"]
    if isinstance(year, str) and year.isdecimal():
        result["publicationYear"] = int(year)
    publisher = result["publisher"]
    if with_publisher and isinstance(publisher, str):
        result["publisher"] = {"name": publisher}
    if not with_publisher and isinstance(publisher, dict):
        result["publisher"] = publisher.get("name")
    if not with_affiliation:
        for role in ("creators", "contributors"):
            result[role] = _with_names(result[role])
    return result


def _with_names(people: object) -> object:
    if not isinstance(people, list):
        return people
    return [
        {**person, "affiliation": _names(person.get("affiliation"))}
        if isinstance(person, dict)
        else person
        for person in people
    ]


def _names(affiliations: object) -> list[object]:
    if not isinstance(affiliations, list):
        return []
    return [a.get("name") if isinstance(a, dict) else a for a in affiliations]
