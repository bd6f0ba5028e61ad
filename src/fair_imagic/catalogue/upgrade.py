"""Upgrade: what a data folder of an older program needs, looked at or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import migration, renaming, revision
from fair_imagic.catalogue.database import (
    Database,
    database_url,
    engine_of,
    refusals_told,
)

if TYPE_CHECKING:
    from fair_imagic.catalogue.migration import Step
    from fair_imagic.config import Settings

__all__ = ["catalogue_is_there", "holds_names", "steps_due"]


def steps_due(settings: Settings) -> list[Step]:
    """Return the steps that the tables of a data folder lack; nothing is written.

    None where there is no catalogue yet. Raises
    :class:`~fair_imagic.errors.ConfigurationError` for one of a newer program, and for
    one that cannot be opened.
    """
    if not catalogue_is_there(settings):
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


def catalogue_is_there(settings: Settings) -> bool:
    """Return whether a data folder has a catalogue; one on a server counts as there."""
    return bool(settings.journal_url) or (settings.home / "journal.sqlite").exists()


def holds_names(settings: Settings) -> bool:
    """Return whether a data folder that is up to date holds names of people for ever.

    They are in its journal, where an older program wrote them.
    """
    database = Database(engine_of(database_url(settings)))
    try:
        with database.reading() as connection:
            return renaming.holds_names(connection)
    finally:
        database.close()
