"""``fair-imagic team``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.cli.next_step import command_line
from fair_imagic.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["command"]


@click.group(name="team", help=_("Say whose sets, collections and plans are."))
def command() -> None:
    """Group the commands about teams."""


@command.command(
    help=_(
        "Make a team. Its accounts see what belongs to it; other researchers and "
        "readers do not, unless they are invited.\n\n"
        "Example: fair-imagic team add 'Team A'"
    )
)
@click.argument("name")
@click.pass_context
def add(context: click.Context, name: str) -> None:
    """Make a team."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        made = teams.make(workspace, name)
    click.echo(_("Team {name} is made").format(name=made.title))
    click.echo(
        _("Next: {command}").format(
            command=command_line(context, "team", "join", made.name, "ACCOUNT")
        )
    )


@command.command(name="list", help=_("List the teams, and what belongs to none."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List teams."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        rows = teams.list_teams(workspace)
        alone = len(teams.without_team(workspace))
    columns = (_("Short name"), _("Name"), _("Accounts"), _("Belongs to it"))
    listed = [
        (one.team.name, one.team.title, ", ".join(one.team.members), str(one.records))
        for one in rows
    ]
    show_table(columns, listed)
    if alone:
        click.echo(
            ngettext(
                "{count} set, collection or plan belongs to no team: only the staff "
                "sees it.",
                "{count} sets, collections and plans belong to no team: only the "
                "staff sees them.",
                alone,
            ).format(count=alone)
        )
        command = command_line(context, "team", "give", "TEAM", "--all")
        click.echo(_("Next: {command}").format(command=command))


@command.command(help=_("Show the accounts of a team and what belongs to it."))
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show a team."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        team = teams.team_named(workspace, name)
        owned = teams.owned(workspace, team.name)
        guests = {one.iri: teams.sharing_of(workspace, one.iri).guests for one in owned}
    click.secho(team.title, bold=True)
    click.echo(labelled(_("Accounts"), ", ".join(team.members) or _("none")))
    rows = [
        (
            one.kind_words,
            one.name,
            one.title,
            ", ".join(guest.account for guest in guests[one.iri]),
        )
        for one in owned
    ]
    show_table((_("Kind"), _("Name"), _("Title"), _("Invited")), rows)


@command.command(help=_("Put an account into a team: it sees all that belongs to it."))
@click.argument("team")
@click.argument("account")
@click.pass_context
def join(context: click.Context, team: str, account: str) -> None:
    """Put an account into a team."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        joined = teams.join(workspace, team, account)
    text = _("{name} is in the team {team}")
    click.echo(text.format(name=account.strip().lower(), team=joined.title))


@command.command(help=_("Take an account out of a team."))
@click.argument("team")
@click.argument("account")
@click.pass_context
def leave(context: click.Context, team: str, account: str) -> None:
    """Take an account out of a team."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        left = teams.leave(workspace, team, account)
    text = _("{name} is no longer in the team {team}")
    click.echo(text.format(name=account.strip().lower(), team=left.title))


@command.command(
    help=_(
        "Let sets, collections and plans belong to a team, whosever they were. A name "
        "of several kinds is written with its kind: set/nuclei.\n\n"
        "Example: fair-imagic team give 'Team A' collection/nuclei figure-2"
    )
)
@click.argument("team")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("All that belong to none."))
@click.pass_context
def give(
    context: click.Context, team: str, names: tuple[str, ...], everything: bool
) -> None:
    """Let records belong to a team."""
    from fair_imagic.workflow.people import teams

    if bool(names) is everything:
        raise click.UsageError(_("Name sets, collections or plans, or give --all"))
    with opened(context) as workspace:
        records = _named(workspace, names)
        if everything:
            records = [one.iri for one in teams.without_team(workspace)]
        given = teams.give(workspace, records, team)
    text = _("Team {team}: {count} more").format(team=given.title, count=len(records))
    click.echo(text)


def _named(workspace: Workspace, names: tuple[str, ...]) -> list[str]:
    from fair_imagic.workflow.people import teams

    return [teams.record_named(workspace, name) for name in names]


@command.command(
    help=_(
        "Invite an account of another team to see a set, a collection or a plan, or to "
        "change it too.\n\nExample: fair-imagic team invite figure-2 camille --edit"
    )
)
@click.argument("record")
@click.argument("account")
@click.option("--edit", is_flag=True, help=_("It may change it, too."))
@click.pass_context
def invite(context: click.Context, record: str, account: str, edit: bool) -> None:
    """Invite an account."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        found = teams.record_named(workspace, record)
        guest = teams.invite(workspace, found, account, may_edit=edit)
    text = _("{name} may see {record}")
    if guest.may_edit:
        text = _("{name} may see and change {record}")
    click.echo(text.format(name=guest.account, record=record))


@command.command(help=_("Take an invitation back."))
@click.argument("record")
@click.argument("account")
@click.pass_context
def uninvite(context: click.Context, record: str, account: str) -> None:
    """Take an invitation back."""
    from fair_imagic.workflow.people import teams

    with opened(context) as workspace:
        teams.uninvite(workspace, teams.record_named(workspace, record), account)
    text = _("{name} is no longer invited to {record}")
    click.echo(text.format(name=account.strip().lower(), record=record))
