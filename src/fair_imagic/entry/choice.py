"""What people call the values of a list, in the language in use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.i18n import current_language
from fair_imagic.model.slots import class_names, slots_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model.slots import Slot

__all__ = ["name_in_title", "name_of_value", "name_of_word", "value_named"]


def name_of_value(slot: Slot, value: str) -> str:
    """Return the name of a value of a field's list; any other text stays as it is."""
    return slot.value_labels.get(current_language(), {}).get(value, value.strip())


def value_named(slot: Slot, text: str) -> str | None:
    """Return the value of a field's list that a person means, None where it is none.

    Names of any language, capitals and both apostrophes are understood.
    """
    if text in slot.values:
        return text
    wanted = _plain(text)
    names = slot.value_labels.values()
    for value in slot.values:
        if wanted == _plain(value):
            return value
    for value in slot.values:
        if any(wanted == _plain(known[value]) for known in names if value in known):
            return value
    return None


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


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


@cache
def _names_of_words(language: str) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for name in class_names():
        for slot in slots_of(name):
            for value, label in slot.value_labels.get(language, {}).items():
                found.setdefault(value, set()).add(label)
    return {value: min(names) for value, names in found.items() if len(names) == 1}
