"""A package written to a folder: exactly what would be sent, to look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.files import confined, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.publish.base import Package

__all__ = ["write_preview"]


def write_preview(package: Package, folder: Path) -> list[Path]:
    """Write the package below the folder and return the files written.

    Its own files are written as they would be sent; images are not copied but listed
    in ``attachments.tsv`` with their size and place, new names in ``file-names.tsv``,
    and what the archive cannot carry in ``not-carried.txt``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, bytes | str] = dict(package.files)
    payload = json.dumps(package.payload, indent=2, ensure_ascii=False, sort_keys=True)
    contents["payload.json"] = payload + "\n"
    contents["summary.json"] = _summary(package)
    if package.attachments or package.missing:
        contents["attachments.tsv"] = _attachments(package)
    if package.renamed:
        rows = [f"{new}\t{old}" for new, old in package.renamed.items()]
        contents["file-names.tsv"] = "\n".join(["sent as\tname", *rows]) + "\n"
    if package.lost:
        contents["not-carried.txt"] = (
            "\n".join(gap.shown for gap in package.lost) + "\n"
        )
    written = []
    for name in sorted(contents):
        path = confined(folder, name)
        write_atomically(path, contents[name])
        written.append(path)
    return written


def _summary(package: Package) -> str:
    found = {
        "target": package.target,
        "key": package.key,
        "subject": package.subject,
        "landingPage": package.landing_page,
        "snapshotHash": package.snapshot_hash,
        "packageHash": package.hash,
    }
    return json.dumps(found, indent=2) + "\n"


def _attachments(package: Package) -> str:
    rows = ["sent as\tbytes\tfrom"]
    rows += [
        f"{name}\t{path.stat().st_size}\t{path}"
        for name, path in sorted(package.attachments.items())
    ]
    rows += [f"{name}\t\t(not found)" for name in package.missing]
    return "\n".join(rows) + "\n"
