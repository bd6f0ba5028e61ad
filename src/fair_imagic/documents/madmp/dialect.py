"""How versions 1.1 and 1.2 of the RDA DMP Common Standard write the same facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fair_imagic.documents.madmp.vocabulary import IDENTIFIERS_1_1
from fair_imagic.entry.identifier import doi_of, is_swhid, looks_like_doi

__all__ = ["Dialect", "date_of", "date_time"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ZONE = re.compile(r"(Z|[+-]\d{2}:\d{2})$")


@dataclass(frozen=True)
class Dialect:
    """One version of the standard; ``rich`` is whether it has the fields of 1.2."""

    version: str

    @property
    def rich(self) -> bool:
        """Whether affiliation, creator and related identifiers have a place."""
        return self.version != "1.1"

    def identifier(self, text: str) -> dict[str, str]:
        """Return ``{identifier, type}`` for a DOI, SWHID, address or anything else."""
        doi = doi_of(text)
        if doi is not None:
            return {"identifier": f"https://doi.org/{doi}", "type": "doi"}
        kind = "other"
        if is_swhid(text):
            kind = "swhid"
        elif looks_like_doi(text):
            kind = "doi"
        elif text.startswith(("http://", "https://")):
            kind = "url"
        return {"identifier": text, "type": self._offered(kind)}

    def _offered(self, kind: str) -> str:
        return kind if self.rich or kind in IDENTIFIERS_1_1 else "other"


def date_of(text: str | None) -> str:
    """Return the day of a date or time, or nothing where it is neither."""
    match = _DAY.match((text or "").strip())
    return match[0] if match else ""


def date_time(text: str) -> str:
    """Return a time with a zone, as the standard asks; a day begins at midnight UTC."""
    if not _DAY.match(text):
        return text
    if "T" not in text:
        return f"{text[:10]}T00:00:00Z"
    return text if _ZONE.search(text) else f"{text}Z"
