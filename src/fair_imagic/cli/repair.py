"""``fair-imagic repair``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import (
    all_fitting_option,
    author_option,
    images_option,
    opened,
)
from fair_imagic.cli.next_step import command_line, tell_next
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting import Preview
    from fair_imagic.workflow.images.correction import Correction

__all__ = ["command"]

# what takes a value away: ``--set PATH=``
_NOTHING = "(none)"


@click.command(
    name="repair",
    help=_(
        "Correct values of a publication set (or collection) and its images, as one "
        "change with author and time.\n\n"
        "Without --set and --tags the set is checked, and the values that a rule can "
        "propose are shown with their sources; --from takes them from a report (JSON), "
        "or the new values from a table of points that you filled in (XLSX, ODS, "
        "CSV). Nothing changes without --apply.\n\n"
        "PATH is a field of the set (title, license, creators) or of its images "
        "(image.physical_size_x, image.objective.lens_na, image.sample.organism). "
        "Several values are separated by ; and nothing after = takes a value away.\n\n"
        "Exit code: 0 corrected, or nothing to correct; 1 corrections wait for "
        "--apply; 2 a value cannot be used.\n\n"
        "Example: fair-imagic repair demo --set license=CC-BY-4.0 --set "
        "'image.physical_size_x=0.323 um' --only-missing"
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="REPORT",
    help=_("Report (JSON) or filled-in table of points (XLSX, ODS, CSV)."),
)
@click.option("--apply", "applied", is_flag=True, help=_("Make the corrections shown."))
@click.option(
    "--only",
    multiple=True,
    metavar="CODE",
    help=_("Only these points, or those of these requirements (datacite)."),
)
@click.option(
    "--min-confidence",
    "least",
    type=click.Choice(["certain", "likely", "unsure"]),
    default="likely",
    show_default=True,
    help=_("Only proposals that are at least so sure."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("Form in which the corrections are shown."),
)
@click.option(
    "--set", "values", multiple=True, metavar="PATH=VALUE", help=_("Value to set.")
)
@images_option()
@all_fitting_option()
@click.option(
    "--only-missing", is_flag=True, help=_("Leave values that are there as they are.")
)
@click.option(
    "--tags",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Table (CSV, XLSX, ODS) with values for images, by the column image."),
)
@click.option(
    "--new",
    is_flag=True,
    help=_(
        "Names of people, organisations and samples that nobody has are new: make them."
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=_("With --set: only say what would change, elsewhere too."),
)
@click.option("--undo", is_flag=True, help=_("Take the last correction back."))
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    source: Path | None,
    applied: bool,
    only: tuple[str, ...],
    least: str,
    form: str,
    values: tuple[str, ...],
    images: str | None,
    all_fitting: bool,
    only_missing: bool,
    tags: Path | None,
    new: bool,
    dry_run: bool,
    undo: bool,
    author: str | None,
) -> None:
    """Correct, show what would be corrected, or take a correction back."""
    from fair_imagic.views.next_command import for_check
    from fair_imagic.workflow.base.authors import default_author

    author = author or default_author()
    pairs = [_pair(text) for text in values]
    _refuse_two_ways(pairs or tags, source or applied, undo)
    if dry_run and (tags is not None or not pairs):
        raise click.UsageError(_("--dry-run goes with --set alone."))
    with opened(context) as workspace:
        if undo:
            _take_back(workspace, name, author)
            tell_next(context, for_check(name))
            return
        named = _Named(images, all_fitting)
        if pairs or tags is not None:
            told = _Told(pairs, tags, named, only_missing, new, dry_run)
            code = _set(context, workspace, name, told, author)
            if code == 0:
                tell_next(context, for_check(name))
            context.exit(code)
        asked = _Asked(source, only, named, least, form, new)
        context.exit(_from_points(context, workspace, name, asked, applied, author))


def _refuse_two_ways(*ways: object) -> None:
    if sum(map(bool, ways)) > 1:
        raise click.UsageError(
            _("Give either --set and --tags, or --from and --apply, or --undo.")
        )


def _take_back(workspace: Workspace, name: str, author: str) -> None:
    from fair_imagic.workflow.checking.subject import find_subject
    from fair_imagic.workflow.correcting import repair

    root = find_subject(workspace, name)
    done = repair.undo_last(workspace, root, author=author)
    click.echo(
        _("The last correction is taken back (change {number})").format(
            number=done.number
        )
    )


def _set(
    context: click.Context, workspace: Workspace, name: str, told: _Told, author: str
) -> int:
    from fair_imagic.workflow.checking.subject import find_subject
    from fair_imagic.workflow.correcting import repair

    root = find_subject(workspace, name)
    named = told.named
    if told.tags is not None:
        from fair_imagic.cli.tags_text import apply_or_tell
        from fair_imagic.workflow.correcting.tags import plan_tags, read_tags

        plan = plan_tags(workspace, root, read_tags(told.tags))
        made, code = apply_or_tell(
            workspace, plan, author=author, all_fitting=named.all_fitting
        )
        if made is None:
            return code
        _say(made)
    if told.pairs:
        done = repair.set_values(
            workspace,
            root,
            told.pairs,
            author=author,
            images=named.images,
            all_fitting=named.all_fitting,
            replace=not told.only_missing,
            new=told.new,
            dry_run=told.dry_run,
        )
        if told.dry_run:
            _say_dry(done)
            return 1
        _say(done)
        _say_undo(context, name, done)
    return 0


@dataclass(frozen=True)
class _Named:
    """Which images are named, and whether all of an exact name are meant."""

    images: str | None
    all_fitting: bool

    @property
    def words(self) -> list[str]:
        """Return the options that say so."""
        words = ["--images", self.images] if self.images is not None else []
        return [*words, "--all-fitting"] if self.all_fitting else words


@dataclass(frozen=True)
class _Told:
    """Which values are given, to what, and whether names that nobody has are new."""

    pairs: list[tuple[str, str]]
    tags: Path | None
    named: _Named
    only_missing: bool
    new: bool
    dry_run: bool


@dataclass(frozen=True)
class _Asked:
    """Which corrections are asked for, and in which form they are shown."""

    source: Path | None
    only: tuple[str, ...]
    named: _Named
    least: str
    form: str
    new: bool

    def words(self, name: str) -> list[str]:
        """Return the command that makes the corrections shown."""
        words = ["repair", name]
        words += ["--from", str(self.source)] if self.source is not None else []
        words += [word for code in self.only for word in ("--only", code)]
        words += self.named.words
        words += ["--min-confidence", self.least] if self.least != "likely" else []
        words += ["--new"] if self.new else []
        return [*words, "--apply"]


def _from_points(
    context: click.Context,
    workspace: Workspace,
    name: str,
    asked: _Asked,
    applied: bool,
    author: str,
) -> int:
    """Show, and where asked make, the corrections; return the exit code."""
    from fair_imagic.checks import Confidence
    from fair_imagic.cli.preview_text import preview_json, preview_lines
    from fair_imagic.workflow import correcting as corrections

    planned = corrections.planned(
        workspace,
        name,
        source=asked.source,
        only=asked.only,
        images=asked.named.images,
        all_fitting=asked.named.all_fitting,
        at_least=Confidence(asked.least),
        new=asked.new,
    )
    done = None
    if applied and planned.items and not planned.flaws:
        done = corrections.apply(workspace, planned, author=author)
    if asked.form == "json":
        click.echo(preview_json(planned, change=done.number if done else None))
    else:
        for line in preview_lines(planned):
            click.echo(line)
        waits = bool(planned.items) and not applied and not planned.flaws
        _say_next(context, name, asked, waits=waits, done=done)
    if planned.flaws:
        click.secho(_nothing_changed(context, name, asked, planned), fg="red", err=True)
        return 2
    return 1 if planned.items and not applied else 0


def _nothing_changed(
    context: click.Context, name: str, asked: _Asked, planned: Preview
) -> str:
    """Return that nothing is changed, and what to do about it."""
    parts = [_("Nothing is changed.")]
    if all(flaw.new for flaw in planned.flaws):
        words = replace(asked, new=True).words(name)[:-1]
        again = command_line(context, *words)
        text = _("If all these names are new: {command}").format(command=again)
        parts.append(text)
    else:
        parts.append(_("Correct these cells, or empty them, and give the file again."))
    return " ".join(parts)


def _say_next(
    context: click.Context,
    name: str,
    asked: _Asked,
    *,
    waits: bool,
    done: Correction | None,
) -> None:
    from fair_imagic.views.next_command import for_check

    if done is not None:
        _say(done)
        _say_undo(context, name, done)
        tell_next(context, for_check(name))
    elif waits:
        click.echo(
            _("Nothing is changed yet. Make these corrections with: {command}").format(
                command=command_line(context, *asked.words(name))
            )
        )


def _say_dry(done: Correction) -> None:
    for note in done.notes:
        click.echo(note)
    text = _("Would set values: {values}, records: {records}. Nothing is changed.")
    click.echo(text.format(values=done.values, records=done.records))


def _say_undo(context: click.Context, name: str, done: Correction) -> None:
    if done.number is not None:
        undo = command_line(context, "repair", name, "--undo")
        click.echo(_("Take it back with: {command}").format(command=undo))


def _pair(text: str) -> tuple[str, str]:
    path, equals, value = text.partition("=")
    if not equals or not path:
        raise click.BadParameter(
            _("{text} is not PATH=VALUE").format(text=text), param_hint="--set"
        )
    return path.strip(), value or _NOTHING


def _say(done: Correction) -> None:
    for note in done.notes:
        click.echo(note)
    if done.number is None:
        click.echo(_("Nothing changed"))
        return
    click.echo(
        _("Values set: {values}, records: {records} (change {number})").format(
            values=done.values, records=done.records, number=done.number
        )
    )
