"""Who may see a set, a collection or a plan: its team, its guests, the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _, ngettext
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.people import teams
from fair_imagic.workflow.sets.deliveries import public_deliveries

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.people.teams import Guest, Team

__all__ = ["SharingPage", "sharing_page", "who_sees"]


@dataclass(frozen=True, kw_only=True)
class SharingPage:
    """Whose a record is, who else sees it, and what who looks may do about it.

    ``words`` say it in one line: ``Team A · private``. ``may_invite`` is true for the
    team and the staff; ``teams`` are those that it can be given to.
    """

    kind: str
    name: str
    title: str
    words: str
    team: Team | None
    guests: tuple[Guest, ...]
    may_invite: bool
    teams: tuple[Team, ...]


def sharing_page(workspace: Workspace, kind: str, name: str) -> SharingPage:
    """Return who may see a record. Raises NotFoundError where there is none."""
    record = workspace.record(kind, name)
    found = teams.sharing_of(workspace, record)
    return SharingPage(
        kind=kind,
        name=name_of(record),
        title=label_of(workspace, record),
        words=who_sees(workspace, record),
        team=found.team,
        guests=found.guests,
        may_invite=teams.may_invite(workspace, record),
        teams=tuple(row.team for row in teams.list_teams(workspace)),
    )


def who_sees(workspace: Workspace, record: str) -> str:
    """Return in a few words whose a record is and who sees it."""
    found = teams.sharing_of(workspace, record)
    is_public = any(one.subject == record for one in public_deliveries(workspace))
    words = [
        found.team.title if found.team else _("Facility"),
        _("published") if is_public else _("private"),
    ]
    if found.guests:
        count = len(found.guests)
        words.append(
            ngettext("{count} invited", "{count} invited", count).format(count=count)
        )
    return " · ".join(words)
