"""What came with a request: an archive, an Atom entry, or both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

from fair_imagic.sandbox.multipart import parts_of
from fair_imagic.sandbox.sword.answers import MOST_BYTES, SwordError

if TYPE_CHECKING:
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.multipart import Part

__all__ = ["Upload", "archive_in", "upload_in"]

_ARCHIVES = ("application/zip", "application/x-tar")
_ATOM = "application/atom+xml"
_PACKAGINGS = ("http://purl.org/net/sword/package/SimpleZip",)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """The archive (name and bytes) and the entry of a request, either may be absent."""

    name: str = ""
    archive: bytes | None = None
    atom: bytes | None = None


def upload_in(request: Request) -> Upload:
    """Return what a request carries; raises SwordError as the protocol says."""
    kind = request.header("content-type").split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return _multipart(request)
    if kind in _ARCHIVES:
        return archive_in(request)
    if kind in (_ATOM, "application/xml"):
        return Upload(atom=request.body)
    raise SwordError(415, "error-content", f"Content type {kind!r} is not supported")


def archive_in(request: Request) -> Upload:
    """Return the archive of a binary request."""
    kind = request.header("content-type").split(";")[0].strip().lower()
    if kind not in _ARCHIVES:
        raise SwordError(
            415,
            "error-content",
            f"Packaging format supported is restricted to {', '.join(_ARCHIVES)}",
        )
    if not request.header("content-length"):
        raise SwordError(400, "bad-request", "The CONTENT_LENGTH header is mandatory")
    name = _file_name(request.header("content-disposition"))
    if not name:
        raise SwordError(
            400,
            "bad-request",
            "CONTENT_DISPOSITION header is mandatory, with a filename",
        )
    _check_archive(request, request.body)
    if int(request.header("content-length")) != len(request.body):
        raise SwordError(412, "checksum-mismatch", "Wrong length")
    return Upload(name=name, archive=request.body)


def _multipart(request: Request) -> Upload:
    try:
        parts = parts_of(request)
    except ValueError as error:
        raise SwordError(415, "error-content", str(error)) from error
    archives = [part for part in parts if part.content_type in _ARCHIVES]
    entries = [part for part in parts if part.content_type == _ATOM]
    if len(archives) != 1 or len(entries) != 1 or len(parts) != 2:
        raise SwordError(
            415,
            "error-content",
            "You must provide exactly 1 archive and 1 atom entry in the multipart",
        )
    return _both(request, archives[0], entries[0])


def _both(request: Request, archive: Part, entry: Part) -> Upload:
    for part in (archive, entry):
        if part.length and part.length != str(len(part.content)):
            raise SwordError(412, "checksum-mismatch", "Wrong length")
        _check_md5(part.content, part.md5)
    _check_archive(request, archive.content)
    return Upload(
        name=archive.filename or "archive",
        archive=archive.content,
        atom=entry.content,
    )


def _check_archive(request: Request, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise SwordError(
            413,
            "max_upload_size_exceeded",
            f"Upload size limit exceeded (max {MOST_BYTES} bytes).",
        )
    packaging = request.header("packaging")
    if packaging and packaging not in _PACKAGINGS:
        raise SwordError(400, "bad-request", f"Packaging {packaging} is not supported")
    _check_md5(content, request.header("content-md5"))


def _check_md5(content: bytes, wanted: str) -> None:
    """Compare with the digest in hex: SWORD's server does not read base64."""
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if wanted and wanted != found:
        raise SwordError(412, "checksum-mismatch", "Wrong md5 hash", details=found)


def _file_name(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = disposition
    return message.get_filename() or ""
