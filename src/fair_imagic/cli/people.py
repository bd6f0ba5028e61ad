"""``fair-imagic person``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import author_option, opened, show_table
from fair_imagic.i18n import _

__all__ = ["command"]


@click.group(name="person", help=_("Keep people and their organisations."))
def command() -> None:
    """Group the commands about people."""


@command.command(
    help=_(
        "Add a person, or give one new values.\n\n"
        "Example: fair-imagic person add 'Camille Practice' --email c@example.org "
        "--affiliation 'Institut Cochin'"
    )
)
@click.argument("name")
@click.option("--given-name", default="", help=_("Given name."))
@click.option("--family-name", default="", help=_("Family name."))
@click.option("--email", default="", help=_("E-mail address."))
@click.option("--orcid", default="", help=_("ORCID iD."))
@click.option("--role", default="", help=_("Role in the work."))
@click.option("--affiliation", default="", help=_("Name of the organisation."))
@click.option("--ror", default="", help=_("ROR of the organisation."))
@click.option("--address", default="", help=_("Address of the organisation."))
@author_option()
@click.pass_context
def add(context: click.Context, /, author: str | None, **fields: str) -> None:
    """Add a person."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import person as people

    entry = people.PersonEntry(**fields)
    with opened(context) as workspace:
        iri = people.add(workspace, entry, author=author or default_author())
    click.echo(iri.rpartition("/")[2])


@command.command(
    name="import", help=_("Import people from a table (CSV) with the column name.")
)
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@author_option()
@click.pass_context
def import_command(context: click.Context, table: Path, author: str | None) -> None:
    """Import people."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import person as people

    author = author or default_author()
    with opened(context) as workspace:
        for iri in people.import_table(workspace, table, author=author):
            click.echo(iri.rpartition("/")[2])


@command.command(name="list", help=_("List the people."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List people."""
    from fair_imagic.workflow.people import person as people

    with opened(context) as workspace:
        found = people.list_people(workspace)
    rows = (
        (one.iri.rpartition("/")[2], one.name or "", one.email or "", one.orcid or "")
        for one in found
    )
    show_table((_("Short name"), _("Name"), _("E-mail"), _("ORCID")), rows)
