"""The command ``fair-imagic``: finds the sub-command and loads only that one."""

from __future__ import annotations

import contextlib
import difflib
import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fair_imagic import __version__
from fair_imagic.cli.collector import not_at_exit
from fair_imagic.cli.fault import FaultsTold
from fair_imagic.cli.parser_words import translate_parser
from fair_imagic.cli.streams import prepare_streams
from fair_imagic.config import chosen_folder, load
from fair_imagic.errors import FairImagicError, InputError
from fair_imagic.i18n import _, escaped, language_of_environment, set_language

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

# name -> (module below fair_imagic.cli, what it does). The text is here as well as in
# the command, so that `--help` loads no command at all.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Make the sample study and walk it from import to DOI"),
    "import": ("import_images", "Import image files and folders into a collection"),
    "set": ("sets", "Create and change publication sets"),
    "instrument": ("instruments", "Keep microscope records"),
    "person": ("people", "Keep people and their organisations"),
    "check": ("check", "Check a set, collection, folder or file"),
    "check-files": ("check_files", "Check documents in a hook or pipeline"),
    "ask": ("ask", "Ask what a set lacks, at most ten questions, and keep answers"),
    "defaults": ("defaults", "Keep default values of the facility"),
    "methods": ("methods", "Write the materials-and-methods text of a set"),
    "repair": ("repair", "Correct values of one or many images, with undo"),
    "undo": ("undo", "Take a change back by its number"),
    "software": ("software", "Keep scripts that belong to publication sets"),
    "process": ("process", "Process images; results are new, linked data"),
    "clean": ("clean", "Copy files without personal data, for publication"),
    "processors": ("processors", "List what can process images"),
    "override": ("override", "Decide that a point does not stop a publication"),
    "publish": ("publish", "Publish a set, or show what would be sent"),
    "targets": ("targets", "List where sets can be published, or explain a target"),
    "status": ("status", "Show what is there and where it is published"),
    "dmp": ("dmp", "Keep data management plans and export them"),
    "export": ("export", "Write the records of a set for other programs"),
    "query": ("query", "Ask the catalogue in SPARQL"),
    "readers": ("readers", "List the image formats, or explain one file"),
    "serve": ("serve", "Run the web service"),
    "sandbox": ("sandbox", "Run the practice archives on this machine"),
    "account": ("accounts", "Create accounts for the web service"),
    "team": ("teams", "Say whose sets, collections and plans are"),
    "config": ("config", "Show the settings in force"),
    "completion": ("completion", "Write what lets a shell complete commands"),
    "storage": ("storage", "Show where image files lie, and whether it is there"),
    "rebuild": ("rebuild", "Make the search index again from the journal"),
    "rebase": ("rebase", "Give all records identifiers with another beginning"),
    "upgrade": ("upgrade", "Bring a data folder of an older version up to date"),
    "compact": (
        "compact",
        "Free the space of checked versions that need not be whole",
    ),
}


# What somebody who reads French pages may type.
_FRENCH = {
    "aide": "--help",
    "corriger": "repair",
    "demander": "ask",
    "état": "status",
    "etat": "status",
    "importer": "import",
    "jeu": "set",
    "méthodes": "methods",
    "personne": "person",
    "publier": "publish",
    "servir": "serve",
    "traiter": "process",
    "vérifier": "check",
    "verifier": "check",
}


