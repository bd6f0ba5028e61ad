"""Local accounts of the web service: a name, a role and a password's hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from fair_imagic.catalogue import teams
from fair_imagic.catalogue.tables import USERS
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database

__all__ = ["Account", "add", "change", "everyone", "find", "nobody_yet", "remove"]


@dataclass(frozen=True)
class Account:
    """One account. ``epoch`` is part of every session, and ends older ones."""

    name: str
    role: str
    password_hash: str
    active: bool
    epoch: int
    created_at: str

    def __repr__(self) -> str:
        """Return the account without its password's hash."""
        return f"Account({self.name!r}, {self.role!r}, active={self.active})"


def find(database: Database, name: str) -> Account | None:
    """Return the account of this name, or None."""
    with database.engine.connect() as connection:
        row = connection.execute(select(USERS).where(USERS.c.name == name)).first()
    return Account(**row._mapping) if row is not None else None


def everyone(database: Database) -> tuple[Account, ...]:
    """Return all accounts by name."""
    with database.engine.connect() as connection:
        rows = connection.execute(select(USERS).order_by(USERS.c.name)).all()
    return tuple(Account(**row._mapping) for row in rows)


def nobody_yet(database: Database) -> bool:
    """Return whether no account exists."""
    with database.engine.connect() as connection:
        return connection.execute(select(USERS.c.name).limit(1)).first() is None


def add(database: Database, name: str, *, role: str, password_hash: str) -> None:
    """Keep a new account. Raises ConflictError where the name is taken."""
    values = {
        "name": name,
        "role": role,
        "password_hash": password_hash,
        "active": True,
        "epoch": 1,
        "created_at": isoformat(now()),
    }
    try:
        with database.transaction() as connection:
            connection.execute(insert(USERS).values(**values))
    except IntegrityError as error:
        raise ConflictError(
            _("An account of this name exists already"),
            found=name,
            hint=_("Choose another name."),
        ) from error


def change(
    database: Database,
    name: str,
    *,
    role: str | None = None,
    password_hash: str | None = None,
    active: bool | None = None,
) -> None:
    """Change what is given and end the account's sessions.

    Raises NotFoundError where no account has this name.
    """
    given = {"role": role, "password_hash": password_hash, "active": active}
    values = {key: value for key, value in given.items() if value is not None}
    statement = update(USERS).where(USERS.c.name == name)
    with database.transaction() as connection:
        done = connection.execute(statement.values(**values, epoch=USERS.c.epoch + 1))
    if done.rowcount == 0:
        raise NotFoundError(_("No account has this name"), found=name)


def remove(database: Database, name: str) -> None:
    """Forget an account that is closed; one that is open, or not there, stays so."""
    closed = (USERS.c.name == name) & USERS.c.active.is_(False)
    with database.transaction() as connection:
        if connection.execute(delete(USERS).where(closed)).rowcount:
            teams.forget_account(connection, name)
