"""``fair-imagic person``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import (
    author_option,
    opened,
    progress_lines,
    show_table,
    tell,
)
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, day_text

if TYPE_CHECKING:
    from fair_imagic.workflow.people.erasure import Erasure, ErasurePlan
    from fair_imagic.workflow.people.person import Kept

__all__ = ["command"]


@click.group(name="person", help=_("Keep people and their organisations."))
def command() -> None:
    """Group the commands about people."""


@command.command(
    help=_(
        "Add a person, or complete one who is there: the same ORCID iD or e-mail "
        "address is the same person, if the name is the same or completes it. Where "
        "the name alone is the same, or nearly so, or the name is another, say who it "
        "is: --same or --new.\n\n"
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
@click.option(
    "--same",
    metavar="PERSON",
    default="",
    help=_("It is this person: short name, ORCID iD or e-mail address."),
)
@click.option("--new", is_flag=True, help=_("It is another person of this name."))
@author_option()
@click.pass_context
def add(
    context: click.Context,
    /,
    author: str | None,
    same: str,
    new: bool,
    **fields: str,
) -> None:
    """Add a person."""
    from fair_imagic.views.next_command import after_people
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.base.label import name_of
    from fair_imagic.workflow.people import person as people

    if same and new:
        raise click.UsageError(_("--same and --new contradict each other"))
    entry = people.PersonEntry(**fields, person="new" if new else same)
    with opened(context) as workspace:
        kept = people.add(workspace, entry, author=author or default_author())
        step = after_people(workspace, name_of(kept.record))
    _say_kept(kept)
    tell_next(context, step)


def _say_kept(kept: Kept) -> None:
    for note in kept.notes:
        tell(note)
    click.echo(kept.record.rpartition("/")[2])


@command.command(
    name="import",
    help=_(
        "Import people from a table (CSV) with the column name. A column person says "
        "who it is where a name does not: a short name, or new."
    ),
)
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@author_option()
@click.pass_context
def import_command(context: click.Context, table: Path, author: str | None) -> None:
    """Import people."""
    from fair_imagic.views.next_command import for_catalogue
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import person as people

    author = author or default_author()
    with opened(context) as workspace:
        for kept in people.import_table(workspace, table, author=author):
            _say_kept(kept)
        step = for_catalogue(workspace)
    tell_next(context, step)


@command.command(name="list", help=_("List the people, and who was erased."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List people."""
    from fair_imagic.workflow.people import erasure
    from fair_imagic.workflow.people import person as people

    with opened(context) as workspace:
        found = people.list_people(workspace)
        erased = erasure.erased_people(workspace)
    rows = [(one.id, one.name, one.email, one.orcid, one.affiliation) for one in found]
    rows += [
        (r.rpartition("/")[2], _erased_words(one), "", "", "")
        for r, one in erased.items()
    ]
    headings = (_("Short name"), _("Name"), _("E-mail"), _("ORCID"), _("Organisation"))
    show_table(headings, rows)


def _erased_words(one: Erasure) -> str:
    return _("person erased {day}, {reason}").format(
        day=day_text(one.time), reason=one.reason
    )


@command.command(help=_("Show what is known of a person, and what names them."))
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show a person."""
    from fair_imagic.workflow.people import erasure

    with opened(context) as workspace:
        erased = erasure.erased_people(workspace).get(workspace.mint("person", name))
        if erased is not None:
            click.echo(_erased_words(erased))
            return
        found = erasure.plan(workspace, name)
    _show_plan(found)


def _show_plan(found: ErasurePlan) -> None:
    one = found.person
    if one is not None:
        for label, text in (
            (_("Short name"), one.id),
            (_("Name"), one.name),
            (_("E-mail"), one.email),
            (_("ORCID"), one.orcid),
            (_("Organisation"), one.affiliation),
            (_("Role"), ", ".join(one.roles)),
        ):
            if text:
                click.echo(_("{label}: {text}").format(label=label, text=text))
    for heading, texts in (
        (_("Makes changes under the name"), found.authors),
        (_("Named by"), found.named_by),
        (_("The name stands in texts of"), found.mentions),
    ):
        if texts:
            listed = ", ".join(texts)
            click.echo(_("{label}: {text}").format(label=heading, text=listed))


@command.command(
    help=_(
        "Erase a person: all that is said of them is destroyed, in the history and in "
        "checked versions too. What they did stays, by somebody erased. Who is named "
        "by something published is not erased.\n\n"
        "Backups that were made before hold the person: keep them no longer than your "
        "rules say.\n\n"
        "Example: fair-imagic person erase 'Camille Practice' --reason 'asked for it'"
    )
)
@click.argument("name")
@click.option(
    "--reason",
    required=True,
    help=_("Why, in ten characters at least, without the name; this stays."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@author_option()
@click.pass_context
def erase(
    context: click.Context,
    /,
    name: str,
    reason: str,
    dry_run: bool,
    yes: bool,
    author: str | None,
) -> None:
    """Erase a person."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import erasure

    with opened(context) as workspace:
        if workspace.mint("person", name) not in erasure.erased_people(workspace):
            found = erasure.plan(workspace, name)
            _show_plan(found)
            for refusal in found.refusals:
                tell(_("Not possible: {reason}").format(reason=refusal))
            if dry_run:
                return
            if not (found.refusals or yes):
                click.confirm(_("Erase for ever?"), abort=True)
        with progress_lines(_("Making indexes anew")) as progress:
            erasure.erase(
                workspace,
                name,
                reason=reason,
                author=author or default_author(),
                progress=lambda done, total: progress(done, total, ""),
            )
    click.echo(_("Erased"))
