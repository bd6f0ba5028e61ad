"""Teams: whose a set, a collection or a plan is, and who else is invited to it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import SeenCatalogue
from fair_imagic.catalogue import teams as store
from fair_imagic.catalogue.teams import Guest, Team
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, Plan, PublicationSet, Record, slug
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.workspace import Workspace, first_names
from fair_imagic.workflow.people.accounts import Role, account
from fair_imagic.workflow.people.sight import AccountSight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fair_imagic.workflow.people.accounts import Account

__all__ = [
    "KINDS",
    "Guest",
    "Owned",
    "Sharing",
    "Team",
    "TeamRow",
    "give",
    "giver_to",
    "invite",
    "join",
    "leave",
    "list_teams",
    "make",
    "may_invite",
    "owned",
    "record_named",
    "seen_by",
    "sharing_of",
    "team_named",
    "teams_of",
    "uninvite",
    "without_team",
]

#: What belongs to a team by name.
KINDS = ("set", "collection", "plan")
_CLASSES: tuple[type[Record], ...] = (PublicationSet, Collection, Plan)
_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    """One team of a list, with how much belongs to it."""

    team: Team
    records: int


@dataclass(frozen=True, kw_only=True)
class Owned:
    """A record that belongs to a team, or to none: its kind, name and title."""

    iri: str
    kind: str
    name: str
    title: str

    @property
    def kind_words(self) -> str:
        """What kind of thing it is, in the reader's words."""
        words = {
            "set": _("publication set"),
            "collection": _("collection"),
            "plan": _("plan"),
        }
        return words[self.kind]


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Whose a record is (None: the facility's), and who else is invited to it."""

    team: Team | None
    guests: tuple[Guest, ...]


# ------------------------------------------------------------------------- who sees
def seen_by(
    workspace: Workspace, somebody: Account | None, *, team: str = ""
) -> Workspace:
    """Return the workspace as an account sees it, a visitor for None.

    Staff and administrators see all. What anybody else may see and change is decided
    by :class:`~fair_imagic.workflow.people.sight.AccountSight` and nowhere else.
    ``team`` is the one that what is made belongs to, where somebody is in several.
    """
    if somebody is not None and Role(somebody.role).includes(Role.FACILITY):
        return workspace
    whole = workspace.whole
    sight = AccountSight(whole, somebody.name if somebody else "", team=team)
    return Workspace(whole.settings, SeenCatalogue(whole.catalogue, sight))


# ------------------------------------------------------------------------ the teams
def make(workspace: Workspace, title: str) -> Team:
    """Make a team and return it; ConflictError where its name is taken."""
    clean = " ".join(title.split())
    if not clean or len(clean) > _LONGEST:
        raise InputError(
            _("A team cannot have this name"),
            expected=_("1 to {count} characters").format(count=_LONGEST),
            found=clean[:20],
        )
    name = slug(clean)[:64]
    store.add(workspace.catalogue.database, name, title=clean)
    return Team(name, clean)


def team_named(workspace: Workspace, name: str) -> Team:
    """Return the team of a name or title. Raises NotFoundError where there is none."""
    teams = store.everyone(workspace.catalogue.database)
    wanted = " ".join(name.split()).casefold()
    for one in teams:
        if wanted in (one.name.casefold(), one.title.casefold()):
            return one
    raise NotFoundError(
        _("There is no team named {name}").format(name=name[:80]),
        expected=first_names((one.title for one in teams), near=name),
        hint=_("`fair-imagic team add NAME` makes one."),
    )


def record_named(workspace: Workspace, name: str) -> str:
    """Return the set, collection or plan of a name, or of a kind and name.

    Raises NotFoundError where there is none, and InputError where several kinds have
    one of this name.
    """
    kind, _slash, rest = name.partition("/")
    if kind in KINDS and rest:
        return workspace.record(kind, rest)
    found: dict[str, str] = {}
    for one in KINDS:
        with contextlib.suppress(NotFoundError):
            found[one] = workspace.record(one, name)
    if len(found) > 1:
        raise InputError(
            _("Several things have this name"),
            expected=", ".join(f"{one}/{name}" for one in found),
            found=name[:80],
        )
    if not found:
        raise NotFoundError(
            _("There is no set, collection or plan named {name}").format(
                name=name[:80]
            ),
            expected=first_names(
                (n for one in KINDS for n in workspace.names(one)), near=name
            ),
        )
    return next(iter(found.values()))


def list_teams(workspace: Workspace) -> tuple[TeamRow, ...]:
    """Return the teams by title, with their accounts and how much belongs to them."""
    database = workspace.catalogue.database
    of = store.teams_of_records(database)
    counted = {one: list(of.values()).count(one) for one in set(of.values())}
    return tuple(
        TeamRow(team=one, records=counted.get(one.name, 0))
        for one in store.everyone(database)
    )


def teams_of(workspace: Workspace, name: str) -> tuple[Team, ...]:
    """Return the teams of an account, by title."""
    teams = store.everyone(workspace.catalogue.database)
    return tuple(one for one in teams if name in one.members)


def join(workspace: Workspace, team: str, name: str) -> Team:
    """Make an account a member of a team: it sees all that belongs to the team."""
    found = team_named(workspace, team)
    known = _account(workspace, name)
    store.join(workspace.catalogue.database, found.name, known.name)
    return found


def leave(workspace: Workspace, team: str, name: str) -> Team:
    """Take an account out of a team."""
    found = team_named(workspace, team)
    clean = name.strip().lower()
    if not store.leave(workspace.catalogue.database, found.name, clean):
        raise NotFoundError(
            _("{name} is not in the team {team}").format(name=clean, team=found.title),
            expected=", ".join(found.members),
        )
    return found


def _account(workspace: Workspace, name: str) -> Account:
    clean = name.strip().lower()
    found = account(workspace, clean)
    if found is None:
        raise NotFoundError(
            _("No account has this name"),
            found=clean[:80],
            hint=_("`fair-imagic account list` shows the names."),
        )
    return found


# ------------------------------------------------------------- what belongs to whom
def give(workspace: Workspace, records: Iterable[str], team: str) -> Team:
    """Let records belong to a team, whosever they were; return the team."""
    found = team_named(workspace, team)
    with workspace.catalogue.database.transaction() as connection:
        store.assign(connection, records, found.name)
    return found


def giver_to(workspace: Workspace, team: str | None) -> Callable[[str], None]:
    """Return what lets a record belong to a team that is looked for now.

    So a name that is none is told before anything is made. Without a team what is made
    stays the facility's.
    """
    found = team_named(workspace, team) if team else None

    def to_team(record: str) -> None:
        if found is not None:
            give(workspace, [record], found.name)

    return to_team


def without_team(workspace: Workspace) -> tuple[Owned, ...]:
    """Return the sets, collections and plans that only the staff sees, by title."""
    taken = store.teams_of_records(workspace.catalogue.database)
    return _listed(workspace, lambda record: record not in taken)


def owned(workspace: Workspace, team: str) -> tuple[Owned, ...]:
    """Return what belongs to a team, by title."""
    name = team_named(workspace, team).name
    taken = store.teams_of_records(workspace.catalogue.database)
    return _listed(workspace, lambda record: taken.get(record) == name)


def _listed(
    workspace: Workspace, is_wanted: Callable[[str], bool]
) -> tuple[Owned, ...]:
    found = [
        Owned(
            iri=record,
            kind=kind,
            name=name_of(record),
            title=label_of(workspace, record),
        )
        for kind, cls in zip(KINDS, _CLASSES, strict=True)
        for record in workspace.catalogue.records(cls.class_iri)
        if is_wanted(record)
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.title.lower())))


