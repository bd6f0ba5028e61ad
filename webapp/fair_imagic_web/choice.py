"""Images chosen on pages of lists: kept under the name of what they are.

A choice goes along in addresses, so that going back, another page of the list and
another search keep it; for that, thousands of images have a short name. Nobody loses
more than ticks where a choice that is a week old is gone.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from typing import TYPE_CHECKING

from fair_imagic.files import write_atomically
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["chosen_under", "keep_choice"]

_KEY = re.compile("[0-9a-f]{24}")
_KEPT_S = 7 * 24 * 3600
_LARGEST_BYTES = 4 << 20


def keep_choice(names: Collection[str]) -> str:
    """Keep short names of images; return the key of the choice, empty for none."""
    if not names:
        return ""
    text = "\n".join(sorted(names))
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    path = _folder() / key
    if not path.is_file():
        write_atomically(path, text)
        _remove_old()
    return key


def chosen_under(key: str) -> frozenset[str]:
    """Return the short names of the images of a choice; none where it is gone."""
    if not _KEY.fullmatch(key):
        return frozenset()
    path = _folder() / key
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if path.stat().st_size <= _LARGEST_BYTES:
            return frozenset(path.read_text(encoding="utf-8").split("\n"))
    return frozenset()


def _folder() -> Path:
    return workspace().settings.home / "choices"


def _remove_old() -> None:
    oldest = time.time() - _KEPT_S
    for path in _folder().iterdir():
        # another process may remove it meanwhile
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
