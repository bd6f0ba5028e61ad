"""Named tags: what a facility's own tables say of an image, under their own headings.

A tag is a part of its image: the heading as it was written, and the text. Its IRI is
made of the heading, so that a later table replaces the text of the same heading.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.mapping.headings import PERSON, heading_key, meaning_of
from fair_imagic.model import NamedTag, RecordGraph, views
from fair_imagic.rdf import expand, iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["TagRow", "put_tags", "tags_in"]

_LINK = expand("schema:additionalProperty")
_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class TagRow:
    """One tag of an image; ``is_private`` where it never leaves the house."""

    name: str
    text: str
    is_private: bool


def tags_in(graph: RecordGraph) -> tuple[TagRow, ...]:
    """Return the named tags that statements give, by heading."""
    tags = [
        TagRow(
            name=one.name or "",
            text=one.value or one.private_value or "",
            is_private=one.value is None,
        )
        for one in views(NamedTag, graph)
    ]
    return tuple(sorted(tags, key=lambda one: one.name.casefold()))


def put_tags(
    workspace: Workspace,
    edits: Edits,
    image: str,
    tags: Mapping[str, tuple[str, str]],
) -> None:
    """Give an image named tags: text and place in a table, by heading.

    Tags of other headings stay. The text under a heading that speaks of a person is
    kept as not public.
    """
    record = RecordGraph(workspace.catalogue.effective(image))
    links = dict.fromkeys(record.values(image, _LINK))
    for heading, (text, place) in tags.items():
        tag = _iri_of(image, heading)
        links[iri(tag)] = None
        private = meaning_of(heading) == PERSON
        edits.create(
            NamedTag(
                iri=tag,
                name=heading,
                value=None if private else text,
                private_value=text if private else None,
            ),
            place=place,
        )
    edits.put(image, [(_LINK, link) for link in links])


def _iri_of(image: str, heading: str) -> str:
    digest = hashlib.sha256(heading_key(heading).encode()).hexdigest()
    return f"{image}#tag-{digest[:_DIGITS]}"
