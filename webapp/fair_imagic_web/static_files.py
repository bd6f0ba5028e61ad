"""Style and scripts: their addresses change with their content: browsers keep them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, request

if TYPE_CHECKING:
    from flask import Response

__all__ = ["address", "is_static", "kept"]

_ENDPOINT = "static"
_VERSION = "v"


def address(endpoint: str, values: dict[str, Any]) -> None:
    """Complete the address of a static file by what tells its content."""
    if endpoint == _ENDPOINT and "filename" in values:
        path = Path(current_app.static_folder or "") / str(values["filename"])
        if path.is_file():
            values.setdefault(_VERSION, _version(path, path.stat().st_mtime_ns))


@functools.lru_cache(maxsize=64)
def _version(path: Path, _changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def is_static() -> bool:
    """Return whether this request is for a static file, the same for everybody."""
    return request.endpoint == _ENDPOINT


def kept(response: Response) -> Response:
    """Let a browser keep a static file that it asked for by its content."""
    wanted: dict[str, Any] = dict(request.view_args or {})
    address(_ENDPOINT, wanted)
    if response.status_code in (200, 304) and (
        request.args.get(_VERSION, "") == wanted.get(_VERSION)
    ):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
