"""One RDF store on disk: an index of effective statements, with its own marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError
from fair_imagic.i18n import _
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyoxigraph

    from fair_imagic.catalogue.line import Line

__all__ = ["Index", "Version", "open_read_only", "version_of"]

# How far the store has come, written in the same transaction as the statements: after
# a crash it tells the truth. It is in a graph of its own, outside the default graph.
_GRAPH = f"<{expand('fi:projection')}>"
_SUBJECT_AND_PREDICATE = f"{_GRAPH} <{expand('fi:appliedChange')}>"

Version = tuple[int, int]


def version_of(path: Path, change_id: int) -> Version:
    """Return what tells one state of a store from another: a rebuild changes it too."""
    return (path.stat().st_ino, change_id)


def open_read_only(path: Path) -> pyoxigraph.Store:
    """Return the store as it is now; a later commit is seen by opening it anew.

    Raises :class:`~fair_imagic.errors.ConflictError` where there is none yet.
    """
    import pyoxigraph

    try:
        return pyoxigraph.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise ConflictError(
            _("The catalogue's index is not there yet, or is being replaced"),
            where=str(path),
            found=str(error),
            hint=_("Try again in a moment, or run: fair-imagic rebuild"),
        ) from error


class Index:
    """A store that is open for writing. Only the projector has one."""

    def __init__(self, path: Path) -> None:
        import pyoxigraph

        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.store = pyoxigraph.Store(str(path))

    def marker(self) -> int:
        """Return the id of the last change that the store holds, 0 for none."""
        found = self.store.query(
            f"SELECT (MAX(?n) AS ?last) {{ GRAPH {_GRAPH} "
            f"{{ {_SUBJECT_AND_PREDICATE} ?n }} }}"
        )
        last = next(iter(found))["last"]  # type: ignore[arg-type]
        return 0 if last is None else int(last.value)

    def add(self, lines: Sequence[Line], *, marker: int) -> None:
        """Add statements in one transaction: faster than :meth:`replace`."""
        import pyoxigraph

        text = "\n".join((*lines, f"{_marker(marker)} {_GRAPH} .\n"))
        nquads = pyoxigraph.RdfFormat.N_QUADS
        self.store.load(text.encode(), format=nquads, lenient=True)

    def replace(
        self, removed: Iterable[Line], added: Iterable[Line], *, marker: int
    ) -> None:
        """Remove and add statements in one transaction."""
        self.store.update(
            f"DELETE WHERE {{ GRAPH {_GRAPH} {{ ?s ?p ?o }} }} ;\n"
            f"DELETE DATA {{ {_joined(removed)} }} ;\n"
            f"INSERT DATA {{ {_joined(added)}"
            f" GRAPH {_GRAPH} {{ {_marker(marker)} }} }}"
        )

    def bulk_add(self, lines: Sequence[Line]) -> None:
        """Add statements without a transaction, for a store that nobody reads yet."""
        import pyoxigraph

        text = "\n".join(lines) + "\n"
        ntriples = pyoxigraph.RdfFormat.N_TRIPLES
        self.store.bulk_load(text.encode(), format=ntriples, lenient=True)

    def flush(self) -> None:
        """Write everything to disk: opening beside an unflushed writer is slow."""
        self.store.flush()

    def close(self) -> None:
        """Close the store, so that another process can open it."""
        self.flush()
        del self.store


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join(lines)


def _marker(change_id: int) -> str:
    number = f'"{change_id}"^^<{expand("xsd:integer")}>'
    return f"{_SUBJECT_AND_PREDICATE} {number}"
