"""multipart/form-data and urlencoded forms, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from fair_imagic.sandbox.exchange import Request

__all__ = ["Part", "fields_of", "parts_of"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a form: ``filename`` is None for a plain field.

    ``length`` and ``md5`` are what the part's own headers claim, or empty.
    """

    name: str
    filename: str | None
    content_type: str
    content: bytes
    length: str = ""
    md5: str = ""

    @property
    def text(self) -> str:
        """Return the content as text."""
        return self.content.decode("utf-8", errors="replace")


def parts_of(request: Request) -> list[Part]:
    """Return the parts of a multipart form, in order.

    Raises ValueError where the body is not one.
    """
    boundary = _boundary(request.header("content-type"))
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise ValueError("the multipart body is not complete")
    return [_part(piece) for piece in pieces[1:-1]]


def fields_of(request: Request) -> dict[str, str]:
    """Return the plain fields of a multipart or urlencoded form."""
    if request.header("content-type").startswith("multipart/form-data"):
        return {p.name: p.text for p in parts_of(request) if p.filename is None}
    return dict(parse_qsl(request.body.decode("utf-8", errors="replace")))


def _boundary(content_type: str) -> bytes:
    header = BytesHeaderParser(policy=policy.HTTP).parsebytes(
        b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    )
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary:
        raise ValueError("the request is not multipart")
    return boundary.encode("latin-1")


def _part(piece: bytes) -> Part:
    head, blank, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not blank:
        raise ValueError("a part has no end of headers")
    header = BytesHeaderParser(policy=policy.HTTP).parsebytes(head + b"\r\n\r\n")
    name = header.get_param("name", header="content-disposition")
    if not isinstance(name, str) or not name:
        raise ValueError("a part has no name")
    return Part(
        name=name,
        filename=header.get_filename(),
        content_type=header.get_content_type(),
        content=content,
        length=str(header.get("content-length", "")),
        md5=str(header.get("content-md5", "")),
    )
