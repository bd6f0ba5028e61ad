"""A check after a change: the same report, and only what changed is asked again."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.checks.shacl import random_graphs
from tests.checks.shacl.conftest import same_results, shapes_of
from tests.checks.shacl.test_random_graphs import triples

from fair_imagic.checks.shacl import evaluate, reference
from fair_imagic.checks.shacl.graph import DataGraph

SHAPES = (
    random_graphs.HEAD
    + """
e:image a sh:NodeShape ; sh:targetClass e:A ; sh:property e:title , e:made .
e:title a sh:PropertyShape ; sh:path e:p ; sh:minCount 1 ; sh:maxLength 3 .
e:made a sh:PropertyShape ; sh:path e:q ; sh:node e:maker .
e:maker a sh:NodeShape ; sh:property e:name .
e:name a sh:PropertyShape ; sh:path e:r ; sh:minCount 1 .
"""
)
DATA = random_graphs.HEAD + "".join(
    f"e:i{number} a e:A ; e:q e:m{number % 2} .\n" for number in range(20)
)


def _again(shapes_text: str, first: str, second: str) -> None:
    shapes = shapes_of(triples(shapes_text))
    before, after = DataGraph(triples(first)), DataGraph(triples(second))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            earlier = evaluate(shapes, before)
            anew = evaluate(shapes, after)
        except Exception:  # shapes that the reference refuses
            return
        later = evaluate(shapes, after, previous=earlier)
        assert same_results(later.report(), anew.report())
        assert set(later.results) == set(anew.results)
        assert dict(later.focus_nodes) == dict(anew.focus_nodes)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(shapes=random_graphs.shapes(), change=random_graphs.changes())
def test_a_check_after_a_change_equals_a_new_one(
    shapes: str, change: tuple[str, str]
) -> None:
    _again(shapes, *change)


@pytest.mark.full
@pytest.mark.timeout(3600)
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(shapes=random_graphs.shapes(), change=random_graphs.changes())
def test_many_checks_after_a_change_equal_new_ones(
    shapes: str, change: tuple[str, str]
) -> None:
    _again(shapes, *change)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("", set()),
        ('e:i3 e:p "long" .', {"i3"}),
        ('e:m1 e:r "x" .', set()),
        ('e:m1 e:s "x" .', set()),
        ("e:m1 e:p e:m1 .", set()),
        ("e:new a e:A ; e:q e:m0 .", {"new"}),
    ],
    ids=["nothing", "title", "repaired", "unread", "other", "new"],
)
def test_only_nodes_that_a_change_touches_are_asked_about(
    monkeypatch: pytest.MonkeyPatch, change: str, asked: set[str]
) -> None:
    shapes = shapes_of(triples(SHAPES))
    earlier = evaluate(shapes, DataGraph(triples(DATA)))
    seen: set[str] = set()
    answers = reference.Reference.answers

    def watched(self, flag):  # type: ignore[no-untyped-def]
        for term, answer in answers(self, flag):
            seen.add(term.rpartition("/")[2].rstrip(">"))
            yield term, answer

    monkeypatch.setattr(reference.Reference, "answers", watched)
    after = DataGraph(triples(DATA + change))
    later = evaluate(shapes, after, previous=earlier)
    assert seen == asked
    assert set(later.results) == set(evaluate(shapes, after).results)
