"""The counts of a set: what its last check said, in counts and in no language.

It is the one answer to "how ready is this set": lists, pages and addresses for programs
read it, and nobody counts points again. It is read without the requirements, which
take longer to load than all the rest; :mod:`.counting` makes it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CountedStop",
    "CountsLine",
    "VerdictCounts",
    "counts_text",
    "text_counts",
]


@dataclass(frozen=True, kw_only=True)
class CountsLine:
    """How a set stands with one archive, or under requirements that belong to none.

    For an archive everything counts that it asks, by whichever requirements.
    ``blocking`` are the points for which a publication is refused, ``decided`` those
    that pass by decision of the facility alone.
    """

    token: str
    title: Mapping[str, str]
    must: int
    should: int
    could: int
    blocking: int
    decided: int


@dataclass(frozen=True, kw_only=True)
class CountedStop:
    """One thing to do before some archives take a set.

    ``field`` is the name of the set's field that it is about; empty where it is about
    something else.
    """

    field: str
    archives: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictCounts:
    """What the last check of a set said.

    ``questions`` is how many only a researcher can answer, None where nobody counted.

    ``lines`` are in the order in which the requirements were asked, ``archives`` hold
    every archive that is known, by its token. ``causes`` is the number of things to do,
    ``must_causes`` that of the obligatory ones.
    """

    checked_at: str
    causes: int
    must_causes: int
    lines: tuple[CountsLine, ...]
    archives: Mapping[str, CountsLine]
    stops: tuple[CountedStop, ...]
    questions: int | None = None


def counts_text(counts: VerdictCounts) -> str:
    """Return a counts as text, to be kept."""
    return json.dumps(asdict(counts), ensure_ascii=False, separators=(",", ":"))


def text_counts(text: str) -> VerdictCounts | None:
    """Return the counts that a text was made of; None where it says something else.

    Another version of the program may have written it, or a hand.
    """
    try:
        return _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _read(values: dict[str, Any]) -> VerdictCounts:
    lines = (CountsLine(**line) for line in values.pop("lines"))
    archives = {
        token: CountsLine(**line) for token, line in values.pop("archives").items()
    }
    stops = (
        CountedStop(field=one["field"], archives=tuple(one["archives"]))
        for one in values.pop("stops")
    )
    return VerdictCounts(
        lines=tuple(lines), archives=archives, stops=tuple(stops), **values
    )
