"""The sandbox as a whole: faults on demand, journal, restart, one at a time."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import requests

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.sandbox import Fault, running, start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import BioStudiesClient, DataCiteClient

    from fair_imagic.sandbox import Sandbox

DOI = "10.99999/x"


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_status_fault_hits_the_planned_number_of_times(
    sandbox: Sandbox, datacite: DataCiteClient, status: int
) -> None:
    sandbox.plan(Fault(kind="status", status=status, times=2, delay_s=7))
    answers = [datacite.put(DOI) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 201]
    assert ("Retry-After" in answers[0].headers) is (status in (429, 503))


ARCHIVES = {"datacite": "fair_imagic.sandbox.datacite:PRACTICE"}


def test_a_fault_can_wait_for_its_request(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    sandbox.plan(Fault(kind="status", method="PUT", path="x$", skip=1))
    assert datacite.send("GET", f"/dois/{DOI}").status_code == 404
    assert [datacite.put(DOI).status_code for _ in range(3)] == [201, 503, 200]


def test_a_connection_dropped_before_does_nothing(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    sandbox.plan(Fault(kind="drop-before"))
    with pytest.raises(requests.ConnectionError):
        datacite.put(DOI)
    assert datacite.send("GET", f"/dois/{DOI}").status_code == 404


def test_a_lost_answer_leaves_the_work_done(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    sandbox.plan(Fault(kind="drop-after"))
    with pytest.raises(requests.ConnectionError):
        datacite.put(DOI)
    assert datacite.state(DOI) == "draft"


def test_a_slow_answer_comes_after_the_clients_patience(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    sandbox.plan(Fault(kind="slow", delay_s=0.5))
    with pytest.raises(requests.Timeout):
        requests.get(f"{datacite.url}/heartbeat", timeout=0.1)


def test_faults_are_planned_over_http_with_the_control_header(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    url = f"{sandbox.url}/control/faults"
    fault = {"kind": "status", "status": 500, "service": "datacite"}
    assert requests.post(url, json=fault, timeout=5).status_code == 403
    control = {"X-Sandbox-Control": "yes"}
    planned = requests.post(url, json=fault, headers=control, timeout=5).json()
    assert planned["faults"][0]["status"] == 500
    assert datacite.put(DOI).status_code == 500
    requests.post(url, json=fault, headers=control, timeout=5)
    assert requests.delete(url, headers=control, timeout=5).json() == {"faults": []}
    for wrong in ({"kind": "flood"}, {"kind": "slow", "times": "x"}, [1]):
        answer = requests.post(url, json=wrong, headers=control, timeout=5)
        assert answer.status_code == 400


def test_an_unknown_kind_of_fault_is_refused() -> None:
    with pytest.raises(InputError, match="kind of fault"):
        Fault(kind="flood")


def test_the_journal_names_requests_and_holds_no_password(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    sandbox.plan(Fault(kind="drop-after"))
    with pytest.raises(requests.ConnectionError):
        datacite.put(DOI)
    lead = sandbox.settings()["biostudies"]
    login = {"login": lead["user"], "password": "bs secret"}
    requests.post(f"{lead['url']}/auth/login", json=login, timeout=5)
    first, second = sandbox.journal()
    assert (first["service"], first["method"], first["path"]) == (
        "datacite",
        "PUT",
        f"/dois/{DOI}",
    )
    assert (first["status"], first["fault"]) == (None, "drop-after")
    assert (first["user"], second["status"]) == ("PRACTICE.IMAGIC", 200)
    shown = requests.get(f"{sandbox.url}/control/journal", timeout=5).text
    stored = b"".join(p.read_bytes() for p in sandbox.folder.rglob("*.sqlite*"))
    for secret in ("bs secret", "dc secret"):
        assert secret not in shown
        assert secret.encode() not in stored
        assert secret not in repr(sandbox)


def test_what_was_deposited_survives_a_restart(
    tmp_path: Path,
) -> None:
    from tests.sandbox.conftest import DataCiteClient as Client

    folder = tmp_path / "kept"
    with start(folder, archives=ARCHIVES) as first:
        Client(first).put(DOI)
    with start(folder, archives=ARCHIVES) as second:
        assert Client(second).state(DOI) == "draft"


def _password(running: Sandbox) -> str:
    return running.settings()["datacite"]["password"]


def test_passwords_are_random_and_kept_private(tmp_path: Path) -> None:
    with start(tmp_path / "a", archives=ARCHIVES) as one:
        first = _password(one)
        assert (tmp_path / "a" / "sandbox.json").stat().st_mode & 0o077 == 0
    with (
        start(tmp_path / "a", archives=ARCHIVES) as again,
        start(tmp_path / "b", archives=ARCHIVES) as other,
    ):
        assert _password(again) == first
        assert _password(other) != first
    assert (tmp_path / "a" / "accounts.json").stat().st_mode & 0o077 == 0


def test_only_one_sandbox_runs_in_a_folder(tmp_path: Path) -> None:
    assert running(tmp_path / "a") is None
    with start(tmp_path / "a", archives=ARCHIVES) as one:
        assert running(tmp_path / "a") == one.settings()
        with pytest.raises(ConflictError, match="already run"):
            start(tmp_path / "a", archives=ARCHIVES)
    assert running(tmp_path / "a") is None


def test_a_port_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    with start(tmp_path / "a", archives=ARCHIVES) as one:
        port = int(one.url.rpartition(":")[2])
        with pytest.raises(ConflictError, match="cannot listen"):
            start(tmp_path / "b", archives=ARCHIVES, port=port)
        with start(tmp_path / "b", archives=ARCHIVES):
            assert running(tmp_path / "b") is not None


def test_an_unknown_archive_and_a_huge_request_are_refused(sandbox: Sandbox) -> None:
    assert requests.get(f"{sandbox.url}/zenodo/x", timeout=5).status_code == 404
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"))
    connection.putrequest("PUT", "/datacite/dois/x")
    connection.putheader("Content-Length", str(1 << 40))
    connection.endheaders()
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    connection.close()
    assert requests.get(f"{sandbox.url}/datacite/heartbeat", timeout=5).ok


_SERVE = """
import sys
from pathlib import Path
from fair_imagic.sandbox import serve
archives = {"datacite": "fair_imagic.sandbox.datacite:PRACTICE"}
told = lambda running: print(running.url, flush=True)
serve(Path(sys.argv[1]), archives=archives, announce=told)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_serve_runs_until_it_is_told_to_end_and_leaves_a_usable_folder(
    tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-c", _SERVE, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as child:
        assert child.stdout is not None
        url = child.stdout.readline().strip()
        assert requests.get(f"{url}/datacite/heartbeat", timeout=5).ok
        settings = running(tmp_path)
        assert settings is not None
        assert settings["datacite"]["url"] == f"{url}/datacite"
        child.send_signal(how)
        code = child.wait(timeout=10)
    assert code == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    deadline = time.monotonic() + 5
    while running(tmp_path) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    with start(tmp_path, archives=ARCHIVES):
        assert running(tmp_path) is not None


JUNK: list[object] = [
    None,
    1,
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"a": {}},
    "\ud800",
    "\x00",
]


