"""Raw facts: what a reader found in a file version, kept with its places."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, insert, select

from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.journal import keep_source
from fair_imagic.catalogue.reading import PAGE
from fair_imagic.catalogue.tables import FACTS, SOURCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Any

    from sqlalchemy import Select

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.source import Source

__all__ = ["Fact", "FactLike", "keep", "load"]


class FactLike(Protocol):
    """What a fact must have: the readers' own class has it."""

    @property
    def key(self) -> str:
        """What it is."""

    @property
    def value(self) -> str:
        """Its value as written in the file."""

    @property
    def unit(self) -> str | None:
        """The unit as written in the file."""

    @property
    def place(self) -> str:
        """Where in the file it stands."""


@dataclass(frozen=True)
class Fact:
    """One raw fact, as it was found."""

    key: str
    value: str
    unit: str | None
    place: str


def keep(
    database: Database, source: Source, parts: Mapping[str, Iterable[FactLike]]
) -> None:
    """Keep the facts of a source, by part: an image's IRI, or ``""`` for the file.

    The facts of the same parts, read before, are replaced.
    """
    with database.transaction() as connection:
        source_id = keep_source(connection, source)
        rows = [
            {"source_id": source_id, "part": part, "facts": _packed(facts)}
            for part, facts in parts.items()
        ]
        old = FACTS.c.source_id == source_id
        connection.execute(delete(FACTS).where(old, FACTS.c.part.in_(parts.keys())))
        if rows:
            connection.execute(insert(FACTS), rows)


def _packed(facts: Iterable[FactLike]) -> bytes:
    rows = [[fact.key, fact.value, fact.unit, fact.place] for fact in facts]
    return pack(json.dumps(rows, ensure_ascii=False))


def load(
    database: Database,
    source_iris: Collection[str],
    *,
    parts: Collection[str] | None = None,
) -> dict[str, dict[str, tuple[Fact, ...]]]:
    """Return the facts of each source by part; none where it is not known.

    With ``parts``, only these are read: a file may hold thousands of images.
    """
    found: dict[str, dict[str, tuple[Fact, ...]]] = {iri: {} for iri in source_iris}
    with database.reading() as connection:
        for page in _pages(found):
            statement = (
                select(SOURCE.c.iri, FACTS.c.part, FACTS.c.facts)
                .join(SOURCE, SOURCE.c.id == FACTS.c.source_id)
                .where(SOURCE.c.iri.in_(page))
                .order_by(FACTS.c.part)
            )
            for some in [None] if parts is None else _pages(sorted(set(parts))):
                narrowed = statement if some is None else _of_parts(statement, some)
                for iri, part, kept in connection.execute(narrowed).all():
                    rows = json.loads(unpack(kept))
                    found[iri][part] = tuple(Fact(*columns) for columns in rows)
    return found


def _of_parts(statement: Select[Any], parts: list[str]) -> Select[Any]:
    return statement.where(FACTS.c.part.in_(parts))


def _pages(values: Iterable[str]) -> Iterator[list[str]]:
    left = iter(values)
    while page := list(itertools.islice(left, PAGE)):
        yield page
