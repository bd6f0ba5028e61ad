"""What a plan commits its research outputs to, in its own words where it says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Commitment as CommitmentRecord
from fair_imagic.model import ResearchOutput, views
from fair_imagic.rdf import curie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.model import RecordGraph

__all__ = ["SUBJECTS", "Commitment", "commitments_of"]

#: What a plan can commit to, and the field of a research output that says it too.
SUBJECTS = {
    "formats": "",
    "licence": "license",
    "identifier": "",
    "repository": "repositories",
    "metadata-standard": "metadata_standard",
    "personal-data": "personal_data",
    "retention": "",
}


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One promise: what about, the values promised (alternatives), the plan's words.

    ``sentence`` is empty where only a field of the plan says it; ``section`` names the
    place in the plan.
    """

    about: str
    promised: tuple[str, ...]
    sentence: str = ""
    section: str = ""


def commitments_of(output: ResearchOutput, graph: RecordGraph) -> list[Commitment]:
    """Return what a research output is committed to, in the order of the subjects.

    A commitment with the plan's words goes before a bare field of the output.
    """
    quoted = {one.about: one for one in _quoted(output, graph) if one.promised}
    fields = {one.about: one for one in _from_fields(output)}
    found = {**fields, **quoted}
    return [found[about] for about in SUBJECTS if about in found]


def _quoted(output: ResearchOutput, graph: RecordGraph) -> Iterator[Commitment]:
    for one in views(CommitmentRecord, graph):
        if one.iri in output.commitments and one.about:
            yield Commitment(
                about=one.about,
                promised=tuple(sorted(one.promised)),
                sentence=one.sentence or "",
                section=one.section or "",
            )


def _from_fields(output: ResearchOutput) -> Iterator[Commitment]:
    for about, name in SUBJECTS.items():
        held: Sequence[str] | str | None = getattr(output, name) if name else None
        values = (held,) if isinstance(held, str) else tuple(held or ())
        if values and (about != "personal-data" or values == ("no",)):
            yield Commitment(about=about, promised=tuple(curie(v) for v in values))
