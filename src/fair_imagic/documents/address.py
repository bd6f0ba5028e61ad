"""Addresses: the syntax of RFC 3986, and the IRI of what a document describes."""

from __future__ import annotations

import re

from fair_imagic.config import load
from fair_imagic.model import slug

__all__ = ["document_iri", "has_scheme", "is_address"]

# What RFC 3986 calls unwise, or is not ASCII, is escaped by every reader of an
# xsd:anyURI, and so no fault.
_ESCAPED = re.compile(r"[<>\"{}|\\^`]|[^ -~]")
_PLAIN = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})"
_CHAR = rf"(?:{_PLAIN}|:)"
_AUTHORITY = rf"(?:{_CHAR}*@)?(?:\[[0-9A-Fa-fv:.]+\]|{_PLAIN}*)(?::\d{{0,9}})?"
_REST = rf"(?:\?(?:{_CHAR}|[/?])*)?(?:#(?:{_CHAR}|[/?\[\]])*)?"
_PATH = rf"(?:/{_CHAR}*)*"
_HIERARCHY = rf"//{_AUTHORITY}{_PATH}"
_ADDRESS = re.compile(
    rf"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+\-.]*):"
    rf"(?:{_HIERARCHY}|/?(?:{_CHAR}+{_PATH})?)"
    rf"|{_HIERARCHY}|/?(?:{_PLAIN}+{_PATH})?){_REST}"
)


def document_iri(name: str) -> str:
    """Return the IRI of a document by the last part of its name."""
    return f"{load().base_iri}document/{slug(name.rpartition('/')[2])}"


def is_address(text: str) -> bool:
    """Return whether a text is an address or a part of one, by RFC 3986."""
    return _matched(text) is not None


def has_scheme(text: str) -> bool:
    """Return whether an address says what kind it is (``https:``, ``urn:``)."""
    match = _matched(text)
    return match is not None and match["scheme"] is not None


def _matched(text: str) -> re.Match[str] | None:
    plain = " ".join(text.split())
    return _ADDRESS.fullmatch(_ESCAPED.sub("_", plain))
