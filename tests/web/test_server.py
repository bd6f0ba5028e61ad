"""The service as a process: slow queries, clients that go away, proxies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

DIGITS = " ".join(map(str, range(100)))
SLOW = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {DIGITS} }}" for n in range(6))
)
LONG = "SELECT * {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {DIGITS} }}" for n in range(4))
)


@pytest.fixture
def served(home, monkeypatch):
    """Run ``fair-imagic serve`` over the study; give its port, as one address each."""
    monkeypatch.setenv("FAIR_IMAGIC_TRUSTED_PROXIES", "127.0.0.1")
    monkeypatch.setenv("FAIR_IMAGIC_QUERY_TIMEOUT_S", "60")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from fair_imagic.cli.main import main; main()"
    command = [sys.executable, "-c", code, "--home", str(home), "serve"]
    service = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE)
    assert b"Service at" in service.stderr.readline()
    yield port, service.pid
    service.send_signal(signal.SIGTERM)
    service.wait()
    service.stderr.close()


def get(port: int, path: str, *, address: str = "", **headers: str):
    """Return status, headers and body of one request, and how long it took."""
    said = {"X-Forwarded-For": address} if address else {}
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    begun = time.monotonic()
    connection.request("GET", path, headers={**said, **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body, time.monotonic() - begun


def asked(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def open_query(port: int, query: str, *, address: str) -> socket.socket:
    """Send a query and do not wait for its answer."""
    connection = socket.create_connection(("127.0.0.1", port))
    lines = [f"GET {asked(query)} HTTP/1.1", "Host: localhost", "Accept: text/csv"]
    lines.append(f"X-Forwarded-For: {address}")
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    return connection


def workers_of(process: int) -> set[int]:
    """Return the query processes of the service."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == process and b"query_worker" in command:
            found.add(int(path.name))
    return found


def wait_until(condition, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_eight_slow_queries_leave_the_site_to_everybody_else(served):
    port, process = served
    sent = [open_query(port, SLOW, address=f"192.0.2.{n}") for n in range(8)]
    wait_until(lambda: len(workers_of(process)) == 2)
    for path in ("/health", "/", "/login", "/query"):
        status, _headers, _body, took_s = get(port, path)
        assert status == 200
        assert took_s < 5, path
    status, headers, body, _took = get(port, asked(SLOW), address="198.51.100.1")
    assert status == 503
    assert int(headers["Retry-After"]) > 0
    assert "Too many queries" in json.loads(body)["title"]
    for connection in sent:
        connection.close()
    # their queries end with them, and the next one is answered
    wait_until(lambda: not workers_of(process))
    assert get(port, asked("ASK {}"), address="198.51.100.1")[0] == 200


def test_one_address_leaves_seats_to_others(served):
    port, process = served
    sent = [open_query(port, SLOW, address="192.0.2.1") for _each in range(4)]
    wait_until(lambda: len(workers_of(process)) == 2)
    assert get(port, asked("ASK {}"), address="192.0.2.1")[0] == 503
    threading.Timer(1, sent[0].close).start()
    threading.Timer(1, sent[1].close).start()
    threading.Timer(1, sent[2].close).start()
    threading.Timer(1, sent[3].close).start()
    assert get(port, asked("ASK {}"), address="192.0.2.2")[0] == 200


def test_a_long_answer_is_sent_as_it_is_found_in_little_memory(served):
    port, process = served
    get(port, asked("ASK {}"))
    before = resident_mb(process)
    status, headers, body, _took = get(port, asked(LONG), Accept="text/csv")
    assert status == 200
    assert headers["Transfer-Encoding"] == "chunked"
    lines = body.decode().splitlines()
    assert len(lines) == 100_002
    assert "# The answer is cut after 100000 rows" in lines[-1]
    assert resident_mb(process) - before < 40


def test_who_reads_a_long_answer_slowly_keeps_no_query(served):
    port, process = served
    with open_query(port, LONG, address="192.0.2.1") as slow:
        slow.recv(1000)
        # the process has handed its answer over and takes the next query
        (worker,) = workers_of(process)
        for number in range(3):
            address = f"198.51.100.{number}"
            assert get(port, asked("ASK {}"), address=address)[0] == 200
        wait_until(lambda: is_idle(worker))


def test_a_client_that_goes_away_while_it_is_sent_an_answer_ends_its_query(served):
    port, process = served
    endless = LONG.replace("SELECT *", "SELECT (SHA512(STR(?v0)) AS ?text)")
    connection = open_query(port, endless, address="192.0.2.1")
    connection.recv(1000)
    connection.close()
    wait_until(lambda: all(map(is_idle, workers_of(process))))
    assert get(port, "/health")[0] == 200


def resident_mb(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def is_idle(process: int) -> bool:
    """Return whether a process waits, or is gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in "SZ"
