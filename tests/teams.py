"""Teams for tests: accounts that see all that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.people import teams

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["let_see"]


def let_see(workspace: Workspace, *names: str, team: str = "Team A") -> None:
    """Put accounts into one team, and let all that belongs to none belong to it."""
    known = {row.team.title for row in teams.list_teams(workspace)}
    made = teams.team_named(workspace, team) if team in known else None
    made = made or teams.make(workspace, team)
    for name in names:
        teams.join(workspace, made.name, name)
    everything = teams.without_team(workspace)
    teams.give(workspace, [one.iri for one in everything], made.name)
