"""The version of our code, as a part of the keys of what is kept between two runs."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from fair_imagic import rdf
from fair_imagic.version import __version__

__all__ = ["code_version"]

_HERE = Path(__file__).parent


@functools.cache
def code_version(folder: Path = _HERE) -> str:
    """Return what changes with any module of a folder: the engine's, if none is named.

    Terms and statements come from :mod:`fair_imagic.rdf`: it counts too.
    """
    digest = hashlib.sha256(__version__.encode())
    for path in (*sorted(folder.rglob("*.py")), Path(rdf.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
