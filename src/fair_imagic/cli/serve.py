"""``fair-imagic serve``."""

from __future__ import annotations

import dataclasses

import click

from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="serve",
    help=_("Run the web service until it is stopped (Ctrl-C)."),
)
@click.option("--host", help=_("Address to listen on (default: the setting host)."))
@click.option("--port", type=int, help=_("Port to listen on (default: 8080)."))
@click.pass_context
def command(context: click.Context, host: str | None, port: int | None) -> None:
    """Run the web service."""
    from fair_imagic import config

    settings = config.load(context.find_root().obj)
    settings = dataclasses.replace(
        settings, host=host or settings.host, port=port or settings.port
    )
    # The web service is a layer above this one: it is found by name, like a plug-in.
    from importlib import import_module

    import_module("fair_imagic_web").serve(settings)
