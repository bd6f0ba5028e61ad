"""The deposit API below ``/1``: routes, accounts, states and origins.

The checker and the loader take one step each time the state is asked for, so that a
client must poll, and tests need no clock. Not here: deposits that expire, and whether
the target of a metadata-only deposit is in the archive.
"""

from __future__ import annotations

import re
import secrets
import uuid
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.files import write_atomically
from fair_imagic.sandbox.exchange import Answer
from fair_imagic.sandbox.store import texts
from fair_imagic.sandbox.sword import answers
from fair_imagic.sandbox.sword.answers import SwordError
from fair_imagic.sandbox.sword.deposit import advanced, listed_fields, public_fields
from fair_imagic.sandbox.sword.entry import read_entry
from fair_imagic.sandbox.sword.upload import archive_in, upload_in

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.store import Document, Store
    from fair_imagic.sandbox.sword.account import Account
    from fair_imagic.sandbox.sword.entry import Entry
    from fair_imagic.sandbox.sword.upload import Upload

__all__ = ["Sword"]

_ALLOWED = {
    "": ("GET", "POST"),
    "atom": ("GET", "PUT", "DELETE"),
    "media": ("POST", "PUT", "DELETE"),
    "metadata": ("POST", "GET"),
    "status": ("GET",),
    "content": ("GET",),
}


