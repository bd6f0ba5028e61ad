"""The index: terms as rdflib has them, each statement once, files in pieces."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal
from tests.checks.shacl.random_graphs import DATATYPES, HEAD, LITERALS

from fair_imagic.checks.shacl.graph import DataFile, DataGraph, to_rdflib
from fair_imagic.checks.shacl.index import Index
from fair_imagic.checks.shacl.literals import canonical
from fair_imagic.checks.shacl.store import term_of
from fair_imagic.errors import InputError
from fair_imagic.rdf import PREFIXES, parse, read_lines, text_of

if TYPE_CHECKING:
    from pathlib import Path

TERMS = [
    value
    for literal in LITERALS
    for _s, _p, value in parse(f"{HEAD} e:a e:p {literal} .".encode(), format="ttl")
]
S, P = "<https://example.org/s>", "<https://example.org/p>"


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_the_form_that_rdflib_gives_it(term: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        node = to_rdflib(term)
        assert canonical(term)[0] == term_of(node)


@settings(max_examples=300, deadline=None)
@given(
    text=st.text("0123456789-+.:eETZPDMYtrufalsINF ab", max_size=12),
    datatype=st.sampled_from(DATATYPES),
)
def test_a_certain_literal_is_what_rdflib_makes_of_it(text: str, datatype: str) -> None:
    term = f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        node = to_rdflib(term)
        form, certain = canonical(term)
        again = to_rdflib(form)
    assert form == term_of(node)
    assert isinstance(node, Literal)
    assert isinstance(again, Literal)
    if certain:
        assert (again.value, again.ill_typed) == (node.value, node.ill_typed)


def test_values_that_rdflib_calls_equal_are_one() -> None:
    texts = ('"040"', '"40"', '"+40"')
    typed = [f"{text}^^<{PREFIXES['xsd']}integer>" for text in texts]
    index = Index((S, P, value) for value in typed)
    assert list(index.table(P).values(S)) == [typed[1]]
    assert index.source_text(S, P, typed[1]) == typed[0]


def test_a_statement_that_comes_twice_counts_once() -> None:
    index = Index([(S, P, '"a"'), (S, P, '"b"'), (S, P, '"a"'), (S, P, '"b"')])
    assert list(index.table(P).values(S)) == ['"a"', '"b"']
    assert index.size == 2


def test_a_large_file_gives_the_same_index_as_its_statements(tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    odd = '"line\\nbreak . \\"quoted\\" é"@fr'
    lines = [f'{S} {P} "{number} .\\n" .\n' for number in range(20_000)]
    path.write_text("".join([*lines, f"{S} {P} {odd} .\n"]), encoding="utf-8")
    whole, pieces = Index(), Index()
    DataGraph(parse(path, format="nt")).hand_on(whole.add)
    DataFile(path).hand_on(pieces.add)
    assert pieces.table(P).distinct == whole.table(P).distinct
    assert len(pieces.table(P).distinct) == 20_001
    assert 'line\nbreak . "quoted" é' in map(text_of, pieces.table(P).distinct)


def test_a_large_file_with_a_fault_says_where(tmp_path: Path) -> None:
    path = tmp_path / "faulty.nt"
    path.write_text(f"{S} {P} {S} .\n{S} {P} oops\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"faulty\.nt:2:"):
        read_lines(path, format="nt", take=lambda _triples: None)
