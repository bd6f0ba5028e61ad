"""The metadata checks of a deposit: Atom and CodeMeta 2.0, as the server enforces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["ATOM", "CODEMETA", "SCHEMA", "SWH", "metadata_problems", "text_at"]

ATOM = "{http://www.w3.org/2005/Atom}"
CODEMETA = "{https://doi.org/10.5063/SCHEMA/CODEMETA-2.0}"
SCHEMA = "{http://schema.org/}"
SWH = "{https://www.softwareheritage.org/schema/2018/deposit}"

_ATOM_TERMS = frozenset(
    [
        "author",
        "category",
        "client",
        "content",
        "contributor",
        "email",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "name",
        "published",
        "rights",
        "source",
        "subtitle",
        "summary",
        "title",
        "updated",
        "uri",
    ]
)
_TERMS = frozenset(
    [
        "address",
        "affiliation",
        "applicationCategory",
        "applicationSubCategory",
        "author",
        "buildInstructions",
        "citation",
        "codeRepository",
        "codeSampleType",
        "contIntegration",
        "contributor",
        "copyrightHolder",
        "copyrightYear",
        "creator",
        "dateCreated",
        "dateModified",
        "datePublished",
        "description",
        "developmentStatus",
        "downloadUrl",
        "editor",
        "email",
        "embargoDate",
        "encoding",
        "familyName",
        "fileFormat",
        "fileSize",
        "funder",
        "funding",
        "givenName",
        "hasPart",
        "id",
        "identifier",
        "installUrl",
        "isAccessibleForFree",
        "isPartOf",
        "issueTracker",
        "keywords",
        "license",
        "maintainer",
        "memoryRequirements",
        "name",
        "operatingSystem",
        "permissions",
        "position",
        "processorRequirements",
        "producer",
        "programmingLanguage",
        "provider",
        "publisher",
        "readme",
        "referencePublication",
        "relatedLink",
        "releaseNotes",
        "runtimePlatform",
        "sameAs",
        "softwareHelp",
        "softwareRequirements",
        "softwareSuggestions",
        "softwareVersion",
        "sponsor",
        "storageRequirements",
        "supportingData",
        "targetProduct",
        "type",
        "url",
        "version",
    ]
)
"""CodeMeta 2.0; terms that came with 3.0 (hasSourceCode ...) are refused."""

_PEOPLE = ("author", "contributor", "maintainer", "creator", "copyrightHolder")
_DATES = ("dateCreated", "datePublished", "dateModified")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def metadata_problems(entry: etree._Element) -> list[str]:
    """Return what the checker rejects of an Atom entry, in its order."""
    return [
        *_mandatory(entry),
        *_unknown_terms(entry),
        *_people(entry),
        *_identifiers(entry),
        *_dates(entry),
        *_affiliations(entry),
    ]


def text_at(entry: etree._Element, *names: str) -> str:
    """Return the first text that is not blank among elements of these names."""
    for name in names:
        for element in entry.findall(name):
            text = (element.text or "").strip()
            if text:
                return text
    return ""


def _mandatory(entry: etree._Element) -> Iterator[str]:
    if not text_at(entry, f"{ATOM}name", f"{ATOM}title", f"{CODEMETA}name"):
        yield "Mandatory fields are missing (atom:name or atom:title or codemeta:name)"
    authors = [*entry.findall(f"{ATOM}author"), *entry.findall(f"{CODEMETA}author")]
    if not authors:
        yield "Mandatory fields are missing (atom:author or codemeta:author)"


def _unknown_terms(entry: etree._Element) -> Iterator[str]:
    for child in entry:
        tag = str(child.tag)
        if tag.startswith(ATOM) and tag.removeprefix(ATOM) not in _ATOM_TERMS:
            yield f"Element '{tag.removeprefix(ATOM)}' is not known in Atom"
    for element in entry.iter(f"{CODEMETA}*"):
        name = str(element.tag).removeprefix(CODEMETA)
        if name not in _TERMS:
            yield f"Element '{name}' is not a term of CodeMeta 2.0"


def _people(entry: etree._Element) -> Iterator[str]:
    for role in _PEOPLE:
        for person in entry.findall(f"{CODEMETA}{role}"):
            if not text_at(person, f"{CODEMETA}name"):
                yield f"codemeta:{role}: a codemeta:name is required"


def _identifiers(entry: etree._Element) -> Iterator[str]:
    found = entry.findall(f"{CODEMETA}identifier")
    for role in _PEOPLE:
        path = f"{CODEMETA}{role}/{CODEMETA}identifier"
        found += entry.findall(path)
    for element in found:
        text = (element.text or "").strip()
        parts = urlsplit(text)
        if not (parts.scheme and parts.netloc) and not re.fullmatch(r"hal-\d+", text):
            yield f"codemeta:identifier: '{text}' is not an absolute URI"


def _dates(entry: etree._Element) -> Iterator[str]:
    checks = [(name, _DATE) for name in _DATES] + [("embargoDate", _DAY)]
    for name, pattern in checks:
        for element in entry.findall(f"{CODEMETA}{name}"):
            text = (element.text or "").strip()
            if not pattern.fullmatch(text):
                yield f"codemeta:{name}: '{text}' is not a date"


def _affiliations(entry: etree._Element) -> Iterator[str]:
    for element in entry.iter(f"{CODEMETA}affiliation"):
        if not (element.text or "").strip() and not text_at(element, f"{CODEMETA}name"):
            yield "codemeta:affiliation must not be empty"
