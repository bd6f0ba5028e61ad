"""Proposals from the SPDX list: the licence that a text means."""

from __future__ import annotations

import difflib
import functools
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_licences", "spdx_near"]

_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>[a-z-]+)/(?P<version>\d\.\d)"
    r"|publicdomain/(?P<zero>zero)/1\.0)"
)
_WORDS = {
    "creative commons": "cc",
    "attribution": "by",
    "non commercial": "nc",
    "noncommercial": "nc",
    "no derivatives": "nd",
    "noderivatives": "nd",
    "share alike": "sa",
    "sharealike": "sa",
    "zero": "0",
    "universal": "",
    "international": "",
    "licence": "",
    "license": "",
    "public domain dedication": "",
    "the": "",
}
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def from_licences(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the licence of the SPDX list whose name is nearest to what is written."""
    if point.slot.range != "Licence" or point.seen is None:
        return None
    found = spdx_near(unquote(point.seen))
    if found is None:
        return None
    name, confidence = found
    source = both("the SPDX list, for “{text}”", text=unquote(point.seen)[:60])
    return Proposal(value=name, source=source, confidence=confidence)


def spdx_near(text: str) -> tuple[str, Confidence] | None:
    """Return the SPDX name that a text means and how sure that is, or None."""
    match = _CREATIVE_COMMONS.search(text.lower())
    if match:
        name = "CC0-1.0" if match["zero"] else f"CC-{match['kind']}-{match['version']}"
        found = _spdx_names().get(_plain(name))
        return (found, Confidence.CERTAIN) if found else None
    tail = text.rstrip("/").rpartition("/")[2].removesuffix(".html")
    wanted = _plain(_in_short(tail))
    names = _spdx_names()
    for candidate, confidence in (
        (wanted, Confidence.CERTAIN),
        (f"{wanted}0" if wanted[-1:].isdigit() else "", Confidence.LIKELY),
        (f"{wanted}40", Confidence.UNSURE),
        (f"{wanted}10", Confidence.UNSURE),
    ):
        if candidate in names and len(wanted) > 2:
            return names[candidate], confidence
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.92)
    return (names[near[0]], Confidence.UNSURE) if near else None


def _in_short(text: str) -> str:
    short = text.lower().replace("_", " ").replace("-", " ")
    for long, word in _WORDS.items():
        short = short.replace(long, word)
    return re.sub(r"\bv(?=\d)", "", short)


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


@functools.cache
def _spdx_names() -> dict[str, str]:
    from license_expression import get_license_index

    found: dict[str, str] = {}
    for entry in get_license_index():
        name = entry.get("spdx_license_key") or ""
        if not name or name.startswith("LicenseRef") or entry.get("is_deprecated"):
            continue
        found.setdefault(_plain(_in_short(name)), name)
    return found
