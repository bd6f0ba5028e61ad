"""What people call the values of a list, in the language in use."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.entry.reading import Option, Reading, Refusal
from fair_imagic.i18n import LANGUAGES, both, current_language
from fair_imagic.model.slots import class_names, slots_of
from fair_imagic.model.view import term_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model.slots import Slot

__all__ = [
    "name_in_title",
    "name_of_value",
    "name_of_word",
    "read_boolean",
    "read_choice",
    "truth_of",
    "value_like",
    "value_named",
    "values_near",
]

_NEAR = 0.6
_ALMOST_THE_SAME = 0.85
_LONGEST = 200
_NOT_WORD = re.compile(r"[\W_]+")


_TRUE = ("yes", "true", "oui", "vrai", "1", "y", "o", "x")
_FALSE = ("no", "false", "non", "faux", "0", "n")


def read_choice(slot: Slot, text: str) -> Reading | Refusal:
    """Read a value of a field's list, by its name in any language."""
    value = value_named(slot, text)
    if value is None:
        return Refusal(
            message=both("This is not in the list of the field"),
            found=text,
            choices=tuple(_option(slot, one) for one in values_near(slot, text)),
        )
    labels = {name.casefold() for name in (value, *_other_names(slot, value))}
    note = {} if text.casefold() in labels else both("read as {value}", value=value)
    return Reading(terms=((slot.iri, term_for(slot, value)),), note=note, text=text)


def read_boolean(slot: Slot, text: str) -> Reading | Refusal:
    """Read yes or no, in any language."""
    truth = truth_of(text)
    if truth is None:
        return Refusal(
            message=both("This says neither yes nor no"),
            expected=both("yes, no"),
            found=text,
        )
    return Reading(terms=((slot.iri, term_for(slot, truth)),), text=text)


def truth_of(text: str) -> str | None:
    """Return ``true`` or ``false`` for yes or no in any language, else None."""
    word = text.strip().casefold()
    if word in _TRUE:
        return "true"
    return "false" if word in _FALSE else None


def _option(slot: Slot, value: str) -> Option:
    labels = slot.value_labels
    names = {one: labels.get(one, {}).get(value, value) for one in LANGUAGES}
    return Option(text=value, label=names, by_name=True)


def name_of_value(slot: Slot, value: str) -> str:
    """Return the name of a value of a field's list; any other text stays as it is."""
    return slot.value_labels.get(current_language(), {}).get(value, value.strip())


def value_named(slot: Slot, text: str) -> str | None:
    """Return the value of a field's list that a person means, None where it is none.

    Names of any language, capitals and both apostrophes are understood; so are other
    signs between words, and accents left out, where only one value can be meant.
    """
    if text in slot.values:
        return text
    for plain in (_plain, _bare):
        wanted = plain(text)
        for names in (_own_name, _other_names):
            fitting = [
                value
                for value in slot.values
                if wanted and wanted in map(plain, names(slot, value))
            ]
            if len(fitting) == 1:
                return fitting[0]
    return None


def value_like(slot: Slot, text: str) -> str | None:
    """Return the one value whose name is almost the text (a slip of the pen)."""
    names = _bare_names(slot)
    wanted = _bare(text[:_LONGEST])
    near = difflib.get_close_matches(wanted, names, n=2, cutoff=_ALMOST_THE_SAME)
    values = {names[one] for one in near}
    return values.pop() if len(values) == 1 else None


def values_near(slot: Slot, text: str) -> tuple[str, ...]:
    """Return all values of a field's list, those nearest to a text first."""
    names = _bare_names(slot)
    wanted = _bare(text[:_LONGEST])
    near = difflib.get_close_matches(wanted, names, n=4, cutoff=_NEAR)
    return tuple(dict.fromkeys([*(names[one] for one in near), *slot.values]))


def name_of_word(word: str) -> str:
    """Return the name of a value of any list; a word on no list stays as it is.

    So does a word that two lists name differently.
    """
    return _names_of_words(current_language()).get(word, word)


def name_in_title(title: str, value: str) -> str:
    """Return a title that begins with a value of a list, with the value's name."""
    if not title.startswith(value):
        return title
    return f"{name_of_word(value)}{title.removeprefix(value)}"


def _own_name(slot: Slot, value: str) -> tuple[str, ...]:
    return (value,)


def _other_names(slot: Slot, value: str) -> tuple[str, ...]:
    """Return what a value of a list is called in any language."""
    return tuple(known[value] for known in slot.value_labels.values() if value in known)


def _bare_names(slot: Slot) -> dict[str, str]:
    """Return the values of a list by their names in every language."""
    names: dict[str, str] = {}
    for value in slot.values:
        names.setdefault(_bare(value), value)
    for value in slot.values:
        for name in _other_names(slot, value):
            names.setdefault(_bare(name), value)
    return names


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def _bare(text: str) -> str:
    """Return letters and digits alone, without accents."""
    letters = unicodedata.normalize("NFD", _NOT_WORD.sub("", text.casefold()))
    return "".join(one for one in letters if not unicodedata.combining(one))


@cache
def _names_of_words(language: str) -> Mapping[str, str]:
    found: dict[str, dict[str, str]] = {}
    for name in class_names():
        for slot in slots_of(name):
            for value, label in slot.value_labels.get(language, {}).items():
                found.setdefault(value, {}).setdefault(label.casefold(), label)
    return {
        value: next(iter(names.values()))
        for value, names in found.items()
        if len(names) == 1
    }
