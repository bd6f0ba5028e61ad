"""Connections through an institute's proxy, and whose certificates are believed."""

from __future__ import annotations

import http.server
import ssl
import threading
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from tests.connect_proxy import connect_proxy

from fair_imagic import config, net
from fair_imagic.errors import ConfigurationError, RemoteUnavailableError
from fair_imagic.i18n import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.config import Settings

# A name that nobody but the proxy knows: asking for its address would be refused.
HOST = "archive.example.org"
URL = f"https://{HOST}/records"


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def archive(authority: trustme.CA) -> Iterator[int]:
    """Run an archive with a certificate of the test's authority; yield its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "institute.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def settings_with(tmp_path: Path, **values: str) -> Settings:
    environ = {f"FAIR_IMAGIC_{name.upper()}": text for name, text in values.items()}
    return config.load(tmp_path, environ=environ | {"FAIR_IMAGIC_PRACTICE_MODE": "no"})


def fetch(settings: Settings, url: str = URL, hosts: tuple[str, ...] = (HOST,)) -> str:
    with net.session(settings, hosts=hosts) as http_session:
        return net.request(http_session, "GET", url).text


def test_an_archive_is_reached_through_the_proxy(
    tmp_path: Path, archive: int, bundle: str
) -> None:
    with connect_proxy({f"{HOST}:443": archive}, login="user:secret") as proxy:
        url = f"http://user:secret@127.0.0.1:{proxy.port}"
        settings = settings_with(tmp_path, proxy_url=url, ca_bundle=bundle)
        assert fetch(settings) == "here"
        assert [line.rpartition(" ")[0] for line in proxy.seen] == [
            f"CONNECT {HOST}:443"
        ]


def test_a_proxy_of_the_environment_is_not_used(
    tmp_path: Path, archive: int, bundle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://127.0.0.1:{archive}/"
    with connect_proxy({}) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
        settings = settings_with(tmp_path, allowed_hosts="127.0.0.1")
        with pytest.raises(RemoteUnavailableError, match="certificate") as caught:
            fetch(settings, url)
        assert "ca_bundle" in caught.value.hint
        assert proxy.seen == []


def test_this_machine_is_not_asked_for_through_the_proxy(tmp_path: Path) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with connect_proxy({}) as proxy:
        settings = settings_with(
            tmp_path,
            proxy_url=f"http://127.0.0.1:{proxy.port}",
            allowed_hosts="127.0.0.1",
        )
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        assert fetch(settings, url) == "here"
        assert proxy.seen == []
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "url", ["https://other.example.org/", "https://10.1.2.3/", "ftp://archive/"]
)
def test_the_list_of_hosts_holds_behind_a_proxy_too(tmp_path: Path, url: str) -> None:
    with connect_proxy({}) as proxy:
        settings = settings_with(tmp_path, proxy_url=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(ConfigurationError, match="not allowed"):
            fetch(settings, url)
        with pytest.raises(ConfigurationError, match="private"):
            fetch(settings, "https://10.1.2.3/", ("10.1.2.3",))
        assert proxy.seen == []


@pytest.mark.parametrize(
    ("login", "told"), [("user:wrong", "407"), ("user:secret", "403")]
)
def test_a_proxy_that_refuses_is_told_from_an_archive_that_is_silent(
    tmp_path: Path, login: str, told: str
) -> None:
    with connect_proxy({}, login="user:secret") as proxy:
        url = f"http://{login}@127.0.0.1:{proxy.port}"
        with pytest.raises(RemoteUnavailableError) as caught:
            fetch(settings_with(tmp_path, proxy_url=url))
    assert "proxy" in caught.value.message
    assert "proxy_url" in caught.value.hint
    assert told in caught.value.body
    assert "secret" not in str(caught.value)


def test_a_certificate_of_nobody_known_is_refused(tmp_path: Path, archive: int) -> None:
    with connect_proxy({f"{HOST}:443": archive}) as proxy:
        settings = settings_with(tmp_path, proxy_url=f"http://127.0.0.1:{proxy.port}")
        with use_language("fr"), pytest.raises(RemoteUnavailableError) as caught:
            fetch(settings)
    assert "certificat" in caught.value.message
    assert "ca_bundle" in caught.value.hint


@pytest.mark.parametrize("text", ["proxy", "http://proxy", "socks5://p:1", "http://:x"])
def test_what_is_no_address_of_a_proxy_is_refused(tmp_path: Path, text: str) -> None:
    settings = settings_with(tmp_path, proxy_url=text)
    with pytest.raises(ConfigurationError, match="proxy_url"):
        net.session(settings)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for name in (empty, tmp_path / "missing.pem"):
        with pytest.raises(ConfigurationError, match="ca_bundle"):
            net.session(settings_with(tmp_path, ca_bundle=str(name)))


def test_the_password_of_a_proxy_is_never_shown(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, proxy_url="http://user:secret@127.0.0.1:nope")
    assert "secret" not in repr(settings)
    with pytest.raises(ConfigurationError) as caught:
        net.session(settings)
    assert "secret" not in str(caught.value)
