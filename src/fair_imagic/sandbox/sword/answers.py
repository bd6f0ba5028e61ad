"""How the deposit server's answers look: receipts, states and errors, in Atom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fair_imagic.sandbox.exchange import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MOST_BYTES",
    "SwordError",
    "error_answer",
    "feed",
    "receipt",
    "service_document",
    "state",
]

MOST_BYTES = 209715200
_TYPE = ("Content-Type", "application/atom+xml; charset=utf-8")
_NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:sword="http://purl.org/net/sword/terms/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:sd="https://www.softwareheritage.org/schema/2018/deposit"'
)
_ERRORS = {
    "checksum-mismatch": "http://purl.org/net/sword/error/ErrorChecksumMismatch",
    "mediation-not-allowed": "http://purl.org/net/sword/error/MediationNotAllowed",
    "method-disallowed": "http://purl.org/net/sword/error/MethodNotAllowed",
    "max_upload_size_exceeded": "http://purl.org/net/sword/error/MaxUploadSizeExceeded",
    "error-content": "http://purl.org/net/sword/error/ErrorContent",
}
_SIMPLE_ZIP = "http://purl.org/net/sword/package/SimpleZip"


class SwordError(Exception):
    """A refusal of the protocol: status, kind and words."""

    def __init__(
        self, status: int, kind: str, summary: str, *, details: str = ""
    ) -> None:
        super().__init__(summary)
        self.status = status
        self.kind = kind
        self.summary = summary
        self.details = details


def _document(
    body: str, *, status: int, headers: tuple[tuple[str, str], ...] = ()
) -> Answer:
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
    return Answer(status, text.encode(), (_TYPE, *headers))


def error_answer(error: SwordError) -> Answer:
    """Return a refusal as ``sword:error``."""
    kind = _ERRORS.get(error.kind, "http://purl.org/net/sword/error/ErrorBadRequest")
    body = (
        f"<sword:error {_NAMESPACES} href={quoteattr(kind)}>\n"
        "<title>ERROR</title>\n"
        f"<summary>{escape(error.summary)}</summary>\n"
        "<sword:treatment>processing failed</sword:treatment>\n"
        f"<sword:verboseDescription>{escape(error.details)}"
        "</sword:verboseDescription>\n</sword:error>"
    )
    extra = (("WWW-Authenticate", 'Basic realm=""'),) if error.status == 401 else ()
    return _document(body, status=error.status, headers=extra)


def service_document(base: str, collection: str) -> Answer:
    """Return what the server accepts, and where."""
    href = quoteattr(f"{base}/{collection}/")
    body = (
        '<service xmlns="http://www.w3.org/2007/app" '
        'xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:sword="http://purl.org/net/sword/terms/" '
        'xmlns:dcterms="http://purl.org/dc/terms/">\n'
        "<sword:version>2.0</sword:version>\n"
        f"<sword:maxUploadSize>{MOST_BYTES}</sword:maxUploadSize>\n"
        "<workspace><atom:title>Practice software archive (not real)</atom:title>\n"
        f"<collection href={href}>\n"
        f"<atom:title>{escape(collection)}</atom:title>\n"
        "<accept>application/zip</accept>\n<accept>application/x-tar</accept>\n"
        "<sword:collectionPolicy>Practice only</sword:collectionPolicy>\n"
        "<dcterms:abstract>Practice deposits</dcterms:abstract>\n"
        "<sword:mediation>false</sword:mediation>\n"
        f"<sword:acceptPackaging>{_SIMPLE_ZIP}</sword:acceptPackaging>\n"
        "</collection></workspace>\n</service>"
    )
    return _document(body, status=200)


def receipt(fields: Mapping[str, str], *, base: str, status: int, place: str) -> Answer:
    """Return a deposit receipt; ``place`` is the deposit's path below ``base``."""
    links = {
        "edit": f"{place}/atom/",
        "edit-media": f"{place}/media/",
        "http://purl.org/net/sword/terms/add": f"{place}/metadata/",
        "alternate": f"{place}/status/",
    }
    rows = "\n".join(
        f"<link rel={quoteattr(rel)} href={quoteattr(base + href)}/>"
        for rel, href in links.items()
    )
    body = (
        f"<entry {_NAMESPACES}>\n{_fields(fields)}\n{rows}\n"
        f"<sword:packaging>{_SIMPLE_ZIP}</sword:packaging>\n</entry>"
    )
    headers = (("Location", f"{base}{place}/atom/"),)
    return _document(body, status=status, headers=headers)


def state(fields: Mapping[str, str]) -> Answer:
    """Return a deposit's state."""
    return _document(f"<entry {_NAMESPACES}>\n{_fields(fields)}\n</entry>", status=200)


def feed(deposits: list[dict[str, str]], *, count: int, more: str) -> Answer:
    """Return one page of the deposits; ``more`` is the next page's address."""
    entries = "\n".join(f"<entry>\n{_fields(fields)}\n</entry>" for fields in deposits)
    total = f"<sd:count>{count}</sd:count>"
    body = f"<feed {_NAMESPACES}>\n{total}\n{entries}\n</feed>"
    links = (("Link", f'<{more}>; rel="next"'),) if more else ()
    return _document(body, status=200, headers=links)


def _fields(fields: Mapping[str, str]) -> str:
    return "\n".join(
        f"<sd:{name}>{escape(text)}</sd:{name}>" for name, text in fields.items()
    )
