"""A proxy as an institute has one: it lets through by CONNECT, if it knows the user."""

from __future__ import annotations

import base64
import contextlib
import selectors
import socket
import socketserver
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ConnectProxy", "connect_proxy"]


class ConnectProxy(socketserver.ThreadingTCPServer):
    """Knows hosts that no other machine knows: names with a port of this machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, ports: Mapping[str, int], *, login: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.ports = ports
        self.login = login
        self.seen: list[str] = []

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])


class _Connection(socketserver.StreamRequestHandler):
    server: ConnectProxy

    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1").strip()
        headers = {}
        while text := self.rfile.readline().decode("latin-1").strip():
            name, _colon, value = text.partition(":")
            headers[name.lower()] = value.strip()
        self.server.seen.append(line)
        method, target, _version = line.split()
        wanted = base64.b64encode(self.server.login.encode()).decode()
        if (
            self.server.login
            and headers.get("proxy-authorization") != f"Basic {wanted}"
        ):
            self._answer("407 Proxy Authentication Required")
        elif method != "CONNECT" or target not in self.server.ports:
            self._answer("403 Forbidden")
        else:
            self._let_through(self.server.ports[target])

    def _answer(self, status: str) -> None:
        self.wfile.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    def _let_through(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as far:
            self._answer("200 Connection established")
            _carry(self.connection, far)


def _carry(near: socket.socket, far: socket.socket) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _events in selector.select(timeout=30):
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not data:
                    return
                key.data.sendall(data)


@contextlib.contextmanager
def connect_proxy(
    ports: Mapping[str, int], *, login: str = ""
) -> Iterator[ConnectProxy]:
    """Run a proxy that leads ``host:port`` names to ports of this machine."""
    with ConnectProxy(ports, login=login) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
