"""Upgrade: what a data folder of an older program needs, looked at or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import migration, revision
from fair_imagic.catalogue.database import (
    Database,
    database_url,
    engine_of,
    refusals_told,
)

if TYPE_CHECKING:
    from fair_imagic.catalogue.migration import Step
    from fair_imagic.config import Settings

__all__ = ["steps_due"]


def steps_due(settings: Settings) -> list[Step]:
    """Return the steps that the tables of a data folder lack; nothing is written.

    None where there is no catalogue yet. Raises
    :class:`~fair_imagic.errors.ConfigurationError` for one of a newer program, and for
    one that cannot be opened.
    """
    if not settings.journal_url and not (settings.home / "journal.sqlite").exists():
        return []
    database = Database(engine_of(database_url(settings)))
    try:
        with refusals_told(database):
            now = revision.of_database(database)
        if now == revision.NO_TABLES:
            return []
        revision.refuse_if_unknown(database, now)
        return migration.steps_after(now)
    finally:
        database.close()
