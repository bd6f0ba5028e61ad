"""What the deposit server of Software Heritage refuses of a CodeMeta document.

The server reads CodeMeta 2.0 only; its checks are those of ``swh.deposit`` 3.0.1
(``loader/checks.py`` and its schema of CodeMeta).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fair_imagic.checks.point import Points, with_repairs
from fair_imagic.documents.codemeta import READ_VERSION, declared_version, terms
from fair_imagic.entry.identifier import looks_like_orcid, orcid_in
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.documents import Reading

__all__ = ["document_points"]

_SERVER = "swh.deposit, metadata checks"
_AGENTS = ("author", "contributor", "creator", "maintainer", "copyrightHolder")
_DATES = ("dateCreated", "datePublished", "dateModified", "embargoDate")
_DAY = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
# HAL's identifiers pass, though they are no addresses.
_HAL = re.compile(r"hal-\d+(v\d+)?")


def document_points(reading: Reading) -> Iterator[Finding]:
    """Yield what the deposit server would refuse of a description of software."""
    points = Points("software-heritage", reading.root, reading.label)
    found = _points(reading.form, points)
    yield from with_repairs(
        found,
        {"software-heritage/identifier-not-absolute": both("Write the full address")},
    )


def _points(value: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    yield from _identifier_points(value.get("identifier"), "/identifier", points)
    for key in _DATES:
        for at, text in _texts(value.get(key), f"/{key}"):
            if not _is_date(text, day_only=key == "embargoDate"):
                yield points.make(
                    "date-refused",
                    message="{value} is not a date that the deposit server takes",
                    repair="Write 2026-11-22",
                    place=at,
                    value=text,
                    clause=f"{_SERVER}, codemeta:{key}",
                )
    for key in _AGENTS:
        for at, agent in _items(value.get(key), f"/{key}"):
            yield from _agent_points(key, agent, at, points)
    yield from _term_points(value, points)


def _agent_points(key: str, agent: Any, at: str, points: Points) -> Iterator[Finding]:
    if not isinstance(agent, dict):
        return
    # Of authors the requirements say it, in the words of the model.
    if key not in ("author", "creator") and not _text_of(agent, "name"):
        yield points.make(
            "agent-name-needed",
            message="The deposit server refuses a person or organisation without "
            "name; givenName and familyName do not count",
            repair="Add the whole name as name",
            place=f"{at}/name",
            clause=f"{_SERVER}, codemeta:{key}",
        )
    yield from _identifier_points(agent.get("identifier"), f"{at}/identifier", points)
    name = str(agent.get("@id", agent.get("id", "")))
    if "orcid.org/" in name and looks_like_orcid(name) and orcid_in(name) is None:
        yield points.make(
            "orcid-wrong",
            message="The ORCID iD of {name} has a wrong form or check digit",
            repair="Copy the ORCID iD from the person's ORCID page",
            place=f"{at}/@id",
            value=name,
            name=_text_of(agent, "name"),
            clause="ORCID, ISO 7064 MOD 11-2",
        )
    for place, work in _items(agent.get("affiliation"), f"{at}/affiliation"):
        named = _text_of(work, "name") if isinstance(work, dict) else str(work or "")
        if not named.strip():
            yield points.make(
                "affiliation-name-needed",
                message="The deposit server refuses an affiliation without a name",
                repair="Add the name of the institution, or take the entry out",
                place=place,
                clause=f"{_SERVER}, codemeta:affiliation",
            )


def _identifier_points(value: Any, at: str, points: Points) -> Iterator[Finding]:
    for place, text in _texts(value, at):
        if not urlsplit(text).netloc and not _HAL.fullmatch(text):
            yield points.make(
                "identifier-not-absolute",
                message="{value} is not an absolute address",
                repair="Write the full address, such as https://orcid.org/...",
                place=place,
                value=text,
                clause=f"{_SERVER}, codemeta:identifier",
            )


def _term_points(value: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    version = declared_version(value.get("@context"))
    if version is None:
        return  # its own terms are in its own context
    for key in value:
        if key.startswith("@") or ":" in key or key in ("id", "type"):
            continue
        if key not in terms(READ_VERSION):
            yield points.make(
                "term-not-read",
                message="CodeMeta 2.0, which the deposit server reads, has no {name}",
                repair="Leave it out of what is deposited, or write it as 2.0 has it",
                place=f"/{key}",
                must=version == READ_VERSION,
                name=key,
                clause=f"{_SERVER}, CodeMeta 2.0",
            )


def _is_date(text: str, *, day_only: bool) -> bool:
    try:
        if _TIME.fullmatch(text) and not day_only:
            return bool(datetime.fromisoformat(text))
        match = _DAY.fullmatch(text)
        if match is None or (day_only and not match[3]):
            return False
        return bool(
            date.fromisoformat(match[1] + (match[2] or "-01") + (match[3] or "-01"))
        )
    except ValueError:
        return False


def _items(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Yield what a value holds, a list or one thing alone."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield f"{at}/{number}", one
    elif value is not None:
        yield at, value


def _texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    for place, one in _items(value, at):
        text = one.get("@value", one.get("@id")) if isinstance(one, dict) else one
        if isinstance(text, str):
            yield place, text.strip()


def _text_of(value: Mapping[str, Any], key: str) -> str:
    return next((text for _at, text in _texts(value.get(key), "")), "")
