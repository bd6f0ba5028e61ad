"""``fair-imagic dmp``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import author_option, opened, show_table, team_option
from fair_imagic.cli.next_step import tell_next
from fair_imagic.files import write_atomically
from fair_imagic.i18n import _

__all__ = ["command"]


@click.group(name="dmp", help=_("Keep data management plans and export them."))
def command() -> None:
    """Group the commands about plans."""


@command.command(
    help=_(
        "Draft a plan from publication sets; drafting again updates it.\n\n"
        "Example: fair-imagic dmp draft facility --contact camille-practice --for demo"
    )
)
@click.argument("name")
@click.option("--contact", required=True, metavar="PERSON", help=_("Person to ask."))
@click.option("--title", help=_("Title of the plan."))
@click.option("--for", "sets", multiple=True, metavar="SET", help=_("Publication set."))
@click.option(
    "--language",
    type=click.Choice(["en", "fr"]),
    default="en",
    show_default=True,
    help=_("Language of the plan."),
)
@team_option()
@author_option()
@click.pass_context
def draft(
    context: click.Context,
    name: str,
    contact: str,
    title: str | None,
    sets: tuple[str, ...],
    language: str,
    team: str | None,
    author: str | None,
) -> None:
    """Draft a plan."""
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import teams
    from fair_imagic.workflow.plans import plan as plans

    with opened(context) as workspace:
        give = teams.giver_to(workspace, team)
        record = plans.draft(
            workspace,
            name,
            contact=contact,
            author=author or default_author(),
            title=title,
            sets=sets,
            language=language,
        )
        give(record)
    made = record.rpartition("/")[2]
    click.echo(made)
    words = ("dmp", "export", made, "--output", f"{made}.json")
    tell_next(context, NextCommand(words, _("write it for other programs")))


@command.command(
    help=_(
        "Export a plan as machine-readable JSON (RDA DMP Common Standard).\n\n"
        "Example: fair-imagic dmp export facility --output madmp.json"
    )
)
@click.argument("name")
@click.option(
    "--standard",
    type=click.Choice(["1.2", "1.1"]),
    default="1.2",
    show_default=True,
    help=_("Version of the RDA DMP Common Standard."),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File to write (default: the terminal)."),
)
@click.pass_context
def export(
    context: click.Context, name: str, standard: str, output: Path | None
) -> None:
    """Export a plan."""
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.plans import export as export_dmp

    with opened(context) as workspace:
        text = export_dmp.run(workspace, name, standard=standard)
    if output is None:
        click.echo(text, nl=False)
        return
    write_atomically(output, text)
    click.echo(_("Plan written to {path}").format(path=output))
    words = ("dmp", "commitments", name)
    tell_next(context, NextCommand(words, _("see what it commits sets to")))


@command.command(name="list", help=_("List the plans."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List plans."""
    from fair_imagic.workflow.plans import plan as plans

    with opened(context) as workspace:
        rows = plans.list_plans(workspace)
    columns = (_("Name"), _("Title"), _("Research outputs"))
    show_table(columns, ((row.name, row.title, str(row.outputs)) for row in rows))


@command.command(
    help=_(
        "Show what a plan commits sets to, or keep commitments from a table.\n\n"
        "The table (CSV) has the columns output, about, promised, sentence and "
        "section; about is one of formats, licence, identifier, repository, "
        "metadata-standard, personal-data, retention. Sets that fulfil the plan are "
        "held to them by `fair-imagic check SET --profile dmp`.\n\n"
        "Example: fair-imagic dmp commitments facility --from commitments.csv"
    )
)
@click.argument("name")
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Table with commitments to keep."),
)
@author_option()
@click.pass_context
def commitments(
    context: click.Context, name: str, table: Path | None, author: str | None
) -> None:
    """Show or keep commitments."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.plans import commitments as plan_commitments

    with opened(context) as workspace:
        if table is not None:
            author = author or default_author()
            plan_commitments.import_table(workspace, name, table, author=author)
        rows = plan_commitments.list_commitments(workspace, name)
    columns = (_("Output"), _("About"), _("Promised"), _("Checked"), _("In the plan"))
    show_table(
        columns,
        (
            (
                row.output,
                row.about,
                ", ".join(row.promised),
                _("yes") if row.checked else _("no"),
                row.sentence,
            )
            for row in rows
        ),
    )
