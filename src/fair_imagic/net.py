"""The only place that opens connections to other services."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fair_imagic.errors import (
    ConfigurationError,
    RemoteRefusedError,
    RemoteUnavailableError,
)
from fair_imagic.i18n import _
from fair_imagic.version import __version__

if TYPE_CHECKING:
    from collections.abc import Collection

    import requests
    from requests.adapters import HTTPAdapter

    from fair_imagic.config import Settings

__all__ = ["check", "request", "session"]

_TIMEOUT_S = (5.0, 30.0)
_MOST_BYTES = 50_000_000
_REASON = re.compile(
    r"Tunnel connection failed: \d{3}[\w -]*|certificate verify failed[^(]*"
)


def session(settings: Settings, *, hosts: Collection[str] = ()) -> requests.Session:
    """Return an HTTP session that reaches the allowed hosts only.

    Allowed are ``hosts`` and those of the setting ``allowed_hosts``; addresses of this
    machine and of private networks only in practice mode or when listed by name.
    Redirects are not followed. The settings ``proxy_url`` and ``ca_bundle`` are used,
    but no proxy, certificate or password file that the machine's environment names.
    Unless a call says otherwise, connecting may take 5 s and an answer 30 s.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for a proxy or a file of
    certificates that cannot be used.
    """
    import requests

    allowed = frozenset(hosts) | frozenset(settings.allowed_hosts)
    proxy = _proxy_of(settings)

    class GuardedSession(requests.Session):
        def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> Any:
            through = "" if _is_this_machine(urlsplit(str(url)).hostname) else proxy
            _refuse_foreign(str(url), allowed, settings, proxied=bool(through))
            kwargs.setdefault("timeout", _TIMEOUT_S)
            kwargs["allow_redirects"] = False
            kwargs["proxies"] = {"http": through, "https": through} if through else {}
            return super().request(method, url, *args, **kwargs)

    guarded = GuardedSession()
    guarded.trust_env = False
    guarded.headers["User-Agent"] = f"fair-imagic/{__version__}"
    if settings.ca_bundle:
        guarded.mount("https://", _trusting(settings.ca_bundle))
    return guarded


def _proxy_of(settings: Settings) -> str:
    """Return the address of the proxy, or an empty text where there is none."""
    text = settings.proxy_url.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(
            _("The setting proxy_url is not the address of a proxy"),
            expected="http://proxy.example.org:3128",
            # what stands before the @ may be a password
            found=text.rpartition("@")[2],
        )
    return text


def _trusting(bundle: str) -> HTTPAdapter:
    """Return an adapter that trusts the authorities of a file beside the usual ones."""
    from certifi import where
    from requests.adapters import HTTPAdapter

    try:
        context = ssl.create_default_context(cafile=where())
        context.load_verify_locations(cafile=bundle)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            _("The setting ca_bundle is not a file of certificates"),
            where=bundle,
            expected=_("a PEM file: lines from BEGIN CERTIFICATE to END CERTIFICATE"),
            found=str(error),
        ) from error

    class TrustingAdapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=context, **kwargs)

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            return super().proxy_manager_for(proxy, ssl_context=context, **kwargs)

    return TrustingAdapter()


def _is_this_machine(host: str | None) -> bool:
    """Return whether a name or address means this machine: no proxy reaches that."""
    name = (host or "").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _refuse_foreign(
    url: str, allowed: Collection[str], settings: Settings, *, proxied: bool
) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or host not in allowed:
        raise ConfigurationError(
            _("Connections to this host are not allowed"),
            where=host or url,
            hint=_("An administrator can add it to the setting allowed_hosts."),
        )
    if settings.practice_mode or host in settings.allowed_hosts:
        return
    if _is_private(host, proxied=proxied):
        raise ConfigurationError(
            _("This address belongs to a private network"),
            where=host,
            hint=_("An administrator can add it to the setting allowed_hosts."),
        )


def _is_private(host: str, *, proxied: bool) -> bool:
    """Return whether a host is on a private network; a proxy knows names itself."""
    address = _address(host)
    if address is not None or proxied:
        return address is not None and not address.is_global
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False  # the request itself will say that the host is unknown
    return any(not ipaddress.ip_address(entry[4][0]).is_global for entry in found)


def request(
    http: requests.Session, method: str, url: str, **options: Any
) -> requests.Response:
    """Send one request and return the answer, whatever its status below 500.

    Raises :class:`~fair_imagic.errors.RemoteUnavailableError` where no usable answer
    came (no connection, time-out, status 429 or 5xx): what the service did is unknown.
    """
    import requests

    host = urlsplit(url).netloc
    try:
        response = http.request(method, url, stream=True, **options)
        _read_limited(response)
    except requests.RequestException as error:
        raise _unreached(error, host=host, where=f"{method} {url}") from error
    if response.status_code == 429 or response.status_code >= 500:
        raise RemoteUnavailableError(
            _("{host} cannot answer now").format(host=host),
            where=f"{method} {url}",
            status=response.status_code,
            body=response.text,
            hint=_("Run the same command again later: what was done is kept."),
        )
    return response


def _unreached(
    error: requests.RequestException, *, host: str, where: str
) -> RemoteUnavailableError:
    """Return what to tell where no answer came: of the proxy, a certificate, a host."""
    import requests

    again = _("Run the same command again later: what was done is kept.")
    message, hint = _("{host} does not answer").format(host=host), again
    if isinstance(error, requests.exceptions.ProxyError):
        message = _("The proxy does not let through to {host}").format(host=host)
        hint = _("Look at the setting proxy_url: its address, user and password.")
    elif isinstance(error, requests.exceptions.SSLError):
        message = _("The certificate of {host} is not trusted").format(host=host)
        hint = _(
            "Where a proxy of your institute looks into connections, name the file of "
            "its certificate authority in the setting ca_bundle."
        )
    return RemoteUnavailableError(message, where=where, body=_reason(error), hint=hint)


def _reason(error: requests.RequestException) -> str:
    """Return the kind of an error, and what a proxy or a certificate says of it."""
    match = _REASON.search(str(error))
    return f"{type(error).__name__}: {match[0]}" if match else type(error).__name__


def _read_limited(response: requests.Response) -> None:
    content = bytearray()
    for chunk in response.iter_content(65536):
        content += chunk
        if len(content) > _MOST_BYTES:
            response.close()
            raise RemoteUnavailableError(
                _("The answer is too large"), where=response.url
            )
    response._content = bytes(content)  # what requests itself does on .content


def check(response: requests.Response) -> requests.Response:
    """Return the answer if it is a success.

    Raises :class:`~fair_imagic.errors.RemoteRefusedError` with status and text.
    """
    if response.status_code < 400:
        return response
    raise RemoteRefusedError(
        _("{host} refused the request").format(host=urlsplit(response.url).netloc),
        where=f"{response.request.method} {response.url}",
        status=response.status_code,
        body=f"{response.status_code} {response.text}",
    )
