"""Questions: what is answered, what is refused, and what is stopped."""

from __future__ import annotations

import time

import pytest

from fair_imagic import config
from fair_imagic.catalogue import named_queries, open_catalogue
from fair_imagic.catalogue.query import refuse_forbidden
from fair_imagic.errors import InputError
from fair_imagic.rdf import PREFIXES

SCOPES = [{"scope": "internal"}, {"scope": "internal", "timeout_s": 20}]
SCOPES.append({"scope": "public"})


@pytest.fixture
def filled(catalogue, say):
    catalogue.append(say.changes(*(say.image(f"image/{n}", f"t{n}") for n in range(9))))
    return catalogue


@pytest.mark.parametrize("how", SCOPES[:2])
def test_select_ask_and_construct_are_answered_the_same_in_both_ways(filled, say, how):
    rows = filled.query("SELECT ?s ?no { ?s a fi:Image } ORDER BY ?s LIMIT 1", **how)
    assert rows.variables == ("s", "no")
    assert rows.rows == ((f"<{say.record('image/0')}>", None),)
    assert filled.query("ASK { ?s a fi:Image }", **how).boolean is True
    construct = "CONSTRUCT { ?s a fi:Thing } WHERE { ?s dcterms:title 't3' }"
    found = filled.query(construct, **how)
    assert found.triples == (say.triple("image/3", "rdf:type", "fi:Thing"),)


FORBIDDEN = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:1/>{?a ?b ?c} }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "SELECT * { sErViCe silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX x: <http://x/> SELECT * { ?s ?p x:a.SERVICE:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\'b' } #\nFROM <http://x.org/>",
    "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "CLEAR DEFAULT",
]


@pytest.mark.parametrize("sparql", FORBIDDEN)
@pytest.mark.parametrize("how", SCOPES)
def test_updates_and_foreign_data_are_refused(filled, sparql, how):
    with pytest.raises(InputError, match="only read this catalogue"):
        filled.query(sparql, **how)
    assert filled.query("ASK { ?s a fi:Image }").boolean is True


HARMLESS = [
    "SELECT ?service ?from { ?service fi:from ?from }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> FROM LOAD' }",
    'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
    "SELECT * { ?s <http://example.org/service/from#load> ?o } # SERVICE FROM",
    "SELECT * { ?s dcterms:title ?o } ORDER BY ?o",
    "PREFIX ex: <http://x.org/> SELECT * { ?s ex:a-service ex:loaded }",
    r"SELECT * { ?s ?p '\'' . FILTER(STR(?s) != '\\') }",
    "SELECT (SUM(?v) AS ?address) { ?s ?p ?v } HAVING (COUNT(*) > 0)",
]


@pytest.mark.parametrize("sparql", HARMLESS)
def test_the_words_may_stand_in_texts_names_and_comments(filled, sparql):
    refuse_forbidden(sparql)
    filled.query(sparql)


def test_a_query_is_stopped_at_its_deadline_and_the_next_one_is_answered(filled):
    heavy = "SELECT (COUNT(*) AS ?n) { " + "".join(
        f"?s{n} ?p{n} ?o{n} . " for n in range(12)
    )
    started = time.monotonic()
    with pytest.raises(InputError, match=r"stopped after 1\.5 s"):
        filled.query(heavy + "}", timeout_s=1.5)
    assert time.monotonic() - started < 10
    assert filled.query("ASK { ?s a fi:Image }", timeout_s=20).boolean is True


@pytest.mark.parametrize("how", SCOPES[:2])
@pytest.mark.parametrize(("most", "rows"), [("5", 5), ("17", 17), ("18", 18)])
def test_an_answer_is_cut_at_the_limit_and_says_so(filled, settings, how, most, rows):
    environ = {"FAIR_IMAGIC_QUERY_ROWS": most}
    limited = config.load(settings.home, environ=environ)
    filled.wait_projected(filled.last_number())
    with open_catalogue(limited, write=False) as reader:
        answer = reader.query("SELECT * { ?s ?p ?o }", **how)
        assert (len(answer.rows), answer.truncated) == (rows, rows < 18)
        statements = reader.query("CONSTRUCT WHERE { ?s ?p ?o }", **how)
        assert (len(statements.triples), statements.truncated) == (rows, rows < 18)
        assert len(list(reader.rows("SELECT * { ?s ?p ?o }"))) == 18


