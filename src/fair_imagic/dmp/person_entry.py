"""A person in a maDMP: contact, contributor or creator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.publish.study import ror_of, said

if TYPE_CHECKING:
    from fair_imagic.documents.madmp import Dialect
    from fair_imagic.model import Organisation
    from fair_imagic.publish.study import Agent

__all__ = ["person_entry"]


def person_entry(agent: Agent, id_key: str, dialect: Dialect) -> dict[str, Any]:
    """Return name, identifier, mail address and (1.2) affiliation of a person."""
    entry: dict[str, Any] = {"name": agent.name, id_key: _person_id(agent)}
    email = said(agent.person.email).removeprefix("mailto:")
    if email:
        entry["mbox"] = email
    places = [_affiliation(one) for one in agent.affiliations if one.name]
    return entry | ({"affiliation": places} if dialect.rich and places else {})


def _person_id(agent: Agent) -> dict[str, str]:
    if agent.orcid:
        return {"identifier": f"https://orcid.org/{agent.orcid}", "type": "orcid"}
    return {"identifier": agent.person.iri, "type": "other"}


def _affiliation(organisation: Organisation) -> dict[str, Any]:
    ror = ror_of(organisation)
    identifier = {"identifier": ror or organisation.iri, "type": "url"}
    if ror:
        identifier["type"] = "ror"
    return {"name": said(organisation.name), "affiliation_id": identifier}
