"""The disk: free pages of an SQLite file, given back or overwritten."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database

__all__ = ["give_back"]

# The space is a matter of comfort: whoever uses the file is not waited for long.
_PATIENCE_MS = 2000


def give_back(database: Database, *, always: bool = False) -> bool:
    """Give free pages of an SQLite file back to the disk, where that is safe and quick.

    False where there is not enough room for the copy that SQLite makes, or another
    process has the file in use: then the pages are used again by what is written next.
    With ``always``, all is written anew even where no page is free: nothing of what was
    deleted is left then, in the file of recent changes either.
    """
    file = database.engine.url.database
    if database.engine.dialect.name != "sqlite" or not file:
        return False
    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        (free,) = driver.execute("PRAGMA freelist_count").fetchone()
        room = shutil.disk_usage(Path(file).parent).free
        if not (free or always):
            return True
        if room < 2 * Path(file).stat().st_size:
            return False
        try:
            # outside of a transaction, which SQLAlchemy would begin
            driver.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
            driver.execute("VACUUM")
            checkpoint = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            # the next one opens it with the patience of a writer again
            connection.invalidate()
    return not checkpoint[0]  # whether somebody stood in the way
