"""What a reader gives and what it must be able to do."""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.readers.flaw import Flaw
    from fair_imagic.readers.leak import Leak

__all__ = [
    "HEAD_BYTES",
    "Claim",
    "RawFact",
    "RawFileset",
    "RawImage",
    "Reader",
    "display_name",
    "fact",
    "head_of",
    "limited",
    "reading",
    "stem_of",
]

HEAD_BYTES = 4096
MAX_VALUE_CHARS = 4000
MAX_FACTS = 5000

# What the format libraries raise on damaged files. There is no common base class.
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class RawFact:
    """One value that a file states: what, how much, in which unit, and where."""

    key: str
    value: str
    unit: str | None
    place: str


@dataclass(frozen=True, slots=True)
class RawImage:
    """One image of a file; ``index`` is its number there, from 0."""

    index: int
    name: str
    facts: tuple[RawFact, ...]

    def first(self, key: str) -> RawFact | None:
        """Return the first fact with this key."""
        return next((item for item in self.facts if item.key == key), None)


@dataclass(frozen=True, slots=True)
class RawFileset:
    """Files that only make sense together, and what they say.

    ``facts`` are those of the whole file; ``problems`` are sentences for a person
    about what is missing or contradictory, none of which stopped the reading;
    ``flaws`` are those of the metadata, to be kept with the record; ``leaks`` are
    what would better not be published: the reader names those that no fact tells.
    """

    paths: tuple[Path, ...]
    reader: str
    images: tuple[RawImage, ...]
    facts: tuple[RawFact, ...] = ()
    problems: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's claim to a file: the strongest one reads it."""

    strength: int
    reason: str


@runtime_checkable
class Reader(Protocol):
    """What is registered under the entry point group ``fair_imagic.readers``."""

    token: str
    label: str
    extensions: tuple[str, ...]

    def claim(self, path: Path, head: bytes) -> Claim | None:
        """Return a claim if the content (``head`` are its first bytes) is ours."""

    def companions(self, path: Path) -> tuple[Path, ...]:
        """Return the other existing files of the fileset that ``path`` leads."""

    def read(self, path: Path) -> RawFileset:
        """Return what the file says, without reading pixels."""

    def pixels(self, path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return an image with axes TCZYX.

        With ``least_px``, a smaller version whose longer side has at least that many
        pixels may come instead, and planes may be left out of long z and t series.
        """


def fact(key: str, value: object, place: str, *, unit: str | None = None) -> RawFact:
    """Return a fact whose value is text, cut where it is very long."""
    # What RDF cannot hold: half characters (from file names) and NUL.
    text = str(value).encode("utf-8", "replace").decode().replace("\0", "")
    if len(text) > MAX_VALUE_CHARS:
        place = f"{place} ({len(text)} characters)"
        text = text[:MAX_VALUE_CHARS]
    return RawFact(key, text, unit, place)


def limited(
    facts: Iterable[RawFact], problems: list[str], *, limit: int = MAX_FACTS
) -> tuple[RawFact, ...]:
    """Return at most ``limit`` facts; tell ``problems`` when there were more."""
    kept: list[RawFact] = []
    for item in facts:
        if len(kept) == limit:
            problems.append(
                _("Only the first {count} values are kept").format(count=limit)
            )
            break
        kept.append(item)
    return tuple(kept)


def display_name(path: Path) -> str:
    """Return the file's name for a person, also where it is not valid UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def stem_of(path: Path) -> str:
    """Return the file's name up to the first dot, for a person."""
    return display_name(path).partition(".")[0] or display_name(path)


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file that must exist and not be empty."""
    if not path.exists():
        raise UnreadableFileError(path, _("there is no such file"))
    if not path.is_file():
        raise UnreadableFileError(path, _("this is not a file"))
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except PermissionError as error:
        raise UnreadableFileError(
            path,
            _("you are not allowed to read it"),
            hint=_("ask the owner for the right to read it"),
        ) from error
    except OSError as error:
        raise UnreadableFileError(path, str(error.strerror)) from error
    if not head:
        raise UnreadableFileError(
            path, _("the file is empty"), hint=_("copy it again from the microscope")
        )
    return head


@contextlib.contextmanager
def reading(path: Path, label: str) -> Iterator[None]:
    """Turn whatever a format library raises into a clear error about the file."""
    try:
        yield
    except UnreadableFileError:
        raise
    except InputError as error:
        reason = f"{error.message} ({error.where} {error.found})"
        raise UnreadableFileError(path, reason, expected=label) from error
    except _DAMAGE as error:
        detail = str(error).strip() or type(error).__name__
        raise UnreadableFileError(
            path,
            _("the file is damaged or cut short ({detail})").format(
                detail=detail[:300]
            ),
            expected=label,
            hint=_("copy it again from the microscope and compare the sizes"),
        ) from error
