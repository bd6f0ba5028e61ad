"""One evaluation: the filter names nodes, the reference writes every result."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.certain import certain_failures
from fair_imagic.checks.shacl.collector import pause_collector
from fair_imagic.checks.shacl.constraints import SPARQL
from fair_imagic.checks.shacl.direct import direct_results
from fair_imagic.checks.shacl.filter import Filter
from fair_imagic.checks.shacl.focus import FocusNodes, times
from fair_imagic.checks.shacl.index import Index
from fair_imagic.checks.shacl.memory import Memory
from fair_imagic.checks.shacl.refusal import no_recursion, refusals
from fair_imagic.checks.shacl.sparql_flags import sparql_flags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from rdflib import Graph

    from fair_imagic.checks.shacl.filter import Flag
    from fair_imagic.checks.shacl.graph import DataGraph
    from fair_imagic.checks.shacl.reference import Raw
    from fair_imagic.checks.shacl.result import Result
    from fair_imagic.checks.shacl.shapes import Shapes
    from fair_imagic.rdf import Term

__all__ = ["Evaluation", "evaluate"]

# rdflib's query parser and the shared shapes graph are not made for several threads.
_ONE_AT_A_TIME = threading.Lock()


class Evaluation:
    """All results, and for each named shape the nodes that it looked at.

    ``focus_nodes`` has only shapes that looked at something. :meth:`report` gives the
    same as RDF. An evaluation may be handed to the next one of the same shapes: what
    did not change is then not asked again. ``certain`` are the nodes that break shapes
    of which only that was wanted: they have no results.
    """

    def __init__(
        self,
        results: tuple[Result, ...],
        focus_nodes: Mapping[str, AbstractSet[str]],
        *,
        report: Callable[[], Graph],
        memory: Memory | None = None,
        certain: Mapping[str, AbstractSet[str]] = MappingProxyType({}),
    ) -> None:
        self.results = results
        self.focus_nodes = focus_nodes
        self.memory = memory
        self.certain = certain
        self._report = report

    def report(self) -> Graph:
        """Return the ``sh:ValidationReport``, equal to what pySHACL alone writes."""
        return self._report()


def evaluate(
    shapes: Shapes,
    data: DataGraph,
    *,
    previous: Evaluation | None = None,
    counted: AbstractSet[Term] = frozenset(),
    direct: bool = False,
) -> Evaluation:
    """Check all data against all shapes.

    ``previous`` is an earlier evaluation of the same shapes: only what a change can
    have touched is evaluated again. ``counted`` are shapes of which it is enough to
    know which nodes break them: what is certain is not asked of pySHACL. With
    ``direct``, nor are results that are known to the letter; the report is then made
    anew when it is asked for. Raises
    :class:`~fair_imagic.errors.InputError` where the shapes themselves are not
    well formed.
    """
    with pause_collector():
        index = Index(shapes.pairs)
        index.fill(data)
        judge = Filter(shapes.plan, index)
        flags = judge.flags()
    certain: dict[str, frozenset[str]] = {}
    known: list[Result] = []
    if not (shapes.plan.doubtful or shapes.plan.whole):
        certain, flags = certain_failures(flags, counted)
        if direct:
            known, flags = direct_results(judge, flags)
    flags = _with_sparql(flags, shapes, index)
    if shapes.plan.whole:
        with refusals(shapes), no_recursion(), _ONE_AT_A_TIME:
            return _whole(shapes, data, index, FocusNodes(judge.focus))
    memory = Memory(shapes, data)
    raw: list[Raw] = []
    if flags or shapes.plan.doubtful:
        with refusals(shapes), no_recursion(), _ONE_AT_A_TIME:
            raw = list(_raw(shapes, data, judge, flags, memory, previous))
    return Evaluation(
        (*known, *_results(raw, index)),
        FocusNodes(judge.focus),
        report=lambda: _report(shapes, data, counted, None if known else raw),
        memory=memory,
        certain=certain,
    )


def _with_sparql(flags: list[Flag], shapes: Shapes, index: Index) -> list[Flag]:
    """Return the flags with those of SPARQL constraints narrowed down."""
    targets: dict[Term, AbstractSet[Term]] = {}
    for flag in flags:
        if flag.parameter == SPARQL:
            term = flag.place.term
            targets[term] = targets.get(term, frozenset()) | flag.nodes
    if not targets:
        return flags
    with refusals(shapes), _ONE_AT_A_TIME, pause_collector():
        found = sparql_flags(shapes, targets, index)
    narrowed = (
        replace(flag, nodes=flag.nodes & found.get(flag.place.term, frozenset()))
        if flag.parameter == SPARQL
        else flag
        for flag in flags
    )
    return [flag for flag in narrowed if flag.nodes]


def _raw(
    shapes: Shapes,
    data: DataGraph,
    judge: Filter,
    flags: list[Flag],
    memory: Memory,
    previous: Evaluation | None,
) -> Iterator[Raw]:
    """Yield pySHACL's results: remembered ones, and those of nodes asked about now."""
    if previous is not None and previous.memory is not None:
        memory.take_over(previous.memory, flags)
    unknown = [memory.unknown(flag) for flag in flags]
    unknown = [flag for flag in unknown if flag.nodes]
    if unknown or shapes.plan.doubtful:
        from fair_imagic.checks.shacl.reference import Reference
        from fair_imagic.checks.shacl.store import ReadThrough

        roots = {(*flag.place.above, flag.place.term)[0] for flag in unknown}
        graph = shapes.graph_of(roots)
        reference = Reference(graph, ReadThrough(judge.index), prefixes=data.prefixes)
        for flag in unknown:
            for term, answer in reference.answers(flag):
                memory.keep(flag, term, answer)
    for flag in flags:
        yield from _repeated(judge, flag, memory)


def _repeated(judge: Filter, flag: Flag, memory: Memory) -> Iterator[Raw]:
    """Yield the results of a flag, once for each way that leads to the node."""
    from fair_imagic.checks.shacl.reference import clone

    ways: Mapping[Term, int] = {}
    if flag.place.above and any(memory.results(flag, term) for term in flag.nodes):
        ways = times(judge, (*flag.place.above, flag.place.term))
    for term in flag.nodes:
        results = memory.results(flag, term)
        yield from results
        for _again in range(ways.get(term, 1) - 1):
            yield from map(clone, results)


def _results(raw: Sequence[Raw], index: Index) -> tuple[Result, ...]:
    if not raw:
        return ()
    from fair_imagic.checks.shacl.raw_result import result_of

    return tuple(result_of(one, index) for one in raw)


def _report(
    shapes: Shapes,
    data: DataGraph,
    counted: AbstractSet[Term],
    raw: list[Raw] | None,
) -> Graph:
    """Return the report, from all that pySHACL says where that is not at hand."""
    if raw is None:
        return evaluate(shapes, data, counted=counted).report()
    from fair_imagic.checks.shacl.reference import report_of

    return report_of(shapes.graph, raw)


def _whole(
    shapes: Shapes, data: DataGraph, index: Index, focus: FocusNodes
) -> Evaluation:
    """Leave everything to pySHACL: these shapes change the data or the targets."""
    from fair_imagic.checks.shacl.reference import whole_check

    raw, report = whole_check(shapes.graph, data.union_with(shapes.pairs))
    return Evaluation(_results(raw, index), focus, report=lambda: report)
