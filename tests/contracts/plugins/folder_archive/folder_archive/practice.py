"""A folder that stands in for the real one in practice mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.sandbox import Archive

if TYPE_CHECKING:
    from fair_imagic.sandbox import Place


class FolderPractice:
    """Leads the target to a folder of the practice archives."""

    mount = "folder-archive"

    def open(self, place: Place) -> Archive:
        """Return it ready: it needs no requests."""
        folder = place.folder / self.mount
        return Archive(settings=lambda _url: {"folder": str(folder)})


PRACTICE = FolderPractice()