class Sword:
    """A practice Software Heritage deposit server."""

    def __init__(self, store: Store, *, account: Account, folder: Path) -> None:
        self._store = store
        self._account = account
        self._folder = folder

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request."""
        try:
            self._check_user(request)
            with self._store.exclusive():
                return self._route(request)
        except SwordError as error:
            return answers.error_answer(error)

    def _check_user(self, request: Request) -> None:
        user, password = request.basic_credentials() or ("", "")
        wanted = self._account.password
        is_same = secrets.compare_digest(password.encode(), wanted.encode())
        if user != self._account.user or not is_same:
            raise SwordError(401, "unauthorized", "Invalid username/password.")
        if request.header("on-behalf-of"):
            raise SwordError(412, "mediation-not-allowed", "Mediation is not supported")

    def _route(self, request: Request) -> Answer:
        path = request.path.removeprefix("/1").strip("/")
        base = request.base_url + "/1"
        if path == "servicedocument":
            return answers.service_document(base, self._account.collection)
        found = re.fullmatch(r"([^/]+)(?:/(\d+)/([a-z]+))?", path)
        part = (found.group(3) or "") if found else ""
        if found is None or part not in _ALLOWED:
            raise SwordError(404, "not-found", "Unknown path")
        if found.group(1) != self._account.collection:
            raise SwordError(404, "not-found", f"Unknown collection {found.group(1)}")
        if request.method not in _ALLOWED[part]:
            raise SwordError(
                405, "method-disallowed", f"{request.method} is not allowed here"
            )
        if not part:
            return self._collection(request, base)
        return self._deposit(request, int(found.group(2)), part=part, base=base)

    def _collection(self, request: Request, base: str) -> Answer:
        if request.method == "GET":
            return self._list(request, base)
        upload = upload_in(request)
        entry = None if upload.atom is None else read_entry(upload.atom)
        deposit: Document = {
            "date": clock.isoformat(clock.now()),
            "client": self._account.user,
            "collection": self._account.collection,
            "status": "partial",
            "slug": request.header("slug"),
            "origin": "",
            "atoms": [],
            "archives": [],
        }
        deposit = self._with_origin(deposit, entry, request=request)
        if entry is not None and entry.reference:
            deposit = _metadata_only(deposit, entry)
        # a refused deposit uses up no number
        deposit = {"id": self._store.next_number("deposit"), **deposit}
        deposit = self._with_upload(deposit, upload)
        return self._finish(request, deposit, status=201, base=base)

    def _list(self, request: Request, base: str) -> Answer:
        deposits = self._store.all("deposit")
        page = _positive(request.query.get("page"), 1)
        size = _positive(request.query.get("page_size"), 100)
        shown = deposits[(page - 1) * size : page * size]
        place = f"{base}/{self._account.collection}/"
        is_last = page * size >= len(deposits)
        return answers.feed(
            [listed_fields(deposit) for deposit in shown],
            count=len(deposits),
            more="" if is_last else f"{place}?page={page + 1}&page_size={size}",
        )

    def _with_origin(
        self, deposit: Document, entry: Entry | None, *, request: Request
    ) -> Document:
        start = self._account.provider_url.rstrip("/") + "/"
        if entry is None or not (entry.create_origin or entry.add_to_origin):
            slug = request.header("slug") or str(uuid.uuid4())
            url = deposit["origin"] or f"{start}{slug}"
            reference = entry.reference if entry is not None else ""
            return {**deposit, "origin": reference or url}
        url = entry.create_origin or entry.add_to_origin
        if not url.startswith(start):
            raise SwordError(
                403,
                "forbidden",
                f"Cannot create origin {url}, it must start with {start}",
            )
        if entry.add_to_origin and not self._earlier(url):
            raise SwordError(
                404, "not-found", f"No loaded deposit found on origin {url}"
            )
        return {**deposit, "origin": url}

    def _earlier(self, origin: str) -> list[Document]:
        deposits = self._store.all("deposit")
        return [
            d
            for d in deposits
            if d["origin"] == origin and d["status"] == "done" and d.get("release")
        ]

    def _with_upload(self, deposit: Document, upload: Upload) -> Document:
        if upload.atom is not None:
            atoms = [*texts(deposit, "atoms"), upload.atom.decode("utf-8")]
            deposit = {**deposit, "atoms": atoms}
        if upload.archive is not None:
            names = texts(deposit, "archives")
            name = f"{deposit['id']}-{len(names)}.archive"
            write_atomically(self._folder / name, upload.archive)
            deposit = {
                **deposit,
                "archives": [*names, name],
                "archive": upload.name,
            }
        return deposit

    def _finish(
        self, request: Request, deposit: Document, *, status: int, base: str
    ) -> Answer:
        is_open = request.header("in-progress").lower() == "true"
        if deposit["status"] == "partial" and not is_open:
            deposit = {
                **deposit,
                "status": "deposited",
                "completed": clock.isoformat(clock.now()),
            }
        self._keep(deposit)
        place = f"/{deposit['collection']}/{deposit['id']}"
        fields = public_fields(deposit, with_origin=False)
        return answers.receipt(fields, base=base, status=status, place=place)

    def _keep(self, deposit: Document) -> None:
        self._store.put("deposit", f"{deposit['id']:09d}", content=deposit)

    def _deposit(
        self, request: Request, number: int, *, part: str, base: str
    ) -> Answer:
        deposit = self._store.get("deposit", f"{number:09d}")
        if deposit is None:
            raise SwordError(404, "not-found", f"Deposit {number} does not exist")
        if part == "status":
            return self._status(deposit)
        if request.method == "GET":
            return answers.state(public_fields(deposit, with_origin=True))
        if request.method == "DELETE":
            return self._delete(deposit, part)
        if part == "atom":
            return self._edit(request, deposit)
        if deposit["status"] != "partial":
            raise SwordError(
                400,
                "bad-request",
                "You can only act on deposit with status 'partial'",
                details=f"This deposit has status '{deposit['status']}'",
            )
        return self._add(request, deposit, part=part, base=base)

    def _status(self, deposit: Document) -> Answer:
        """Return the state, one step on: the checker and the loader work meanwhile."""
        fields = public_fields(deposit, with_origin=True)
        names = texts(deposit, "archives")
        archives = [(self._folder / name).read_bytes() for name in names]
        branches = {
            str(d["branch"]): str(d["release"])
            for d in self._earlier(str(deposit["origin"]))
        }
        self._keep(advanced(deposit, archives, branches=branches))
        return answers.state(fields)

    def _add(
        self, request: Request, deposit: Document, *, part: str, base: str
    ) -> Answer:
        if part == "media":
            if request.method == "PUT":
                deposit = {**deposit, "archives": []}
            deposit = self._with_upload(deposit, archive_in(request))
            status = 204 if request.method == "PUT" else 201
            answer = self._finish(request, deposit, status=status, base=base)
            return Answer(204) if status == 204 else answer
        if not request.body:  # SE-IRI with an empty body: finish only
            return self._finish(request, deposit, status=200, base=base)
        entry = read_entry(request.body)
        deposit = self._with_origin(deposit, entry, request=request)
        upload = upload_in(request)
        deposit = self._with_upload(deposit, upload)
        return self._finish(request, deposit, status=201, base=base)

    def _edit(self, request: Request, deposit: Document) -> Answer:
        entry = read_entry(request.body)
        if deposit["status"] not in ("partial", "done"):
            raise SwordError(
                400, "bad-request", "You can only act on deposit with status 'partial'"
            )
        if deposit["status"] == "done":
            swhid = request.header("x-check-swhid")
            if swhid != deposit.get("swhid"):
                raise SwordError(
                    400,
                    "bad-request",
                    f"Mismatched provided SWHID {swhid} with deposit's",
                )
            if entry.problems:
                raise SwordError(
                    400,
                    "bad-request",
                    "Functional metadata checks failure",
                    details="\n".join(entry.problems),
                )
        else:
            deposit = self._with_origin(deposit, entry, request=request)
        self._keep({**deposit, "atoms": [entry.xml]})
        return Answer(204)

    def _delete(self, deposit: Document, part: str) -> Answer:
        if deposit["status"] != "partial":
            raise SwordError(
                400, "bad-request", "You can only act on deposit with status 'partial'"
            )
        if part == "media":
            self._keep({**deposit, "archives": []})
        else:
            self._store.delete("deposit", f"{deposit['id']:09d}")
        return Answer(204)


def _positive(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) else default


def _metadata_only(deposit: Document, entry: Entry) -> Document:
    if entry.problems:
        raise SwordError(
            400,
            "bad-request",
            "Functional metadata checks failure",
            details="\n".join(entry.problems),
        )
    return {**deposit, "status": "done"}
