"""What an evaluation remembers, so that the next one asks only what has changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.literals import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.filter import Flag
    from fair_imagic.checks.shacl.graph import DataGraph
    from fair_imagic.checks.shacl.reference import Answer, Raw
    from fair_imagic.checks.shacl.shapes import Shapes
    from fair_imagic.checks.shacl.store import Pattern
    from fair_imagic.rdf import Term, Triple

__all__ = ["Memory"]

_Key = tuple[tuple["Term", ...], "Term", "Term", "Term"]


class Memory:
    """The reference's answers about nodes, with all that they rest on."""

    def __init__(self, shapes: Shapes, data: DataGraph) -> None:
        self._shapes = shapes
        self._data = data
        self._answers: dict[_Key, Answer] = {}

    def keep(self, flag: Flag, node: Term, answer: Answer) -> None:
        """Remember an answer."""
        self._answers[_key(flag, node)] = answer

    def results(self, flag: Flag, node: Term) -> tuple[Raw, ...]:
        """Return what pySHACL said of a flagged node."""
        return self._answers[_key(flag, node)].results

    def unknown(self, flag: Flag) -> Flag:
        """Return the flag with those nodes only that there is no answer for."""
        known = self._answers
        nodes = {node for node in flag.nodes if _key(flag, node) not in known}
        return replace(flag, nodes=nodes)

    def take_over(self, earlier: Memory, flags: Iterable[Flag]) -> None:
        """Remember the earlier answers that no change since can have touched."""
        if earlier._shapes is not self._shapes:
            return
        changed = set(earlier._data.triples) ^ set(self._data.triples)
        asked = {pattern for triple in changed for pattern in _patterns(triple)}
        for flag in flags:
            for node in flag.nodes:
                answer = earlier._answers.get(_key(flag, node))
                if answer is None or not answer.lasting:
                    continue
                if answer.questions.isdisjoint(asked):
                    self.keep(flag, node, answer)


def _key(flag: Flag, node: Term) -> _Key:
    return (flag.place.above, flag.place.term, flag.parameter, node)


def _patterns(triple: Triple) -> Iterable[Pattern]:
    """Return all questions that a statement answers."""
    subject, predicate, value = triple
    return product((subject, None), (predicate, None), (canonical(value)[0], None))
