"""Messages in the user's language: English as written, French from the catalogue."""

from __future__ import annotations

import contextlib
import functools
import gettext as _gettext
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "LANGUAGES",
    "_",
    "both",
    "count_text",
    "current_language",
    "day_text",
    "decimal_sign",
    "escaped",
    "in_languages",
    "labelled",
    "language_of_environment",
    "moment_text",
    "ngettext",
    "set_language",
    "size_text",
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

# In both languages thousands are set apart by a thin space, as SI has it: a comma means
# something else in French.
_LOCALE_OF_COUNTS = "fr"
_DAY = "d MMM y"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

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


def labelled(label: str, text: str) -> str:
    """Return ``label: text`` as the language in use sets the colon."""
    return _("{label}: {text}").format(label=label, text=text)


def day_text(text: str) -> str:
    """Return an ISO date or time as a day (``4 Mar 2026``); other text as it is."""
    when = _moment(text)
    return text if when is None else _day(when)


def moment_text(text: str) -> str:
    """Return an ISO time as day and time, in UTC where its zone is known.

    A date without a time is a day; other text stays as it is.
    """
    from babel.dates import format_time

    when = _moment(text)
    if when is None or _DATE.fullmatch(text):
        return day_text(text)
    zone = " UTC" if when.tzinfo else ""
    if zone:
        when = when.astimezone(UTC)
    time = format_time(when.time(), "HH:mm", locale=_current.get())
    return f"{_day(when)}, {time}{zone}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _day(when: datetime) -> str:
    from babel.dates import format_date

    return format_date(when.date(), _DAY, locale=_current.get())


def count_text(count: int) -> str:
    """Return a whole number with its thousands set apart."""
    from babel.numbers import format_decimal

    return format_decimal(count, locale=_LOCALE_OF_COUNTS)


def decimal_sign() -> str:
    """Return what stands before the decimals in the language in use."""
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(_current.get())


def size_text(byte_size: int) -> str:
    """Return a size in bytes in the unit that reads best, in powers of 1000."""
    from babel.numbers import format_decimal

    value = float(byte_size)
    units = (_("bytes"), _("kB"), _("MB"), _("GB"), _("TB"))
    step = 0
    while value >= 1000 and step < len(units) - 1:
        value, step = value / 1000, step + 1
    shape = "0.0" if step else "0"
    number = format_decimal(value, shape, locale=_current.get())
    return f"{number}\N{NO-BREAK SPACE}{units[step]}"


def escaped(text: str) -> str:
    """Return a text of the system with what is not UTF-8 in it as escapes.

    A text that is UTF-8 comes back as it is.
    """
    return text.encode(errors="surrogateescape").decode(errors="backslashreplace")


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
