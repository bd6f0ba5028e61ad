"""An Atom entry as it was sent: origin, version, and what is refused at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.rdf import parse_xml
from fair_imagic.sandbox.sword.answers import SwordError
from fair_imagic.sandbox.sword.codemeta import (
    ATOM,
    CODEMETA,
    SCHEMA,
    SWH,
    metadata_problems,
    text_at,
)

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Entry", "read_entry"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the server needs of an entry."""

    xml: str
    create_origin: str
    add_to_origin: str
    reference: str
    version: str
    release_notes: str
    date: str
    has_provenance: bool
    problems: tuple[str, ...]


def read_entry(body: bytes) -> Entry:
    """Return an entry; raises SwordError for XML that cannot be a deposit."""
    if not body.strip():
        raise SwordError(400, "bad-request", "Empty body request is not supported")
    try:
        root = parse_xml(body)
    except InputError as error:
        raise SwordError(
            400, "parsing-error", f"Malformed xml metadata: {error.found}"
        ) from error
    if root.tag != f"{ATOM}entry":
        raise SwordError(400, "bad-request", "The root element must be atom:entry")
    deposits = root.findall(f"{SWH}deposit")
    if len(deposits) > 1:
        raise SwordError(400, "bad-request", "Only one swh:deposit is accepted")
    kinds = {
        name: _origin(deposits[0], name) if deposits else ""
        for name in ("create_origin", "add_to_origin", "reference")
    }
    if sum(bool(url) for url in kinds.values()) > 1:
        raise SwordError(
            400,
            "bad-request",
            "create_origin, add_to_origin and reference are mutually exclusive",
        )
    return Entry(
        xml=body.decode("utf-8"),
        **kinds,
        version=text_at(root, f"{CODEMETA}softwareVersion"),
        release_notes=text_at(root, f"{CODEMETA}releaseNotes"),
        date=text_at(root, f"{CODEMETA}dateCreated", f"{CODEMETA}datePublished"),
        has_provenance=_has_provenance(deposits),
        problems=tuple(metadata_problems(root)),
    )


def _origin(deposit: etree._Element, name: str) -> str:
    element = deposit.find(f"{SWH}{name}")
    if element is None:
        return ""
    origin, target = element.find(f"{SWH}origin"), element.find(f"{SWH}object")
    url = origin.get("url") if origin is not None else None
    swhid = target.get("swhid") if target is not None else None
    found = url or swhid
    if not found:
        raise SwordError(400, "bad-request", f"swh:{name} must name an origin")
    return found


def _has_provenance(deposits: list[etree._Element]) -> bool:
    path = f"{SWH}metadata-provenance/{SCHEMA}url"
    return any(text_at(deposit, path) for deposit in deposits)
