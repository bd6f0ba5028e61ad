"""``fair-imagic sandbox``."""

from __future__ import annotations

import click

from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="sandbox",
    help=_(
        "Run the practice archives of the targets on this machine until they are "
        "stopped. Nothing leaves this machine, and what they give out are practice "
        "identifiers."
    ),
)
@click.option("--port", type=int, default=8090, show_default=True, help=_("Port."))
@click.pass_context
def command(context: click.Context, port: int) -> None:
    """Run the practice archives."""
    from fair_imagic import config
    from fair_imagic.publish.settings import verify
    from fair_imagic.workflow.publishing.practice import serve_practice

    settings = config.load(context.find_root().obj)
    verify(settings)
    serve_practice(settings, port=port, say=click.echo)
