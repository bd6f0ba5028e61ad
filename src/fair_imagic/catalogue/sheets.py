"""Sheets in the database: what is said of people, each under the person's own key.

A change of a personal record keeps in the journal what stays, and the keyed hash of the
sheet as it is after the change. What the change says of the person lies in a table of
its own, sealed; where that row or the key is destroyed, the change says the rest alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.tables import CHANGE, PERSON_KEY, SHEET, SNAPSHOT_SHEET
from fair_imagic.errors import ConflictError
from fair_imagic.i18n import _
from fair_imagic.model import sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from fair_imagic.catalogue.line import Line

__all__ = [
    "hash_of",
    "keep_of_snapshot",
    "key_of",
    "of_snapshot",
    "parted",
    "seal",
    "with_sheets",
]

_KEY_BYTES = 32
_NONCE_BYTES = 12
_PAGE = 500


# ------------------------------------------------------------------------------- keys
def key_of(connection: Connection, record_id: int) -> bytes:
    """Return the key of a person, made at first use.

    Raises ConflictError for a person who was erased: nothing more is kept of them.
    """
    statement = select(PERSON_KEY.c.key).where(PERSON_KEY.c.record_id == record_id)
    known = connection.execute(statement).scalar()
    if known is not None:
        return bytes(known)
    had_one = select(CHANGE.c.id).where(
        CHANGE.c.record_id == record_id, CHANGE.c.sheet.is_not(None)
    )
    if connection.execute(had_one.limit(1)).first() is not None:
        raise ConflictError(
            _("This person was erased: nothing more can be said of them"),
            hint=_("Add the person anew."),
        )
    key = os.urandom(_KEY_BYTES)
    row = {"record_id": record_id, "key": key}
    connection.execute(insert(PERSON_KEY), row)
    return key


def hash_of(key: bytes, lines: Iterable[Line]) -> str:
    """Return the keyed hash of a sheet; an empty text for an empty one.

    Without the key nobody can try names until one fits.
    """
    text = "\n".join(sorted(lines))
    if not text:
        return ""
    return hmac.new(_derived(key, b"hash"), text.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, text: str, *, about: str) -> bytes:
    """Return a text that only the key opens; ``about`` says where it belongs."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed: bytes = _cipher(key).encrypt(nonce, pack(text), about.encode())
    return nonce + sealed


def _opened(key: bytes, sealed: bytes, *, about: str) -> str:
    from cryptography.exceptions import InvalidTag

    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return unpack(_cipher(key).decrypt(nonce, rest, about.encode()))
    except (InvalidTag, ValueError, KeyError) as error:  # changed, or cut short
        raise ConflictError(
            _("What is kept of a person was changed, or is another's"),
            where=about,
            hint=_("Restore a backup of the data folder."),
        ) from error


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derived(key, b"seal"))


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, purpose, hashlib.sha256).digest()


# ------------------------------------------------------------------------ the journal
def parted(text: ChangeText) -> tuple[ChangeText, ChangeText]:
    """Return what a change of a personal record says: what stays, and of the sheet."""
    places = text.places or [""] * len(text.added)
    added = list(zip(text.added, places, strict=True))
    stays, said = (
        ChangeText.of_lines(
            [line for line, _place in added if sheet.is_of_sheet(line) is of_sheet],
            [line for line in text.removed if sheet.is_of_sheet(line) is of_sheet],
            _places([p for line, p in added if sheet.is_of_sheet(line) is of_sheet]),
        )
        for of_sheet in (False, True)
    )
    return stays, said


def _places(places: Sequence[str]) -> Sequence[str]:
    return places if any(places) else ()


def joined(stays: ChangeText, said: ChangeText) -> ChangeText:
    """Return the change of which these are the two parts."""
    places = {
        line: place
        for part in (stays, said)
        for line, place in zip(part.added, part.places, strict=False)
    }
    added = sorted((*stays.added, *said.added))
    return ChangeText.of_lines(
        added,
        sorted((*stays.removed, *said.removed)),
        _places([places.get(line, "") for line in added]),
    )


def with_sheets(
    connection: Connection, changes: Mapping[int, tuple[bytes, str | None]]
) -> dict[int, ChangeText]:
    """Return changes as they were made, by their ids.

    ``changes`` are text and sheet's hash of each. Where a sheet is destroyed, its
    change says what stays.
    """
    texts = {key: ChangeText.unpacked(data) for key, (data, _hash) in changes.items()}
    personal = [key for key, (_data, held) in changes.items() if held is not None]
    for start in range(0, len(personal), _PAGE):
        page = SHEET.c.change_id.in_(personal[start : start + _PAGE])
        statement = (
            select(SHEET.c.change_id, SHEET.c.sealed, PERSON_KEY.c.key)
            .join(PERSON_KEY, PERSON_KEY.c.record_id == SHEET.c.record_id)
            .where(page)
        )
        for change_id, sealed, key in connection.execute(statement):
            said = _opened(bytes(key), sealed, about=about_change(change_id))
            texts[change_id] = joined(texts[change_id], ChangeText.of_text(said))
    return texts


def about_change(change_id: int) -> str:
    """Return to what the sheet of a change is bound."""
    return f"change {change_id}"


# ---------------------------------------------------------------------- whole snapshots
def keep_of_snapshot(
    connection: Connection, record_id: int, sheet_hash: str, lines: Sequence[Line]
) -> None:
    """Keep what a whole snapshot says of a person, once for each sheet."""
    this = (SNAPSHOT_SHEET.c.record_id == record_id) & (
        SNAPSHOT_SHEET.c.hash == sheet_hash
    )
    if connection.execute(select(SNAPSHOT_SHEET.c.hash).where(this)).first():
        return
    key = key_of(connection, record_id)
    row = {
        "record_id": record_id,
        "hash": sheet_hash,
        "sealed": seal(key, "\n".join(lines), about=sheet_hash),
    }
    connection.execute(insert(SNAPSHOT_SHEET), row)


def of_snapshot(
    connection: Connection, hashes: Collection[str]
) -> dict[str, list[Line]]:
    """Return the lines of sheets that whole snapshots hold, by hash, if not destroyed.

    Raises ConflictError for one that is not what had this hash.
    """
    statement = (
        select(SNAPSHOT_SHEET.c.hash, SNAPSHOT_SHEET.c.sealed, PERSON_KEY.c.key)
        .join(PERSON_KEY, PERSON_KEY.c.record_id == SNAPSHOT_SHEET.c.record_id)
        .where(SNAPSHOT_SHEET.c.hash.in_(hashes))
    )
    return {
        sheet_hash: _opened(bytes(key), sealed, about=sheet_hash).split("\n")
        for sheet_hash, sealed, key in connection.execute(statement)
    }
