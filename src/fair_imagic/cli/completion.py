"""``fair-imagic completion``."""

from __future__ import annotations

import click

from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="completion",
    help=_(
        "Write what lets a shell complete commands and options at the Tab key. Give it "
        "to the shell when that starts, once for all.\n\n"
        "Example: fair-imagic completion bash > ~/.fair-imagic-completion; echo "
        "'source ~/.fair-imagic-completion' >> ~/.bashrc"
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Write the completion of a shell."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    kinds = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    root = context.find_root().command
    made = kinds[shell](root, {}, "fair-imagic", "_FAIR_IMAGIC_COMPLETE")
    click.echo(made.source())
