"""Who asks: the address of a request, and which proxies may say another one."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from flask import request

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from fair_imagic.config import Settings

    Network = ipaddress.IPv4Network | ipaddress.IPv6Network
    Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

__all__ = ["TrustedProxies", "asking", "networks_of"]

# A house gets a whole network of IPv6 addresses: who has one has them all.
_IPV6_PREFIX = 64
_HOST = re.compile(r"[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?", re.ASCII)
_SAID = ("FOR", "PROTO", "HOST", "PORT", "BY")


def asking() -> str:
    """Return who asks, as counted: an IPv4 address, or the network of an IPv6 one."""
    text = request.remote_addr or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
    return text


def networks_of(settings: Settings) -> tuple[Network, ...]:
    """Return the proxies that are trusted.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for what is no address.
    """
    try:
        return tuple(
            ipaddress.ip_network(text, strict=False)
            for text in settings.trusted_proxies
        )
    except ValueError as error:
        raise ConfigurationError(
            _("Setting {name} must be addresses or networks").format(
                name="trusted_proxies"
            ),
            expected="127.0.0.1, 10.1.0.0/16",
            found=str(error),
        ) from error


class TrustedProxies:
    """An application behind proxies: what they say of a request holds, and no more.

    The client is the last address in X-Forwarded-For that is not a trusted proxy: what
    stands before it was written by the client. Headers of all others are taken away.
    """

    def __init__(self, application: Application, networks: tuple[Network, ...]) -> None:
        self._application = application
        self._networks = networks

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        said = {name: environ.pop(f"HTTP_X_FORWARDED_{name}", "") for name in _SAID}
        environ.pop("HTTP_FORWARDED", None)
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ, said)
        return self._application(environ, start)

    def _believe(self, environ: dict[str, Any], said: dict[str, str]) -> None:
        client = self._client(said["FOR"])
        if client:
            environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = client
            environ.pop("REMOTE_PORT", None)
        scheme = _last(said["PROTO"]).lower()
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        host = _last(said["HOST"])
        if _HOST.fullmatch(host):
            environ["HTTP_HOST"] = host

    def _client(self, chain: str) -> str:
        client = ""
        for text in reversed(chain.split(",")):
            address = _address(text)
            if not address:
                return client
            client = address
            if not self._is_trusted(address):
                return client
        return client

    def _is_trusted(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in self._networks)


def _last(values: str) -> str:
    return values.rpartition(",")[2].strip()


def _address(text: str) -> str:
    """Return an address without its port; empty for what is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""
