"""What the deposit server refuses, and what it accepts but a reader would miss."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fair_imagic.entry.licence import licence_of
from fair_imagic.publish.software_heritage.entry import CODEMETA, SWH
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["ARCHIVES", "SPECIAL_FILES", "archive_points", "entry_points"]

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".7z")
SPECIAL_FILES = {
    "licence": ("LICENSE", "LICENCE", "COPYING"),
    "readme": ("README",),
}


def entry_points(xml: bytes, provider_url: str, points: Points) -> Iterator[Finding]:
    """Yield what is wrong with the Atom entry."""
    root = parse_xml(xml)
    for name, must in (
        ("name", True),
        ("author", True),
        ("softwareVersion", True),
        ("license", True),
        ("description", False),
    ):
        if root.find(f"{{{CODEMETA}}}{name}") is None:
            yield points.make(
                f"{name.lower()}-needed",
                message="The software needs: {name}",
                repair="Fill in {name} in the record of the software",
                place=f"codemeta:{name}",
                must=must,
                name=name,
            )
    yield from _licence_points(root, points)
    yield from _author_points(root, points)
    for origin in root.iter(f"{{{SWH}}}origin"):
        url = origin.get("url", "")
        if not url.startswith(provider_url.rstrip("/") + "/"):
            yield points.make(
                "origin-foreign",
                message="The origin {value} is outside the deposit account's addresses",
                repair="Correct the setting swh_provider_url",
                place="swh:origin",
                value=url,
            )
    for identifier in root.iter(f"{{{CODEMETA}}}identifier"):
        text = identifier.text or ""
        if not urlsplit(text).netloc:
            yield points.make(
                "identifier-not-absolute",
                message="{value} is not an absolute address",
                repair="Write the full address, such as https://orcid.org/...",
                place="codemeta:identifier",
                value=text,
            )


def _licence_points(root: Any, points: Points) -> Iterator[Finding]:
    for licence in root.findall(f"{{{CODEMETA}}}license/{{{CODEMETA}}}name"):
        known = licence_of(licence.text)
        if known is None or not known.for_software:
            yield points.make(
                "licence-not-for-software",
                message="{value} is not a licence for software",
                repair="Choose a software licence, such as BSD-3-Clause, MIT or "
                "CECILL-2.1",
                place="codemeta:license",
                value=licence.text,
                must=False,
            )


def _author_points(root: Any, points: Points) -> Iterator[Finding]:
    for number, author in enumerate(root.findall(f"{{{CODEMETA}}}author")):
        if not author.findtext(f"{{{CODEMETA}}}name"):
            yield points.make(
                "author-name-needed",
                message="An author has no name",
                repair="Fill in the name of the person",
                place=f"codemeta:author[{number}]",
            )


def archive_points(archive: bytes, points: Points) -> Iterator[Finding]:
    """Yield what is wrong with the archive of sources.

    What the folder lacks (LICENSE, README) is said by the requirements, once.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        names = content.namelist()
    if len(names) == 1 and names[0].lower().endswith(ARCHIVES):
        yield points.make(
            "only-an-archive",
            message="The folder holds nothing but another archive",
            repair="Unpack it and deposit its content",
            place="archive",
            value=names[0],
        )