def sharing_of(workspace: Workspace, record: str) -> Sharing:
    """Return whose a record is, and who is invited to it."""
    database = workspace.catalogue.database
    return Sharing(
        team=store.team_of(database, record), guests=store.guests_of(database, record)
    )


def invite(workspace: Workspace, record: str, name: str, *, may_edit: bool) -> Guest:
    """Invite an account to see a set, collection or plan, or to change it too.

    Raises :class:`~fair_imagic.errors.InputError` where who looks may not change it.
    """
    _refuse_foreign(workspace, record)
    known = _account(workspace, name)
    store.invite(workspace.catalogue.database, record, known.name, may_edit=may_edit)
    return Guest(known.name, may_edit)


def uninvite(workspace: Workspace, record: str, name: str) -> None:
    """Take an invitation back. Raises NotFoundError where there is none."""
    _refuse_foreign(workspace, record)
    clean = name.strip().lower()
    if not store.uninvite(workspace.catalogue.database, record, clean):
        raise NotFoundError(
            _("{name} is not invited to {title}").format(
                name=clean[:80], title=label_of(workspace, record)
            )
        )


def may_invite(workspace: Workspace, record: str) -> bool:
    """Return whether who looks may invite to a record: its team, and the staff.

    Who is only invited may not: it is the team's to give.
    """
    sight = workspace.catalogue.sight
    if sight is None:
        return True
    team = store.team_of(workspace.catalogue.database, record)
    return team is not None and team.name in sight.teams


def _refuse_foreign(workspace: Workspace, record: str) -> None:
    if not may_invite(workspace, record):
        raise InputError(
            _("Only the team that it belongs to, and the staff, invite others"),
            found=label_of(workspace, record),
        )