@pytest.mark.parametrize("sparql", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_rows_are_asked_for_with_a_select_that_reads_only(filled, sparql):
    with pytest.raises(InputError, match="gives no rows"):
        list(filled.rows(sparql))
    with pytest.raises(InputError, match="only read"):
        list(filled.rows("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"))


# A query, the place of the fault, and what stands there.
UNREADABLE = [
    ("SELECT * { ?s ?p }", (1, 18), "}"),
    ("SELECT ?s {\n  ?s a fi:Image .\n  FILTR(?s) }", (3, 3), "FILTR"),
    ("SELEC ?s { ?s a fi:Image }", (1, 1), "SELEC"),
    ("SELECT ?s { ?s a fi:Image } ORDR BY ?s", (1, 29), "ORDR"),
    ("SELECT ?s { ?s a Image }", (1, 18), "Image"),
    ("SELECT ?s { ?s a fi:Image } }", (1, 29), "}"),
    ("SELECT ?s { ?s a fi:Image ", (1, 27), "the end of the query"),
    ("SELECT ?s WHERE ?s a fi:Image", (1, 17), "?s"),
]


@pytest.mark.parametrize("how", SCOPES[:1])
@pytest.mark.parametrize(("sparql", "place", "found"), UNREADABLE)
def test_a_query_that_cannot_be_read_says_where_and_what_is_there(
    filled, how, sparql, place, found
):
    with pytest.raises(InputError, match="not SPARQL") as refused:
        filled.query(sparql, **how)
    line, column = place
    assert refused.value.where.startswith(f"line {line}, column {column}")
    assert refused.value.found == found


MEANINGLESS = [
    "SELECT (1 AS ?x) ?x { ?x a fi:Image }",
    "SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }",
    "SELECT * { ?x a fi:Image } GROUP BY ?x",
    "SELECT ?x { ?x a <relative> }",
    "SELECT ?x { ?x fi:title 'abc }",
]


@pytest.mark.parametrize("sparql", [*MEANINGLESS, *(one[0] for one in UNREADABLE)])
def test_nothing_of_the_parser_is_shown(filled, sparql):
    with pytest.raises(InputError, match="not SPARQL") as refused:
        filled.query(sparql)
    shown = str(refused.value)
    assert not any(sign in shown for sign in ("[", "\\u", "..=", "error at", "IRI"))
    told = refused.value.expected or refused.value.hint or refused.value.where
    assert sparql not in MEANINGLESS or told


@pytest.mark.parametrize(
    ("sparql", "prefix"),
    [
        ("SELECT ?s {\n ?s a foo:Image }", "foo:"),
        ("SELECT ?s { ?s a :Image }", ":"),
        ("PREFIX a: <http://a.org/> SELECT ?s { ?s a:b 'x:y' ; z:c 1 }", "z:"),
    ],
)
def test_an_unknown_prefix_is_told_with_those_that_exist(filled, sparql, prefix):
    with pytest.raises(InputError, match="prefix that is not known") as refused:
        filled.query(sparql)
    assert refused.value.message.endswith(f"known: {prefix}")
    assert all(f" {one}:" in refused.value.expected for one in PREFIXES)


def test_public_queries_do_not_see_unpublished_records(filled):
    assert filled.query("SELECT * { ?s ?p ?o }", scope="public").rows == ()


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_has_titles_and_runs(filled, name):
    query = named_queries()[name]
    assert set(query.title) == {"en", "fr"}
    assert filled.query(query.text, timeout_s=20).variables


def test_named_queries_find_what_their_titles_say(filled, say):
    found = filled.query(named_queries()["images-missing-pixel-size"].text)
    assert len(found.rows) == 9
