"""What to do next, told at the end of a command: a command that can be pasted."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.views.next_command import NextCommand

__all__ = ["command_line", "tell_next"]


def command_line(context: click.Context, *words: str, home: Path | None = None) -> str:
    """Return a command for the shell, for the data folder that is in use.

    A folder that the environment names needs no option: it holds for the next command
    too. ``home`` is a folder that a command chose by itself.
    """
    home = home or context.find_root().obj
    folder = ("--home", str(home)) if home is not None else ()
    return shlex.join(("fair-imagic", *folder, *words))


def tell_next(
    context: click.Context, step: NextCommand, *, home: Path | None = None
) -> None:
    """Say what to do next, beside the output: no program that reads it meets this."""
    command = shlex.join(("fair-imagic", *step.words))
    if step.in_folder:
        command = command_line(context, *step.words, home=home)
    text = _("Next, {purpose}: {command}")
    text = text.format(purpose=step.purpose, command=command)
    click.secho(text, bold=True, err=True)
