"""The answer to a query, taken row by row from the process that finds it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Literal, cast

from fair_imagic.catalogue.query import Head, QueryResult
from fair_imagic.errors import Cancelled, ConflictError, InputError, TooMuchError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.catalogue.query import Row
    from fair_imagic.rdf import Term, Triple

    # Returns a line of the process, or None where none came within some seconds;
    # an empty one means that the process ended.
    NextLine = Callable[[float], bytes | None]

__all__ = ["Answer", "Cut"]

Cut = Literal["", "rows", "time", "memory", "size", "error"]
"""Why an answer is not whole; empty where it is. Its reader may cut it for its size."""

# How often it is asked whether somebody still waits for the answer.
_ASKED_EVERY_S = 0.2
_ERRORS = {"ConflictError": ConflictError, "InputError": InputError}


class Answer:
    """The head of an answer, then its rows, or its statements: each is given once.

    ``cut`` tells, after the last row, why there are not all of them; ``is_taken``
    whether the process has handed all of it over.
    """

    def __init__(
        self,
        next_line: NextLine,
        *,
        timeout_s: float,
        is_wanted: Callable[[], bool] | None = None,
    ) -> None:
        self.cut: Cut = ""
        self.is_taken = False
        self.rename: Callable[[Term], Term] | None = None
        self._next_line = next_line
        self._is_wanted = is_wanted
        self._timeout_s = self._left_s = timeout_s
        self.head = Head()
        self._first: dict[str, Any] = {}

    def begin(self) -> None:
        """Wait for the head and the first rows.

        Only the time that is spent on waiting counts: who reads slowly is not stopped.
        Raises InputError for a query that is refused, needs too much memory, or has
        no row in time (TooMuchError), and Cancelled where nobody wants the answer.
        """
        head = self._frame()
        self.head = Head(
            tuple(head["variables"]), head["boolean"], head["are_statements"]
        )
        self._first = self._frame()

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows; what goes wrong on the way cuts the answer and is no error.

        Raises Cancelled where nobody wants the answer any more.
        """
        frame = self._first
        while True:
            for row in frame["rows"]:
                yield self._renamed(row)
            if frame["is_end"]:
                self.cut = "rows" if frame["is_cut"] else ""
                return
            try:
                frame = self._frame()
            except _NotAnswered as error:
                self.cut = error.cut
                return
            except (InputError, ConflictError):
                self.cut = "error"
                return

    def whole(self) -> QueryResult:
        """Return all of it. Raises InputError where it is cut, but for many rows."""
        rows = tuple(self)
        if self.cut not in ("", "rows"):
            raise _NotAnswered(self.cut, self._timeout_s)
        is_cut = self.cut == "rows"
        head = self.head
        if head.are_statements:
            triples = cast("tuple[Triple, ...]", rows)
            return QueryResult(triples=triples, truncated=is_cut)
        return QueryResult(head.variables, rows, head.boolean, truncated=is_cut)

    def _renamed(self, row: list[Term | None]) -> Row:
        if self.rename is None:
            return tuple(row)
        return tuple(None if term is None else self.rename(term) for term in row)

    def _frame(self) -> dict[str, Any]:
        line = self._line()
        if not line:
            raise _NotAnswered("memory", self._timeout_s)
        frame: dict[str, Any] = json.loads(line)
        self.is_taken = "error" in frame or frame.get("is_end", False)
        if "error" in frame:
            parts = frame["error"]
            raise _ERRORS.get(frame["kind"], InputError)(parts.pop("message"), **parts)
        return frame

    def _line(self) -> bytes:
        while self._left_s > 0:
            if self._is_wanted is not None and not self._is_wanted():
                raise Cancelled(_("Nobody waits for the answer any more"))
            begun = time.monotonic()
            line = self._next_line(min(_ASKED_EVERY_S, self._left_s))
            self._left_s -= time.monotonic() - begun
            if line is not None:
                return line
        raise _NotAnswered("time", self._timeout_s)


class _NotAnswered(TooMuchError):
    """The query was stopped."""

    def __init__(self, cut: Cut, timeout_s: float) -> None:
        texts = {
            "time": _("This query was stopped after {seconds} s"),
            "memory": _("This query needs more memory than it may take"),
        }
        text = texts.get(cut, _("This query cannot be answered"))
        super().__init__(
            text.format(seconds=f"{timeout_s:g}"),
            hint=_("Ask for less, for instance with LIMIT."),
        )
        self.cut = cut
