"""``fair-imagic override``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import author_option, opened
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, current_language, labelled

if TYPE_CHECKING:
    from fair_imagic.workflow.publishing.publish import Outcome

__all__ = ["command"]


@click.command(
    name="override",
    help=_(
        "Decide that a point does not stop a publication, with a written reason. For "
        "the staff of the facility. The decision is kept with author and date, and "
        "every report of the set shows it. What the law forbids cannot be decided "
        "otherwise. Without --code, show what stops the set and what is decided.\n\n"
        "Example: fair-imagic override demo --to bioimage-archive --code "
        'bioimage-archive/title-length --reason "Agreed with the curator on 3 June"'
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--to", "target", required=True, metavar="ARCHIVE", help=_("Archive it is for.")
)
@click.option(
    "--code", metavar="CODE", help=_("Code of the point, as a report names it.")
)
@click.option("--reason", help=_("Why it may be published all the same."))
@click.option("--take-back", is_flag=True, help=_("Take the decision back."))
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    target: str,
    code: str | None,
    reason: str | None,
    take_back: bool,
    author: str | None,
) -> None:
    """Decide, take a decision back, or show what there is to decide."""
    from fair_imagic.views.next_command import NextCommand, for_check
    from fair_imagic.workflow.publishing import decision, publish

    with opened(context) as workspace:
        if code is None:
            _show(publish.prepare(workspace, name, target))
            return
        if take_back:
            number = decision.take_back(
                workspace, name, target, code=code, author=author
            )
            text = _("Taken back by change {number}: {code} stops the set again.")
            click.echo(text.format(number=number, code=code))
            tell_next(context, for_check(name))
            return
        made = decision.decide(
            workspace, name, target, code=code, reason=reason or "", author=author
        )
    text = _("Decided by {author}: {code} does not stop {target}.")
    click.echo(text.format(author=made.author, code=made.code, target=made.target))
    words = ("publish", name, "--to", target, "--dry-run")
    tell_next(context, NextCommand(words, _("see what would be sent")))


def _show(outcome: Outcome) -> None:
    from fair_imagic.checks.reports.words import override_line

    language = current_language()
    if not outcome.blocking:
        click.echo(_("Nothing stops this publication."))
    else:
        click.secho(_("These points stop it:"), bold=True)
    for code, point in {p.code: p for p in outcome.blocking}.items():
        note = f" ({_('the law forbids it')})" if point.legal else ""
        click.echo(f"- {labelled(code, point.message[language])}{note}")
    if outcome.decisions:
        click.secho(_("Decisions of the facility"), bold=True)
    for one in outcome.decisions:
        click.echo(f"- {override_line(one)}")
