"""The words of the option parser in the reader's language.

Click asks the gettext of the whole process, which follows the environment and knows
nothing of ``--lang`` and of our setting. Each of its modules has that function as
``_`` and ``ngettext``: they are given ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["translate_parser"]

_MODULES = (
    "_termui_impl",
    "core",
    "decorators",
    "exceptions",
    "formatting",
    "parser",
    "termui",
    "types",
    "utils",
)


def translate_parser() -> None:
    """Let the option parser speak the language in use from now on."""
    for name in _MODULES:
        module = import_module(f"click.{name}")
        _replace(module, "_", _)
        _replace(module, "ngettext", ngettext)
    for kind, name in _names_of_types().items():
        kind.name = name
    click.HelpFormatter.write_heading = _write_heading  # type: ignore[method-assign,assignment]


def _write_heading(formatter: click.HelpFormatter, heading: str) -> None:
    """Write a heading with its colon, before which French has a space."""
    text = _("{heading}:").format(heading=heading)
    formatter.write(f"{'':>{formatter.current_indent}}{text}\n")


def _replace(module: ModuleType, name: str, function: object) -> None:
    if hasattr(module, name):
        setattr(module, name, function)


def _names_of_types() -> dict[type[click.ParamType[Any]], str]:
    """Return what people call the kinds of values, as help texts show them."""
    return {
        type(click.STRING): _("text"),
        type(click.INT): _("integer"),
        click.IntRange: _("integer range"),
        type(click.FLOAT): _("number"),
        click.FloatRange: _("number range"),
        type(click.BOOL): _("yes or no"),
    }


def _words() -> tuple[str, ...]:
    """Name what the parser says, so that our catalogue of messages has it."""
    return (
        _("%(prog)s, version %(version)s"),
        _("Aborted!"),
        _("Argument {name!r} takes {nargs} values."),
        _("Choose from:\n\t{choices}"),
        _("Commands"),
        _("Could not open file {filename!r}: {message}"),
        _("Error: The two entered values do not match."),
        _("Error: invalid input"),
        _("Error: {message}"),
    )


def _refusals() -> tuple[str, ...]:
    """Name what it says of what was typed."""
    return (
        _("Invalid value for {param_hint}: {message}"),
        _("Invalid value: {message}"),
        _("Missing argument"),
        _("Missing command."),
        _("Missing option"),
        _("Missing parameter"),
        _("Missing parameter: {param_name}"),
        _("No such command {name!r}."),
        _("No such option {name!r}."),
        _("Option {name!r} does not take a value."),
        _("Options"),
        _("Repeat for confirmation"),
        _("Show the version and exit."),
        _("Show this message and exit."),
        _("Try '{command} {option}' for help."),
        _("Usage:"),
        _("default: {default}"),
        _("directory"),
        _("env var: {var}"),
        _("file"),
        _("path"),
        _("required"),
        _("unknown error"),
        _("{name} {filename!r} does not exist."),
        _("{name} {filename!r} is a directory."),
        _("{name} {filename!r} is a file."),
        _("{name} {filename!r} is not readable."),
        _("{name} {filename!r} is not writable."),
        _("{value!r} is not a valid boolean. Recognized values: {states}"),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
    )


def _counted_words() -> tuple[str, ...]:
    """Name what it says of one thing or several."""
    return (
        ngettext(
            "Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 2
        ),
        ngettext(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            2,
        ),
        ngettext(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            2,
        ),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2),
    )
