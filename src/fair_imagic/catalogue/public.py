"""What the public may see: what published sets reach, without private values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue.delta import Delta
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.link import follow, links_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import PUBLIC_RECORD
from fair_imagic.model import texts
from fair_imagic.model.slots import private_paths
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from fair_imagic.catalogue.line import Line

__all__ = ["PUBLICATION_CLASS", "PublicPlan", "plan_public", "public_reach", "visible"]

_TYPE = f" <{expand('rdf:type')}> "
PUBLICATION_CLASS = expand("fi:Publication")
_PUBLICATION = f"{_TYPE}<{PUBLICATION_CLASS}> ."
_STATE = f"<{expand('fi:state')}>"
_PUBLISHES = f"<{expand('fi:publishes')}>"
_WITHHELD = f" <{expand('fi:withheld')}> ."
# A plan speaks of unpublished work too: it is public only as an exported document.
_NEVER = (f"{_TYPE}<{expand('fi:Plan')}> .",)
_PRIVATE = frozenset(f"<{path}>" for path in private_paths())


def visible(lines: Iterable[Line]) -> list[Line]:
    """Return what the public may see of the effective lines of a public record."""
    kept = []
    for line in lines:
        if line.endswith(_NEVER):
            return []
        if not line.endswith(_WITHHELD) and line.split(" ", 2)[1] not in _PRIVATE:
            kept.append(line)
    return kept


@dataclass
class PublicPlan:
    """What to change in the public store, and which records each root reaches now.

    ``gone`` and ``came`` are whole records, read page by page when they are written.
    """

    delta: Delta = field(default_factory=Delta)
    gone: list[int] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    members: dict[int, set[int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes for the public."""
        changes = (self.gone, self.came, self.delta.removed, self.delta.added)
        return not any(changes)


def plan_public(
    connection: Connection,
    before: dict[int, list[Line]],
    after: dict[int, list[Line]],
    *,
    upto: int,
) -> PublicPlan:
    """Return what the touched records change for the public."""
    plan = PublicPlan()
    roots_of = _roots_of(connection, list(after))
    roots = _roots_to_walk(before, after, roots_of)
    reader = Reader(connection, upto=upto)
    plan.members = {root: public_reach(reader, root) for root in sorted(roots)}
    were = _members(connection, roots)
    now = set().union(*plan.members.values()) if plan.members else set()
    others = _kept_by_others(connection, were | now, roots)
    plan.gone = sorted(were - now - others)
    plan.came = sorted(now - were - others)
    handled = {*plan.gone, *plan.came}
    for record_id in (now | roots_of.keys()) & after.keys() - handled:
        old, new = before[record_id], after[record_id]
        plan.delta.record(visible(old), visible(new))
    return plan


def _roots_to_walk(
    before: dict[int, list[Line]],
    after: dict[int, list[Line]],
    roots_of: dict[int, set[int]],
) -> set[int]:
    roots: set[int] = set()
    for record_id, new in after.items():
        old = before[record_id]
        if _is_publication(old) or _is_publication(new):
            roots.add(record_id)
        if record_id in roots_of and set(links_of(old)) != set(links_of(new)):
            roots |= roots_of[record_id]
    return roots


def _is_publication(lines: Iterable[Line]) -> bool:
    return any(_PUBLICATION in line for line in lines)


def public_reach(reader: Reader, root_id: int) -> set[int]:
    """Return the ids of the records that a publication makes public.

    Records that are reached but removed are among them: they may come back.
    """
    state = reader.states([root_id]).get(root_id)
    published = _published(state.lines()) if state is not None else []
    if state is None or not published:
        return set()
    reached: set[int] = set()

    def read(iris: list[str]) -> dict[str, str]:
        ids = reader.ids(iris)
        reached.update(ids.values())
        states = reader.states(list(ids.values()))
        return {s.iri: texts.text_of(visible(s.lines())) for s in states.values()}

    for _record in follow(read, [state.iri, *published]):
        pass
    return reached


def _published(lines: Iterable[Line]) -> list[str]:
    """Return what a publication record in the state ``published`` publishes."""
    triples = [triple_of(line) for line in lines]
    state = {text_of(value) for _s, p, value in triples if p == _STATE}
    if "published" not in state:
        return []
    return [text_of(value) for _s, p, value in triples if p == _PUBLISHES]


def _roots_of(connection: Connection, record_ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for page in _pages(record_ids):
        statement = select(PUBLIC_RECORD).where(PUBLIC_RECORD.c.record_id.in_(page))
        for row in connection.execute(statement):
            found.setdefault(row.record_id, set()).add(row.root_id)
    return found


def _members(connection: Connection, roots: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for page in _pages(sorted(roots)):
        statement = select(PUBLIC_RECORD.c.record_id)
        statement = statement.where(PUBLIC_RECORD.c.root_id.in_(page))
        found.update(connection.execute(statement).scalars())
    return found


def _kept_by_others(
    connection: Connection, record_ids: set[int], roots: set[int]
) -> set[int]:
    found = _roots_of(connection, sorted(record_ids)) if roots else {}
    return {record_id for record_id, of in found.items() if of - roots}


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))
