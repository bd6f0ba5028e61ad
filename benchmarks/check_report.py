"""Reports of the benchmark of checks: what they found, and whether two are equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from benchmarks.check_data import Expected

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["equal", "found_in"]

_SH = "http://www.w3.org/ns/shacl#"
_Said = dict[str, list[tuple[str, str]]]


def found_in(report: Path) -> frozenset[Expected]:
    """Return the results of a report."""
    said = _read(report)
    found = set()
    for node in _results(said):
        about = dict(said[node])
        focus, shape, component = (
            about[f"<{_SH}{name}>"][1:-1]
            for name in ("focusNode", "sourceShape", "sourceConstraintComponent")
        )
        found.add(Expected(focus, shape, component.removeprefix(_SH)))
    return frozenset(found)


def equal(one: Path, two: Path) -> bool:
    """Return whether two reports are isomorphic.

    Blank nodes of a report form trees, so equal trees in equal number are enough.
    """
    return _trees(_read(one)) == _trees(_read(two))


def _read(report: Path) -> _Said:
    import pyoxigraph

    said: _Said = defaultdict(list)
    syntax = pyoxigraph.RdfFormat.N_TRIPLES
    for quad in pyoxigraph.parse(path=str(report), format=syntax):
        said[str(quad.subject)].append((str(quad.predicate), str(quad.object)))
    return said


def _results(said: _Said) -> list[str]:
    wanted = f"<{_SH}result>"
    return [o for held in said.values() for p, o in held if p == wanted]


def _trees(said: _Said) -> Counter[str]:
    pointed_at = {o for held in said.values() for _p, o in held}
    tops = [node for node in said if not (_is_blank(node) and node in pointed_at)]
    return Counter(_tree(said, node, frozenset()) for node in tops)


def _tree(said: _Said, node: str, above: frozenset[str]) -> str:
    if node in above:
        raise ValueError("a report whose blank nodes form a circle")
    inner = above | {node}
    lines = sorted(
        f"{p} {_tree(said, o, inner) if _is_blank(o) else o}"
        for p, o in said.get(node, ())
    )
    name = "" if _is_blank(node) else node
    return f"{name}[{'; '.join(lines)}]"


def _is_blank(term: str) -> bool:
    return term.startswith("_:")
