"""One thing that DataCite refuses, in the words and form of its answers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Problem", "errors_of"]


@dataclass(frozen=True)
class Problem:
    """A refusal: ``source`` is the attribute in DataCite's spelling."""

    source: str
    title: str


def errors_of(problems: list[Problem], doi: str) -> list[dict[str, str]]:
    """Return the JSON errors: the first of each source, as DataCite does."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.source, problem)
    return [{"source": p.source, "title": p.title, "uid": doi} for p in first.values()]
