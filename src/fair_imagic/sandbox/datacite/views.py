"""How DataCite's answers look."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from fair_imagic.sandbox.datacite.attributes import shown
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.store import nested

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.store import Document

__all__ = [
    "MARK",
    "attributes_in",
    "bad_credentials",
    "forbidden",
    "get_url",
    "invalid",
    "listed",
    "media_type_in",
    "negotiated",
    "no_payload",
    "not_allowed",
    "not_found",
    "saved",
    "validated",
]

MARK = {"practice": True, "note": "Practice DOI: it is not real and resolves nowhere."}
"""Part of every answer that shows an identifier."""

_API = "application/vnd.api+json"
_JSON = "application/vnd.datacite.datacite+json"
_XML = "application/vnd.datacite.datacite+xml"
_QUERY = re.compile(r'url:"([^"]*)"')
_PLAIN = {"", "*/*", "application/json", _API}


def _error(status: int, title: str) -> Answer:
    return json_answer(status, {"errors": [{"status": str(status), "title": title}]})


def bad_credentials() -> Answer:
    """Return 401."""
    return _error(401, "Bad credentials.")


def forbidden() -> Answer:
    """Return 403."""
    return _error(403, "You are not authorized to access this resource.")


def not_found() -> Answer:
    """Return 404."""
    return _error(404, "The resource you are looking for doesn't exist.")


def not_allowed(allow: str) -> Answer:
    """Return 405 with the methods that are allowed."""
    body = {"errors": [{"status": "405", "title": "Method not allowed"}]}
    return json_answer(405, body, headers=(("Allow", allow),))


def no_payload() -> Answer:
    """Return 400 for a body without ``data``."""
    return _error(400, "You need to provide a payload following the JSONAPI spec")


def invalid(errors: list[dict[str, str]]) -> Answer:
    """Return 422."""
    return json_answer(422, {"errors": errors})


def attributes_in(request: Request) -> dict[str, object] | None:
    """Return ``data.attributes`` of the body, or None where there is no payload."""
    try:
        content = request.json()
    except ValueError:
        return None
    data = content.get("data") if isinstance(content, dict) else None
    if not isinstance(data, dict):
        return None
    attributes = data.get("attributes", {})
    return attributes if isinstance(attributes, dict) else None


def _object(document: Document, request: Request) -> dict[str, object]:
    doi = str(document["doi"])
    prefix, _slash, suffix = doi.partition("/")
    attributes = nested(document, "attributes")
    public = shown(
        attributes,
        with_publisher=request.query.get("publisher") == "true",
        with_affiliation=request.query.get("affiliation") == "true",
    )
    return {
        "id": doi,
        "type": "dois",
        "attributes": {
            "doi": doi,
            "prefix": prefix,
            "suffix": suffix,
            **public,
            "state": document["state"],
            "isActive": document["state"] == "findable",
            "metadataVersion": document["version"],
            "created": document["created"],
            "registered": document["registered"],
            "updated": document["updated"],
        },
        "relationships": {
            "client": {"data": {"id": "practice.imagic", "type": "clients"}},
            "provider": {"data": {"id": "practice", "type": "providers"}},
            "media": {"data": {"id": doi, "type": "media"}},
        },
    }


def _api(status: int, content: Mapping[str, object], **options: str) -> Answer:
    headers = tuple((key.capitalize(), value) for key, value in options.items())
    return json_answer(
        status, content, content_type=f"{_API}; charset=utf-8", headers=headers
    )


def saved(document: Document, request: Request, *, is_new: bool) -> Answer:
    """Return 201 with the place, or 200."""
    body = {"data": _object(document, request), "meta": MARK}
    if not is_new:
        return _api(200, body)
    place = f"{request.base_url}/dois/{quote(str(document['doi']))}"
    return _api(201, body, location=place)


def validated(
    doi: str, sent: Mapping[str, object], errors: list[dict[str, str]]
) -> Answer:
    """Return 200 with the errors in the body: DataCite does not say 422 here."""
    data = {"id": doi, "type": "dois", "attributes": {**sent, "doi": doi}}
    return _api(200, {"data": data, "errors": errors, "meta": MARK})


def listed(documents: list[Document], request: Request) -> Answer:
    """Return the DOIs that the query asks for, one page of them."""
    wanted = request.query.get("state")
    found = [d for d in documents if not wanted or d["state"] in wanted.split(",")]
    query = request.query.get("query")
    if query:
        match = _QUERY.fullmatch(query)
        if match is None:
            return _error(400, 'This practice archive understands url:"..." only.')
        found = [d for d in found if nested(d, "attributes").get("url") == match[1]]
    size = _number(request.query.get("page[size]"), 25)
    start = (_number(request.query.get("page[number]"), 1) - 1) * size
    page = [_object(d, request) for d in found[max(start, 0) :][: min(size, 1000)]]
    return _api(200, {"data": page, "meta": {"total": len(found), **MARK}})


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default


def get_url(document: Document) -> Answer:
    """Return the address that a registered DOI points to."""
    attributes = nested(document, "attributes")
    if document["state"] == "draft":
        return not_found()
    return json_answer(200, {"url": attributes.get("url")})


def media_type_in(name: str) -> tuple[str, str]:
    """Return the media type at the start of a path, if any, and the DOI after it."""
    for media_type in (_JSON, _XML):
        if name.startswith(f"{media_type}/"):
            return media_type, name.removeprefix(f"{media_type}/")
    return "", name


def negotiated(document: Document, request: Request, *, accept: str) -> Answer:
    """Return the record in the form that the path or the Accept header names."""
    wanted = accept or request.header("accept")
    types = [part.split(";")[0].strip() for part in wanted.split(",")]
    if _PLAIN & set(types):
        return _api(200, {"data": _object(document, request), "meta": MARK})
    if _JSON in types:
        return _plain_json(document)
    if _XML in types:
        return _plain_xml(document)
    return _error(406, "The content type is not recognized.")


def _plain_json(document: Document) -> Answer:
    attributes = nested(document, "attributes")
    content = {
        "id": f"https://doi.org/{document['doi']}",
        "doi": document["doi"],
        **shown(attributes, with_publisher=True, with_affiliation=True),
        "state": document["state"],
    }
    body = json.dumps(content).encode("ascii")
    return Answer(200, body, (("Content-Type", _JSON),))


def _plain_xml(document: Document) -> Answer:
    from fair_imagic.sandbox.datacite.schema import kernel_xml

    attributes = nested(document, "attributes")
    body = kernel_xml(str(document["doi"]), attributes)
    return Answer(200, body, (("Content-Type", _XML),))
