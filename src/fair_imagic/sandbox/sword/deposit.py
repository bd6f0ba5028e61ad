"""One deposit: how its state moves, and the identifiers it gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from fair_imagic import clock
from fair_imagic.sandbox.store import texts
from fair_imagic.sandbox.sword.archive import BadArchiveError, archive_tree
from fair_imagic.sandbox.sword.entry import read_entry
from fair_imagic.sandbox.sword.tree import (
    Tree,
    release_id,
    snapshot_id,
    tree_id,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.sandbox.store import Document
    from fair_imagic.sandbox.sword.entry import Entry

__all__ = ["advanced", "listed_fields", "public_fields"]


def advanced(
    deposit: Document, archives: Sequence[bytes], *, branches: dict[str, str]
) -> Document:
    """Return the deposit one step on: deposited, verified or rejected, done.

    ``branches`` are the releases (hex) of earlier versions at the same origin.
    """
    if deposit["status"] == "deposited":
        return _checked(deposit, archives)
    if deposit["status"] == "verified":
        return _loaded(deposit, archives, branches=branches)
    return deposit


def _checked(deposit: Document, archives: Sequence[bytes]) -> Document:
    entry = _entry(deposit)
    problems = ["Metadata are missing"] if entry is None else [*entry.problems]
    if not archives:
        problems.append("Mandatory archive is missing")
    try:
        _tree(archives)
    except BadArchiveError as error:
        problems.append(str(error))
    if problems or entry is None:
        return {**deposit, "status": "rejected", "detail": "\n".join(problems)}
    detail = "The deposit has been verified and is awaiting loading"
    if not entry.has_provenance:
        detail += " (suggested field swh:metadata-provenance is missing)"
    return {**deposit, "status": "verified", "detail": detail}


def _loaded(
    deposit: Document, archives: Sequence[bytes], *, branches: dict[str, str]
) -> Document:
    entry = read_entry(texts(deposit, "atoms")[-1].encode())
    directory = tree_id(_tree(archives))
    count = len(branches) + 1
    version = entry.version or str(count)
    message = (
        f"{deposit['client']}: Deposit {deposit['id']} in collection "
        f"{deposit['collection']}\n\n{entry.release_notes}"
    ).rstrip("\n") + "\n"
    seconds = _seconds(entry.date or str(deposit["completed"]))
    release = release_id(directory, name=version, message=message, seconds=seconds)
    branch = f"deposit/{_slug(version)}"
    known = {name: bytes.fromhex(text) for name, text in branches.items()}
    snapshot = snapshot_id(known | {branch: release}, head=branch)
    swhid = f"swh:1:dir:{directory.hex()}"
    context = (
        f"{swhid};origin={_escaped(str(deposit['origin']))}"
        f";visit=swh:1:snp:{snapshot.hex()};anchor=swh:1:rel:{release.hex()};path=/"
    )
    return {
        **deposit,
        "status": "done",
        "detail": "The deposit has been successfully loaded into the practice archive",
        "swhid": swhid,
        "context": context,
        "branch": branch,
        "release": release.hex(),
    }


def _entry(deposit: Document) -> Entry | None:
    atoms = texts(deposit, "atoms")
    return read_entry(atoms[-1].encode()) if atoms else None


def _tree(archives: Sequence[bytes]) -> Tree:
    whole = Tree()
    for content in archives:
        whole.entries.update(archive_tree(content).entries)
    return whole


def _escaped(origin: str) -> str:
    return origin.replace("%", "%25").replace(";", quote(";"))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


def _seconds(text: str) -> int:
    padded = text if len(text) > 7 else f"{text}-01-01"[:10]
    try:
        moment = datetime.fromisoformat(padded.replace("Z", "+00:00"))
    except ValueError:
        moment = clock.now()
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())


def public_fields(deposit: Document, *, with_origin: bool) -> dict[str, str]:
    """Return the elements in the ``sd`` namespace that an answer shows."""
    names = {
        "deposit_id": "id",
        "deposit_date": "date",
        "deposit_archive": "archive",
        "deposit_status": "status",
        "deposit_status_detail": "detail",
        "deposit_swh_id": "swhid",
        "deposit_swh_id_context": "context",
        "deposit_external_id": "slug",
    }
    if with_origin:
        names["deposit_origin_url"] = "origin"
    return {
        shown: str(deposit[key]) for shown, key in names.items() if deposit.get(key)
    }


def listed_fields(deposit: Document) -> dict[str, str]:
    """Return the elements of a list's entry: the real server names them otherwise."""
    fields = public_fields(deposit, with_origin=False)
    del fields["deposit_date"]
    fields.pop("deposit_archive", None)
    names = {"deposit_swh_id": "swhid", "deposit_swh_id_context": "swhid_context"}
    return {
        names.get(name, name.removeprefix("deposit_")): text
        for name, text in fields.items()
    }
