"""``/submissions``: direct, asynchronous and draft submission, and reading back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.sandbox.biostudies.answers import Refusal, fail
from fair_imagic.sandbox.biostudies.pagetab import attribute_value, attributes_of
from fair_imagic.sandbox.biostudies.rules import check_submission, wants_doi
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.multipart import parts_of
from fair_imagic.sandbox.store import nested, number

if TYPE_CHECKING:
    from fair_imagic.sandbox.biostudies.account import Account
    from fair_imagic.sandbox.biostudies.userfiles import UserFiles
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.store import Document, Store

__all__ = ["Submissions"]

_STEPS = ("REQUESTED", "FILES_VALIDATED", "INDEXED", "FILES_COPIED", "PROCESSED")
"""What the status of an accepted request shows, one poll after the other."""


class Submissions:
    """The submissions of one user. Accession numbers are ``S-TEST`` and a number."""

    def __init__(self, store: Store, *, account: Account, files: UserFiles) -> None:
        self._store = store
        self._account = account
        self._files = files

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request below ``/submissions``."""
        path = request.path.removeprefix("/submissions").rstrip("/")
        if request.method == "POST" and path in ("", "/direct"):
            saved, _version = self._submit(self._sent(request, path))
            return json_answer(200, saved)
        if request.method == "POST" and path in ("/async", "/async/direct"):
            return self._asynchronous(self._sent(request, path))
        if path.startswith("/drafts"):
            return self._drafts(request, path.removeprefix("/drafts").strip("/"))
        if request.method == "GET" and path == "":
            return self._list(request)
        followed = re.fullmatch(r"/requests/([^/]+)/(\d+)/(status|errors)", path)
        if followed and request.method == "GET":
            accno, version, what = followed.groups()
            return self._follow(accno, version, what=what)
        return self._one(request, path.strip("/"))

    def _sent(self, request: Request, path: str) -> object:
        if path.endswith("direct"):
            return self._direct(request)
        kind = request.header("submission_type") or "application/json"
        if kind != "application/json":
            raise Refusal(
                f"Submission type {kind}: this practice archive reads JSON only",
                status=415,
            )
        return _json(request.body)

    def _direct(self, request: Request) -> object:
        parts = parts_of(request)
        pages = [part for part in parts if part.name == "submission"]
        if len(pages) != 1:
            raise Refusal("Required part 'submission' is not present.")
        for part in parts:
            if part.name == "files" and part.filename:
                path = self._files.place(part.filename)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(part.content)
        return _json(pages[0].content)

    def _checked(self, sent: object) -> tuple[str, int, Document]:
        """Return accession number, version and content of a good submission."""
        accno = sent.get("accno") if isinstance(sent, dict) else None
        old = self._store.get("submission", accno) if isinstance(accno, str) else None
        if accno and old is None:
            user = self._account.user
            raise Refusal(
                f"The user {user} is not allowed to provide accession number {accno}"
            )
        content = check_submission(sent, folder=self._files.folder, is_new=old is None)
        self._check_collection(content)
        if old is None:
            return f"S-TEST{self._store.next_number('submission')}", 1, content
        _check_same_doi(old, content)
        return str(accno), number(old, "version") + 1, content

    def _check_collection(self, content: Document) -> None:
        name = attribute_value(content, "AttachTo")
        if name is not None and name not in self._account.collections:
            raise Refusal(f"The collection '{name}' was not found")

    def _submit(self, sent: object) -> tuple[Document, int]:
        with self._store.exclusive():
            accno, version, content = self._checked(sent)
            saved = {**content, "accno": accno, "type": "submission"}
            if wants_doi(content):
                saved["attributes"] = self._with_doi(content, accno)
            document: Document = {
                "accno": accno,
                "version": version,
                "content": saved,
                "modified": clock.isoformat(clock.now()),
            }
            self._store.put("submission", accno, content=document)
        return saved, version

    def _with_doi(self, content: Document, accno: str) -> list[object]:
        # Not BioStudies' own prefix: a practice identifier must be seen as one.
        doi = f"{self._account.doi_prefix}/{accno}"
        kept = [a for a in attributes_of(content) if a.get("name") != "DOI"]
        return [*kept, {"name": "DOI", "value": doi}]

    def _asynchronous(self, sent: object) -> Answer:
        if not isinstance(sent, dict):
            raise Refusal("submission: expected a JSON object")
        try:
            saved, version = self._submit(sent)
        except Refusal as refusal:
            accno = f"S-TEST{self._store.next_number('submission')}"
            return self._request(accno, 1, errors=refusal.messages)
        return self._request(str(saved["accno"]), version, errors=())

    def _request(
        self, accno: str, version: object, *, errors: tuple[str, ...]
    ) -> Answer:
        state: Document = {"polls": 0, "errors": list(errors)}
        self._store.put("request", f"{accno}/{version}", content=state)
        return json_answer(200, {"accNo": accno, "version": version})

    def _follow(self, accno: str, version: str, *, what: str) -> Answer:
        key = f"{accno}/{version}"
        with self._store.exclusive():
            state = self._store.get("request", key)
            if state is None:
                return fail(404, f"The request {accno} {version} was not found")
            errors, polls = state["errors"], number(state, "polls")
            if what == "errors":
                return json_answer(200, {"errors": errors})
            self._store.put("request", key, content={**state, "polls": polls + 1})
        if errors:
            return json_answer(200, {"status": "INVALID" if polls else "SUBMITTED"})
        return json_answer(200, {"status": _STEPS[min(polls, len(_STEPS) - 1)]})

    def _list(self, request: Request) -> Answer:
        words = request.query.get("keywords", "").lower()
        found = [_summary(document) for document in self._store.all("submission")]
        found = [s for s in found if words in f"{s['title']} {s['accno']}".lower()]
        start = int(request.query.get("offset", "0"))
        return json_answer(
            200, found[start : start + int(request.query.get("limit", "15"))]
        )

    def _one(self, request: Request, name: str) -> Answer:
        accno = name.removesuffix(".json")
        document = self._store.get("submission", accno)
        if document is None:
            return fail(404, f"The submission '{accno}' was not found")
        if request.method == "DELETE":
            self._store.delete("submission", accno)
            return Answer(200)
        if request.method != "GET":
            return fail(405, "Request method is not supported")
        return json_answer(200, document["content"])

    def _drafts(self, request: Request, name: str) -> Answer:
        key, _slash, action = name.partition("/")
        if request.method == "POST" and not key:
            number = self._store.next_number("draft")
            return self._keep_draft(request, f"TMP_{number}")
        draft = self._store.get("draft", key)
        if draft is None:
            return fail(404, f"The draft '{key}' was not found")
        if request.method == "PUT":
            return self._keep_draft(request, key)
        if request.method == "POST" and action == "submit":
            answer = self._asynchronous(draft["content"])
            self._store.delete("draft", key)
            return answer
        if request.method == "DELETE":
            self._store.delete("draft", key)
            return Answer(200)
        return json_answer(200, draft)

    def _keep_draft(self, request: Request, key: str) -> Answer:
        draft: Document = {"key": key, "content": _json(request.body)}
        self._store.put("draft", key, content=draft)
        return json_answer(200, draft)


def _json(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise Refusal(f"The submission is not valid JSON: {error}") from error


def _check_same_doi(old: Document, content: Document) -> None:
    doi = attribute_value(nested(old, "content"), "DOI")
    if doi is not None and attribute_value(content, "DOI") != doi:
        raise Refusal(f"The given DOI should match the previous one: {doi}")


def _summary(document: Document) -> dict[str, object]:
    content = nested(document, "content")
    section = content.get("section")
    title = attribute_value(content, "Title")
    if title is None and isinstance(section, dict):
        title = attribute_value(section, "Title")
    return {
        "accno": document["accno"],
        "title": title or "",
        "version": document["version"],
        "rdate": attribute_value(content, "ReleaseDate"),
        "mtime": document["modified"],
        "status": "PROCESSED",
        "method": "PAGE_TAB",
    }
