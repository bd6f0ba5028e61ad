"""Micro-Meta App files: opened with limits, numbers kept as they are written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "DRAWING_KEYS",
    "MAX_BYTES",
    "MODEL_VERSION",
    "Json",
    "Number",
    "flattened",
    "is_drawing",
    "is_later_version",
    "micrometa_text",
    "parse_micrometa",
    "parse_settings",
    "text_of_json",
]

MAX_BYTES = 20 * 1024 * 1024

SETTINGS_SCHEMA = "Image.json"
MODEL_VERSION = "2.01.1"
"""The latest version of the model that Micro-Meta App files may be of."""

# Where the application draws a part, and how many parts its form may hold.
DRAWING_KEYS = frozenset(
    {
        "PositionX",
        "PositionY",
        "PositionZ",
        "Width",
        "Height",
        "OffsetX",
        "OffsetY",
        "OffsetZ",
        "Rotate",
        "ScalingFactor",
        "OccupiedSpot",
        "occupiedSpot",
    }
)
_COUNT_PREFIXES = ("Current_Number_Of_", "Min_Number_Of_", "Max_Number_Of_")


class Number(str):
    """A number of a JSON document, as the text in which it was written."""

    __slots__ = ()


Json = dict[str, "Json"] | list["Json"] | str | Number | bool | None


def micrometa_text(path: Path) -> str:
    """Return the text of a file of the application, its size and encoding checked.

    Raises :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    try:
        return _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, _("the text is not UTF-8")) from error


def parse_micrometa(text: str, path: Path) -> dict[str, Json]:
    """Return the microscope in the text of a file; numbers keep their text.

    ``path`` is only named in messages. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` for what is not JSON, InputError
    for what is not a microscope.
    """
    return _microscope(_json(text, path), path)


def parse_settings(text: str, path: Path) -> dict[str, Json]:
    """Return the settings of one image in the text of a file.

    Raises :class:`~fair_imagic.errors.InputError` for other files.
    """
    document = _json(text, path)
    if not isinstance(document, dict) or document.get("Schema_ID") != SETTINGS_SCHEMA:
        raise InputError(
            _("The file does not hold the settings of an image"),
            where=str(path),
            expected=f'"Schema_ID": "{SETTINGS_SCHEMA}"',
            hint=_("import a microscope with `fair-imagic instrument import`"),
        )
    return document


def _json(text: str, path: Path) -> Json:
    try:
        return cast(
            "Json",
            json.loads(
                text, parse_float=Number, parse_int=Number, parse_constant=Number
            ),
        )
    except json.JSONDecodeError as error:
        reason = _("it is not JSON (line {line}, column {column}: {detail})").format(
            line=error.lineno, column=error.colno, detail=error.msg
        )
        raise UnreadableFileError(path, reason, expected="JSON") from error
    except RecursionError as error:
        raise UnreadableFileError(path, _("it is nested too deeply")) from error


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFileError(path, _("there is no such file"))
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFileError(
            path,
            _("it has {size} MB, more than the {limit} MB that are accepted").format(
                size=size // 1024 // 1024, limit=MAX_BYTES // 1024 // 1024
            ),
            hint=_("take embedded pictures out of the file"),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, str(error.strerror)) from error
    if not data.strip():
        raise UnreadableFileError(path, _("the file is empty"))
    return data


def _microscope(document: Json, path: Path) -> dict[str, Json]:
    schema = document.get("Schema_ID") if isinstance(document, dict) else None
    if not isinstance(document, dict) or schema != "Instrument.json":
        settings = _("import settings with `fair-imagic instrument settings import`")
        raise InputError(
            _("The file is not a microscope of the Micro-Meta App"),
            where=str(path),
            expected='"Schema_ID": "Instrument.json"',
            hint=settings if schema == SETTINGS_SCHEMA else "",
        )
    components = document.get("components", [])
    if not isinstance(components, list):
        raise InputError(
            _("The components of the microscope are not a list"), where=str(path)
        )
    return document


def is_later_version(text: str) -> bool:
    """Return whether a model version is later than the one known here."""
    return _version(text) > _version(MODEL_VERSION)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def is_drawing(key: str) -> bool:
    """Return whether a key only says how the application draws the part."""
    return key in DRAWING_KEYS or key.startswith(_COUNT_PREFIXES)


def text_of_json(value: Json) -> str | None:
    """Return a simple value as text; None for lists, objects and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return None
    # JSON can write half characters and NUL; RDF cannot hold them.
    return value.encode("utf-8", "replace").decode().replace("\0", "")


def flattened(value: Json, place: str) -> Iterator[tuple[str, str]]:
    """Yield the place and text of every simple value inside a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not is_drawing(key):
                yield from flattened(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from flattened(inner, f"{place}[{number}]")
    elif (text := text_of_json(value)) is not None:
        yield place, text
