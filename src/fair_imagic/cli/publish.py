"""``fair-imagic publish``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import author_option, opened, progress_lines
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, current_language, labelled
from fair_imagic.publish.registry import tokens
from fair_imagic.publish.shown_identifier import shown_identifier

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.publishing.publish import Outcome

__all__ = ["command"]


@click.command(
    name="publish",
    help=_(
        "Publish a set to an archive. In practice mode (the default) the archives are "
        "on this machine and nothing becomes public. Running it again after an "
        "interruption completes it; there is never a second deposit.\n\n"
        "Exit code: 0 published (or shown), 1 points to fix stand against it, 2 it "
        "could not be done.\n\n"
        "Example: fair-imagic publish demo --to datacite --dry-run --output preview/"
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="ARCHIVE",
    help=_("One of: {names}.").format(names=", ".join(tokens())),
)
@click.option(
    "--dry-run", is_flag=True, help=_("Show what would be sent; send nothing.")
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder to write what is sent into."),
)
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    target: str,
    dry_run: bool,
    output: Path | None,
    author: str | None,
) -> None:
    """Publish, or show what would be sent."""
    from fair_imagic.views.next_command import NextCommand, for_check
    from fair_imagic.workflow.publishing import publish

    with opened(context) as workspace, progress_lines(_("Publishing")) as progress:
        outcome = publish.run(
            workspace,
            name,
            target,
            dry_run=dry_run,
            output=output,
            author=author,
            progress=progress,
        )
    _say_what(outcome, output, dry_run=dry_run)
    _say_in_spite_of_what(outcome)
    if outcome.blocking:
        _say_why_not(outcome)
        tell_next(context, for_check(name))
        context.exit(1)
    if outcome.delivery is not None:
        _say_where(outcome.delivery)
        step = NextCommand(("serve",), _("open its page, and all others"))
    else:
        words = ("publish", name, "--to", target)
        step = NextCommand(words, _("publish it"))
    tell_next(context, step)


def _say_where(delivery: Delivery) -> None:
    """Say under which name it is, in which state, and what to do next."""
    from fair_imagic.publish.registry import title_of
    from fair_imagic.views.publication_words import remote_words, state_words

    shown = shown_identifier(delivery.identifier, practice=delivery.practice)
    click.secho(shown or state_words(delivery), bold=True)
    states = " · ".join(
        dict.fromkeys(filter(None, (state_words(delivery), remote_words(delivery))))
    )
    click.echo(labelled(title_of(delivery.target), states))
    if delivery.landing_page:
        text = _("Its page, while `fair-imagic serve` runs: {url}")
        click.echo(text.format(url=delivery.landing_page))


def _say_what(outcome: Outcome, output: Path | None, *, dry_run: bool) -> None:
    package = outcome.package
    if dry_run and output is None:
        import json

        text = json.dumps(package.payload, indent=2, ensure_ascii=False)
        click.echo(text)
    if dry_run:
        for name, content in sorted(package.files.items()):
            click.echo(f"{name}  {len(content)} B", err=True)
        for name, path in sorted(package.attachments.items()):
            click.echo(f"{name}  {path.stat().st_size} B", err=True)
    line = _("{label}: {text}")
    for name in package.missing:
        text = line.format(label=_("file not found"), text=name)
        click.secho(text, fg="red", err=True)
    for gap in package.lost:
        text = line.format(label=_("not carried"), text=gap.shown)
        click.secho(text, fg="yellow", err=True)
    if output is not None:
        click.echo(_("What is sent is written to {folder}").format(folder=output))


def _say_in_spite_of_what(outcome: Outcome) -> None:
    from fair_imagic.checks.reports.words import override_line

    for one in outcome.decisions:
        text = _("in spite of a point, by decision of the facility")
        click.secho(f"{text}: {override_line(one)}", fg="yellow", err=True)


def _say_why_not(outcome: Outcome) -> None:
    language = current_language()
    click.secho(_("Nothing was sent. These points stand against it:"), fg="red")
    for point in outcome.blocking[:20]:
        click.echo(f"- {point.message[language]} [{point.code}] {point.focus_label}")
        click.echo(f"  {point.repair[language]}")
    more = len(outcome.blocking) - 20
    if more > 0:
        click.echo(_("… and {count} more").format(count=more))
