"""What people read on pages and in texts, and what must never be there."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from fair_imagic.model import class_named, class_names, slots_of
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Not read as words: programs, addresses of values, texts that a person writes.
_UNSEEN = {"script", "style", "code", "pre", "textarea", "head", "svg"}
_INSIDE = {"em", "strong", "i", "small", "abbr", "sup", "sub"}
_CODES = re.compile(
    r"\b(unit|nboq|fi|obo|dcterms):[A-Za-z]\w+"
    r"|\b(Micro|Nano|Milli|Centi|Deci|Kilo|Mega)(M|SEC|W|V|L|HZ|B|BAR|GM)\d?\b"
    r"|\b(FRAME|MilliW|GM|NanoM|MicroM)-PER-|\bDEG_C\b|PIXEL_COUNT"
    r"|ElectronRootMeanSquare|ElectronPerPixel|EnzymeUnitPer"
)
# digits of identifiers (10.5281/zenodo.1, a checksum) belong to a longer word
_LONG = re.compile(r"(?<![\w./-])\d+[.,](\d{7,})(?![\w/])")
_DIGITS = 6


class _Text(HTMLParser):
    """Collects the texts that stand apart on a page, each once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, None] = {}
        self._unseen: list[str] = []
        self._now = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag not in _INSIDE:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INSIDE:
            self._end()
        if self._unseen and tag == self._unseen[-1]:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._now += data

    def _end(self) -> None:
        text = " ".join(self._now.split())
        if text:
            self.texts[text] = None
        self._now = ""


def texts_of(page: str) -> tuple[str, ...]:
    """Return the texts of a page as a person reads them."""
    reader = _Text()
    reader.feed(page)
    reader.close()
    return tuple(reader.texts)


def faults(
    texts: Iterable[str], *, language: str, base: str, given: frozenset[str]
) -> Iterator[str]:
    """Yield what nobody may read: codes, our addresses, long numbers, other languages.

    ``base`` is what the addresses of our records begin with, ``given`` are names that
    people gave to their things.
    """
    foreign = _names_in_other_language(language)
    for text in texts:
        if _CODES.search(text):
            yield f"code: {text}"
        if base in text or PREFIXES["fi"] in text or PREFIXES["nboq"] in text:
            yield f"address: {text}"
        if any(_is_long(match[0]) for match in _LONG.finditer(text)):
            yield f"number: {text}"
        told = {text, re.split(r"\s?: ", text)[-1]} - given
        yield from (
            f"language: {text} (-> {foreign[one]})" for one in told & {*foreign}
        )


def _is_long(number: str) -> bool:
    digits = re.sub(r"\D", "", number).strip("0")
    return len(digits) > _DIGITS


@cache
def _names_in_other_language(language: str) -> Mapping[str, str]:
    """Return the names of values, fields and kinds that this language never shows."""
    pairs: set[tuple[str, str]] = set()
    for name in class_names():
        pairs.add((class_named(name).label["en"], class_named(name).label["fr"]))
        for slot in slots_of(name):
            pairs.add((slot.label["en"], slot.label["fr"]))
            named = slot.value_labels
            for value in named.get("fr", {}):
                english = named.get("en", {}).get(value, value)
                pairs.add((english, named["fr"][value]))
    if language == "en":
        pairs = {(french, english) for english, french in pairs}
    right = {own for _other, own in pairs}
    return {other: own for other, own in pairs if other not in right}
