"""Messages in the user's language: English as written, French from the catalogue."""

from __future__ import annotations

import contextlib
import functools
import gettext as _gettext
import re
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "LANGUAGES",
    "_",
    "both",
    "current_language",
    "in_languages",
    "language_of_environment",
    "ngettext",
    "set_language",
    "typeset",
    "use_language",
]

LANGUAGES = ("en", "fr")
DOMAIN = "fair_imagic"

# What a person has to type stays as it is: commands, quoted values, addresses.
_TYPED = re.compile(r"(`[^`]*`|(?<!\w)'[^']*'(?!\w)|\{[^}]*\}|\S+://\S+|Imag'IC)")
_ELISION = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|$)")
_BEFORE_SIGN = re.compile(r" (?=[:;?!»](?:\s|[.,)]|$))")
_AFTER_SIGN = re.compile(r"(?<=«) ")

_current: ContextVar[str] = ContextVar("fair_imagic_language", default="en")


@functools.cache
def _translations(language: str) -> _gettext.NullTranslations:
    folder = Path(__file__).with_name("translations")
    return _gettext.translation(DOMAIN, folder, languages=[language], fallback=True)


def _(message: str) -> str:
    """Return the message in the current language."""
    return _translations(_current.get()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that fits the count."""
    return _translations(_current.get()).ngettext(singular, plural, count)


def both(message: str, **values: object) -> dict[str, str]:
    """Return the message in every language, with the values filled in."""
    return {
        language: _translations(language).gettext(message).format(**values)
        for language in LANGUAGES
    }


def in_languages(words: Callable[[], str]) -> dict[str, str]:
    """Return what a function says in every language."""
    texts = {}
    for language in LANGUAGES:
        with use_language(language):
            texts[language] = words()
    return texts


def current_language() -> str:
    """Return the code of the language in use."""
    return _current.get()


def set_language(language: str) -> None:
    """Use a language from now on (unknown ones fall back to English)."""
    _current.set(language if language in LANGUAGES else "en")


@contextlib.contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use a language inside the ``with`` block only."""
    token = _current.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _current.reset(token)


def language_of_environment(environ: Mapping[str, str]) -> str:
    """Return the language that ``FAIR_IMAGIC_LANGUAGE`` or the locale asks for."""
    for name in ("FAIR_IMAGIC_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def typeset(text: str) -> str:
    """Return French text with curved apostrophes and spaces that break no line.

    A colon or a closing quotation mark never begins a line.
    """
    if not _BEFORE_SIGN.search(text) and "'" not in text and "«" not in text:
        return text
    parts = _TYPED.split(text)
    parts[::2] = (_typeset(part) for part in parts[::2])
    return "".join(parts)


def _typeset(text: str) -> str:
    curved = _ELISION.sub("’", text)
    for space in (_BEFORE_SIGN, _AFTER_SIGN):
        curved = space.sub("\N{NO-BREAK SPACE}", curved)
    return curved
