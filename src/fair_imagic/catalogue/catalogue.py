"""The catalogue: one door to the journal, its indexes and its snapshots."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fair_imagic.catalogue import (
    access,
    compaction,
    facts,
    journal,
    once,
    position,
    reach,
    snapshots,
)
from fair_imagic.catalogue import undo as undoing
from fair_imagic.catalogue.database import database_url, open_database
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.locations import Locations
from fair_imagic.catalogue.named_query import named_queries
from fair_imagic.catalogue.origin import origins_of
from fair_imagic.catalogue.projector import Projector, lock_of
from fair_imagic.catalogue.query import answer, every_row
from fair_imagic.catalogue.questions import Questions
from fair_imagic.catalogue.reading import Reader
from fair_imagic.catalogue.record_index import RecordIndex
from fair_imagic.catalogue.tables import CHANGE_SET, RECORD
from fair_imagic.catalogue.verdict_file import VerdictFile
from fair_imagic.catalogue.voice import statements_of
from fair_imagic.errors import ConflictError
from fair_imagic.files import refuse_network_file_system
from fair_imagic.i18n import _
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
    )
    from contextlib import AbstractContextManager
    from types import TracebackType

    from sqlalchemy import Connection

    from fair_imagic.catalogue.answer import Answer
    from fair_imagic.catalogue.change import ChangeSet
    from fair_imagic.catalogue.compaction import Compaction, Progress
    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.facts import Fact, FactLike
    from fair_imagic.catalogue.journal import HistoryEntry
    from fair_imagic.catalogue.named_query import NamedQuery
    from fair_imagic.catalogue.origin import Origin
    from fair_imagic.catalogue.query import QueryResult, Row
    from fair_imagic.catalogue.questions import Scope
    from fair_imagic.catalogue.sight import Sight
    from fair_imagic.catalogue.source import Source
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.rdf import Triple

__all__ = ["Catalogue", "open_catalogue"]

# Classes whose records are named by their parts (dcterms:isPartOf), not the reverse.
_NAMED_BY_PARTS = frozenset(expand(n) for n in ("fi:Collection", "fi:Plan"))


def open_catalogue(
    settings: Settings,
    *,
    write: bool = True,
    tell: Callable[[str], None] | None = None,
) -> Catalogue:
    """Open the catalogue of a home, made at first use; repairs what a crash left.

    One that an older program made is upgraded, and ``tell`` called with lines about
    that. With ``write`` off, this process upgrades, appends and projects nothing.
    """
    home = settings.home
    access.make_folder(home)
    refuse_network_file_system(home)
    lock = lock_of(home / "store")
    database = open_database(database_url(settings), write=write, lock=lock, tell=tell)
    position.begin(database)
    catalogue = Catalogue(settings, database, writes=write)
    if write:
        access.close_to_others(home, tell=tell)
        catalogue.locations.settle()
        catalogue.projector.catch_up()
    return catalogue


class Catalogue(RecordIndex):
    """All that is known: append changes, read records, ask questions."""

    def __init__(self, settings: Settings, database: Database, *, writes: bool) -> None:
        self.settings = settings
        self.sight: Sight | None = None
        super().__init__(database)
        self.writes = writes
        self.folder = settings.home / "store"
        self.projector = Projector(database, self.folder)
        self.verdicts = VerdictFile(self.folder)
        self.locations = Locations(
            database, settings.storage, moved=self.verdicts.note_new_places
        )
        self._appended = 0
        self._ahead: Mapping[str, Iterable[Triple]] = {}
        self._questions = Questions(settings, self.projector)

    def __enter__(self) -> Catalogue:
        """Return the catalogue."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the catalogue; who was stopped does not wait for the stores."""
        self.close(project=not isinstance(error, KeyboardInterrupt))

    def close(self, *, project: bool = True) -> None:
        """Project what this process appended, then close everything."""
        is_ours = not self.database.is_replaced()
        if project and self.writes and self._appended and is_ours:
            # where another process projects, it will get there without us
            self.projector.catch_up()
        self._questions.close()
        self.database.close()

    @property
    def whole(self) -> Catalogue:
        """All of it; ``sight`` says what is seen of it: see :class:`.SeenCatalogue`."""
        return self

    # ---------------------------------------------------------------- changes

    def append(self, change_set: ChangeSet, *, within: Connection | None = None) -> int:
        """Keep a change set, all of it or nothing; return its number.

        ``within`` is a writing transaction of this database that keeps more with it.

        Raises InputError for a malformed statement, and ConflictError where the
        catalogue was opened for reading or another process blocks it for a minute.
        """
        self._refuse_if_reading()
        once.forget()
        if within is None:
            number = journal.append(self.database, change_set)
        else:
            number = journal.append_within(self.database, within, change_set)
        self._appended = number
        return number

    def undo(self, number: int, *, author: str) -> int:
        """Take a change set back; return the number of the inverse.

        Raises ConflictError, naming what later change touched the same value.
        """
        self._refuse_if_reading()
        once.forget()
        self._appended = undoing.undo(self.database, number, author=author)
        return self._appended

    def last_number(self) -> int:
        """Return the number of the last change set, 0 for none."""
        with self.database.reading() as connection:
            last = select(func.max(CHANGE_SET.c.number))
            return int(connection.execute(last).scalar() or 0)

    def wait_projected(self, number: int, *, timeout_s: float = 600) -> None:
        """Return when queries see a change set; project it where nobody else does."""
        self.projector.wait(number, timeout_s=timeout_s)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make the indexes anew from the journal (records done, records in all)."""
        self._refuse_if_reading()
        self.projector.rebuild(progress)

    def _refuse_if_reading(self) -> None:
        if not self.writes:
            raise ConflictError(_("The catalogue is open for reading only"))

    # ---------------------------------------------------------------- records

    def exists(self, record: str) -> bool:
        """Return whether a record exists and is not removed."""
        return bool(self.effective(record))

    def ahead(self, records: Mapping[str, Iterable[Triple]]) -> Catalogue:
        """Return this catalogue as it will be once more is said of some records.

        For looking ahead: it takes no change, and only :meth:`effective` and
        :meth:`exists` see those records.
        """
        later = copy.copy(self)
        later.writes, later._ahead = False, records
        return later

    def effective(self, record: str) -> tuple[Triple, ...]:
        """Return the effective statements of a record, sorted; none where it is not."""
        if record in self._ahead:
            return tuple(sorted(self._ahead[record]))
        memory = once.memory_of(self.database)
        if record not in memory:
            with self.database.reading() as connection:
                state = Reader(connection).state(record)
            lines = () if state is None else sorted(state.lines())
            memory[record] = tuple(map(triple_of, lines))
        return memory[record]

    def effective_of(self, records: Iterable[str]) -> dict[str, tuple[Triple, ...]]:
        """Return the effective statements of many records that exist, at one time."""
        with self.database.reading() as connection:
            pages = Reader(connection).effective_pages(records)
            return {
                iri: tuple(map(triple_of, sorted(lines)))
                for page in pages
                for iri, lines in page.items()
                if lines
            }

    def origins(self, record: str) -> dict[Triple, Origin]:
        """Return where every effective statement of a record comes from."""
        return self.origins_of([record])[record]

    def origins_of(self, records: Iterable[str]) -> dict[str, dict[Triple, Origin]]:
        """Return the same of many records, by record."""
        with self.database.reading() as connection:
            return origins_of(connection, records)

    def history(self, record: str) -> list[HistoryEntry]:
        """Return all changes of a record, oldest first; NotFoundError for none."""
        with self.database.reading() as connection:
            return journal.history(connection, record)

    def source_statements(self, record: str, source_iri: str) -> tuple[Triple, ...]:
        """Return what one source says about a record now, tombstones included."""
        return statements_of(self.database, record, source_iri)

    def keep_facts(
        self, source: Source, parts: Mapping[str, Iterable[FactLike]]
    ) -> None:
        """Keep raw facts by part: an image's IRI, or ``""`` for the file as a whole."""
        self._refuse_if_reading()
        facts.keep(self.database, source, parts)

    def facts(
        self, source_iri: str, *, parts: Collection[str] | None = None
    ) -> dict[str, tuple[Fact, ...]]:
        """Return the raw facts of a source by part; of these parts alone if given."""
        return self.facts_of([source_iri], parts=parts)[source_iri]

    def facts_of(
        self, source_iris: Collection[str], *, parts: Collection[str] | None = None
    ) -> dict[str, dict[str, tuple[Fact, ...]]]:
        """Return the raw facts of many sources, each by part; see :meth:`facts`."""
        return facts.load(self.database, source_iris, parts=parts)

    # -------------------------------------------------------------- snapshots

    def snapshot(
        self, root: str, *, keep: bool = True, members: Collection[str] | None = None
    ) -> Snapshot:
        """Return the effective record of the root and what it links to; store it.

        ``members`` are the parts to take where not all are wanted; such a snapshot is
        not stored. The same records give the same hash. Raises NotFoundError.
        """
        parts = self._parts_of(root) if members is None else list(members)
        with self.database.reading() as connection:
            # one transaction: the change is the last that the snapshot holds
            last = position.last_change(connection)
            taken = snapshots.take(connection, root, members=parts)
        if keep and self.writes and members is None:
            snapshots.store(self.database, taken, change_id=last, members=parts)
        return taken

    def load_snapshot(self, snapshot_hash: str) -> Snapshot:
        """Return a stored snapshot, made again from the journal where it is not whole.

        Raises NotFoundError for no such hash, ConflictError for another content now.
        """
        return snapshots.load(self.database, snapshot_hash)

    def keep_whole(self, snapshot_hash: str, reason: snapshots.Reason) -> None:
        """Keep all of a stored snapshot from now on: published, or decided upon."""
        self._refuse_if_reading()
        snapshots.keep_whole(self.database, snapshot_hash, reason)

    def compact(
        self, *, dry_run: bool = False, progress: Progress | None = None
    ) -> Compaction:
        """Keep snapshots that are neither published nor decided upon as numbers."""
        self._refuse_if_reading()
        return compaction.compact(self.database, dry_run=dry_run, progress=progress)

    def fingerprint(self, root: str) -> str:
        """Return the fingerprint of a set as it is now: that of its snapshot."""
        if self.writes:
            self.wait_projected(self.last_number())
        with self.database.reading() as connection:
            kept = reach.of_set(connection, root)
        if kept is not None:
            return kept
        return self.snapshot(root, keep=False).fingerprint

    def snapshot_root(self, snapshot_hash: str) -> str:
        """Return what a stored snapshot was taken of, an empty text for none."""
        return snapshots.root_of(self.database, snapshot_hash)

    def changed_since(self, snapshot_hash: str) -> bool:
        """Return whether the root of a stored snapshot says something else now."""
        then = snapshots.fingerprint_of(self.database, snapshot_hash, keep=self.writes)
        root = self.snapshot_root(snapshot_hash)
        return not self.exists(root) or then != self.fingerprint(root)

    def sets_reaching(self, records: Collection[str]) -> list[str]:
        """Return the publication sets that own or look at one of these records."""
        if self.writes:
            self.wait_projected(self.last_number())
        with self.database.reading() as connection:
            return reach.sets_reaching(connection, records)

    def _parts_of(self, root: str) -> list[str]:
        statement = select(RECORD.c.class_iri).where(RECORD.c.iri == root)
        with self.database.reading() as connection:
            class_iri = connection.execute(statement).scalar()
        if class_iri not in _NAMED_BY_PARTS:
            return []
        if self.writes:
            self.wait_projected(self.last_number())
        store = self._questions.store("internal")
        rows = every_row(store, f"SELECT ?part {{ ?part dcterms:isPartOf <{root}> }}")
        return sorted(text_of(row[0]) for row in rows if row[0] is not None)

    # ---------------------------------------------------------------- queries

    def rows(self, sparql: str) -> Iterator[Row]:
        """Yield all rows of a SELECT over everything; what was appended is seen.

        For the program's own questions, and selections: nothing is cut.
        """
        self._see_what_was_appended()
        return every_row(self._questions.store("internal"), sparql)

    def query(
        self,
        sparql: str,
        *,
        scope: Scope = "internal",
        timeout_s: float | None = None,
    ) -> QueryResult:
        """Return the answer to somebody's SPARQL query, its size limited by setting.

        What this process appended is seen. With a deadline (always in the public scope)
        the query runs in a process of its own, ended at the deadline. Raises InputError
        for a query that is refused, not readable, or not answered in time.
        """
        if timeout_s is None and scope == "internal":
            self._see_what_was_appended()
            at_most = self.settings.query_rows
            return answer(self._questions.store(scope), sparql, rows_at_most=at_most)
        with self.ask(sparql, scope=scope, timeout_s=timeout_s) as found:
            return found.whole()

    def ask(
        self,
        sparql: str,
        *,
        scope: Scope = "internal",
        timeout_s: float | None = None,
        is_wanted: Callable[[], bool] | None = None,
    ) -> AbstractContextManager[Answer]:
        """Give the answer to somebody's query row by row; see :meth:`query`.

        Its process is ended when ``is_wanted`` says so, or when the block is left.
        """
        self._see_what_was_appended()
        return self._questions.ask(
            sparql, scope=scope, timeout_s=timeout_s, is_wanted=is_wanted
        )

    def _see_what_was_appended(self) -> None:
        if self._appended:
            # what was appended within a transaction that failed never comes
            self.wait_projected(min(self._appended, self.last_number()))

    def named_queries(self) -> dict[str, NamedQuery]:
        """Return the queries that ship with the product, by name."""
        return named_queries()
