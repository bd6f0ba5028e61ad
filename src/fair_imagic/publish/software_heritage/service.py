"""The few SWORD calls of the Software Heritage deposit that we need."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from fair_imagic import net
from fair_imagic.errors import InputError, RemoteRefusedError
from fair_imagic.i18n import _
from fair_imagic.publish.settings import needed, session_of
from fair_imagic.publish.software_heritage.entry import ATOM, SWH
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    import requests  # noqa: TID251  (its types only)

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target

__all__ = ["Deposit", "Service", "open_service"]

_ENTRY = "application/atom+xml"
_MOST_PAGES = 1000


@dataclass(frozen=True)
class Deposit:
    """One deposit as the server describes it."""

    id: str
    status: str
    detail: str = ""
    origin: str = ""
    swhid: str = ""
    swhid_context: str = ""


@dataclass(frozen=True)
class Service:
    """A deposit account: its collection and HTTP session."""

    http: requests.Session
    url: str
    collection: str

    def create(self, archive: bytes, entry: bytes, *, name: str) -> Deposit:
        """Deposit an archive with its entry, finished at once."""
        from requests_toolbelt import MultipartEncoder

        form = MultipartEncoder(
            [
                ("file", (name, archive, "application/zip", _digest(archive))),
                ("atom", ("entry.xml", entry, _ENTRY, _digest(entry))),
            ]
        )
        answer = self._call(
            "POST",
            f"{self.url}/{self.collection}/",
            data=form,
            headers={"Content-Type": form.content_type, "In-Progress": "false"},
        )
        return _read(_root(answer))

    def status(self, deposit_id: str) -> Deposit:
        """Return how far a deposit is."""
        place = f"{self.url}/{self.collection}/{deposit_id}/status/"
        return _read(_root(self._call("GET", place)))

    def find(self, origin: str) -> Deposit | None:
        """Return the newest deposit of an origin that was not given up, or None."""
        found = [one for one in self._all() if _alive(one)]
        for deposit in sorted(found, key=lambda one: int(one.id), reverse=True):
            full = deposit if deposit.origin else self.status(deposit.id)
            if full.origin == origin:
                return full
        return None

    def _all(self) -> list[Deposit]:
        found: list[Deposit] = []
        url: str | None = f"{self.url}/{self.collection}/?page=1&page_size=100"
        for _page in range(_MOST_PAGES):
            if url is None:
                break
            answer = self._call("GET", url)
            entries = _root(answer).iter(f"{{{ATOM}}}entry")
            found += [_read(entry) for entry in entries]
            url = _next_page(answer)
        return [one for one in found if one.id.isdecimal()]

    def _call(self, method: str, url: str, **options: Any) -> requests.Response:
        answer = net.request(self.http, method, url, **options)
        if answer.status_code < 400:
            return answer
        raise RemoteRefusedError(
            _("Software Heritage refused the deposit"),
            where=f"{method} {answer.url}",
            status=answer.status_code,
            body=_complaint(answer),
            hint=_("Correct the points named above, then publish again."),
        )


def open_service(target: Target, settings: Settings) -> Service:
    """Return the service of the settings.

    Raises ConfigurationError where address or account are missing.
    """
    own = needed(target, settings)
    http = session_of(target, settings)
    http.auth = (own["user"], own["password"])
    return Service(http, own["url"].rstrip("/"), own["collection"])


def _digest(content: bytes) -> dict[str, str]:
    """Return the headers by which the server tells that a part arrived whole."""
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    # in hex, which the server compares, not base64
    return {"Content-Length": str(len(content)), "Content-MD5": digest}


def _alive(deposit: Deposit) -> bool:
    return deposit.status not in ("partial", "expired", "rejected", "failed")


def _root(answer: requests.Response) -> Any:
    try:
        return parse_xml(answer.content)
    except InputError as error:
        raise RemoteRefusedError(
            _("Software Heritage gave an answer that cannot be read"),
            where=answer.url,
            status=answer.status_code,
            body=answer.text,
        ) from error


def _read(root: Any) -> Deposit:
    def text(name: str) -> str:
        # an entry of the list of deposits says "id" where a receipt says "deposit_id"
        for form in (name, name.removeprefix("deposit_")):
            found = (root.findtext(f"{{{SWH}}}{form}") or "").strip()
            if found:
                return found
        return ""

    return Deposit(
        id=text("deposit_id"),
        status=text("deposit_status"),
        detail=text("deposit_status_detail"),
        origin=text("deposit_origin_url"),
        swhid=text("deposit_swh_id"),
        swhid_context=text("deposit_swh_id_context"),
    )


def _next_page(answer: requests.Response) -> str | None:
    link = answer.links.get("next", {}).get("url")
    if not link:
        return None
    # Behind a proxy the server may name another host: keep ours, take its query.
    parts = urlsplit(urljoin(answer.url, link))
    return f"{answer.url.partition('?')[0]}?{parts.query}"


def _complaint(answer: requests.Response) -> str:
    try:
        root = parse_xml(answer.content)
    except InputError:
        return f"{answer.status_code} {answer.text[:500]}"
    texts = [
        (element.text or "").strip()
        for element in root.iter()
        if isinstance(element.tag, str)
        and element.tag.rpartition("}")[2] in ("summary", "verboseDescription")
    ]
    return "\n".join(text for text in texts if text) or str(answer.status_code)
