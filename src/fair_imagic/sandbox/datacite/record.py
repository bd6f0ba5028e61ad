"""The rules for every DOI record, draft or public: what the model itself refuses."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fair_imagic.sandbox.datacite import kernel
from fair_imagic.sandbox.datacite.problem import Problem
from fair_imagic.sandbox.datacite.rules import items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["DOI", "SCHEMA_VERSIONS", "record_problems", "url_problems"]

DOI = re.compile(r"10\.\d{4,5}/[-._;()/:a-zA-Z0-9*~$=]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LISTS_OF_OBJECTS = [
    "creators",
    "contributors",
    "titles",
    "subjects",
    "dates",
    "identifiers",
    "alternateIdentifiers",
    "relatedIdentifiers",
    "relatedItems",
    "rightsList",
    "descriptions",
    "geoLocations",
    "fundingReferences",
]
_MOST_RIGHTS = 2000
SCHEMA_VERSIONS = frozenset(
    [
        kernel.NAMESPACE,
        *(f"http://datacite.org/schema/kernel-4.{minor}" for minor in range(4)),
    ]
)
"""The only values for which the real DataCite validates (open issue 1893)."""


def record_problems(
    doi: str, attributes: Mapping[str, object], *, strict: bool
) -> list[Problem]:
    """Return what keeps a record from being saved at all."""
    found = list(_structure(attributes))
    if not DOI.fullmatch(doi):
        found.append(Problem("doi", "Is invalid"))
    found += _schema_version(doi, attributes, strict=strict)
    return found


def _schema_version(
    doi: str, attributes: Mapping[str, object], *, strict: bool
) -> Iterator[Problem]:
    version = str(attributes.get("schemaVersion") or kernel.NAMESPACE)
    if re.search(r"kernel-[23](\.|$)", version):
        yield Problem(
            "schema_version", f"DOI {doi}: Schema {version} is no longer supported"
        )
    elif strict and version not in SCHEMA_VERSIONS:
        yield Problem(
            "schema_version",
            f"DOI {doi}: Schema {version} would skip validation; "
            f"expected {kernel.NAMESPACE}",
        )


def _structure(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for name in _LISTS_OF_OBJECTS:
        value = attributes.get(name) or []
        if not isinstance(value, list):
            yield Problem(name, f"{name} should be an array of objects")
        elif not all(isinstance(item, dict) for item in value):
            yield Problem(name, f"{name} '{value}' should be an object")
    for item in items(attributes, "contributors"):
        if item.get("contributorType") not in kernel.CONTRIBUTOR_TYPES:
            yield Problem(
                "contributors",
                f"Contributor type {item.get('contributorType') or ''} is not supported"
                " in the contributorType list",
            )
    for item in items(attributes, "identifiers"):
        if item.get("identifierType") == "DOI":
            yield Problem("identifiers", "identifiers must not have type DOI")
    for item in items(attributes, "rightsList"):
        if len(str(item.get("rights") or "")) > _MOST_RIGHTS:
            yield Problem("rights_list", "rights is too long (maximum is 2000)")
    language = attributes.get("language")
    if language and not _LANGUAGE.fullmatch(str(language)):
        yield Problem("language", f"Language {language} is in an invalid format")


def url_problems(url: object, domains: tuple[str, ...]) -> list[Problem]:
    """Return what keeps a registered DOI from resolving where it says."""
    if not isinstance(url, str) or not url.strip():
        return [Problem("url", "Can't be blank")]
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "ftp") or re.search(r"\s", url):
        return [Problem("url", "URL is not valid")]
    host = parts.hostname or ""
    if host and any(fnmatch(host, domain) for domain in domains):
        return []
    return [Problem("url", f"URL is not allowed by repository {host} domain settings.")]
