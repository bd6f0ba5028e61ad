"""The ledger of publications and the outbox: what was begun, and how far it came.

A state, its outbox row and the record that is made of them change in one transaction,
so that after a crash they say the same. What is public stays ``published``: a later try
that is refused or lost is told by its outbox row and the message alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from fair_imagic.catalogue.tables import OUTBOX, PUBLICATION
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.publish.state import STATE_BADGES, TRANSITIONS, TRIES, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Row

    from fair_imagic.catalogue.database import Database

    #: Makes the record of a publication from its row, in the row's own transaction.
    Keep = Callable[[Connection, "Delivery"], None]

__all__ = [
    "OUTBOX",
    "PUBLICATION",
    "STATE_BADGES",
    "TRANSITIONS",
    "Delivery",
    "Edition",
    "State",
    "all_deliveries",
    "deliveries_of",
    "delivery",
    "enqueue",
    "find",
    "ledger_sum",
    "move",
    "register",
    "rekey",
    "unversioned",
    "waiting",
    "with_version",
]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is published once, whatever the settings say: a version of a record.

    What practice archives got is another edition than the real one.
    """

    subject: str
    version: str
    target: str
    practice: bool


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One row of the publication table."""

    id: int
    subject: str
    target: str
    key: str
    version: str | None
    practice: bool
    state: State
    remote_state: str
    identifier: str
    url: str
    landing_page: str
    snapshot_hash: str
    package_hash: str
    message: str
    created: str
    modified: str
    published: str

    @property
    def is_public(self) -> bool:
        """Whether the archive has it, whatever became of a later try."""
        return bool(self.published) and self.state is not State.WITHDRAWN


def find(database: Database, edition: Edition) -> Delivery | None:
    """Return the publication of an edition, None where it has none yet."""
    with database.reading() as connection:
        return _row(connection, *_is_edition(edition))


def register(
    database: Database, edition: Edition, *, key: str, landing_page: str = ""
) -> Delivery:
    """Return the publication of an edition, stored as a draft where it is new.

    This is done before the first call to an archive. An archive that keeps all versions
    of a record under one key goes on under it. Raises ConflictError where the key
    belongs to another record, or the edition has another key already.
    """
    with database.transaction() as connection:
        held = _row(connection, *_is_edition(edition))
        if held is None:
            held = _row(
                connection,
                PUBLICATION.c.target == edition.target,
                PUBLICATION.c.practice == edition.practice,
                PUBLICATION.c.key == key,
            )
            if held is None:
                held = _draft(connection, edition, key, landing_page)
            elif held.subject == edition.subject:
                _write(connection, held.id, {"version": edition.version})
                held = _existing(connection, held.id)
    if held.subject != edition.subject:
        raise ConflictError(
            _("This identifier is taken by another record"),
            where=key,
            expected=edition.subject,
            found=held.subject,
        )
    if held.key != key:
        raise ConflictError(
            _("This version of the record has another identifier already"),
            where=edition.subject,
            expected=held.key,
            found=key,
            hint=_("Look at what would be sent again, then publish."),
        )
    return held


def _is_edition(edition: Edition) -> tuple[Any, ...]:
    return (
        PUBLICATION.c.subject == edition.subject,
        PUBLICATION.c.version == edition.version,
        PUBLICATION.c.target == edition.target,
        PUBLICATION.c.practice == edition.practice,
    )


def _draft(
    connection: Connection, edition: Edition, key: str, landing_page: str
) -> Delivery:
    stamp = isoformat(now())
    row = {
        **asdict(edition),
        "key": key,
        "state": str(State.DRAFT),
        "landing_page": landing_page,
        "created": stamp,
        "modified": stamp,
    }
    added = insert(PUBLICATION).values(**row).returning(PUBLICATION.c.id)
    return _existing(connection, connection.execute(added).scalar_one())


def rekey(database: Database, number: int, key: str) -> None:
    """Give a publication that no archive has yet the key that one has for it."""
    with database.transaction() as connection:
        _write(connection, number, {"key": key})


def unversioned(database: Database, edition: Edition) -> list[Delivery]:
    """Return what an older program published of a record without noting its version."""
    query = select(PUBLICATION).where(
        PUBLICATION.c.subject == edition.subject,
        PUBLICATION.c.target == edition.target,
        PUBLICATION.c.practice == edition.practice,
        PUBLICATION.c.version.is_(None),
    )
    return _all(database, query.order_by(PUBLICATION.c.id))


def with_version(database: Database, number: int, version: str) -> Delivery:
    """Note which version a publication is of."""
    with database.transaction() as connection:
        _write(connection, number, {"version": version})
        return _existing(connection, number)


def delivery(database: Database, number: int) -> Delivery:
    """Return a publication by its number."""
    with database.engine.connect() as connection:
        return _existing(connection, number)


def deliveries_of(
    database: Database, subject: str, *, target: str | None = None
) -> list[Delivery]:
    """Return the publications of a record, oldest first."""
    query = select(PUBLICATION).where(PUBLICATION.c.subject == subject)
    if target is not None:
        query = query.where(PUBLICATION.c.target == target)
    return _all(database, query.order_by(PUBLICATION.c.id))


def all_deliveries(database: Database) -> list[Delivery]:
    """Return all publications, oldest first."""
    return _all(database, select(PUBLICATION).order_by(PUBLICATION.c.id))


def ledger_sum(database: Database) -> str:
    """Return a text that is another one when anything was published, or went on."""
    columns = PUBLICATION.c
    statement = select(
        columns.id,
        columns.version,
        columns.state,
        columns.remote_state,
        columns.identifier,
        columns.snapshot_hash,
        columns.published,
        columns.modified,
    ).order_by(columns.id)
    with database.reading() as connection:
        return repr(connection.execute(statement).all())


def waiting(database: Database) -> list[Delivery]:
    """Return the publications whose outbox row is not done, oldest first."""
    query = (
        select(PUBLICATION)
        .join(OUTBOX, OUTBOX.c.publication == PUBLICATION.c.id)
        .where(OUTBOX.c.done == "")
        .order_by(OUTBOX.c.id)
    )
    return _all(database, query)


def enqueue(
    database: Database, number: int, *, snapshot_hash: str, package_hash: str
) -> Delivery:
    """Say that a publication is to be sent: its state and its outbox row at once.

    One that was begun and not finished (sending, unknown) keeps its state and row; one
    that is public keeps its state and what is public, until the new one is.
    """
    with database.transaction() as connection:
        held = _existing(connection, number)
        facts = {"snapshot_hash": snapshot_hash, "package_hash": package_hash}
        if held.is_public:
            _write(connection, number, {"state": str(State.PUBLISHED)})
        elif held.state in (State.SENDING, State.UNKNOWN):
            _write(connection, number, facts)
        else:
            _move(connection, held, State.QUEUED, facts)
        if not _open_row(connection, number):
            stamp = isoformat(now())
            connection.execute(insert(OUTBOX).values(publication=number, queued=stamp))
        return _existing(connection, number)


def move(
    database: Database,
    number: int,
    state: State,
    *,
    error: str = "",
    close: bool = False,
    facts: Mapping[str, str] | None = None,
    keep: Keep | None = None,
) -> Delivery:
    """Change the state of a publication, and its outbox row and record with it.

    A publication that is public stays so by any step of a later try: of that, only the
    outbox row and the message tell.

    Parameters
    ----------
    error
        What the archive or the network said; kept in the outbox row and as message.
    close
        Whether the outbox row is done with.
    facts
        Columns to set: ``remote_state``, ``identifier``, ``url``, ...
    keep
        Makes the publication's record say what the row says.

    Raises
    ------
    ConflictError
        Where the state may not follow the one held.
    """
    with database.transaction() as connection:
        held = _existing(connection, number)
        if held.is_public and state in TRIES:
            _write(connection, number, {"message": error, "state": State.PUBLISHED})
        else:
            _move(connection, held, state, {"message": error, **(facts or {})})
        row: dict[str, Any] = {"last_error": error}
        if state is State.SENDING:
            row["attempts"] = OUTBOX.c.attempts + 1
        if close:
            row["done"] = isoformat(now())
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.publication == number, OUTBOX.c.done == "")
            .values(**row)
        )
        moved = _existing(connection, number)
        if keep is not None:
            keep(connection, moved)
        return moved


def _move(
    connection: Connection, held: Delivery, state: State, facts: dict[str, str]
) -> None:
    if state != held.state and state not in TRANSITIONS[held.state]:
        raise ConflictError(
            _("A publication cannot go from {before} to {after}").format(
                before=held.state, after=state
            ),
            where=held.key,
        )
    if state is State.PUBLISHED and not held.published:
        facts = {**facts, "published": isoformat(now())}
    _write(connection, held.id, {**facts, "state": str(state)})


def _write(connection: Connection, number: int, facts: dict[str, str]) -> None:
    connection.execute(
        update(PUBLICATION)
        .where(PUBLICATION.c.id == number)
        .values(**facts, modified=isoformat(now()))
    )


def _open_row(connection: Connection, number: int) -> bool:
    query = select(OUTBOX.c.id).where(
        OUTBOX.c.publication == number, OUTBOX.c.done == ""
    )
    return connection.execute(query).first() is not None


def _existing(connection: Connection, number: int) -> Delivery:
    found = _row(connection, PUBLICATION.c.id == number)
    if found is None:
        raise NotFoundError(_("There is no such publication"), found=str(number))
    return found


def _row(connection: Connection, *conditions: Any) -> Delivery | None:
    row = connection.execute(select(PUBLICATION).where(*conditions)).first()
    return None if row is None else _delivery(row)


def _delivery(row: Row[Any]) -> Delivery:
    values = dict(row._mapping)
    return Delivery(**{**values, "state": State(values["state"])})


def _all(database: Database, query: Any) -> list[Delivery]:
    with database.engine.connect() as connection:
        return [_delivery(row) for row in connection.execute(query)]
