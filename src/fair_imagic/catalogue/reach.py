"""What each publication set reaches, so that a change of it is known at once.

Kept by the projector: which records a set owns or looks at, and a fingerprint of what
they say. Where links change, the set is walked again, once for all changes that were
waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select, update

from fair_imagic.catalogue.link import follow, links_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import REACH, REACH_GAP, REACHED_RECORD, RECORD
from fair_imagic.model import fingerprint, sheet, texts
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.line import Line

__all__ = [
    "ReachPlan",
    "begin_anew",
    "fingerprints_of",
    "is_due",
    "of_set",
    "plan_reach",
    "sets_reaching",
    "settle",
    "walk",
    "write",
]

SET_CLASS = expand("fi:PublicationSet")
_SET = f" <{expand('rdf:type')}> <{SET_CLASS}> ."
# The fingerprint of a set that is to be walked.
_UNKNOWN = ""


@dataclass
class ReachPlan:
    """What a batch means: sets to be walked again, and sums that change."""

    again: set[int] = field(default_factory=set)
    differences: dict[int, int] = field(default_factory=dict)


class _Walked(NamedTuple):
    records: dict[int, bool]
    gaps: set[str]
    fingerprint: str


# ----------------------------------------------------------------- kept by batches
def plan_reach(
    connection: Connection,
    names: dict[int, str],
    reader: Reader,
    after: dict[int, list[Line]],
) -> ReachPlan:
    """Return what the touched records change for the sets that reach them.

    ``names`` are their IRIs, ``after`` their effective lines; ``reader`` has read them,
    and knows what was before.
    """
    before = reader.before
    plan = ReachPlan(again=_sets_among(connection, list(after)))
    roots_of = _roots_of(connection, list(after))
    for record_id, roots in roots_of.items():
        old, new = before[record_id], after[record_id]
        if roots.keys() <= plan.again:
            continue
        if bool(old) != bool(new) or set(links_of(old)) != set(links_of(new)):
            plan.again |= roots.keys()
            continue
        iri = names[record_id]
        hashes = reader.sheets_before.get(record_id, ""), reader.sheets.get(iri, "")
        both = [
            sheet.canonical(iri, texts.text_of(lines), held)
            for lines, held in zip((old, new), hashes, strict=True)
        ]
        for root, is_context in roots.items():
            less, more = (
                fingerprint.number_of(iri, text, is_context=is_context) for text in both
            )
            plan.differences[root] = plan.differences.get(root, 0) + more - less
    new = [names[key] for key in after if not before[key]]
    plan.again |= _waiting_for(connection, new)
    return plan


def _sets_among(connection: Connection, record_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for page in _pages(record_ids):
        statement = select(RECORD.c.id).where(RECORD.c.id.in_(page))
        statement = statement.where(RECORD.c.class_iri == SET_CLASS)
        found.update(connection.execute(statement).scalars())
    return found


def _roots_of(
    connection: Connection, record_ids: Sequence[int]
) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = {}
    for page in _pages(record_ids):
        wanted = REACHED_RECORD.c.record_id.in_(page)
        for row in connection.execute(select(REACHED_RECORD).where(wanted)):
            found.setdefault(row.record_id, {})[row.root_id] = row.is_context
    return found


def _waiting_for(connection: Connection, iris: Sequence[str]) -> set[int]:
    """Return the sets that link to records which were not there until now."""
    found: set[int] = set()
    for start in range(0, len(iris), PAGE):
        wanted = REACH_GAP.c.iri.in_(iris[start : start + PAGE])
        statement = select(REACH_GAP.c.root_id).where(wanted)
        found.update(connection.execute(statement).scalars())
    return found


def write(connection: Connection, plan: ReachPlan) -> None:
    """Keep what a batch means, in the transaction that says it is done."""
    for root in plan.again:
        _keep(connection, root, _UNKNOWN)
    for root, difference in plan.differences.items():
        was = connection.execute(
            select(REACH.c.fingerprint).where(REACH.c.root_id == root)
        ).scalar()
        # nothing is added where the values are the same as before
        if was and difference and root not in plan.again:
            _keep(connection, root, fingerprint.changed(was, difference))


def _keep(connection: Connection, root: int, now: str) -> None:
    change = update(REACH).where(REACH.c.root_id == root).values(fingerprint=now)
    if not connection.execute(change).rowcount:
        connection.execute(insert(REACH), {"root_id": root, "fingerprint": now})


# --------------------------------------------------------------- walked when needed
def begin_anew(connection: Connection) -> None:
    """Forget everything: each set is walked again by :func:`settle`."""
    for table in (REACHED_RECORD, REACH_GAP, REACH):
        connection.execute(delete(table))
    statement = select(RECORD.c.id).where(RECORD.c.class_iri == SET_CLASS)
    roots = connection.execute(statement).scalars().all()
    rows = [{"root_id": root, "fingerprint": _UNKNOWN} for root in roots]
    if rows:
        connection.execute(insert(REACH), rows)


def is_due(connection: Connection) -> bool:
    """Return whether a set is to be walked."""
    return bool(_due(connection))


def _due(connection: Connection) -> Sequence[int]:
    statement = select(REACH.c.root_id).where(REACH.c.fingerprint == _UNKNOWN)
    return connection.execute(statement).scalars().all()


def settle(database: Database, upto: int) -> None:
    """Walk each set whose links have changed, as of a change.

    The caller holds the projector's lock.
    """
    with database.reading() as connection:
        due = _due(connection)
    for root in due:
        with database.reading() as connection:
            iri = connection.execute(
                select(RECORD.c.iri).where(RECORD.c.id == root)
            ).scalar_one()
            walked = walk(Reader(connection, upto=upto), iri)
        with database.transaction() as connection:
            _replace(connection, root, walked)


def walk(reader: Reader, root_iri: str) -> _Walked:
    """Return what a record reaches: nothing for what is no set, or removed."""
    ids: dict[str, int] = {}
    gaps: set[str] = set()

    def read(iris: list[str]) -> dict[str, str]:
        known = reader.ids(iris)
        ids.update(known)
        gaps.update(set(iris) - known.keys())
        states = reader.states(list(known.values()))
        return {state.iri: state.text() for state in states.values()}

    contexts: dict[str, bool] = {}
    numbers = []
    for reached in follow(read, [root_iri]):
        if not contexts and f"<{root_iri}>{_SET}" not in reached.text:
            break
        contexts[reached.iri] = reached.is_context
        numbers.append(
            fingerprint.number_of(
                reached.iri,
                sheet.canonical(
                    reached.iri, reached.text, reader.sheets.get(reached.iri, "")
                ),
                is_context=reached.is_context,
            )
        )
    if not contexts:
        return _Walked({}, set(), _UNKNOWN)
    # those that are removed are kept too: they may come back
    records = {key: contexts.get(iri, True) for iri, key in ids.items()}
    return _Walked(records, gaps, fingerprint.of_numbers(numbers))


def _replace(connection: Connection, root: int, walked: _Walked) -> None:
    """Keep what a set reaches now; only what differs is written."""
    kept = select(REACHED_RECORD).where(REACHED_RECORD.c.root_id == root)
    old = {row.record_id: row.is_context for row in connection.execute(kept)}
    gone = [key for key, value in old.items() if walked.records.get(key) != value]
    for page in _pages(gone):
        of_root = REACHED_RECORD.c.root_id == root
        wanted = of_root & REACHED_RECORD.c.record_id.in_(page)
        connection.execute(delete(REACHED_RECORD).where(wanted))
    new = [
        {"root_id": root, "record_id": key, "is_context": value}
        for key, value in walked.records.items()
        if old.get(key) != value
    ]
    connection.execute(delete(REACH_GAP).where(REACH_GAP.c.root_id == root))
    gaps = [{"root_id": root, "iri": iri} for iri in sorted(walked.gaps)]
    for table, rows in ((REACHED_RECORD, new), (REACH_GAP, gaps)):
        if rows:
            connection.execute(insert(table), rows)
    this = REACH.c.root_id == root
    if walked.records:
        change = update(REACH).where(this)
        connection.execute(change.values(fingerprint=walked.fingerprint))
    else:
        connection.execute(delete(REACH).where(this))


# ------------------------------------------------------------------------ questions
def of_set(connection: Connection, root_iri: str) -> str | None:
    """Return the fingerprint of a set; None for what is none, or not walked yet."""
    statement = (
        select(REACH.c.fingerprint)
        .join(RECORD, RECORD.c.id == REACH.c.root_id)
        .where(RECORD.c.iri == root_iri, REACH.c.fingerprint != _UNKNOWN)
    )
    return connection.execute(statement).scalar()


def fingerprints_of(connection: Connection, root_iris: Sequence[str]) -> dict[str, str]:
    """Return the fingerprints of many sets, without those that are to be walked."""
    found: dict[str, str] = {}
    for start in range(0, len(root_iris), PAGE):
        statement = (
            select(RECORD.c.iri, REACH.c.fingerprint)
            .join(REACH, REACH.c.root_id == RECORD.c.id)
            .where(RECORD.c.iri.in_(root_iris[start : start + PAGE]))
            .where(REACH.c.fingerprint != _UNKNOWN)
        )
        found.update(
            (row.iri, row.fingerprint) for row in connection.execute(statement)
        )
    return found


def sets_reaching(connection: Connection, record_iris: Collection[str]) -> list[str]:
    """Return the sets that own or look at one of these records, sorted."""
    found: set[str] = set()
    record, root = RECORD.alias("reached"), RECORD.alias("root")
    iris = sorted(record_iris)
    for start in range(0, len(iris), PAGE):
        statement = (
            select(root.c.iri)
            .join(REACHED_RECORD, REACHED_RECORD.c.root_id == root.c.id)
            .join(record, record.c.id == REACHED_RECORD.c.record_id)
            .where(record.c.iri.in_(iris[start : start + PAGE]))
            .distinct()
        )
        found.update(connection.execute(statement).scalars())
    return sorted(found)


def _pages(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    every = list(ids)
    return (every[start : start + PAGE] for start in range(0, len(every), PAGE))
