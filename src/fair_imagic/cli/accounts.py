"""``fair-imagic account``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

__all__ = ["command"]

_ROLES = ["reader", "researcher", "facility", "administrator"]


@click.group(name="account", help=_("Create accounts for the web service."))
def command() -> None:
    """Group the commands about accounts."""


@command.command(
    help=_(
        "Create an account. The password is asked for, or read from standard input.\n\n"
        "Example: fair-imagic account create camille --role researcher"
    )
)
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True, help=_("Role."))
@click.password_option(
    "--password", envvar="FAIR_IMAGIC_NEW_PASSWORD", help=_("Password (better: typed).")
)
@click.pass_context
def create(context: click.Context, name: str, role: str, password: str) -> None:
    """Create an account."""
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.people import accounts

    with opened(context) as workspace:
        accounts.create(workspace, name, password=password, role=role)
    click.echo(_("Account {name} is created").format(name=name))
    tell_next(context, NextCommand(("serve",), _("open the pages")))


@command.command(
    help=_(
        "Give an account a new password, for who forgot theirs. The password is asked "
        "for, or read from standard input. Who is logged in with it must log in again."
        "\n\nExample: fair-imagic account password camille"
    )
)
@click.argument("name")
@click.password_option(
    "--password", envvar="FAIR_IMAGIC_NEW_PASSWORD", help=_("Password (better: typed).")
)
@click.pass_context
def password(context: click.Context, name: str, password: str) -> None:
    """Give an account a new password."""
    from fair_imagic.workflow.people import accounts

    with opened(context) as workspace:
        accounts.change_password(workspace, name.strip().lower(), password=password)
    click.echo(_("Account {name} has a new password").format(name=name))


@command.command(name="list", help=_("List the accounts."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List accounts."""
    from fair_imagic.workflow.people import accounts

    with opened(context) as workspace:
        found = accounts.list_accounts(workspace)
    rows = [(one.name, str(one.role)) for one in found]
    show_table((_("Name"), _("Role")), rows)
