"""The list of requirements: what each is about, and what it does not look at."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.checks import Profile

__all__ = ["show_requirements"]


def show_requirements(extra: Path | None, *, width: int) -> None:
    """Show every profile of this installation, and those of a folder."""
    from fair_imagic.checks import profiles

    for profile in profiles.available(extra).values():
        click.secho(profile.token, bold=True)
        for line in _lines(profile):
            click.echo(textwrap.indent(textwrap.fill(line, width - 4), "    "))


def _lines(profile: Profile) -> Iterator[str]:
    language = current_language()
    yield profile.title[language]
    yield profile.description[language]
    if profile.parents:
        names = ", ".join(profile.parents)
        yield _("It includes the requirements of {names}.").format(names=names)
    if profile.gaps:
        yield _("Not looked at:")
        yield from (f"- {gap.shown}" for gap in profile.gaps)
