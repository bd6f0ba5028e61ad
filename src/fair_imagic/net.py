"""The only place that opens connections to other services."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fair_imagic.errors import (
    ConfigurationError,
    RemoteRefusedError,
    RemoteUnavailableError,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection

    import requests

    from fair_imagic.config import Settings

__all__ = ["check", "request", "session"]

_TIMEOUT_S = (5.0, 30.0)
_MOST_BYTES = 50_000_000


def session(settings: Settings, *, hosts: Collection[str] = ()) -> requests.Session:
    """Return an HTTP session that reaches the allowed hosts only.

    Allowed are ``hosts`` and those of the setting ``allowed_hosts``; addresses of this
    machine and of private networks only in practice mode or when listed by name.
    Redirects are not followed and no proxy or password file of the machine is used.
    Unless a call says otherwise, connecting may take 5 s and an answer 30 s.
    """
    import requests

    allowed = frozenset(hosts) | frozenset(settings.allowed_hosts)

    class GuardedSession(requests.Session):
        def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> Any:
            _refuse_foreign(str(url), allowed, settings)
            kwargs.setdefault("timeout", _TIMEOUT_S)
            kwargs["allow_redirects"] = False
            return super().request(method, url, *args, **kwargs)

    guarded = GuardedSession()
    guarded.trust_env = False
    guarded.headers["User-Agent"] = "fair-imagic/0.1"
    return guarded


def _refuse_foreign(url: str, allowed: Collection[str], settings: Settings) -> None:
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
    if _is_private(host):
        raise ConfigurationError(
            _("This address belongs to a private network"),
            where=host,
            hint=_("An administrator can add it to the setting allowed_hosts."),
        )


def _is_private(host: str) -> bool:
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
        raise RemoteUnavailableError(
            _("{host} does not answer").format(host=host),
            where=f"{method} {url}",
            body=type(error).__name__,
            hint=_("Run the same command again later: what was done is kept."),
        ) from error
    if response.status_code == 429 or response.status_code >= 500:
        raise RemoteUnavailableError(
            _("{host} cannot answer now").format(host=host),
            where=f"{method} {url}",
            status=response.status_code,
            body=response.text,
            hint=_("Run the same command again later: what was done is kept."),
        )
    return response


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
