"""Tests of nodes: found by name, and fed with everything that is checked."""

from __future__ import annotations

import pytest

from fair_imagic.checks.node_tests import NODE_TESTS, node_test
from fair_imagic.errors import InputError
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import iri

DERIVED = iri("prov:wasDerivedFrom")


def test_an_unknown_test_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InputError) as caught:
        node_test("no-such-test")
    assert "derived-from-something-described" in caught.value.expected


@pytest.mark.parametrize("name", sorted(NODE_TESTS))
def test_every_test_passes_a_node_of_which_nothing_is_said(name: str) -> None:
    assert list(node_test(name)(RecordGraph([]), "urn:x")) == []


def test_a_source_that_is_described_passes_and_a_lost_one_is_named() -> None:
    graph = RecordGraph(
        [
            ("<urn:mask>", DERIVED, "<urn:raw>"),
            ("<urn:mask>", DERIVED, "<urn:lost>"),
            ("<urn:raw>", iri("rdf:type"), iri("fi:Image")),
        ]
    )
    found = node_test("derived-from-something-described")(graph, "urn:mask")
    assert list(found) == ["<urn:lost>"]
