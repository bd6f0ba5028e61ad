"""Leaks: what a file tells about people and equipment that nobody meant to publish.

Such facts stay in the file: whoever publishes the file publishes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model.personal import (
    emails_in,
    is_own_name,
    labelled_people_in,
    personal_folders_in,
)
from fair_imagic.readers.base import RawFact, fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from fair_imagic.readers.base import RawFileset

__all__ = ["LEAKS", "Leak", "leaks_of", "leaks_of_xml"]

# The names of the slots of a file set in which leaks are kept.
LEAKS = (
    "user_name_in_file",
    "email_in_file",
    "path_in_file",
    "serial_number_in_file",
    "slide_label_in_file",
)

_PERSON = re.compile(
    r"(?P<who>.*(?:^|[/:|])(?:Experimenter|User)(?:\[\d+\])?)[/|]"
    r"(?P<part>FirstName|MiddleName|LastName)\Z"
)
_NAMES = frozenset((
    "artist", "author", "createdby", "displayname", "experimenter", "lastmodifiedby",
    "login", "loginname", "omename", "operator", "operatorname", "owner",
    "scannedby", "user", "userid", "username",
))  # fmt: skip
# In these, a display name is not a person's.
_OF_THINGS = re.compile(r"Channel|Detector|DisplaySetting|Objective|Track|Group")
_SERIAL = re.compile(r"serial(?:number|no|num|nr)?\Z")
_BARCODE = re.compile(r"barcode(?:value|text)?\Z")
_SERIAL_IN_TEXT = re.compile(
    r"(?:^|[|;\n\r])\s*(?:ScanScope ID|Serial(?: Number| No\.?)?|S/N)"
    r"\s*[=:]\s*([^|;\r\n]{2,40})",
    re.IGNORECASE,
)
# Of the slide, as Aperio writes it; a plate of wells has one too, which tells nothing.
_BARCODE_IN_TEXT = re.compile(r"\AAperio [^\0]*?\|\s*Barcode\s*=\s*([^|\r\n]{2,80})")
_NOTHING = frozenset(("", "-", "0", "n/a", "na", "none", "unknown", "not available"))
_SLIDE_PARTS = {"label image", "macro image"}
_MOST_OF_A_KIND = 50
# A quick look at the tens of thousands of values that an XML may have.
_TELLING = re.compile(r"[@\\=]|/(?:home|Users)/|: ")
_TELLING_KEY = re.compile(
    r"user|name|author|artist|operator|owner|login|serial|by\Z", re.I
)


@dataclass(frozen=True, slots=True)
class Leak:
    """One leak: its kind, what the file says there, and the place in the file."""

    kind: str
    value: str
    place: str


def leaks_of(fileset: RawFileset) -> tuple[Leak, ...]:
    """Return what a file set gives away, each once with its place, at most 50 a kind.

    That is what its facts tell and what its reader found beside them.
    """
    facts = [*fileset.facts, *(f for image in fileset.images for f in image.facts)]
    labels = _label_names(facts)
    found: dict[tuple[str, str], Leak] = {}
    for leak in (*_people(facts), *_slide_parts(fileset)):
        found.setdefault((leak.kind, leak.value), leak)
    for item in facts:
        for leak in _leaks(item, labels.get(item.key, item.key)):
            found.setdefault((leak.kind, leak.value), leak)
    for leak in fileset.leaks:
        found.setdefault((leak.kind, leak.value), leak)
    return tuple(_few(found.values()))


def leaks_of_xml(root: Any) -> Iterator[Leak]:
    """Yield what any part of a vendor's XML gives away, also where no fact is made."""
    for element in root.iter("{*}*"):
        place = ""
        named = [(f"@{name}", value) for name, value in element.attrib.items()]
        for name, value in [("", element.text or ""), *named]:
            key = f"{element.tag}/{name.lstrip('@')}" if name else str(element.tag)
            if not (_TELLING.search(value) or _TELLING_KEY.search(key)):
                continue
            place = place or _place_of(element)
            where = f"{place}/{name}".rstrip("/")
            yield from _leaks(fact(key, value, where), key)


def _place_of(element: Any) -> str:
    tags = [element.tag, *(outer.tag for outer in element.iterancestors())]
    return "/" + "/".join(reversed(tags))


def _few(leaks: Iterable[Leak]) -> Iterator[Leak]:
    counts: dict[str, int] = {}
    for leak in leaks:
        counts[leak.kind] = counts.get(leak.kind, 0) + 1
        if counts[leak.kind] <= _MOST_OF_A_KIND:
            yield leak


def _last(key: str) -> str:
    """Return the last part of a key, in small letters without spaces and numbers."""
    tail = re.split(r"[/:|]", re.sub(r"\[\d+\]| #\d+\Z", "", key))[-1]
    return re.sub(r"[\W_]", "", tail.casefold())


def _is_name(key: str) -> bool:
    """Return whether a key stands for the name of a person."""
    return _last(key) in _NAMES and not _OF_THINGS.search(key)


def _leaks(item: RawFact, key: str) -> Iterator[Leak]:
    text = item.value.strip()
    if text.casefold() in _NOTHING:
        return
    if _is_name(key) and len(text) <= 80 and is_own_name(text):
        yield Leak("user_name_in_file", text, item.place)
    elif _SERIAL.search(_last(key)):
        yield Leak("serial_number_in_file", text, item.place)
    elif _BARCODE.search(_last(key)):
        yield Leak("slide_label_in_file", text, item.place)
    for name in labelled_people_in(text):
        yield Leak("user_name_in_file", name, item.place)
    for address in emails_in(text):
        yield Leak("email_in_file", address, item.place)
    for folder in personal_folders_in(text):
        yield Leak("path_in_file", folder, item.place)
    for match in _SERIAL_IN_TEXT.finditer(text):
        yield Leak("serial_number_in_file", match[1].strip(), item.place)
    for match in _BARCODE_IN_TEXT.finditer(text):
        yield Leak("slide_label_in_file", match[1].strip(), item.place)


def _people(facts: Iterable[RawFact]) -> Iterator[Leak]:
    """Yield people whose given and family names are values of their own."""
    parts: dict[str, dict[str, RawFact]] = {}
    for item in facts:
        if match := _PERSON.match(item.key):
            parts.setdefault(match["who"], {})[match["part"]] = item
    for named in parts.values():
        order = ("FirstName", "MiddleName", "LastName")
        words = [named[part].value.strip() for part in order if part in named]
        whole = " ".join(word for word in words if word)
        if is_own_name(whole):
            place = next(iter(named.values())).place
            yield Leak("user_name_in_file", whole, place)


def _label_names(facts: Iterable[RawFact]) -> Mapping[str, str]:
    """Return, for values kept as pairs, what the key beside each one says.

    Programs that convert a file keep the vendor's names so: OriginalMetadata with Key
    and Value, and map annotations with K.
    """
    found = {}
    for item in facts:
        start, _slash, tail = item.key.rpartition("/")
        if tail == "Key":
            found[f"{start}/Value"] = item.value
        elif tail == "K":
            found[start] = item.value
    return found


def _slide_parts(fileset: RawFileset) -> Iterator[Leak]:
    """Yield the pictures of the slide that converted slide files have as images."""
    names = {image.name.casefold() for image in fileset.images}
    for image in fileset.images if names >= _SLIDE_PARTS else ():
        if image.name.casefold() in _SLIDE_PARTS:
            yield Leak("slide_label_in_file", image.name, f"image {image.index}")
