"""Refuses every connection that would leave this machine, for tests and their children.

The interpreter's audit events are used, so that no library can go around it by holding
its own reference to ``socket``. A refused attempt is also written to a log file: a test
fails even where the code under test swallowed the error or ran in a child process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

LOG_VARIABLE = "FAIR_IMAGIC_TEST_NETWORK_LOG"
_LOCAL_NAMES = {"", "localhost", "::1", "0.0.0.0", "::", "ip6-localhost"}
_EVENTS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}


class LeavesTheMachineError(RuntimeError):
    """A test, or a process that it started, tried to reach another machine."""


def is_local(host: object) -> bool:
    """Say whether an address or host name means this machine."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    text = text.lower().split("%", maxsplit=1)[0]
    return (
        text in _LOCAL_NAMES
        or text.startswith(("127.", "::ffff:127."))
        or text.endswith(".localhost")
    )


def _host(address: object) -> object:
    """Take the host out of an address; a file name or no address is local."""
    if isinstance(address, tuple) and address and isinstance(address[0], str | bytes):
        return address[0]
    return None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    position = _EVENTS.get(event)
    if position is None or len(arguments) <= position:
        return
    target = arguments[position]
    host = _host(target) if position == 1 else target
    if is_local(host):
        return
    message = f"{event} to {host!r}: tests reach nothing beyond 127.0.0.1"
    log = os.environ.get(LOG_VARIABLE)
    if log:
        with Path(log).open("a", encoding="utf-8") as stream:
            stream.write(message + "\n")
    raise LeavesTheMachineError(message)


def install() -> None:
    """Guard this process from now on (it cannot be taken back)."""
    if not getattr(sys, "_fair_imagic_network_guard", False):
        sys._fair_imagic_network_guard = True  # type: ignore[attr-defined]
        sys.addaudithook(_watch)
