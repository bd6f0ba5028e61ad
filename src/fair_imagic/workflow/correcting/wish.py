"""Wishes: what somebody wants to stand where a point is, not yet looked at."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Flaw", "Wish", "Wishes", "wishes_from_json", "wishes_to_json"]

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A text for a field of one thing, as it was typed or proposed.

    ``seen`` is the value that the report saw there (None for none). ``kind`` tells
    what an office program made of the text: ``text``, ``number`` or ``date``.
    ``place`` is where it stands in a file.
    """

    subject: str
    path: str
    text: str
    label: str = ""
    codes: tuple[str, ...] = ()
    seen: str | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    confidence: str = ""
    kind: str = "text"
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """A wish that cannot be followed: where, what is wrong, expected, found, next step.

    ``new`` is a name that can be confirmed as new, ``near`` who may be meant by it:
    what to write, and what that is called. ``subject`` and ``path`` are the thing and
    the property that the wish is for, where it is read.
    """

    place: str
    message: str
    expected: str = ""
    found: str = ""
    hint: str = ""
    new: str = ""
    kind: str = ""
    near: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Wishes about one set; ``version`` is the version of the data that was checked.

    ``origin`` names the file that they come from, empty for a fresh check;
    ``sha256`` is its checksum where it is a table.
    """

    root: str
    version: str
    wishes: tuple[Wish, ...]
    flaws: tuple[Flaw, ...] = ()
    origin: str = ""
    sha256: str = ""


def wishes_to_json(wishes: Wishes) -> str:
    """Return wishes as JSON text, for a page to send back."""
    return json.dumps(asdict(wishes), ensure_ascii=False)


def wishes_from_json(text: str) -> Wishes:
    """Return wishes from JSON text; InputError for anything else."""
    try:
        found = json.loads(text)
        wishes = tuple(_wish(one) for one in found["wishes"])
        return Wishes(
            root=_text(found["root"]),
            version=_text(found["version"]),
            wishes=wishes,
            origin=_text(found["origin"]),
            sha256=_checksum(found["sha256"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            _("The corrections cannot be read"),
            found=text[:80],
            hint=_("Start again from the points to fix."),
        ) from error


def _wish(found: dict[str, Any]) -> Wish:
    seen = found["seen"]
    names = ("subject", "path", "text", "label", "confidence", "kind", "place")
    return Wish(
        codes=tuple(_text(code) for code in found["codes"]),
        seen=None if seen is None else _text(seen),
        source={
            language: _text(found["source"].get(language, "")) for language in LANGUAGES
        },
        **{name: _text(found[name]) for name in names},
    )


def _checksum(found: object) -> str:
    text = _text(found)
    if text and not _SHA256.fullmatch(text):
        raise ValueError(text[:80])
    return text


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found