class _LazyGroup(click.Group):
    """A group that imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"fair_imagic.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        meant = _FRENCH.get(name.casefold())
        words = (meant,) if meant else COMMANDS
        raise click.exceptions.NoSuchCommand(
            meant or name,
            message=_("No such command {name!r}.").format(name=name),
            possibilities=words,
            ctx=ctx,
        )

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section(_("Commands")):
            rows = [(name, _(text)) for name, (_module, text) in COMMANDS.items()]
            formatter.write_dl(rows)


def _group() -> click.Group:
    """Return the root command, its texts in the language in use."""

    @click.group(
        cls=_LazyGroup,
        help=_("FAIR Imag'IC: check microscopy images before you publish them."),
        epilog=_("Start with: fair-imagic demo — or: fair-imagic check FOLDER"),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.version_option(__version__, prog_name="fair-imagic")
    @click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        help=_("Folder that holds all state (default: ~/.fair-imagic)."),
    )
    @click.option(
        "--lang", type=click.Choice(["en", "fr"]), help=_("Language of messages.")
    )
    @click.pass_context
    def root(context: click.Context, home: Path | None, lang: str | None) -> None:
        context.obj = home
        if home is not None:
            context.with_resource(chosen_folder(home))

    return root


def _language(arguments: Sequence[str]) -> str:
    """Return the language: ``--lang`` first, as help texts are made on import.

    Then the setting, from the environment or the data folder, then the locale.
    """
    given = _option("--lang", arguments)
    if given:
        return given
    home = _option("--home", arguments)
    with contextlib.suppress(FairImagicError):  # told when the command reads settings
        chosen = load(Path(home) if home else None).language
        if chosen:
            return chosen
    return language_of_environment(os.environ)


def _option(name: str, arguments: Sequence[str]) -> str:
    """Return the value of an option, empty where it is not given."""
    for number, argument in enumerate(arguments):
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
        if argument == name and number + 1 < len(arguments):
            return arguments[number + 1]
    return ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0: done, or the set conforms; 1: points to fix; 2: not done; 70: a fault of the
    program; 130: stopped.
    """
    not_at_exit()
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_language(_language(given))
    translate_parser()
    with FaultsTold():
        _run(given)


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    for word in words:
        if escaped(word) != word:
            raise InputError(
                _("This is not text in UTF-8"),
                found=escaped(word)[:200],
                hint=_("Set the terminal to UTF-8, or rename the file."),
            )


def _run(given: list[str]) -> NoReturn:
    """Run a command; what a person can mend is told in one message."""
    try:
        _refuse_what_is_no_text(given)
        code = _group().main(given, prog_name="fair-imagic", standalone_mode=False)
    except FairImagicError as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption):
            _tell_place_of(error.option_name)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            _("Stopped. What is done is kept; the same command does the rest."),
            err=True,
        )
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: nothing to tell
        sys.exit(0)
    except MemoryError:
        hint = _("Take fewer images at once, or a machine with more memory.")
        _leave_with(_("There is not enough memory for this"), hint=hint)
    except OSError as error:
        _let_go_of_output()
        _leave_with(
            _("The operating system refuses: {reason}").format(reason=_reason(error)),
            where=str(error.filename or ""),
            hint=_("Correct that, then give the same command again."),
        )
    sys.exit(code if isinstance(code, int) else 0)


def _reason(error: OSError) -> str:
    """Return why the system refuses; it says so in its own language only."""
    reasons = {
        errno.ENOSPC: _("there is no room left on the disk"),
        errno.EDQUOT: _("the room that this account may use on the disk is full"),
        errno.EROFS: _("the disk can only be read"),
        errno.EACCES: _("this account has no right to do this there"),
        errno.EPERM: _("this account has no right to do this there"),
        errno.ENOENT: _("there is no such file or folder"),
        errno.EIO: _("the disk does not answer as it should"),
        errno.EMFILE: _("too many files are open"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)


def _tell_place_of(option: str) -> None:
    """Say where an option stands that was looked for behind a command."""
    for known in difflib.get_close_matches(
        option, ("--home", "--lang"), n=1, cutoff=0.7
    ):
        text = _("{option} stands before the command: fair-imagic {option} … COMMAND")
        click.echo(text.format(option=known), err=True)


def _let_go_of_output() -> None:
    """Write what waits to be shown; if that fails, let go: Python tries at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("wb") as nowhere, contextlib.suppress(OSError):
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _leave_with(message: str, *, where: str = "", hint: str) -> NoReturn:
    error = FairImagicError(message, where=where, hint=hint)
    click.secho(str(error), fg="red", err=True)
    sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