@pytest.mark.parametrize("name", ["creators", "titles", "publisher", "types", "dates",
                                  "url", "language", "publicationYear", "prefix",
                                  "schemaVersion", "rightsList", "event"])  # fmt: skip
def test_junk_for_any_attribute_gets_an_answer(
    datacite: DataCiteClient, good: dict[str, object], name: str
) -> None:
    for value in JUNK:
        sent = good | {"event": "publish"} | {name: value}
        for answer in (datacite.post("/dois", **sent), datacite.put(DOI, **sent)):
            assert answer.status_code in (200, 201, 403, 422)
            assert answer.json()


@pytest.mark.parametrize("key", ["accno", "type", "attributes", "section"])
def test_junk_in_a_submission_gets_an_answer(
    biostudies: BioStudiesClient, key: str
) -> None:
    for value in JUNK:
        answer = biostudies.submit({"section": {"type": "Study"}, key: value})
        assert answer.status_code == 400
        for inner in ("attributes", "subsections", "links", "files", "accno"):
            section = {"type": "Study", inner: value}
            answer = biostudies.submit({"section": section})
            assert answer.status_code == 400


def test_requests_at_the_same_time_create_one_doi(
    sandbox: Sandbox, datacite: DataCiteClient
) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _n: datacite.put(DOI).status_code, range(16)))
    assert sorted(codes) == [200] * 15 + [201]
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _n: datacite.post().json()["data"]["id"], range(16))
        assert len(set(made)) == 16
    assert len(sandbox.journal()) == 32
