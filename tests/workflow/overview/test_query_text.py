"""Answers as programs take them: what they say, and that a cut one says so."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError
from fair_imagic.i18n import use_language
from fair_imagic.rdf import parse
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.overview import query, query_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUES = """
SELECT ?a ?b { VALUES (?a ?b) {
  ("=1+1" -5) ("-80 °C" "-5") (UNDEF "-1.5"^^xsd:decimal) (<http://a.example/> "é"@fr)
  ("a" "=2"^^xsd:integer)
} }
"""
MANY = f"SELECT ?i {{ VALUES ?i {{ {' '.join(map(str, range(2000)))} }} }}"


@pytest.fixture
def said(tmp_path: Path, monkeypatch) -> Callable[..., str]:
    """Give a function that returns the text of an answer."""

    def ask(text: str, wanted: str, *, most: int | None = None, **settings: str) -> str:
        for name, value in settings.items():
            monkeypatch.setenv(f"FAIR_IMAGIC_{name.upper()}", value)
        with (
            open_workspace(tmp_path / "home") as workspace,
            query.ask(workspace, text) as answer,
        ):
            form = query_text.form_of(answer, wanted)
            pieces = query_text.text_pieces(
                workspace, answer, form, characters_at_most=most
            )
            return "".join(pieces)

    return ask


def test_csv_has_texts_without_formulas_and_numbers_as_numbers(said):
    rows = list(csv.reader(io.StringIO(said(VALUES, "csv"))))
    assert rows == [
        ["a", "b"],
        ["'=1+1", "-5"],
        ["'-80 °C", "'-5"],
        ["", "-1.5"],
        ["http://a.example/", "é"],
        ["a", "'=2"],
    ]


def test_json_has_texts_as_they_are_with_their_kinds(said):
    found = json.loads(said(VALUES, "json"))
    assert found["head"] == {"vars": ["a", "b"]}
    rows = found["results"]["bindings"]
    assert rows[0]["a"] == {"type": "literal", "value": "=1+1"}
    assert rows[0]["b"]["value"] == "-5"
    assert rows[0]["b"]["datatype"].endswith("#integer")
    assert "a" not in rows[2]
    assert rows[3]["a"] == {"type": "uri", "value": "http://a.example/"}
    assert rows[3]["b"]["xml:lang"] == "fr"
    assert "truncated" not in found


def test_statements_of_many_pieces_are_one_document(said):
    construct = MANY.replace("SELECT ?i", "CONSTRUCT { ?s fi:number ?i }")
    construct = construct.replace(
        "} }", '} BIND(IRI(CONCAT("http://a/", STR(?i))) AS ?s) }'
    )
    text = said(construct, "json")
    assert text.count("@prefix xsd:") == 1
    assert len(list(parse(text.encode(), format="ttl"))) == 2000


def test_yes_and_no_have_no_table(said):
    assert said("ASK {}", "csv") == "true\r\n"
    assert json.loads(said("ASK {}", "json")) == {"head": {}, "boolean": True}


def test_a_table_is_no_turtle(said):
    with pytest.raises(InputError, match="Only CONSTRUCT"):
        said(VALUES, "turtle")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is cut"), ("fr", "est coupée")]
)
def test_an_answer_that_is_cut_says_so_at_its_end(said, language, words):
    with use_language(language):
        table = said(MANY, "csv", query_rows="1500")
        document = json.loads(said(MANY, "json", query_rows="1500"))
        large = said(MANY, "csv", most=500)
    assert len(table.splitlines()) == 1502
    assert words in table.splitlines()[-1]
    assert document["truncated"] is True
    assert words in document["notice"]
    assert len(document["results"]["bindings"]) == 1500
    assert len(large) < 1000
    assert words in large.splitlines()[-1]


def test_what_comes_before_the_deadline_is_sent_and_said_to_be_cut(said):
    digits = " ".join(map(str, range(40)))
    cross = " ".join(f"VALUES ?{name} {{ {digits} }}" for name in "abcde")
    text = "CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e))"
    seldom = f"SELECT ?a {{ {cross} FILTER(SHA512({text}) < '0005') }}"
    lines = said(seldom, "csv", query_timeout_s="4").splitlines()
    assert lines[0] == "a"
    assert lines[1].isdecimal()
    assert "stopped after 4 s" in lines[-1]


def test_a_query_that_takes_too_much_memory_is_told_as_that(said):
    digits = " ".join(map(str, range(200)))
    cross = " ".join(f"VALUES ?{name} {{ {digits} }}" for name in "abcd")
    with pytest.raises(InputError, match="more memory than it may take"):
        said(f"SELECT * {{ {cross} }} ORDER BY ?d", "csv", query_memory_mb="700")
    assert said("ASK {}", "csv", query_memory_mb="4096") == "true\r\n"
