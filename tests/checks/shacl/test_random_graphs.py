"""Random shapes on random data: our report is the reference's own."""

from __future__ import annotations

import warnings
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.checks.shacl import random_graphs
from tests.checks.shacl.conftest import (
    reference_alone,
    results_in,
    same_results,
    shapes_of,
)

from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.rdf import Triple, parse


def triples(text: str) -> tuple[Triple, ...]:
    return tuple(parse(text.encode(), format="ttl"))


def compare(shapes_text: str, data_text: str) -> None:
    shapes, data = triples(shapes_text), DataGraph(triples(data_text))
    with warnings.catch_warnings():
        # Odd booleans and the like: rdflib says so each time.
        warnings.simplefilter("ignore")
        try:
            theirs = reference_alone(shapes, data)
        except Exception:  # shapes that it refuses: see the tests of faults
            return
        ours = evaluate(shapes_of(shapes), data)
        assert same_results(ours.report(), theirs)
        assert len(ours.results) == results_in(theirs).total()
        assert_same_counts(shapes, data)
        assert_direct_results_are_pyshacls(shapes, data)


def assert_direct_results_are_pyshacls(
    shapes: tuple[Triple, ...], data: DataGraph
) -> None:
    theirs = evaluate(shapes_of(shapes), data)
    direct = evaluate(shapes_of(shapes), data, direct=True)
    assert Counter(direct.results) == Counter(theirs.results)
    assert same_results(direct.report(), theirs.report())


def assert_same_counts(shapes: tuple[Triple, ...], data: DataGraph) -> None:
    """What is only counted are results that a full evaluation has, once each."""
    listed = evaluate(shapes_of(shapes), data)
    counted = evaluate(
        shapes_of(shapes), data, counted={subject for subject, _p, _o in shapes}
    )
    of_all = Counter((one.shape, one.focus) for one in listed.results)
    of_rest = Counter((one.shape, one.focus) for one in counted.results)
    certain = Counter(
        (shape, focus) for shape, nodes in counted.certain.items() for focus in nodes
    )
    assert of_rest + certain == of_all


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(shapes=random_graphs.shapes(), data=random_graphs.data())
def test_random_shapes_give_the_reference_s_report(shapes: str, data: str) -> None:
    compare(shapes, data)


@pytest.mark.full
@pytest.mark.timeout(3600)
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(shapes=random_graphs.shapes(), data=random_graphs.data())
def test_many_random_shapes_give_the_reference_s_report(shapes: str, data: str) -> None:
    compare(shapes, data)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(shapes=random_graphs.counting_shapes(), data=random_graphs.data())
def test_what_is_said_without_the_reference_is_what_it_says(
    shapes: str, data: str
) -> None:
    compare(shapes, data)


@pytest.mark.full
@pytest.mark.timeout(3600)
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(shapes=random_graphs.counting_shapes(), data=random_graphs.data())
def test_much_that_is_said_without_the_reference_is_what_it_says(
    shapes: str, data: str
) -> None:
    compare(shapes, data)
