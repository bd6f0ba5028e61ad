"""The BioStudies submission API for one account.

Stricter than the real service: references must lead to a section, and no two sections
share an accession. Not here: submissions as TSV, file lists as XLSX, other users.
As there, no template is enforced: what the curators miss is not found here.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.sandbox.biostudies.answers import Refusal, fail
from fair_imagic.sandbox.biostudies.filelist import check_paths, read_list
from fair_imagic.sandbox.biostudies.submissions import Submissions
from fair_imagic.sandbox.biostudies.userfiles import UserFiles
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.multipart import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.sandbox.biostudies.account import Account
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.store import Store

__all__ = ["BioStudies"]


class BioStudies:
    """A practice BioStudies."""

    def __init__(self, store: Store, *, account: Account, folder: Path) -> None:
        self._store = store
        self._account = account
        self._files = UserFiles(folder / "files")
        self._submissions = Submissions(store, account=account, files=self._files)

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request."""
        if request.path == "/auth/login":
            return self._login(request)
        if not self._has_session(request):
            return fail(401, "Full authentication is required to access this resource")
        try:
            return self._route(request)
        except Refusal as refusal:
            return fail(refusal.status, *refusal.messages)
        except InputError as error:
            return fail(400, f"{error.message}: {error.found}")
        except ValueError as error:
            return fail(400, f"The request cannot be read: {error}")

    def _route(self, request: Request) -> Answer:
        path = request.path
        if path == "/collections" and request.method == "GET":
            names = self._account.collections
            return json_answer(200, [{"accno": name, "title": name} for name in names])
        if path == "/submissions/fileLists/validate" and request.method == "POST":
            return self._validate(request)
        if re.match(r"/(files|folder)/user", path):
            return self._files.answer(request)
        if path.startswith("/submissions"):
            return self._submissions.answer(request)
        if path == "/auth/logout" and request.method == "POST":
            self._store.delete("session", request.header("x-session-token"))
            return Answer(200)
        return fail(404, "Not found")

    def _login(self, request: Request) -> Answer:
        if request.method != "POST":
            return fail(405, "Request method is not supported")
        try:
            content = request.json()
        except ValueError:
            content = None
        if not isinstance(content, dict):
            return fail(400, "Login and password are expected as JSON")
        if not self._is_user(content.get("login"), content.get("password")):
            return fail(401, "Invalid email address or password.")
        token = secrets.token_hex(24)
        user = self._account.user
        self._store.put("session", token, content={"user": user})
        return json_answer(
            200, {"sessid": token, "email": user, "username": user, "superuser": False}
        )

    def _is_user(self, login: object, password: object) -> bool:
        account = self._account
        return login == account.user and secrets.compare_digest(
            str(password).encode(), account.password.encode()
        )

    def _has_session(self, request: Request) -> bool:
        token = request.header("x-session-token")
        return bool(token) and self._store.get("session", token) is not None

    def _validate(self, request: Request) -> Answer:
        form = fields_of(request)
        name = form.get("fileListName")
        if not name:
            raise Refusal("Required parameter 'fileListName' is not present.")
        folder = self._files.place(form.get("rootPath", ""))
        check_paths(folder, read_list(folder, name))
        return Answer(200)
