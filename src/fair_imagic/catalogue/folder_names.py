"""What a data folder makes names from: kept at first use, whatever the settings say.

Records are named after ``base_iri``, DOIs and submissions after ``facility_key``. Where
a setting changes, what is there keeps its names: else the same set would get a second
DOI, and nothing would be found under the name that it has.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from fair_imagic.catalogue.tables import FOLDER_NAME, PUBLICATION, RECORD
from fair_imagic.clock import isoformat, now
from fair_imagic.config import SETTINGS
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.i18n import _
from fair_imagic.model.bases import Bases

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings

__all__ = ["DEFAULT_BASE", "bases_of", "rebase", "rebased", "settled"]

_BASE, _KEY = "base_iri", "facility_key"
_DEFAULTS = {one.name: one.default for one in SETTINGS}
DEFAULT_BASE = _DEFAULTS[_BASE]
"""A setting that stands for whatever base the data folder keeps."""

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]?#]+/")
_NAMED = re.compile(r"(.+/)[a-z-]+/[^/]+")
_LOOKED_AT = 1000


def settled(database: Database, settings: Settings, *, write: bool = True) -> Settings:
    """Return the settings with the names that the data folder keeps.

    They are kept where there are none yet (not with ``write`` off). A setting that was
    left at its default stands for the name that is kept.

    Raises
    ------
    ConfigurationError
        Where a setting names another base although there are records, or another
        facility key although there are publications.
    """
    with database.reading() as connection:
        kept = _kept(connection)
        wanted = _wanted(connection, settings, kept)
    if wanted != kept and write:
        with database.transaction() as connection:
            _keep(connection, _wanted(connection, settings, _kept(connection)))
    _refuse_others(settings, wanted)
    return dataclasses.replace(
        settings, base_iri=wanted[_BASE][0], facility_key=wanted[_KEY][-1]
    )


def bases_of(database: Database, settings: Settings) -> Bases:
    """Return all bases of the data folder; that of the settings where none is kept."""
    with database.reading() as connection:
        history = _kept(connection)[_BASE]
    return Bases(history or (settings.base_iri,))


def rebase(database: Database, settings: Settings, new: str) -> Bases:
    """Put another base into force; all that was there before stays an alias.

    Rows of one table in one transaction: nothing else is written. Raises what
    :func:`rebased` raises.
    """
    with database.transaction() as connection:
        names = _rebased(connection, settings, new)
        _keep(connection, names)
    return Bases(names[_BASE])


def rebased(database: Database, settings: Settings, new: str) -> Bases:
    """Return the bases that there would be, and change nothing.

    Raises ConfigurationError for what cannot be a base, and ConflictError where it is
    in force already or there is no record.
    """
    with database.reading() as connection:
        return Bases(_rebased(connection, settings, new)[_BASE])


def _rebased(
    connection: Connection, settings: Settings, new: str
) -> dict[str, tuple[str, ...]]:
    base = _readable(new)
    if not _exists(connection, RECORD.c.id):
        raise ConflictError(
            _("There is no record yet: nothing has a name"),
            hint=_("Set base_iri to {new}.").format(new=base),
        )
    names = _wanted(connection, settings, _kept(connection))
    if names[_BASE][-1] == base:
        raise ConflictError(_("This base is in force already"), found=base)
    return {**names, _BASE: (*names[_BASE], base)}


def _readable(text: str) -> str:
    base = text.strip().rstrip("/") + "/"
    if _IRI.fullmatch(base) is None:
        raise ConfigurationError(
            _("This cannot be the base of identifiers"),
            expected="https://imagic.example.org/id/",
            found=text,
        )
    return base


def _kept(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the names that are kept, by setting, the one in force last."""
    found: dict[str, tuple[str, ...]] = {_BASE: (), _KEY: ()}
    rows = select(FOLDER_NAME.c.setting, FOLDER_NAME.c.value)
    for setting, value in connection.execute(rows.order_by(FOLDER_NAME.c.number)):
        found[setting] = (*found.get(setting, ()), value)
    return found


def _wanted(
    connection: Connection, settings: Settings, kept: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return what is kept, with what may still change as the settings say."""
    wanted = dict(kept)
    if not _exists(connection, RECORD.c.id):
        wanted[_BASE] = (settings.base_iri,)
    elif not kept[_BASE]:  # an older program kept none
        wanted[_BASE] = (_base_of_records(connection, settings.base_iri),)
    chosen = settings.facility_key
    free = not _exists(connection, PUBLICATION.c.id) and chosen != _DEFAULTS[_KEY]
    if not kept[_KEY] or (free and kept[_KEY][-1] != chosen):
        wanted[_KEY] = (*kept[_KEY], chosen)
    return wanted


def _exists(connection: Connection, column: Any) -> bool:
    return connection.execute(select(column).limit(1)).first() is not None


def _base_of_records(connection: Connection, chosen: str) -> str:
    """Return the base that the records have: the settings' one if any record does."""
    has = select(RECORD.c.iri).where(RECORD.c.iri.startswith(chosen, autoescape=True))
    if connection.execute(has.limit(1)).first() is not None:
        return chosen
    rows = connection.execute(select(RECORD.c.iri).limit(_LOOKED_AT)).scalars()
    named = (_NAMED.fullmatch(iri) for iri in rows)
    counts = Counter(match[1] for match in named if match is not None)
    return counts.most_common(1)[0][0] if counts else chosen


def _keep(connection: Connection, names: dict[str, tuple[str, ...]]) -> None:
    """Keep what has come into force; a base without any record is forgotten."""
    before = _kept(connection)
    if before[_BASE] != names[_BASE][: len(before[_BASE])]:
        connection.execute(FOLDER_NAME.delete().where(FOLDER_NAME.c.setting == _BASE))
        before[_BASE] = ()
    stamp = isoformat(now())
    rows = [
        {"setting": setting, "value": value, "since": stamp}
        for setting, values in names.items()
        for value in values[len(before[setting]) :]
    ]
    if rows:
        connection.execute(insert(FOLDER_NAME), rows)


def _refuse_others(settings: Settings, kept: dict[str, tuple[str, ...]]) -> None:
    base, key = kept[_BASE][-1], kept[_KEY][-1]
    if settings.base_iri not in (base, DEFAULT_BASE):
        raise ConfigurationError(
            _("The setting base_iri is not the base of the records that are here"),
            where=str(settings.home),
            expected=base,
            found=settings.base_iri,
            hint=_(
                "Set base_iri to {kept} again, or give the records the other base: "
                "fair-imagic rebase {new}"
            ).format(kept=base, new=settings.base_iri),
        )
    if settings.facility_key not in (key, _DEFAULTS[_KEY]):
        raise ConfigurationError(
            _("The setting facility_key is not the one that publications are named by"),
            where=str(settings.home),
            expected=key,
            found=settings.facility_key,
            hint=_(
                "Set facility_key to {kept} again: with another key, what is published "
                "would get a second identifier."
            ).format(kept=key),
        )
