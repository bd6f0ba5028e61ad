"""Tests reach nothing beyond this machine, and neither do their children."""

from __future__ import annotations

import socket
import subprocess
import sys

import network_guard
import pytest


@pytest.mark.leaves_the_machine
def test_a_connection_to_another_machine_is_refused() -> None:
    with (
        socket.socket() as outside,
        pytest.raises(network_guard.LeavesTheMachineError, match=r"192\.0\.2\.1"),
    ):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.leaves_the_machine
def test_a_child_process_is_refused_too() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.returncode == 1
    assert "tests reach nothing beyond 127.0.0.1" in child.stderr


def test_a_local_connection_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), 5):
            pass


@pytest.mark.parametrize("host", ["127.0.0.1", b"localhost", "::1", None, ""])
def test_addresses_of_this_machine_are_local(host: object) -> None:
    assert network_guard.is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1"])
def test_other_addresses_are_not_local(host: object) -> None:
    assert not network_guard.is_local(host)
