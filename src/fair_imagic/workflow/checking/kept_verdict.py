"""What the last verdict on a set said, kept for pages: they check nothing anew.

The counts lie in the data folder, where all processes find them; whole
verdicts are kept in this process alone, as they name people. Both say of themselves
whether anything that they rest on has changed since.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.catalogue.verdict_file import KeptText
from fair_imagic.files import file_states
from fair_imagic.workflow.checking.verdict_counts import (
    counts_text,
    text_counts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.verdict import Verdict
    from fair_imagic.workflow.checking.verdict_counts import VerdictCounts

__all__ = [
    "KeptCounts",
    "KeptVerdict",
    "SeenFiles",
    "keep_questions",
    "keep_verdict",
    "kept_counts",
    "kept_counts_of",
    "kept_verdict",
]

_MOST_VERDICTS = 32
_MOST_POINTS = 200_000
# Of more files than this, a page does not ask whether each is as it was.
_MOST_FILES = 1_000


@dataclass(frozen=True, kw_only=True)
class KeptCounts:
    """How a set stood when it was last checked; ``is_fresh`` while it still does."""

    counts: VerdictCounts
    input_sum: str
    is_fresh: bool


@dataclass(frozen=True, kw_only=True)
class KeptVerdict:
    """A whole verdict; ``is_fresh`` while nothing that it rests on has changed."""

    verdict: Verdict
    is_fresh: bool


@dataclass(frozen=True)
class SeenFiles:
    """Files that were looked at, by what they belong to, and how they were then."""

    sources: Mapping[str, Path]
    states: str

    @classmethod
    def of(cls, sources: Mapping[str, Path]) -> SeenFiles:
        """Look at files; very many are left to the next check."""
        looked_at = dict(sources) if len(sources) <= _MOST_FILES else {}
        return cls(looked_at, repr(list(file_states(looked_at))))

    @property
    def are_as_before(self) -> bool:
        """Whether all of them still are as they were."""
        return self == SeenFiles.of(self.sources)


@dataclass(frozen=True)
class _Kept:
    verdict: Verdict
    input_sum: str
    files: SeenFiles


_verdicts: dict[tuple[Path, str], _Kept] = {}
_lock = threading.Lock()


def keep_verdict(
    workspace: Workspace,
    snapshot: Snapshot,
    verdict: Verdict,
    *,
    shared: str,
    files: SeenFiles,
) -> None:
    """Keep what a check under the usual requirements says of a set.

    ``shared`` is the sum of what all verdicts rest on, and ``files`` are those that lie
    around the set, both from before they were looked at.
    """
    from fair_imagic.workflow.checking.counting import counts_of
    from fair_imagic.workflow.checking.input_sum import sum_with

    input_sum = sum_with(shared, snapshot.fingerprint)
    _keep_counts(workspace, snapshot.root, counts_of(verdict.report), input_sum)
    with _lock:
        key = (workspace.catalogue.folder, snapshot.root)
        _verdicts.pop(key, None)
        _verdicts[key] = _Kept(verdict, input_sum, files)
        while len(_verdicts) > _MOST_VERDICTS or (
            len(_verdicts) > 1
            and sum(len(one.verdict.report.findings) for one in _verdicts.values())
            > _MOST_POINTS
        ):
            del _verdicts[next(iter(_verdicts))]


def _keep_counts(
    workspace: Workspace, record: str, counts: VerdictCounts, input_sum: str
) -> None:
    verdicts = workspace.catalogue.verdicts
    before = verdicts.of([record]).get(record)
    if before is not None and before.input_sum == input_sum:
        told = text_counts(before.text)
        counts = replace(counts, questions=told.questions if told else None)
    kept = KeptText(input_sum, counts_text(counts))
    if kept != before:
        verdicts.keep(record, kept)


def keep_questions(
    workspace: Workspace, record: str, kept: KeptCounts, count: int
) -> KeptCounts:
    """Note beside the counts of a set how many questions only a researcher answers."""
    counts = replace(kept.counts, questions=count)
    text = KeptText(kept.input_sum, counts_text(counts))
    workspace.catalogue.verdicts.keep(record, text)
    return replace(kept, counts=counts)


def kept_counts_of(
    workspace: Workspace, records: Sequence[str]
) -> dict[str, KeptCounts]:
    """Return how sets stood when they were last checked, by record; no others."""
    kept = workspace.catalogue.verdicts.of(records)
    sums = _sums_of(workspace, list(kept)) if kept else {}
    return {
        record: KeptCounts(
            counts=counts,
            input_sum=one.input_sum,
            is_fresh=one.input_sum == sums.get(record),
        )
        for record, one in kept.items()
        if (counts := text_counts(one.text)) is not None
    }


def kept_counts(workspace: Workspace, record: str) -> KeptCounts | None:
    """Return how one set stood when it was last checked, None where it never was.

    Where this process has made that check, its files are looked at again.
    """
    counts = kept_counts_of(workspace, [record]).get(record)
    whole = _whole_of(workspace, record)
    if counts is None or not counts.is_fresh or whole is None:
        return counts
    if whole.input_sum != counts.input_sum or whole.files.are_as_before:
        return counts
    return replace(counts, is_fresh=False)


def kept_verdict(workspace: Workspace, record: str) -> KeptVerdict | None:
    """Return the last verdict on a set that this process has, None where it has none.

    Files that were looked at are looked at again, unless they are very many.
    """
    kept = _whole_of(workspace, record)
    if kept is None:
        return None
    is_fresh = kept.input_sum == _sums_of(workspace, [record]).get(record)
    is_fresh = is_fresh and kept.files.are_as_before
    return KeptVerdict(verdict=kept.verdict, is_fresh=is_fresh)


def _sums_of(workspace: Workspace, records: Sequence[str]) -> dict[str, str]:
    # It reads the requirements, and they take longer to load than a list to show.
    from fair_imagic.workflow.checking.input_sum import sums_of

    return sums_of(workspace, records)


def _whole_of(workspace: Workspace, record: str) -> _Kept | None:
    with _lock:
        return _verdicts.get((workspace.catalogue.folder, record))
