"""``fair-imagic software``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import author_option, opened
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

__all__ = ["command"]


@click.group(name="software", help=_("Keep scripts that belong to publication sets."))
def command() -> None:
    """Group the commands about software."""


@command.command(
    help=_(
        "Keep a folder of scripts as a software record.\n\n"
        "Example: fair-imagic software add nuclei-scripts scripts/ --for demo "
        "--license BSD-3-Clause --by camille-practice"
    )
)
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--for", "set_name", metavar="SET", help=_("Publication set."))
@click.option("--title", help=_("Title of the software."))
@click.option("--description", help=_("What it does."))
@click.option("--version", default="1.0", show_default=True, help=_("Version."))
@click.option("--license", help=_("SPDX licence, such as MIT."))
@click.option("--by", "authors", multiple=True, metavar="PERSON", help=_("Author."))
@author_option()
@click.pass_context
def add(
    context: click.Context,
    name: str,
    folder: Path,
    set_name: str | None,
    title: str | None,
    description: str | None,
    version: str,
    license: str | None,
    authors: tuple[str, ...],
    author: str | None,
) -> None:
    """Add a software record."""
    from fair_imagic.views.next_command import for_catalogue, for_check
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.sets import software

    with opened(context) as workspace:
        record = software.add(
            workspace,
            name,
            folder,
            author=author or default_author(),
            set_name=set_name,
            title=title,
            description=description,
            version=version,
            license=license,
            authors=authors,
        )
        step = for_check(set_name) if set_name else for_catalogue(workspace)
    click.echo(record.rpartition("/")[2])
    tell_next(context, step)
