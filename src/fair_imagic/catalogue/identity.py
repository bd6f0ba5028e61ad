"""What tells the journal that was opened from another one that stands in its place.

Three things must stay as they were: the file (a copy of it is another file), the mark
that the journal got when it was made, and that its numbers never go back. Else a change
would be acknowledged that nobody finds again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from fair_imagic.catalogue.tables import CHANGE_SET, JOURNAL_MARK
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Identity"]


class Identity:
    """The identity of an opened journal. Threads may share it."""

    def __init__(self, engine: Engine, *, place: str) -> None:
        """Remember the journal as it is now; its tables are those of this program.

        ``place`` is where it is, for messages.
        """
        is_file = engine.dialect.name == "sqlite"
        self._path = Path(engine.url.database or "") if is_file else None
        self._place = place
        self._file = self._file_now()
        with engine.connect() as connection:
            self._mark, self._number = _read(connection)

    def refuse_other_file(self) -> None:
        """Raise ConfigurationError where the file is gone, or is another one."""
        file = self._file_now()
        if file != self._file:
            raise self._replaced(_("another file") if file else _("no file"))

    def refuse_other(self, connection: Connection) -> None:
        """Raise ConfigurationError where this is another journal, or an older copy."""
        self.refuse_other_file()
        # first: another thread may note a later number while this one reads
        least = self._number
        try:
            mark, number = _read(connection)
        except DatabaseError as error:
            raise self._replaced(str(error.orig)) from error
        if mark != self._mark:
            raise self._replaced(_("the journal of another catalogue"))
        if number < least:
            raise self._replaced(_("an older copy of the journal"))
        self._number = max(number, least)

    def _file_now(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _replaced(self, found: str) -> ConfigurationError:
        return ConfigurationError(
            _("The data folder was replaced or removed while this program was running"),
            where=self._place,
            found=found,
            hint=_(
                "Nothing more is written. Put the data folder back, or keep the new "
                "one; then start this program again."
            ),
        )


def _read(connection: Connection) -> tuple[str, int]:
    mark = connection.execute(select(JOURNAL_MARK.c.mark)).scalar()
    number = connection.execute(select(func.max(CHANGE_SET.c.number))).scalar()
    return str(mark), int(number or 0)
