"""``fair-imagic status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.overview.status import Status

__all__ = ["command"]


@click.command(name="status", help=_("Show what is there and where it is published."))
@click.argument("name", required=False, metavar="[SET]")
@click.option(
    "--ask",
    is_flag=True,
    help=_("Ask the archives first what they hold of SET; nothing is sent."),
)
@click.pass_context
def command(context: click.Context, name: str | None, ask: bool) -> None:
    """Show the status."""
    from fair_imagic.views.next_command import for_set
    from fair_imagic.workflow.overview import status

    if ask and name is None:
        raise click.UsageError(_("--ask needs the name of a set"))
    with opened(context) as workspace:
        if ask and name is not None:
            from fair_imagic.workflow.publishing import asking

            asking.ask(workspace, name)
        seen = status.run(workspace, name)
        states = _states(workspace, seen)
        step = for_set(workspace, name) if name else _next(workspace)
    if name is None:
        click.echo(_line(_("Images"), str(seen.images)))
        for label, names in (
            (_("Collections"), seen.collections),
            (_("Microscopes"), seen.instruments),
            (_("Plans"), seen.plans),
        ):
            click.echo(_line(label, ", ".join(names) or "-"))
    _show_sets(seen, states)
    _show_publications(seen)
    if step is not None:
        tell_next(context, step)


def _next(workspace: Workspace) -> NextCommand | None:
    """Return what is next; nothing where the list itself was what is next."""
    from fair_imagic.views.next_command import for_catalogue

    step = for_catalogue(workspace)
    return None if step.words == ("status",) else step


def _line(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)


def _states(workspace: Workspace, seen: Status) -> dict[str, str]:
    """Return how each set stands, in a sentence, as its page says it."""
    from fair_imagic.views.set_path import paths_of

    paths = paths_of(workspace, seen.sets) if seen.sets else {}
    return {record: path.sentence for record, path in paths.items()}


def _show_sets(seen: Status, states: dict[str, str]) -> None:
    if not seen.sets:
        click.echo(_line(_("Publication sets"), "-"))
        return
    click.secho(_("Publication sets"), bold=True)
    show_table(
        (_("Name"), _("Title"), _("Images"), _("State")),
        (
            (row.name, row.title, str(row.images), states.get(row.iri, ""))
            for row in seen.sets
        ),
    )


def _show_publications(seen: Status) -> None:
    from fair_imagic.publish.shown_identifier import shown_identifier
    from fair_imagic.views.publication_words import remote_words, state_words

    if not seen.deliveries:
        click.echo(_line(_("Publications"), "-"))
        return
    click.secho(_("Publications"), bold=True)
    show_table(
        (
            _("What"),
            _("Archive"),
            _("State"),
            _("Since then"),
            _("There"),
            _("Identifier"),
        ),
        (
            (
                "/".join(one.subject.rsplit("/", 2)[-2:]),
                one.target,
                state_words(one),
                _("changed") if one.id in seen.changed else "",
                remote_words(one),
                shown_identifier(one.identifier, practice=one.practice),
            )
            for one in seen.deliveries
        ),
    )
    for one in seen.deliveries:
        if one.message:
            text = _("{target}: the last try did not succeed: {message}")
            click.echo(text.format(target=one.target, message=one.message))
