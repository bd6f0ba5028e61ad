"""The few REST calls of BioStudies that a submission needs."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fair_imagic import net
from fair_imagic.errors import RemoteRefusedError
from fair_imagic.i18n import _
from fair_imagic.publish.settings import needed, session_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import requests  # noqa: TID251  (its types only)

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target

__all__ = ["Service", "open_service"]

#: Sending a file may take long; waiting for the answer that it arrived, too.
_UPLOAD_TIMEOUT_S = (5.0, 600.0)
_PAGE = 50


@dataclass(frozen=True)
class Service:
    """A user of BioStudies, logged in."""

    http: requests.Session
    url: str

    def upload(self, folder: str, name: str, content: bytes | Path) -> None:
        """Put one file into a folder of the user's space; an older one is replaced."""
        from requests_toolbelt import MultipartEncoder

        with _opened(content) as body:
            form = MultipartEncoder(
                [("files", (name, body, "application/octet-stream"))]
            )
            self._call(
                "POST",
                f"files/user/{quote(folder)}",
                data=form,
                headers={"Content-Type": form.content_type},
                timeout=_UPLOAD_TIMEOUT_S,
            )

    def validate_list(self, name: str, *, root_path: str) -> None:
        """Let the archive look at a file list that was sent, and at its files."""
        fields = {"fileListName": name, "rootPath": root_path}
        self._call("POST", "submissions/fileLists/validate", data=fields)

    def submit(self, pagetab: dict[str, Any]) -> dict[str, Any]:
        """Submit and return what the archive made of it, with its accession."""
        answer = self._call(
            "POST",
            "submissions",
            data=json.dumps(pagetab, ensure_ascii=False).encode(),
            headers={
                "Content-Type": "application/json",
                "Accept": "application/json",
                "Submission_Type": "application/json",
            },
            timeout=_UPLOAD_TIMEOUT_S,
        )
        return _json_object(answer)

    def read(self, accession: str) -> dict[str, Any]:
        """Return the submission as the archive holds it."""
        return _json_object(self._call("GET", f"submissions/{quote(accession)}.json"))

    def find(self, root_path: str) -> dict[str, Any] | None:
        """Return the user's submission that was sent from a folder, or None."""
        for accession in self._accessions():
            held = self.read(accession)
            if (
                root_path in _values(held, "RootPath")
                or held.get("rootPath") == root_path
            ):
                return held
        return None

    def _accessions(self) -> list[str]:
        found: list[str] = []
        while True:
            query = {"limit": str(_PAGE), "offset": str(len(found))}
            page = self._call("GET", "submissions", params=query).json()
            rows = page if isinstance(page, list) else page.get("submissions", [])
            names = [str(row.get("accno") or row.get("accNo")) for row in rows]
            new = [name for name in names if name not in found]
            found += new
            if len(rows) < _PAGE or not new:
                return found

    def _call(self, method: str, path: str, **options: Any) -> requests.Response:
        answer = net.request(self.http, method, f"{self.url}/{path}", **options)
        if answer.status_code < 400:
            return answer
        raise RemoteRefusedError(
            _("The BioImage Archive refused the submission"),
            where=f"{method} {answer.url}",
            status=answer.status_code,
            body="\n".join(_messages(answer)),
            hint=_("Correct the points named above, then publish again."),
        )


def open_service(target: Target, settings: Settings) -> Service:
    """Log in and return the service.

    Raises ConfigurationError where address or account are missing.
    """
    own = needed(target, settings)
    http = session_of(target, settings)
    service = Service(http, own["url"].rstrip("/"))
    login = {"login": own["user"], "password": own["password"]}
    answer = service._call("POST", "auth/login", json=login)
    http.headers["X-SESSION-TOKEN"] = str(_json_object(answer).get("sessid", ""))
    return service


def _opened(
    content: bytes | Path,
) -> contextlib.AbstractContextManager[bytes | BinaryIO]:
    if isinstance(content, bytes):
        return contextlib.nullcontext(content)
    return content.open("rb")


def _values(held: dict[str, Any], name: str) -> list[str]:
    return [
        str(one.get("value"))
        for one in held.get("attributes") or []
        if one.get("name") == name
    ]


def _json_object(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    raise RemoteRefusedError(
        _("The BioImage Archive gave an answer that cannot be read"),
        where=answer.url,
        status=answer.status_code,
        body=answer.text,
    )


def _messages(answer: requests.Response) -> list[str]:
    """Return the sentences of the archive's error log, which is a tree."""
    try:
        found: list[str] = []
        _collect(answer.json()["log"], found)
    except (ValueError, KeyError, TypeError):
        return [f"{answer.status_code} {answer.text[:500]}"]
    return found or [f"{answer.status_code}"]


def _collect(node: dict[str, Any], found: list[str]) -> None:
    if node.get("level", "ERROR") == "ERROR" and node.get("message"):
        found.append(str(node["message"]))
    for child in node.get("subnodes") or []:
        _collect(child, found)
