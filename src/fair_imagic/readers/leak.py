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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.readers.base import RawFact, RawFileset

__all__ = ["LEAKS", "Leak", "is_name_key", "is_serial_key", "leaks_of"]

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


@dataclass(frozen=True, slots=True)
class Leak:
    """One leak: its kind, what the file says there, and the place in the file."""

    kind: str
    value: str
    place: str


def leaks_of(fileset: RawFileset) -> tuple[Leak, ...]:
    """Return what the facts of a file set give away, each once, with its place."""
    facts = [*fileset.facts, *(f for image in fileset.images for f in image.facts)]
    labels = _label_names(facts)
    found: dict[tuple[str, str], Leak] = {}
    for leak in (*_people(facts), *_slide_parts(fileset)):
        found.setdefault((leak.kind, leak.value), leak)
    for item in facts:
        for leak in _leaks(item, labels.get(item.key, item.key)):
            found.setdefault((leak.kind, leak.value), leak)
    return tuple(found.values())


def _last(key: str) -> str:
    """Return the last part of a key, in small letters without spaces and numbers."""
    tail = re.split(r"[/:|]", re.sub(r"\[\d+\]| #\d+\Z", "", key))[-1]
    return re.sub(r"[\W_]", "", tail.casefold())


def is_name_key(key: str) -> bool:
    """Return whether a key stands for the name of a person."""
    return _last(key) in _NAMES and not _OF_THINGS.search(key)


def is_serial_key(key: str) -> bool:
    """Return whether a key stands for a serial number."""
    return _SERIAL.search(_last(key)) is not None


def _leaks(item: RawFact, key: str) -> Iterator[Leak]:
    text = item.value.strip()
    if text.casefold() in _NOTHING:
        return
    if is_name_key(key) and len(text) <= 80 and is_own_name(text):
        yield Leak("user_name_in_file", text, item.place)
    elif is_serial_key(key):
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
