"""Titles that several samples have, found in one look at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import node_test
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import iri, literal, text_of

if TYPE_CHECKING:
    import pytest

    from fair_imagic.rdf import Triple


def _sample(number: int, title: str) -> list[Triple]:
    subject = iri(f"urn:sample-{number}")
    return [
        (subject, iri("rdf:type"), iri("fi:Sample")),
        (subject, iri("dcterms:title"), literal(title)),
    ]


def test_a_title_of_two_samples_is_told_of_both_and_no_other() -> None:
    titles = ["HeLa", "HeLa", "hela", "U2OS"]
    graph = RecordGraph([t for i, one in enumerate(titles) for t in _sample(i, one)])
    test = node_test("title-of-one-sample")
    told = [
        [text_of(one or "") for one in test(graph, f"urn:sample-{i}")] for i in range(4)
    ]
    assert told == [["HeLa"], ["HeLa"], [], []]


def test_each_sample_is_read_twice_and_never_once_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = 5_000
    graph = RecordGraph([t for i in range(many) for t in _sample(i, "HeLa")])
    read: list[str] = []
    values = RecordGraph.values

    def counted(self: RecordGraph, subject: str, path: str) -> list[str]:
        read.append(subject)
        return values(self, subject, path)

    monkeypatch.setattr(RecordGraph, "values", counted)
    test = node_test("title-of-one-sample")
    assert all(list(test(graph, f"urn:sample-{i}")) for i in range(many))
    assert len(read) == 2 * many
