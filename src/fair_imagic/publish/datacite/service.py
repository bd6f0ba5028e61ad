"""The few REST calls of DataCite that we need.

The PyPI client is not used: it turns 201, 409, 422 and 429 into one "server error",
writes into the caller's data (so that a second call publishes by mistake), joins DOIs
into addresses unescaped, has no time-outs and can reach the real service from a test.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fair_imagic import net
from fair_imagic.errors import RemoteRefusedError
from fair_imagic.i18n import _
from fair_imagic.publish.settings import needed, session_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests  # noqa: TID251  (its types only)

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target

__all__ = ["Service", "open_service"]

_MEDIA_TYPE = "application/vnd.api+json"


@dataclass(frozen=True)
class Service:
    """A repository account at DataCite."""

    http: requests.Session
    url: str
    account: str

    def get(self, doi: str) -> dict[str, Any] | None:
        """Return the attributes held under the DOI, or None where there is none."""
        answer = net.request(
            self.http, "GET", self._place(doi), params={"publisher": "true"}
        )
        if answer.status_code == 404:
            return None
        return _attributes(_checked(answer))

    def leading_to(self, address: str) -> list[dict[str, Any]]:
        """Return the account's DOIs that lead to a page, drafts among them."""
        answer = net.request(
            self.http,
            "GET",
            f"{self.url}/dois",
            params={
                "query": f'url:"{address}"',
                "client-id": self.account.lower(),
                "page[size]": "1000",
            },
        )
        try:
            found = _checked(answer).json()["data"]
            held = [{"doi": one["id"], **one["attributes"]} for one in found]
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(answer) from error
        return [one for one in held if one.get("url") == address]

    def put(self, doi: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """Create or change the DOI; attributes that are not sent stay as they are."""
        body = {"data": {"id": doi, "type": "dois", "attributes": dict(attributes)}}
        answer = net.request(
            self.http,
            "PUT",
            self._place(doi),
            data=json.dumps(body).encode(),
            headers={"Content-Type": _MEDIA_TYPE, "Accept": _MEDIA_TYPE},
        )
        return _attributes(_checked(answer))

    def _place(self, doi: str) -> str:
        return f"{self.url}/dois/{quote(doi, safe='/')}"


def open_service(target: Target, settings: Settings) -> Service:
    """Return the service of the settings.

    Raises ConfigurationError where address or account are missing.
    """
    own = needed(target, settings)
    http = session_of(target, settings)
    http.auth = (own["user"], own["password"])
    return Service(http, own["url"].rstrip("/"), own["user"])


def _checked(answer: requests.Response) -> requests.Response:
    """Return the answer, or raise with DataCite's own sentences in plain lines."""
    if answer.status_code < 400:
        return answer
    raise RemoteRefusedError(
        _("DataCite refused the record"),
        where=f"{answer.request.method} {answer.url}",
        status=answer.status_code,
        body="\n".join(_sentences(answer)),
        hint=_("Correct the points named above, then publish again."),
    )


def _sentences(answer: requests.Response) -> list[str]:
    try:
        errors = answer.json()["errors"]
        return [f"{one.get('source', '')} {one['title']}".strip() for one in errors]
    except (ValueError, KeyError, TypeError):
        return [f"{answer.status_code} {answer.text[:500]}"]


def _attributes(answer: requests.Response) -> dict[str, Any]:
    try:
        found: dict[str, Any] = answer.json()["data"]["attributes"]
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(answer) from error
    return found


def _unreadable(answer: requests.Response) -> RemoteRefusedError:
    return RemoteRefusedError(
        _("DataCite gave an answer that is not a DOI record"),
        where=answer.url,
        status=answer.status_code,
        body=answer.text,
    )
