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
from fair_imagic.model.image_name import without_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.gaps import Gap
    from fair_imagic.readers.flaw import Flaw
    from fair_imagic.readers.leak import Leak
    from fair_imagic.readers.opened import OpenedFile

__all__ = [
    "DAMAGE",
    "Claim",
    "RawFact",
    "RawFileset",
    "RawImage",
    "Reader",
    "binary_float_text",
    "display_name",
    "fact",
    "limited",
    "reading",
    "stem_of",
]

MAX_VALUE_CHARS = 4000
MAX_FACTS = 5000

#: What the format libraries raise on damaged files. There is no common base class.
DAMAGE = (
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
    """A reader's claim to a file: the strongest one reads it.

    With strength 0 the file is not the reader's; ``reason`` says why.
    """

    strength: int
    reason: str


@runtime_checkable
class Reader(Protocol):
    """What is registered under the entry point group ``fair_imagic.readers``.

    Every method gets the file opened (:class:`~fair_imagic.readers.OpenedFile`), the
    same one as long as somebody works on the file set, and opens nothing by itself: it
    reads from ``file.handle`` (seek first), asks ``file.member(path)`` for another file
    of the set, and keeps what is costly to make with ``file.once`` (a parsed document)
    or ``file.entered`` (a library's object, closed with the file). A library that opens
    by path alone is entered the same way, once. What is learnt by ``companions`` and
    needed by ``read`` goes to ``file.memory``: the file is closed in between.

    ``companions`` comes once for each file when a folder is scanned, ``read`` once for
    a file set, ``pixels`` for each image: nothing there may read the facts again.
    ``gaps`` are what the reader cannot read, each proved by a test.
    """

    token: str
    label: str
    extensions: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def claim(self, file: OpenedFile) -> Claim:
        """Return whether the content is ours; damage is told by ``read``."""

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return the other existing files of the fileset that ``file`` leads."""

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the file says, without reading pixels."""

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image with axes TCZYX.

        With ``least_px``, a smaller version whose longer side has at least that many
        pixels may come instead, and planes may be left out of long z and t series.
        """


def binary_float_text(value: float) -> str:
    """Return the shortest text of a number that a file holds in binary.

    Programs store numbers of single precision in double precision: 0.323 would read
    0.3230000138282776. What fits into single precision without loss was such a number
    (of others, one in 500 million), and has the digits of one.
    """
    import numpy as np

    with np.errstate(over="ignore"):
        single = np.float32(value)
    shortest = str(single) if float(single) == value else str(float(value))
    return repr(float(shortest))


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
    """Return the file's name without the ending of its format, for a person."""
    return without_ending(display_name(path))


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
    except ModuleNotFoundError as error:
        raise UnreadableFileError(
            path,
            _("this needs {library}, which is not installed").format(
                library=error.name
            ),
            expected=label,
            hint=_("Install the readers: pip install 'fair-imagic[formats]'"),
        ) from error
    except DAMAGE as error:
        detail = str(error).strip() or type(error).__name__
        raise UnreadableFileError(
            path,
            _("the file is damaged or cut short ({detail})").format(
                detail=detail[:300]
            ),
            expected=label,
            hint=_("copy it again from the microscope and compare the sizes"),
        ) from error
