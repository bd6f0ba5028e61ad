"""``fair-imagic ask``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import author_option, opened
from fair_imagic.cli.next_step import tell_next
from fair_imagic.entry import UnknownNameError
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.questions import Question

__all__ = ["command"]


@click.command(
    name="ask",
    help=_(
        "Ask what a publication set still lacks, at most ten questions, the most "
        "useful first. On a terminal you can answer one after the other.\n\n"
        "Example: fair-imagic ask demo --answer 1=CC-BY-4.0 --answer '2=0.323 um'"
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--answer",
    "given",
    multiple=True,
    metavar="N=VALUE",
    help=_("Answer to question N; all are kept as one change."),
)
@click.option(
    "--new",
    is_flag=True,
    help=_(
        "Names of people, organisations and samples that nobody has are new: make them."
    ),
)
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    given: tuple[str, ...],
    new: bool,
    author: str | None,
) -> None:
    """Ask, and keep the answers."""
    from fair_imagic.views.next_command import for_check
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.correcting import questions
    from fair_imagic.workflow.sets import defaults

    with opened(context) as workspace:
        defaults.apply(workspace, workspace.record("set", name))
        asked = questions.questions_of(workspace, name)
        if not asked:
            click.echo(_("There is nothing to ask: see `fair-imagic check`."))
            return
        if given:
            answers = dict(_answer(text, asked) for text in given)
        elif sys.stdin.isatty() and sys.stdout.isatty():
            answers = _interview(workspace, asked)
        else:
            _show_all(asked)
            return
        done = questions.answer(
            workspace, name, answers, author=author or default_author(), new=new
        )
    for note in done.notes:
        click.echo(note)
    click.echo(
        _("{values} values set in {records} records (change {number})").format(
            values=done.values, records=done.records, number=done.number
        )
    )
    tell_next(context, for_check(name))


def _show_all(asked: tuple[Question, ...]) -> None:
    for number, question in enumerate(asked, start=1):
        _show(number, question)


def _show(number: int, question: Question) -> None:
    click.secho(f"{number}. {question.label}", bold=True, nl=False)
    count = len(question.things)
    if count > 1:
        places = ngettext("{count} place", "{count} places", count)
        click.echo(f" ({places.format(count=count)})")
    else:
        click.echo(f" ({question.labels[0]})")
    for why in question.why:
        click.echo(f"   {why}")
    if question.example:
        click.echo(_("   Example: {example}").format(example=question.example))
    fixes = ngettext("{count} point", "{count} points", question.fixes)
    text = _("   An answer removes {points} ({weight}).")
    points = fixes.format(count=question.fixes)
    click.echo(text.format(points=points, weight=question.words))
    if question.path:
        click.echo(f"   --set {question.path}=…")


def _answer(text: str, asked: tuple[Question, ...]) -> tuple[str, str]:
    number, equals, value = text.partition("=")
    if not equals or not number.strip().isdecimal() or not value.strip():
        raise click.BadParameter(
            _("{text} is not N=VALUE").format(text=text), param_hint="--answer"
        )
    index = int(number)
    if not 1 <= index <= len(asked):
        raise click.BadParameter(
            _("There is no question {number}").format(number=index),
            param_hint="--answer",
        )
    return asked[index - 1].key, value.strip()


def _interview(workspace: Workspace, asked: tuple[Question, ...]) -> dict[str, str]:
    """Ask one after the other; what is not taken for sure is asked again."""
    from fair_imagic.workflow.correcting import questions

    click.echo(_("Press Enter to leave a question open."))
    answers = {}
    for number, question in enumerate(asked, start=1):
        _show(number, question)
        while value := click.prompt(">", default="", show_default=False).strip():
            try:
                questions.try_answer(workspace, question, value)
            except UnknownNameError as error:
                value = _who(error, value)
                if not value:
                    continue
            except FairImagicError as error:
                click.echo(str(error))
                continue
            answers[question.key] = value
            break
    return answers


def _who(error: UnknownNameError, value: str) -> str:
    """Ask who a name that nobody has is; return the answer with it, or nothing."""
    for unknown in error.names:
        click.echo(error.message)
        for number, one in enumerate(unknown.near, start=1):
            click.echo(f"   {number}. {one.name}")
        last = len(unknown.near) + 1
        click.echo(
            "   {}. {}".format(last, _("new: {name}").format(name=unknown.words))
        )
        chosen = click.prompt(
            _("Which one? Press Enter to answer again"), default="", show_default=False
        ).strip()
        if not chosen.isdecimal() or not 1 <= int(chosen) <= last:
            return ""
        near = unknown.near[int(chosen) - 1].text if int(chosen) < last else ""
        value = _with(value, unknown.words, near or unknown.confirmation)
    return value


def _with(value: str, words: str, meant: str) -> str:
    """Return a value with what is meant in place of a name."""
    parts = [part.strip() for part in value.split(";")]
    return "; ".join(meant if " ".join(p.split()) == words else p for p in parts)
