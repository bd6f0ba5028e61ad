"""Snapshots: taken from the journal's own text, and made again from it when asked for.

What is kept of one is its root, the last change that it holds, and its hash. It stays
whole, under the same hash, where it is published or decided upon: then it does not rest
on the program and the model as they are later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import insert, select, update

from fair_imagic.catalogue import sheets
from fair_imagic.catalogue.compression import pack, pack_all, unpack
from fair_imagic.catalogue.link import follow
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import RECORD, SNAPSHOT
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import sheet, texts
from fair_imagic.model.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Row

    from fair_imagic.catalogue.database import Database
    from fair_imagic.model.texts import Texts

__all__ = [
    "Reason",
    "fingerprint_of",
    "keep_whole",
    "load",
    "make_whole",
    "root_of",
    "store",
    "take",
    "write_whole",
]

Reason = Literal["published", "decided"]

# Large, and seldom read again.
_QUICK = 1
NOT_WHOLE = b""


def take(
    connection: Connection,
    root_iri: str,
    *,
    members: Iterable[str] = (),
    upto: int | None = None,
) -> Snapshot:
    """Return the effective record of the root and all that it links to.

    ``members`` are records that name the root as what they are part of; they are
    taken as its own. ``upto`` is the last change that counts. Raises NotFoundError
    where there is no such record.
    """
    own: dict[str, str] = {}
    context: dict[str, str] = {}
    reader = Reader(connection, upto=upto)
    for reached in follow(reader.effective_texts, [root_iri, *members]):
        (context if reached.is_context else own)[reached.iri] = reached.text
    if not own:
        raise NotFoundError(_("There is no such record"), found=root_iri)
    return Snapshot.of_records(
        root_iri,
        own=own,
        context=context,
        taken_at=isoformat(now()),
        sheets={iri: held for iri, held in reader.sheets.items() if held},
    )


def store(
    database: Database, snapshot: Snapshot, *, change_id: int, members: Sequence[str]
) -> None:
    """Keep from what a snapshot can be made again, once for each hash."""
    known = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.hash == snapshot.hash)
    with database.reading() as connection:
        if connection.execute(known).first() is not None:
            return
        parts = parts_of(connection, members)
    row = {
        "hash": snapshot.hash,
        "root": snapshot.root,
        "taken_at": snapshot.taken_at or isoformat(now()),
        "text": NOT_WHOLE,
        "change_id": change_id,
        "parts": parts,
        "fingerprint": snapshot.fingerprint,
    }
    with database.transaction() as connection:
        if connection.execute(known).first() is None:
            connection.execute(insert(SNAPSHOT), row)


def parts_of(connection: Connection, members: Sequence[str]) -> bytes | None:
    """Return the ids of records as a column keeps them; None for none."""
    reader = Reader(connection)
    ids = [
        key
        for start in range(0, len(members), PAGE)
        for key in reader.ids(members[start : start + PAGE]).values()
    ]
    return pack(" ".join(map(str, sorted(ids)))) if ids else None


def keep_whole(database: Database, snapshot_hash: str, reason: Reason) -> None:
    """Keep all of a snapshot from now on; what is published stays called so.

    Raises what :func:`load` raises.
    """
    make_whole(database, snapshot_hash)
    this = SNAPSHOT.c.hash == snapshot_hash
    with database.transaction() as connection:
        before = connection.execute(select(SNAPSHOT.c.kept).where(this)).scalar()
        kept = "published" if before == "published" else reason
        connection.execute(update(SNAPSHOT).where(this).values(kept=kept))


def make_whole(database: Database, snapshot_hash: str) -> Snapshot:
    """Keep all of a snapshot in its row, whatever for; return it.

    Raises what :func:`load` raises.
    """
    snapshot = load(database, snapshot_hash)
    with database.transaction() as connection:
        write_whole(connection, snapshot)
    return snapshot


def write_whole(connection: Connection, snapshot: Snapshot) -> None:
    """Keep all of a snapshot in its row, where it was a number of the journal."""
    this = (SNAPSHOT.c.hash == snapshot.hash) & (SNAPSHOT.c.text == NOT_WHOLE)
    text = _packed(snapshot)
    if connection.execute(update(SNAPSHOT).where(this).values(text=text)).rowcount:
        _keep_sheets(connection, snapshot)


def _packed(snapshot: Snapshot) -> bytes:
    own, context = (
        ("\n", *(text for _begin, text in part)) for part in snapshot.canonical_texts
    )
    return pack_all((*own, *context), level=_QUICK)


def _keep_sheets(connection: Connection, snapshot: Snapshot) -> None:
    """Keep what a snapshot says of people beside its text, which has hashes."""
    hashes = dict(snapshot.sheets)
    said = {
        begin[1:]: lines
        for begin, text in (*snapshot.own_texts, *snapshot.context_texts)
        if begin in hashes and (lines := sheet.sheet_lines(text))
    }
    for record_iri, record_id in Reader(connection).ids(list(said)).items():
        sheets.keep_of_snapshot(
            connection, record_id, hashes[f"<{record_iri}"], said[record_iri]
        )


def load(database: Database, snapshot_hash: str) -> Snapshot:
    """Return a snapshot that was stored.

    Raises
    ------
    NotFoundError
        Where none has this hash.
    ConflictError
        Where what the journal gives now is not what had this hash.
    """
    with database.reading() as connection:
        row = _row(connection, snapshot_hash)
        if row.text == NOT_WHOLE:
            return _made_again(connection, row)
        own, context = (
            texts.of_lines(filter(None, part.split("\n")))
            for part in unpack(row.text).split("\n\n", 1)
        )
        return _with_sheets(connection, Snapshot(row.root, own, context, row.taken_at))


def _with_sheets(connection: Connection, snapshot: Snapshot) -> Snapshot:
    """Return a whole snapshot with what is kept beside it of people, if anything is."""
    hashes: dict[str, str] = {}
    parts: list[Texts] = []
    for part in (snapshot.own_texts, snapshot.context_texts):
        pieces = []
        for begin, text in part:
            rest, held = text, ""
            if sheet.is_personal(text):
                rest, held = sheet.sheet_hash_in(text)
            if held:
                hashes[begin] = held
            pieces.append((begin, rest))
        parts.append(tuple(pieces))
    if not hashes:
        return snapshot
    said = sheets.of_snapshot(connection, set(hashes.values()))
    own, context = (
        tuple(
            (begin, texts.text_of((*texts.lines_in(text), *said[hashes[begin]])))
            if hashes.get(begin) in said
            else (begin, text)
            for begin, text in part
        )
        for part in parts
    )
    return Snapshot(
        snapshot.root, own, context, snapshot.taken_at, tuple(sorted(hashes.items()))
    )


def _row(connection: Connection, snapshot_hash: str) -> Row[Any]:
    statement = select(SNAPSHOT).where(SNAPSHOT.c.hash == snapshot_hash)
    row = connection.execute(statement).first()
    if row is None:
        raise NotFoundError(_("There is no such checked version"), found=snapshot_hash)
    return row


def _made_again(connection: Connection, row: Row[Any]) -> Snapshot:
    made = again(connection, row.root, change_id=row.change_id, parts=row.parts)
    if made is None or made.hash != row.hash:
        raise ConflictError(
            _("This checked version cannot be made again from the journal"),
            where=row.root,
            expected=row.hash,
            found=made.hash if made is not None else _("no such record"),
            hint=_("Another version of the program made it. Check the set again."),
        )
    return replace(made, taken_at=row.taken_at)


def again(
    connection: Connection, root: str, *, change_id: int, parts: bytes | None
) -> Snapshot | None:
    """Return the snapshot of a root as of a change; None where it was not there."""
    ids = list(map(int, unpack(parts).split())) if parts else []
    members: list[str] = []
    for start in range(0, len(ids), PAGE):
        page = RECORD.c.id.in_(ids[start : start + PAGE])
        members += connection.execute(select(RECORD.c.iri).where(page)).scalars()
    try:
        return take(connection, root, members=sorted(members), upto=change_id)
    except NotFoundError:
        return None


def root_of(database: Database, snapshot_hash: str) -> str:
    """Return what a stored snapshot was taken of, an empty text for none."""
    statement = select(SNAPSHOT.c.root).where(SNAPSHOT.c.hash == snapshot_hash)
    with database.reading() as connection:
        return connection.execute(statement).scalar() or ""


def fingerprint_of(database: Database, snapshot_hash: str, *, keep: bool) -> str:
    """Return the fingerprint of a stored snapshot.

    One of an older program has none yet: it is read, and with ``keep`` noted. Raises
    what :func:`load` raises.
    """
    with database.reading() as connection:
        kept = _row(connection, snapshot_hash).fingerprint
    if kept:
        return str(kept)
    made = load(database, snapshot_hash).fingerprint
    if keep:
        this = SNAPSHOT.c.hash == snapshot_hash
        with database.transaction() as connection:
            connection.execute(update(SNAPSHOT).where(this).values(fingerprint=made))
    return made
