"""DataCite's REST API for one repository account: /dois and its neighbours.

Stricter than the real service: dates must be dates, texts must not be blank, unknown
schema versions are refused. Not here: metadata sent as XML, derived types (RIS,
BibTeX, schema.org), licences completed from SPDX, related items in the XML.
"""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.sandbox.datacite import views
from fair_imagic.sandbox.datacite.attributes import merged
from fair_imagic.sandbox.datacite.problem import Problem, errors_of
from fair_imagic.sandbox.datacite.record import (
    DOI,
    SCHEMA_VERSIONS,
    record_problems,
    url_problems,
)
from fair_imagic.sandbox.datacite.rules import kernel_problems
from fair_imagic.sandbox.datacite.states import after
from fair_imagic.sandbox.datacite.suffix import random_suffix
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.store import nested, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fair_imagic.sandbox.datacite.account import Account
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.store import Document, Store

__all__ = ["DataCite"]

_METADATA = ("creators", "titles", "publisher", "publicationYear", "types")


class DataCite:
    """A practice DataCite.

    Parameters
    ----------
    account
        The repository account: prefixes, domains, password.
    xsd_folder
        The official XSD, used beside our own rules; None for our rules only.
    strict_schema_version
        Refuse the schema versions for which the real service validates nothing.
    """

    def __init__(
        self,
        store: Store,
        *,
        account: Account,
        xsd_folder: Path | None = None,
        strict_schema_version: bool = True,
    ) -> None:
        self._store = store
        self._account = account
        self._xsd_folder = xsd_folder
        self._strict = strict_schema_version
        self._random = random.Random(secrets.randbits(64))  # noqa: S311, no secret

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request."""
        path = request.path.rstrip("/")
        if path == "/heartbeat":
            return Answer(200, b"OK", (("Content-Type", "text/plain"),))
        if path != "/dois" and not path.startswith("/dois/"):
            return views.not_found()
        if request.basic_credentials() is not None and not self._is_owner(request):
            return views.bad_credentials()
        if path in ("/dois", "/dois/validate") and request.method == "POST":
            return self._post(request, only_validate=path.endswith("validate"))
        if request.method in ("GET", "HEAD"):
            return self._read(request, path)
        if path == "/dois":
            return views.not_allowed("GET, POST")
        doi = path.removeprefix("/dois/").lower()
        if request.method in ("PUT", "PATCH"):
            return self._put(request, doi)
        return self._delete(request, doi)

    def _is_owner(self, request: Request) -> bool:
        user, password = request.basic_credentials() or ("", "")
        account = self._account
        same_user = user.upper() == account.user.upper()
        return same_user and secrets.compare_digest(
            password.encode(), account.password.encode()
        )

    def _owns(self, doi: str) -> bool:
        return doi.split("/")[0] in self._account.prefixes

    def _read(self, request: Request, path: str) -> Answer:
        if path == "/dois":
            return self._list(request)
        if path == "/dois/random":
            prefix = request.query.get("prefix") or self._account.prefixes[0]
            doi = f"{prefix}/{random_suffix(self._random)}"
            return json_answer(200, {"dois": [doi], "meta": views.MARK})
        name = path.removeprefix("/dois/")
        accept, name = views.media_type_in(name)
        wants_url = name.endswith("/get-url")
        document = self._store.get("doi", name.removesuffix("/get-url").lower())
        if document is None or not self._may_see(request, document):
            return views.not_found()
        if wants_url:
            return views.get_url(document)
        return views.negotiated(document, request, accept=accept)

    def _may_see(self, request: Request, document: Document) -> bool:
        return document["state"] == "findable" or self._is_owner(request)

    def _list(self, request: Request) -> Answer:
        seen = [d for d in self._store.all("doi") if self._may_see(request, d)]
        return views.listed(seen, request)

    def _post(self, request: Request, *, only_validate: bool) -> Answer:
        if not self._is_owner(request):
            return views.bad_credentials()
        sent = views.attributes_in(request)
        if sent is None:
            return views.no_payload()
        prefix = str(sent.get("prefix") or self._account.prefixes[0])
        doi = str(sent.get("doi") or f"{prefix}/{random_suffix(self._random)}").lower()
        if only_validate:
            found = self._problems(doi, merged({}, sent), state="findable")
            found = [problem for problem in found if problem.source != "url"]
            return views.validated(doi, sent, errors_of(found, doi))
        if not self._owns(doi):
            return views.forbidden()
        with self._store.exclusive():
            if self._store.get("doi", doi) is not None:
                taken = [Problem("doi", "This DOI has already been taken")]
                return views.invalid(errors_of(taken, doi))
            return self._save(request, doi, sent=sent)

    def _put(self, request: Request, doi: str) -> Answer:
        if not self._is_owner(request):
            return views.bad_credentials()
        if not self._owns(doi):
            return views.forbidden()
        sent = views.attributes_in(request)
        if sent is None:
            return views.no_payload()
        with self._store.exclusive():
            return self._save(request, doi, sent=sent)

    def _save(
        self, request: Request, doi: str, *, sent: Mapping[str, object]
    ) -> Answer:
        old = self._store.get("doi", doi) or {"state": "draft", "attributes": {}}
        is_new = "doi" not in old
        state = after(str(old["state"]), sent.get("event"))
        attributes = merged(nested(old, "attributes"), sent)
        if is_new and state != "draft" and not any(map(attributes.get, _METADATA)):
            return views.invalid([{"source": "metadata", "title": "Is invalid"}])
        problems = self._problems(doi, attributes, state=state)
        if problems:
            return views.invalid(errors_of(problems, doi))
        document = _saved(old, doi, state=state, attributes=attributes)
        self._store.put("doi", doi, content=document)
        return views.saved(document, request, is_new=is_new)

    def _problems(
        self, doi: str, attributes: Mapping[str, object], *, state: str
    ) -> list[Problem]:
        found = record_problems(doi, attributes, strict=self._strict)
        if state == "draft" or any(p.source == "schema_version" for p in found):
            return found
        found += url_problems(attributes.get("url"), self._account.domains)
        version = attributes.get("schemaVersion")
        if version and version not in SCHEMA_VERSIONS:
            return found  # what the real service does: nothing is validated
        found += kernel_problems(doi, attributes)
        if self._xsd_folder is not None and not found:
            from fair_imagic.sandbox.datacite.schema import schema_problems

            found += schema_problems(doi, attributes, folder=self._xsd_folder)
        return found

    def _delete(self, request: Request, doi: str) -> Answer:
        if request.method != "DELETE":
            return views.not_allowed("GET, POST, PUT, PATCH, DELETE")
        if not self._is_owner(request):
            return views.bad_credentials()
        with self._store.exclusive():
            document = self._store.get("doi", doi) if DOI.fullmatch(doi) else None
            if document is None:
                return views.not_found()
            if document["state"] != "draft":
                return views.not_allowed("HEAD, GET, POST, PATCH, PUT, OPTIONS")
            self._store.delete("doi", doi)
        return Answer(204)


def _saved(
    old: Document, doi: str, *, state: str, attributes: dict[str, object]
) -> Document:
    moment = clock.isoformat(clock.now())
    return {
        "doi": doi,
        "state": state,
        "attributes": attributes,
        "created": old.get("created", moment),
        "registered": old.get("registered") or (None if state == "draft" else moment),
        "updated": moment,
        "version": number(old, "version") + 1 if "version" in old else 0,
    }
