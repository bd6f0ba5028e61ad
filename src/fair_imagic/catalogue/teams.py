"""Teams, whose records are whose, and who else is invited to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from fair_imagic.catalogue.tables import TEAM, TEAM_GUEST, TEAM_MEMBER, TEAM_RECORD
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import ConflictError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection

    from fair_imagic.catalogue.database import Database

__all__ = [
    "Guest",
    "Rights",
    "Team",
    "add",
    "assign",
    "everyone",
    "forget_account",
    "guests_of",
    "invite",
    "join",
    "leave",
    "rights_of",
    "team_of",
    "teams_of_records",
    "uninvite",
]


@dataclass(frozen=True)
class Team:
    """A team: its short name, its title, and the names of its accounts."""

    name: str
    title: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guest:
    """An account that is invited to a record, and whether it may change it."""

    account: str
    may_edit: bool


@dataclass(frozen=True)
class Rights:
    """The teams of an account, what it may see by name, and what it may change."""

    teams: frozenset[str]
    seen: frozenset[str]
    edited: frozenset[str]

    def with_own(self, records: Iterable[str]) -> Rights:
        """Return the rights of somebody whose team has more records."""
        own = frozenset(records)
        return Rights(self.teams, self.seen | own, self.edited | own)


def add(database: Database, name: str, *, title: str) -> None:
    """Keep a new team. Raises ConflictError where the name is taken."""
    row = {"name": name, "title": title, "created_at": isoformat(now())}
    try:
        with database.transaction() as connection:
            connection.execute(insert(TEAM).values(**row))
    except IntegrityError as error:
        raise ConflictError(
            _("A team of this name exists already"),
            found=title,
            hint=_("Choose another name."),
        ) from error


def everyone(database: Database) -> tuple[Team, ...]:
    """Return all teams by title, with their members."""
    with database.reading() as connection:
        found = connection.execute(select(TEAM).order_by(TEAM.c.title)).all()
        rows = connection.execute(select(TEAM_MEMBER).order_by(TEAM_MEMBER.c.account))
        members: dict[str, list[str]] = {}
        for row in rows:
            members.setdefault(row.team, []).append(row.account)
    return tuple(Team(r.name, r.title, tuple(members.get(r.name, ()))) for r in found)


def join(database: Database, team: str, account: str) -> None:
    """Make an account a member of a team; one that is stays so."""
    row = {"team": team, "account": account}
    with database.transaction() as connection:
        connection.execute(delete(TEAM_MEMBER).where(_is_member(team, account)))
        connection.execute(insert(TEAM_MEMBER).values(**row))


def leave(database: Database, team: str, account: str) -> bool:
    """Take an account out of a team; return whether it was in it."""
    with database.transaction() as connection:
        gone = connection.execute(delete(TEAM_MEMBER).where(_is_member(team, account)))
    return bool(gone.rowcount)


def _is_member(team: str, account: str) -> ColumnElement[bool]:
    return (TEAM_MEMBER.c.team == team) & (TEAM_MEMBER.c.account == account)


def assign(connection: Connection, records: Iterable[str], team: str) -> None:
    """Let records belong to a team, whosever they were."""
    for record in records:
        connection.execute(delete(TEAM_RECORD).where(TEAM_RECORD.c.record == record))
        connection.execute(insert(TEAM_RECORD).values(record=record, team=team))


def team_of(database: Database, record: str) -> Team | None:
    """Return the team that a record belongs to, or None."""
    statement = (
        select(TEAM.c.name, TEAM.c.title)
        .join(TEAM_RECORD, TEAM_RECORD.c.team == TEAM.c.name)
        .where(TEAM_RECORD.c.record == record)
    )
    with database.reading() as connection:
        row = connection.execute(statement).first()
    return None if row is None else Team(row.name, row.title)


def teams_of_records(database: Database) -> dict[str, str]:
    """Return the team of each record that has one."""
    with database.reading() as connection:
        return {r.record: r.team for r in connection.execute(select(TEAM_RECORD))}


def invite(database: Database, record: str, account: str, *, may_edit: bool) -> None:
    """Invite an account to a record; an earlier invitation is replaced."""
    row = {"record": record, "account": account, "may_edit": may_edit}
    with database.transaction() as connection:
        connection.execute(delete(TEAM_GUEST).where(_is_guest(record, account)))
        connection.execute(insert(TEAM_GUEST).values(**row))


def uninvite(database: Database, record: str, account: str) -> bool:
    """Take an invitation back; return whether there was one."""
    with database.transaction() as connection:
        gone = connection.execute(delete(TEAM_GUEST).where(_is_guest(record, account)))
    return bool(gone.rowcount)


def _is_guest(record: str, account: str) -> ColumnElement[bool]:
    return (TEAM_GUEST.c.record == record) & (TEAM_GUEST.c.account == account)


def guests_of(database: Database, record: str) -> tuple[Guest, ...]:
    """Return who is invited to a record, by name."""
    statement = select(TEAM_GUEST).where(TEAM_GUEST.c.record == record)
    with database.reading() as connection:
        rows = connection.execute(statement.order_by(TEAM_GUEST.c.account)).all()
    return tuple(Guest(row.account, row.may_edit) for row in rows)


def rights_of(database: Database, account: str) -> Rights:
    """Return what an account may see and change as a member or guest."""
    member = select(TEAM_MEMBER.c.team).where(TEAM_MEMBER.c.account == account)
    own = select(TEAM_RECORD.c.record).where(TEAM_RECORD.c.team.in_(member))
    guest = select(TEAM_GUEST).where(TEAM_GUEST.c.account == account)
    with database.reading() as connection:
        teams = frozenset(connection.execute(member).scalars())
        records = frozenset(connection.execute(own).scalars())
        invited = connection.execute(guest).all()
    return Rights(
        teams=teams,
        seen=records | {row.record for row in invited},
        edited=records | {row.record for row in invited if row.may_edit},
    )


def forget_account(connection: Connection, account: str) -> None:
    """Take an account out of all teams and invitations: its name may come again."""
    for table in (TEAM_MEMBER, TEAM_GUEST):
        connection.execute(delete(table).where(table.c.account == account))
