"""Drawn reports that wait on the disk until all of them are there."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

__all__ = ["Parts"]


class Parts(Mapping[str, str]):
    """Texts by the IRI of their subject, in a file that is gone when it is closed.

    The reports of a large catalogue are more than memory should hold.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="fair-imagic-")  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Parts:
        """Return the texts."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the file."""
        self._file.close()

    def keep(self, subject: str, text: str) -> None:
        """Keep a text."""
        start = self._file.seek(0, 2)
        size = self._file.write(text.encode())
        self._places[subject] = (start, size)

    def __getitem__(self, subject: str) -> str:
        """Return a text; KeyError for none."""
        start, size = self._places[subject]
        self._file.seek(start)
        return self._file.read(size).decode()

    def __iter__(self) -> Iterator[str]:
        """Yield the subjects, in the order in which their texts came."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._places)
