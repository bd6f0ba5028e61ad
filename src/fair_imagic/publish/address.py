"""Where the landing page of a published record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.config import Settings

__all__ = ["landing_page_of", "landing_path_of"]


def landing_path_of(record: str) -> str:
    """Return the path of a record's landing page: ``published/set/demo``.

    It is made of the kind and the slug in the record's IRI, which never change.
    """
    kind, slug = record.rstrip("/").rsplit("/", 2)[-2:]
    return f"published/{kind}/{slug}"


def landing_page_of(settings: Settings, record: str) -> str:
    """Return the public address of a record's landing page."""
    return settings.public_url + landing_path_of(record)
