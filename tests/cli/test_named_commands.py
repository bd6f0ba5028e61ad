"""A command that a message names exists, with the options that are named with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

import messages
from fair_imagic.cli.main import COMMANDS, _group

if TYPE_CHECKING:
    from collections.abc import Iterator

# In quotation marks to its end, else up to the end of the clause.
_NAMED = re.compile(r"`fair-imagic ([^`]*)`|fair-imagic ([a-z-][^`'\n.,;:()]*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def _texts(language: str) -> Iterator[str]:
    for message in messages.load("fr"):
        several = message.string if language == "fr" else message.id
        yield from filter(None, [several] if isinstance(several, str) else several)


def _reached(words: list[str]) -> tuple[set[str], str]:
    """Return the options on the way through words, and the word that is no command."""
    command: click.Command | None = _group()
    options = {"--help", "--version"}
    for word in words:
        assert command is not None
        options.update(one for each in command.params for one in each.opts)
        if not isinstance(command, click.Group):
            break
        if word.startswith("-"):
            continue
        command = command.get_command(click.Context(command), word)
        if command is None:
            return options, word
        options.update(one for each in command.params for one in each.opts)
    return options, ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_command_that_a_message_names_exists_with_its_options(language):
    wrong = []
    for text in _texts(language):
        for named in _NAMED.finditer(text):
            words = (named[1] or named[2]).split()
            if named[1] is None and not re.match(r"[a-z-]+$", words[0]):
                continue
            options, unknown = _reached(words)
            missing = set(_OPTION.findall(named[0])) - options
            if unknown or missing:
                wrong.append((named[0], unknown, missing))
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_option_that_a_message_names_is_one_of_some_command(language):
    # the last is one of scripts/setup
    known = {"--help", "--version", "--home", "--lang", "--processing"}
    waiting = [_group().get_command(click.Context(_group()), one) for one in COMMANDS]
    while waiting:
        command = waiting.pop()
        assert command is not None
        known |= {one for each in command.params for one in each.opts}
        if isinstance(command, click.Group):
            waiting += command.commands.values()
    named = {(one, text) for text in _texts(language) for one in _OPTION.findall(text)}
    assert {(one, text) for one, text in named if one not in known} == set()
