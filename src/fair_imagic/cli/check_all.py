"""``fair-imagic check --all``: one line for each publication set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, progress_lines, show_table
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.jobs.check_task import CheckAnswer

__all__ = ["check_all"]


def check_all(
    context: click.Context,
    *,
    names: tuple[str, ...],
    extra: Path | None,
    declared_tier: int | None,
) -> None:
    """Check every publication set and end with the worst exit code."""
    from fair_imagic.workflow import check_all as workflow

    with progress_lines(_("Checking")) as progress, opened(context) as workspace:
        answers = workflow.run(
            workspace,
            names=names,
            extra=extra,
            declared_tier=declared_tier,
            progress=progress,
        )
    show_table(
        (_("Set"), _("must"), _("should"), _("could"), _("Result")),
        (
            (
                answer.name,
                *(str(n) for n in (answer.must, answer.should, answer.could)),
                _result(answer),
            )
            for answer in answers
        ),
    )
    for answer in answers:
        if answer.error:
            click.secho(f"{answer.name}: {answer.error}", fg="red", err=True)
    context.exit(max(answer.exit_code for answer in answers))


def _result(answer: CheckAnswer) -> str:
    if answer.error:
        return _("cannot be checked")
    if answer.blocked:
        return _("cannot be published yet")
    return _("points to fix") if answer.must else _("conforms")
