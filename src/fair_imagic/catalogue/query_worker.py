"""A process that answers queries, so that it can be ended at the deadline.

It reads requests as JSON lines from its input and answers with JSON lines. A store is
opened anew when the request names another version than the one that is open.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.catalogue.index import open_read_only
from fair_imagic.catalogue.query import answer
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import set_language

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["main"]

# A query that needs more memory than this is ended by the system.
_ADDRESS_SPACE_BYTES = 8 << 30


def main() -> None:
    """Answer requests until the input ends."""
    import resource

    limit = (_ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, limit)
    stores: dict[str, tuple[Any, pyoxigraph.Store]] = {}
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answered(json.loads(line), stores)) + "\n")
        sys.stdout.flush()


def _answered(
    request: dict[str, Any], stores: dict[str, tuple[Any, pyoxigraph.Store]]
) -> dict[str, Any]:
    set_language(request["language"])
    path, version = request["path"], request["version"]
    try:
        if path not in stores or stores[path][0] != version:
            stores.pop(path, None)
            stores[path] = (version, open_read_only(Path(path)))
        store = stores[path][1]
        result = answer(store, request["sparql"], rows_at_most=request["rows_at_most"])
    except FairImagicError as error:
        return {"error": _parts(error), "kind": type(error).__name__}
    return {
        "variables": result.variables,
        "rows": result.rows,
        "boolean": result.boolean,
        "triples": result.triples,
        "truncated": result.truncated,
    }


def _parts(error: FairImagicError) -> dict[str, str]:
    names = ("message", "where", "expected", "found", "hint")
    return {name: getattr(error, name) for name in names}


if __name__ == "__main__":
    main()
