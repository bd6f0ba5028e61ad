"""What there is to check in a whole catalogue: sets, images in no set, microscopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Subject
from fair_imagic.checks.finding import natural_key
from fair_imagic.model import Image, PublicationSet
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.workspace import KINDS as RECORDS
from fair_imagic.workflow.checking.subject import as_set, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["KINDS", "LOOSE", "Found", "snapshot_of_subject", "subjects_in"]

#: Images that belong to no collection, such as those that a process made.
LOOSE = "image"
KINDS = ("set", "collection", LOOSE, "instrument")
_LOOSE_NAME = "-"

_IN_NO_SET = (
    "FILTER NOT EXISTS { ?set dcterms:hasPart ?image ; a "
    f"{iri(PublicationSet.class_iri)} }}"
)
_COLLECTION = "OPTIONAL { ?image dcterms:isPartOf ?collection }"


@dataclass(frozen=True)
class Found:
    """What is to be checked, and the collections that the sets cover."""

    subjects: tuple[Subject, ...]
    covered: tuple[Subject, ...]


def subjects_in(workspace: Workspace, kinds: Iterable[str]) -> Found:
    """Return what there is of these kinds, by kind and name.

    Every image is in one of the subjects: where all kinds are asked for, nothing stays
    unchecked.
    """
    wanted = frozenset(kinds)
    subjects: list[Subject] = []
    covered: list[Subject] = []
    if "set" in wanted:
        subjects += _sets(workspace)
    if wanted & {"collection", LOOSE}:
        for one in _collections(workspace):
            if one.kind in wanted:
                (subjects if one.images else covered).append(one)
    if "instrument" in wanted:
        subjects += (
            Subject(kind="instrument", iri=record, name=name)
            for record, name in _records(workspace, "instrument").items()
        )
    return Found(
        tuple(sorted(subjects, key=_order)), tuple(sorted(covered, key=_order))
    )


def snapshot_of_subject(workspace: Workspace, subject: Subject) -> Snapshot:
    """Return the snapshot of a subject; images in no set are seen as a set of them.

    A collection of which no image is in a set is the same as when it is checked alone.
    """
    if subject.kind in ("set", "instrument"):
        return snapshot_of(workspace, subject.iri)
    is_whole = subject.images == subject.images_in_all
    if is_whole and workspace.catalogue.exists(subject.iri):
        return snapshot_of(workspace, subject.iri)
    images = _images_in_no_set(workspace, subject)
    taken = workspace.catalogue.snapshot(subject.iri, members=images)
    return as_set(workspace, taken, images)


def _records(workspace: Workspace, kind: str) -> dict[str, str]:
    """Return the short names of the records of a kind."""
    return {
        record: record.removeprefix(f"{workspace.settings.base_iri}{kind}/")
        for record in workspace.catalogue.records(RECORDS[kind].class_iri)
    }


def _sets(workspace: Workspace) -> list[Subject]:
    query = (
        "SELECT ?set (COUNT(DISTINCT ?image) AS ?images) WHERE { "
        f"?set a {iri(PublicationSet.class_iri)} ; dcterms:hasPart ?image }} "
        "GROUP BY ?set"
    )
    counts = {record: int(count) for record, count in rows(workspace, query)}
    return [
        Subject(kind="set", iri=record, name=name, images=counts.get(record, 0))
        for record, name in _records(workspace, "set").items()
    ]


def _collections(workspace: Workspace) -> list[Subject]:
    """Return the collections, and what is in none, with their images in no set."""
    in_all = _counts(workspace, "")
    in_no_set = _counts(workspace, _IN_NO_SET)
    names = _records(workspace, "collection")
    # A collection that was taken back leaves its images: they are checked too.
    names |= {one: name_of(one) for one in in_all if one and one not in names}
    found = [
        Subject(
            kind="collection",
            iri=record,
            name=name,
            images=in_no_set.get(record, 0),
            images_in_all=in_all.get(record, 0),
        )
        for record, name in names.items()
    ]
    if "" in in_no_set:
        # No collection can have this name: short names begin with a letter or digit.
        record = f"{workspace.settings.base_iri}collection/{_LOOSE_NAME}"
        found.append(
            Subject(kind=LOOSE, iri=record, name=_LOOSE_NAME, images=in_no_set[""])
        )
    return found


def _counts(workspace: Workspace, condition: str) -> dict[str, int]:
    """Return the number of images by collection; the empty name for those in none."""
    query = (
        "SELECT ?collection (COUNT(DISTINCT ?image) AS ?images) WHERE { "
        f"?image a {iri(Image.class_iri)} {_COLLECTION} {condition} }} "
        "GROUP BY ?collection"
    )
    return {record: int(count) for record, count in rows(workspace, query) if count}


def _images_in_no_set(workspace: Workspace, subject: Subject) -> list[str]:
    here = f"?image dcterms:isPartOf {iri(subject.iri)}"
    if subject.kind == LOOSE:
        here = "FILTER NOT EXISTS { ?image dcterms:isPartOf ?collection }"
    query = (
        f"SELECT ?image WHERE {{ ?image a {iri(Image.class_iri)} . {here} "
        f"{_IN_NO_SET} }} ORDER BY ?image"
    )
    rows = workspace.catalogue.rows(query)
    return [term[1:-1] for (term,) in rows if term is not None]


def _order(subject: Subject) -> tuple[object, ...]:
    return (KINDS.index(subject.kind), natural_key(subject.name), subject.iri)
