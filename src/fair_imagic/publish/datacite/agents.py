"""Creators, contributors and the publisher in DataCite's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.publish.study import ror_of, said

if TYPE_CHECKING:
    from fair_imagic.config import Settings
    from fair_imagic.model import Organisation
    from fair_imagic.publish.study import Agent, Study

__all__ = ["contributors", "creators", "publisher"]

#: Role words of people and plans -> DataCite's contributor types.
_ROLES = {
    "contact": "ContactPerson",
    "contactperson": "ContactPerson",
    "data acquisition": "DataCollector",
    "datacollector": "DataCollector",
    "operator": "DataCollector",
    "datacurator": "DataCurator",
    "data steward": "DataCurator",
    "datamanager": "DataManager",
    "dmpmanager": "ContactPerson",
    "editor": "Editor",
    "facility staff": "DataCollector",
    "principal investigator": "ProjectLeader",
    "projectleader": "ProjectLeader",
    "projectmember": "ProjectMember",
    "researcher": "Researcher",
    "supervisor": "Supervisor",
}


def creators(study: Study) -> list[dict[str, Any]]:
    """Return the authors of the set, in its order."""
    return [_person(agent) for agent in study.creators]


def contributors(study: Study, *, settings: Settings) -> list[dict[str, Any]]:
    """Return the other people with their roles, then the hosting facility."""
    people = [
        _person(agent) | {"contributorType": _role(agent)}
        for agent in study.contributors
    ]
    facility = said(settings.facility_name)
    if not facility:
        return people
    host = {
        "name": facility,
        "nameType": "Organizational",
        "contributorType": "HostingInstitution",
    }
    return [*people, host]


def publisher(study: Study) -> dict[str, Any]:
    """Return the organisation that holds the images; empty where none is named."""
    organisation = study.publisher
    if organisation is None or not said(organisation.name):
        return {}
    found: dict[str, Any] = {"name": said(organisation.name)}
    if ror_of(organisation):
        found |= {
            "publisherIdentifier": ror_of(organisation),
            "publisherIdentifierScheme": "ROR",
            "schemeUri": "https://ror.org/",
        }
    return found


def _role(agent: Agent) -> str:
    for role in agent.person.role:
        word = said(role).rpartition("/")[2].lower()
        known = _ROLES.get(word) or _ROLES.get(word.replace(" ", ""))
        if known:
            return known
    return "Other"


def _person(agent: Agent) -> dict[str, Any]:
    found: dict[str, Any] = {"name": agent.citation_name, "nameType": "Personal"}
    if agent.given_name and agent.family_name:
        found |= {"givenName": agent.given_name, "familyName": agent.family_name}
    orcid = said(agent.person.orcid)
    if orcid:
        address = f"https://orcid.org/{agent.orcid}" if agent.orcid else orcid
        found["nameIdentifiers"] = [
            {
                "nameIdentifier": address,
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    places = [_affiliation(one) for one in agent.affiliations if said(one.name)]
    return found | ({"affiliation": places} if places else {})


def _affiliation(organisation: Organisation) -> dict[str, str]:
    found = {"name": said(organisation.name)}
    if said(organisation.ror):
        found |= {
            "affiliationIdentifier": said(organisation.ror),
            "affiliationIdentifierScheme": "ROR",
            "schemeUri": "https://ror.org",
        }
    return found
