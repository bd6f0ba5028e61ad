"""The listening side: from the socket to a service and back, faults included."""

from __future__ import annotations

import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from fair_imagic.sandbox.exchange import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.sandbox.exchange import Service
    from fair_imagic.sandbox.faults import Fault, FaultBook
    from fair_imagic.sandbox.journal import Journal

__all__ = ["Listener"]

_MOST_BYTES = 512 * 1024 * 1024
PRACTICE_HEADER = ("X-Practice", "not a real archive: nothing leaves this machine")


class Listener(ThreadingHTTPServer):
    """A server on one port; the first part of the path names the service."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self,
        address: tuple[str, int],
        *,
        services: Mapping[str, Service],
        faults: FaultBook,
        journal: Journal,
    ) -> None:
        super().__init__(address, _Handler)
        self.services = services
        self.faults = faults
        self.journal = journal

    @property
    def url(self) -> str:
        """Return the address, without a slash at the end."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away in the middle."""
        import sys

        if not isinstance(sys.exception(), (ConnectionError, _BadRequestError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _BadRequestError(Exception):
    """A request that is not HTTP, or too large: the connection ends unanswered."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "FairImagicSandbox"
    timeout = 60
    server: Listener

    def _any(self) -> None:
        name, request = self._read()
        service = self.server.services.get(name)
        if service is None:
            self._send(Answer(404, b"No such practice archive."))
            return
        if name == "control":
            self._send(service.answer(request))
            return
        fault = self.server.faults.take(name, request)
        answer = self._answer(service, request, fault=fault)
        status = None if answer is None else answer.status
        self.server.journal.add(name, request, status=status, fault=fault)
        self._drop() if answer is None else self._send(answer)

    do_DELETE = do_GET = do_HEAD = do_PATCH = do_POST = do_PUT = _any

    def _answer(
        self, service: Service, request: Request, *, fault: Fault | None
    ) -> Answer | None:
        if fault is None:
            return service.answer(request)
        if fault.kind == "status":
            return _planned_error(fault)
        if fault.kind == "drop-before":
            return None
        if fault.kind == "slow":
            time.sleep(fault.delay_s)
            return service.answer(request)
        service.answer(request)
        return None

    def _read(self) -> tuple[str, Request]:
        parts = urlsplit(self.path)
        name, _slash, rest = parts.path.lstrip("/").partition("/")
        return name, Request(
            method=self.command,
            path="/" + unquote(rest),
            base_url=f"{self.server.url}/{name}",
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={key.lower(): value for key, value in self.headers.items()},
            body=self._body(),
        )

    def _body(self) -> bytes:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = _number(self.headers.get("Content-Length") or "0", base=10)
        if not 0 <= length <= _MOST_BYTES:
            raise _BadRequestError
        return self.rfile.read(length)

    def _chunks(self) -> bytes:
        content = bytearray()
        while size := self._chunk_size():
            content += self.rfile.read(size)
            self.rfile.readline()
            if len(content) > _MOST_BYTES:
                raise _BadRequestError
        while self.rfile.readline().strip():
            continue
        return bytes(content)

    def _chunk_size(self) -> int:
        line = self.rfile.readline(100).decode("latin-1")
        return _number(line.split(";")[0].strip(), base=16)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for key, value in (*answer.headers, PRACTICE_HEADER):
            self.send_header(key, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status != 204:
            self.wfile.write(answer.body)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: the journal has it."""


def _number(text: str, *, base: int) -> int:
    try:
        return int(text, base)
    except ValueError as error:
        raise _BadRequestError from error


def _planned_error(fault: Fault) -> Answer:
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    if fault.status in (429, 503):
        headers = (*headers, ("Retry-After", str(int(fault.delay_s))))
    return Answer(fault.status, fault.body.encode(), headers)
