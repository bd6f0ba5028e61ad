"""A plan as machine-actionable DMP (RDA DMP Common Standard 1.2 or 1.1, JSON).

What was done comes from the catalogue: DOIs, accessions, SWHIDs, sizes, formats and
instruments. What a plan promises and nothing has fulfilled yet stays a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.dmp.dataset import output_dataset, software_dataset
from fair_imagic.dmp.person_entry import person_entry
from fair_imagic.documents.madmp import LANGUAGES, ROOT, VERSIONS, Dialect, date_time
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.config import Settings
    from fair_imagic.dmp.plan_record import PlanRecord
    from fair_imagic.publish.base import Published
    from fair_imagic.publish.study import Study

__all__ = ["export"]

_URL = (
    "https://github.com/RDA-DMP-Common/RDA-DMP-Common-Standard/tree/master/"
    "examples/JSON/JSON-schema/"
)


def export(
    record: PlanRecord,
    *,
    settings: Settings,
    studies: Sequence[Study] = (),
    published: Sequence[Published] = (),
    version: str = "1.2",
) -> dict[str, Any]:
    """Return the maDMP document of a plan.

    Parameters
    ----------
    record
        The plan, its people and its research outputs.
    studies
        The publication sets of the catalogue; those that fulfil an output are used.
    published
        What is public already, under which identifier.
    version
        ``1.2`` or ``1.1``; the older one has no place for some facts.

    Raises
    ------
    InputError
        For another version.
    """
    if version not in VERSIONS:
        raise InputError(
            _("This version of the maDMP standard is not known"),
            expected=", ".join(VERSIONS),
            found=version,
        )
    dialect = Dialect(version)
    chosen = _fulfilling(record, studies)
    datasets = [
        output_dataset(
            output,
            [one for one in chosen if said(one.record.fulfils) == output.iri],
            published=published,
            settings=settings,
            dialect=dialect,
        )
        for output in record.outputs
    ]
    datasets += _software(chosen, published, settings, dialect)
    dmp = {
        **_about(record, dialect),
        "contributor": _contributors(record, chosen, dialect),
        "dataset": datasets,
    }
    document = {ROOT: {key: value for key, value in dmp.items() if _given(key, value)}}
    if dialect.rich:  # 1.1 forbids any other key at the root
        return {"$schema": f"{_URL}{version}", **document}
    return document


def _about(record: PlanRecord, dialect: Dialect) -> dict[str, Any]:
    plan = record.plan
    return {
        "title": said(plan.title),
        "description": said(plan.description),
        "language": LANGUAGES.get(said(plan.language)[:2] or "en", "eng"),
        "created": date_time(said(plan.created)),
        "modified": date_time(said(plan.modified)) or date_time(said(plan.created)),
        "dmp_id": dialect.identifier(said(plan.identifier) or plan.iri),
        "ethical_issues_exist": "unknown",
        "contact": _contact(record, dialect),
        "project": _project(record),
    }


def _given(key: str, value: object) -> bool:
    return value not in ("", []) or key == "dataset"


def _fulfilling(record: PlanRecord, studies: Iterable[Study]) -> list[Study]:
    outputs = {one.iri for one in record.outputs}
    return [one for one in studies if said(one.record.fulfils) in outputs]


def _contact(record: PlanRecord, dialect: Dialect) -> dict[str, Any]:
    if record.contact is None:
        return {"name": "", "contact_id": {"identifier": "", "type": "other"}}
    return person_entry(record.contact, "contact_id", dialect)


@dataclass
class _Person:
    """A contributor while the roles are collected."""

    entry: dict[str, Any]
    roles: list[str]


def _contributors(
    record: PlanRecord, studies: list[Study], dialect: Dialect
) -> list[dict[str, Any]]:
    found: dict[str, _Person] = {}
    named = [(agent, "contributor") for agent in record.contributors]
    for study in studies:
        named += [(agent, "creator of data") for agent in study.creators]
        named += [(agent, "contributor") for agent in study.contributors]
    for agent, default in named:
        entry = person_entry(agent, "contributor_id", dialect)
        person = found.setdefault(agent.person.iri, _Person(entry, []))
        words = [said(one).rpartition("/")[2] for one in agent.person.role]
        for role in [word for word in words if word] or [default]:
            if role not in person.roles:
                person.roles.append(role)
    return [{**one.entry, "role": one.roles} for one in found.values()]


def _project(record: PlanRecord) -> list[dict[str, Any]]:
    # The standard has no research entity: the facility is given as the project.
    if record.publisher is None or not said(record.publisher.name):
        return []
    return [{"title": said(record.publisher.name)}]


def _software(
    studies: list[Study],
    published: Sequence[Published],
    settings: Settings,
    dialect: Dialect,
) -> list[dict[str, Any]]:
    records = {one.iri: one for study in studies for one in study.software}
    return [
        software_dataset(
            records[iri], published=published, settings=settings, dialect=dialect
        )
        for iri in sorted(records)
    ]
