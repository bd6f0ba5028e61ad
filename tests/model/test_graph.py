from __future__ import annotations

from fair_imagic.model import RDF_TYPE, RecordGraph
from fair_imagic.rdf import iri, literal

A, B = "https://example.org/a", "https://example.org/b"
TITLE, PART = "http://purl.org/dc/terms/title", "http://purl.org/dc/terms/hasPart"
KIND = "https://example.org/Kind"


def _graph() -> RecordGraph:
    return RecordGraph(
        [
            (iri(A), iri(RDF_TYPE), iri(KIND)),
            (iri(A), iri(TITLE), literal("one")),
            (iri(A), iri(PART), iri(B)),
            (iri(A), iri(PART), iri("https://example.org/c")),
            (iri(B), iri(RDF_TYPE), iri(KIND)),
        ]
    )


def test_values_are_terms_in_the_order_in_which_they_came() -> None:
    assert _graph().values(A, PART) == [iri(B), iri("https://example.org/c")]


def test_an_unknown_subject_has_no_values_and_no_types() -> None:
    graph = _graph()
    assert graph.values("https://example.org/none", TITLE) == []
    assert graph.types("https://example.org/none") == []
    assert "https://example.org/none" not in graph


def test_a_statement_given_twice_counts_once() -> None:
    triples = [*_graph().triples, *_graph().triples]
    graph = RecordGraph(triples)
    assert len(graph) == 5
    assert sorted(graph.triples) == sorted(set(triples))


def test_subjects_of_a_class_are_sorted() -> None:
    assert _graph().subjects_of(KIND) == [A, B]


def test_describe_returns_all_statements_of_one_subject() -> None:
    graph = _graph()
    assert graph.describe(A) == [t for t in graph.triples if t[0] == iri(A)]


def test_predicates_of_a_subject_are_listed_once() -> None:
    assert _graph().predicates(A) == [RDF_TYPE, TITLE, PART]


def test_links_are_followed_backwards() -> None:
    graph = _graph()
    assert graph.referring_to(B) == [A]
    assert graph.referring_to(B, PART) == [A]
    assert graph.referring_to(B, TITLE) == []
    assert graph.referring_to(KIND) == []


def test_a_hundred_thousand_statements_are_indexed_quickly() -> None:
    import time

    triples = [
        (f"<https://example.org/{n // 15}>", f"<https://example.org/p{n % 15}>", '"x"')
        for n in range(100_000)
    ]
    started = time.process_time()
    assert len(RecordGraph(triples)) == 100_000
    assert time.process_time() - started < 2


def test_ten_thousand_values_of_one_path_are_indexed_quickly() -> None:
    import time

    triples = [(iri(A), iri(PART), iri(f"{B}{n}")) for n in range(10_000)] * 2
    started = time.process_time()
    assert len(RecordGraph(triples)) == 10_000
    assert time.process_time() - started < 1
