"""How to cite a published set: as a sentence, for BibTeX and for reference managers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.placeholder import named

if TYPE_CHECKING:
    from fair_imagic.publish.landing.facts import Landing

__all__ = ["bibtex", "ris"]

_SPECIAL = re.compile(r"([\\{}&%$#_~^])")
_NO_KEY = re.compile(r"[^A-Za-z0-9]+")


def bibtex(landing: Landing) -> str:
    """Return the entry for BibTeX."""
    fields = {
        "author": " and ".join(one.citation_name for one in landing.study.creators),
        "title": named(landing.study.title),
        "year": landing.issued[:4],
        "publisher": landing.publisher,
        "version": landing.version,
        "doi": landing.doi,
        "url": landing.identifier,
    }
    lines = [
        f"  {name} = {{{text if name in ('doi', 'url') else _escaped(text)}}}"
        for name, text in fields.items()
        if text
    ]
    return "\n".join((f"@dataset{{{_key(landing)},", ",\n".join(lines), "}"))


def ris(landing: Landing) -> str:
    """Return the entry in the RIS format."""
    found = [("TY", "DATA")]
    found += [("AU", one.citation_name) for one in landing.study.creators]
    found += [
        ("TI", named(landing.study.title)),
        ("PY", landing.issued[:4]),
        ("PB", landing.publisher),
        ("ET", landing.version),
        ("DO", landing.doi),
        ("UR", landing.identifier),
    ]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in found if text]
    return "\n".join([*lines, "ER  - "])


def _key(landing: Landing) -> str:
    creators = landing.study.creators
    name = creators[0].family_name if creators else landing.facility
    return f"{_NO_KEY.sub('', name) or 'images'}{landing.issued[:4]}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
