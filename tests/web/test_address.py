"""Who asks, and whom the service believes about it."""

from __future__ import annotations

import pytest
from flask import Flask, request

from fair_imagic import config
from fair_imagic.errors import ConfigurationError
from fair_imagic_web.address import TrustedProxies, asking, networks_of


def networks(text: str):
    environ = {"FAIR_IMAGIC_TRUSTED_PROXIES": text}
    return networks_of(config.load(environ=environ))


def seen(trusted: str, *, peer: str, **said: str) -> dict[str, str]:
    """Return what the application sees of a request."""
    app = Flask(__name__)
    app.add_url_rule(
        "/",
        "page",
        lambda: {
            "who": asking(),
            "root": request.url_root,
            "left": [name for name in dict(request.headers) if "orward" in name],
        },
    )
    app.wsgi_app = TrustedProxies(app.wsgi_app, networks(trusted))
    headers = {f"X-Forwarded-{name}": text for name, text in said.items()}
    headers["Forwarded"] = "for=203.0.113.9"
    client = app.test_client()
    return client.get("/", headers=headers, environ_base={"REMOTE_ADDR": peer}).json


SAID = {"For": "198.51.100.7", "Proto": "https", "Host": "images.example.org"}


@pytest.mark.parametrize("trusted", ["", "10.0.0.2", "192.0.2.0/28"])
def test_who_is_no_trusted_proxy_is_not_believed(trusted):
    found = seen(trusted, peer="192.0.2.66", **SAID)
    assert found == {"who": "192.0.2.66", "root": "http://localhost/", "left": []}


@pytest.mark.parametrize("trusted", ["192.0.2.66", "10.0.0.1, 192.0.2.0/24"])
def test_a_trusted_proxy_says_who_asks_and_how_the_service_is_reached(trusted):
    found = seen(trusted, peer="192.0.2.66", **SAID)
    assert found["who"] == "198.51.100.7"
    assert found["root"] == "https://images.example.org/"
    assert found["left"] == []


@pytest.mark.parametrize(
    ("chain", "who"),
    [
        # what a client writes itself stands in front
        ("203.0.113.5, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7, 10.0.0.1", "198.51.100.7"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::7]:4711", "2001:db8::/64"),
        ("nonsense, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7, nonsense", "10.0.0.2"),
        ("", "10.0.0.2"),
        ("10.0.0.1", "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_trusted_proxy(chain, who):
    assert seen("10.0.0.0/24", peer="10.0.0.2", For=chain)["who"] == who


@pytest.mark.parametrize(
    "said",
    [
        {"Host": "images.example.org/evil"},
        {"Host": "a b"},
        {"Host": "x\u00e9"},
        {"Proto": "javascript"},
    ],
)
def test_nonsense_of_a_trusted_proxy_is_left_out(said):
    assert seen("10.0.0.2", peer="10.0.0.2", **said)["root"] == "http://localhost/"


def test_neighbours_in_one_network_of_ipv6_are_one():
    one, two, other = (
        seen("", peer=peer)["who"]
        for peer in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert one == two != other
    assert seen("", peer="::ffff:192.0.2.1")["who"] == "192.0.2.1"


def test_a_setting_that_is_no_address_is_told():
    with pytest.raises(ConfigurationError, match="trusted_proxies") as refused:
        networks("proxy.example.org")
    assert "proxy.example.org" in refused.value.found
