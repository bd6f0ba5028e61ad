"""The folder of scripts as it lies now: what stands against depositing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.publish.software_heritage.archive import read_folder
from fair_imagic.publish.software_heritage.rules import ARCHIVES, SPECIAL_FILES
from fair_imagic.publish.software_heritage.swhid import directory_swhid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder_states"]


def folder_states(folder: Path | None, *, swhid: str = "") -> Iterator[str]:
    """Yield in one word each what a check would say of a folder.

    ``swhid`` is the identifier under which it was archived, where it was. The words
    are those of the tests in ``checks.node_tests.storage``.
    """
    if folder is None or not folder.exists():
        yield "missing"
        return
    try:
        files = read_folder(folder)
    except InputError:
        yield "refused"
        return
    except OSError:
        yield "missing"
        return
    if len(files) == 1 and next(iter(files)).lower().endswith(ARCHIVES):
        yield "only-an-archive"
    tops = [name.upper() for name in files if "/" not in name]
    for kind, starts in SPECIAL_FILES.items():
        if not any(name.startswith(starts) for name in tops):
            yield f"no-{kind}"
    if swhid and directory_swhid(files) != swhid:
        yield "changed"
