"""Focus nodes: which nodes each shape looked at, and how often it was handed one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.views import view_of
from fair_imagic.rdf import is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.filter import Filter
    from fair_imagic.rdf import Term

__all__ = ["FocusNodes", "times"]


class FocusNodes(Mapping[str, "frozenset[str]"]):
    """The nodes that each named shape looked at, as text, made when asked for.

    Shapes that looked at the same nodes share one set.
    """

    def __init__(self, focus: Mapping[tuple[Term, ...], AbstractSet[Term]]) -> None:
        self._sets: dict[str, list[AbstractSet[Term]]] = {}
        for trail, nodes in focus.items():
            if nodes and is_iri(trail[-1]):
                self._sets.setdefault(text_of(trail[-1]), []).append(nodes)
        self._made: dict[tuple[int, ...], frozenset[str]] = {}

    def __getitem__(self, shape: str) -> frozenset[str]:
        """Return the nodes that a shape looked at."""
        sets = self._sets[shape]
        key = tuple(map(id, sets))
        if key not in self._made:
            self._made[key] = frozenset(_text(n) for nodes in sets for n in nodes)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the shapes that looked at something."""
        return iter(self._sets)

    def __len__(self) -> int:
        """Return how many shapes looked at something."""
        return len(self._sets)


def _text(node: Term) -> str:
    return node[2:] if node[0] == "_" else text_of(node)


def times(judge: Filter, trail: tuple[Term, ...]) -> Mapping[Term, int]:
    """Return how often each node was handed to a shape: once for each way to it.

    ``trail`` are the shapes that lead there, its own last. A shape with targets of its
    own looks at each node once.
    """
    if len(trail) == 1:
        return dict.fromkeys(judge.focus[trail], 1)
    above = times(judge, trail[:-1])
    path = judge.plan.tests[trail[-2]].path
    if path is None:
        return above
    found: Counter[Term] = Counter()
    view = view_of(judge.index, path, judge.focus[trail[:-1]])
    for node in view.nodes:
        for value in view.values(node):
            found[value] += above[node]
    return found
