"""Sessions of the web service: what is not in this table is open to nobody."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from fair_imagic.catalogue.accounts import Account
from fair_imagic.catalogue.tables import USERS, WEB_SESSION
from fair_imagic.clock import isoformat, now

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database

__all__ = ["LONGEST", "account_of", "begin", "end"]

LONGEST = timedelta(days=7)
"""How long a session may last, however much it is used."""


def begin(database: Database, account: Account) -> str:
    """Open a session of an account and return its token; too old ones are removed."""
    token = secrets.token_urlsafe(32)
    row = {
        "key": _key(token),
        "name": account.name,
        "epoch": account.epoch,
        "began": isoformat(now()),
    }
    too_old = WEB_SESSION.c.began < isoformat(now() - LONGEST)
    with database.transaction() as connection:
        connection.execute(delete(WEB_SESSION).where(too_old))
        connection.execute(insert(WEB_SESSION).values(**row))
    return token


def account_of(database: Database, token: str) -> Account | None:
    """Return the account of an open session.

    None where it was ended or is too old, or its account changed or was closed since.
    """
    statement = (
        select(USERS)
        .join(WEB_SESSION, WEB_SESSION.c.name == USERS.c.name)
        .where(
            WEB_SESSION.c.key == _key(token),
            WEB_SESSION.c.epoch == USERS.c.epoch,
            WEB_SESSION.c.began >= isoformat(now() - LONGEST),
            USERS.c.active,
        )
    )
    with database.reading() as connection:
        row = connection.execute(statement).first()
    return Account(**row._mapping) if row is not None else None


def end(database: Database, token: str) -> None:
    """End a session, wherever its cookie was copied to."""
    with database.transaction() as connection:
        gone = delete(WEB_SESSION).where(WEB_SESSION.c.key == _key(token))
        connection.execute(gone)


def _key(token: str) -> str:
    # who reads the database must not get sessions from it
    return hashlib.sha256(token.encode()).hexdigest()
