"""The folder that a user uploads to."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from fair_imagic.files import confined, write_atomically
from fair_imagic.sandbox.biostudies.answers import Refusal, fail
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.multipart import fields_of, parts_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.sandbox.exchange import Request

__all__ = ["UserFiles"]


class UserFiles:
    """``/files/user`` and ``/folder/user`` of one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request below ``/files/user`` or ``/folder``."""
        route = (request.method, request.path)
        if route == ("POST", "/folder/user/create"):
            return self._create(request)
        if route == ("POST", "/files/user/upload"):
            return self._upload(request, below=fields_of(request).get("filePath", ""))
        if route == ("POST", "/files/user/query"):
            return self._list(_text_in(request, "path"))
        below = request.path.removeprefix("/files/user").strip("/")
        if request.path.startswith("/files/user"):
            if request.method == "POST":
                return self._upload(request, below=below)
            if request.method == "GET":
                return self._list(below)
            if request.method == "DELETE":
                return self._delete(below, request.query.get("fileName", ""))
        return fail(404, "Not found")

    def place(self, name: str) -> Path:
        """Return a path inside the user's folder."""
        clean = name.strip("/")
        return confined(self.folder, clean) if clean else self.folder

    def _upload(self, request: Request, *, below: str) -> Answer:
        folder = self.place(below)
        parts = [part for part in parts_of(request) if part.name == "files"]
        if not parts:
            raise Refusal("Required part 'files' is not present.")
        for part in parts:
            if not part.filename:
                raise Refusal("A file without a name was sent")
            path = confined(folder, part.filename)
            self.place(str(path.relative_to(self.folder)))
            write_atomically(path, part.content)
        return Answer(200)

    def _create(self, request: Request) -> Answer:
        name = _text_in(request, "fileName")
        if not name:
            raise Refusal("fileName must not be blank")
        below = _text_in(request, "path").strip("/")
        self.place(f"{below}/{name}").mkdir(parents=True, exist_ok=True)
        return Answer(200)

    def _list(self, below: str) -> Answer:
        folder = self.place(below)
        if not folder.is_dir():
            return json_answer(200, [])
        entries = [
            {
                "name": path.name,
                "path": "/".join(filter(None, ["user", below.strip("/")])),
                "size": path.stat().st_size if path.is_file() else 0,
                "type": "FILE" if path.is_file() else "DIR",
            }
            for path in sorted(folder.iterdir())
        ]
        return json_answer(200, entries)

    def _delete(self, below: str, name: str) -> Answer:
        path = self.place(f"{below}/{name}")
        if not name or not path.exists():
            raise Refusal(f"File not found: {name}")
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return Answer(200)


def _text_in(request: Request, key: str) -> str:
    content = request.json()
    value = content.get(key) if isinstance(content, dict) else None
    return value if isinstance(value, str) else ""
