"""Questions: what is answered, what is refused, and what is stopped."""

from __future__ import annotations

import time

import pytest

from fair_imagic import config
from fair_imagic.catalogue import named_queries, open_catalogue
from fair_imagic.catalogue.query import refuse_forbidden
from fair_imagic.errors import InputError

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


@pytest.mark.parametrize("how", SCOPES)
def test_a_query_that_cannot_be_read_says_why(filled, how):
    with pytest.raises(InputError, match="cannot be answered") as refused:
        filled.query("SELECT * { ?s ?p }", **how)
    assert refused.value.found


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
