"""Authors and organisations of a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.section import attribute, attributes
from fair_imagic.publish.study import ror_of, said

if TYPE_CHECKING:
    from fair_imagic.publish.study import Agent, Study

__all__ = ["people_sections"]


def people_sections(study: Study) -> list[dict[str, Any]]:
    """Return the author sections in the set's order, then their organisations."""
    numbers: dict[str, str] = {}
    organisations = []
    for agent in study.creators:
        for organisation in agent.affiliations:
            if organisation.iri not in numbers:
                numbers[organisation.iri] = f"o{len(numbers) + 1}"
                organisations.append(organisation)
    authors = [
        _author(agent, f"author-{number}", numbers)
        for number, agent in enumerate(study.creators, start=1)
    ]
    places = [
        {
            "accno": numbers[one.iri],
            "type": "organisation",
            "attributes": attributes(
                (
                    ("Name", said(one.name)),
                    ("Address", said(one.address)),
                    ("RORID", ror_of(one)),
                )
            ),
        }
        for one in organisations
    ]
    return [*authors, *places]


def _author(agent: Agent, accno: str, numbers: dict[str, str]) -> dict[str, Any]:
    found = attributes(
        (
            ("Name", agent.name),
            ("E-mail", said(agent.person.email).removeprefix("mailto:")),
            ("ORCID", agent.orcid),
        )
    )
    found += [
        attribute("Role", said(role).rpartition("/")[2])
        for role in agent.person.role
        if said(role)
    ]
    found += [
        attribute("affiliation", numbers[one.iri], reference=True)
        for one in agent.affiliations
    ]
    return {"accno": accno, "type": "Author", "attributes": found}
