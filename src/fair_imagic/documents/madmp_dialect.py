"""How versions 1.1 and 1.2 of the RDA DMP Common Standard write the same facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.model.pid import doi_of, is_swhid
from fair_imagic.publish.study import ror_of, said

if TYPE_CHECKING:
    from fair_imagic.model import Organisation
    from fair_imagic.publish.study import Agent

__all__ = ["LANGUAGES", "Dialect", "date_of", "date_time"]

#: ISO 639-1 of our records -> ISO 639-3 of the standard.
LANGUAGES = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita"}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ZONE = re.compile(r"(Z|[+-]\d{2}:\d{2})$")
_OLD_TYPES = {"doi", "url", "handle", "ark", "other"}


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
        elif text.startswith(("http://", "https://")):
            kind = "url"
        return {"identifier": text, "type": self._known(kind)}

    def _known(self, kind: str) -> str:
        return kind if self.rich or kind in _OLD_TYPES else "other"

    def person(self, agent: Agent, id_key: str) -> dict[str, Any]:
        """Return name, identifier, mail address and (1.2) affiliation of a person."""
        found: dict[str, Any] = {"name": agent.name, id_key: _person_id(agent)}
        email = said(agent.person.email).removeprefix("mailto:")
        if email:
            found["mbox"] = email
        places = [self._affiliation(one) for one in agent.affiliations if one.name]
        return found | ({"affiliation": places} if self.rich and places else {})

    def _affiliation(self, organisation: Organisation) -> dict[str, Any]:
        ror = ror_of(organisation)
        identifier = {"identifier": ror or organisation.iri, "type": "url"}
        if ror:
            identifier["type"] = "ror"
        return {"name": said(organisation.name), "affiliation_id": identifier}


def _person_id(agent: Agent) -> dict[str, str]:
    if agent.orcid:
        return {"identifier": f"https://orcid.org/{agent.orcid}", "type": "orcid"}
    return {"identifier": agent.person.iri, "type": "other"}


def date_of(text: str | None) -> str:
    """Return the day of a date or time, or nothing where it is neither."""
    match = _DAY.match(said(text))
    return match[0] if match else ""


def date_time(text: str | None) -> str:
    """Return a time with a zone, as the standard asks; a day begins at midnight UTC."""
    value = said(text)
    if not _DAY.match(value):
        return value
    if "T" not in value:
        return f"{value[:10]}T00:00:00Z"
    return value if _ZONE.search(value) else f"{value}Z"
