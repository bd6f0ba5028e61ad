"""``fair-imagic demo``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import tell
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="demo",
    help=_(
        "Make the sample study in a folder and walk it from import over check, "
        "correction and processing to publication in practice mode. A second run "
        "finds what is done and goes on."
    ),
)
@click.argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="fair-imagic-demo",
    metavar="[DIR]",
)
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Run the demo; its catalogue is in the folder unless --home says otherwise."""
    from fair_imagic.publish.shown_identifier import shown_identifier
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.base.workspace import open_workspace
    from fair_imagic.workflow.demo import walk as demo

    home: Path | None = context.find_root().obj
    folder = folder.absolute()
    with open_workspace(home or folder / "home", tell=tell) as workspace:
        summary = demo.run(workspace, folder, say=lambda text: click.echo(f"- {text}"))
    click.echo("")
    rows = (
        (_("Images"), str(summary.images)),
        (_("Points to fix before correction"), str(summary.points_before)),
        (_("Points to fix after correction"), str(summary.points_after)),
        *(
            (title, shown_identifier(name, practice=True))
            for title, name in summary.identifiers
        ),
        (_("Data management plan"), str(summary.plan)),
        (_("Report"), str(summary.report)),
    )
    width = max(len(label) for label, _text in rows)
    for label, text in rows:
        click.echo(f"{label:<{width}}  {text or '-'}")
    names = [name for _title, name in summary.identifiers]
    step = NextCommand(("serve",), _("see all of it on the pages"))
    tell_next(context, step, home=home or folder / "home")
    context.exit(0 if all(names) and summary.points_after == 0 else 1)
