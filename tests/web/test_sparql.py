from __future__ import annotations

import html
import json

import pytest

from fair_imagic.catalogue import named_queries

COUNT = "SELECT (COUNT(?image) AS ?n) WHERE { ?image a fi:Image }"


@pytest.fixture
def staff(reading):
    return reading("facility")


def test_every_example_runs_on_the_page(staff):
    for name, query in named_queries().items():
        page = staff.get(f"/query?name={name}").text
        assert "SELECT" in page
        answer = staff.post("/query", "/query", query=query.text)
        assert answer.status_code == 200, name


def test_the_result_is_a_table(staff):
    page = staff.post("/query", "/query", query=COUNT).text
    assert '<th scope="col">n</th>' in page
    assert "<td>20</td>" in page


def test_a_result_downloads_as_csv_and_json(staff):
    csv = staff.post("/query", "/query", query=COUNT, format="csv")
    assert csv.mimetype == "text/csv"
    assert csv.text.splitlines() == ["n", "20"]
    assert "attachment" in csv.headers["Content-Disposition"]
    found = staff.post("/query", "/query", query=COUNT, format="json")
    assert json.loads(found.text)["results"]["bindings"][0]["n"]["value"] == "20"


@pytest.mark.parametrize(
    "query", ["", "SELECT", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://x.example/>"]
)
def test_what_is_no_question_is_refused_at_the_field(staff, query):
    answer = staff.post("/query", "/query", query=query)
    assert answer.status_code == 400
    assert 'href="#sparql-text"' in answer.text


def test_a_yes_or_no_question_gets_yes_or_no(staff):
    page = staff.post("/query", "/query", query="ASK { ?image a fi:Image }").text
    assert "<b>yes</b>" in page


def test_statements_come_as_turtle(staff):
    text = "CONSTRUCT WHERE { ?image a fi:Image }"
    assert "fi:Image" in staff.post("/query", "/query", query=text).text


def test_a_visitor_queries_only_what_is_published(visitor):
    page = visitor.post("/query", "/query", query=COUNT).text
    assert "<td>0</td>" in page


def test_the_endpoint_speaks_the_protocol(visitor):
    by_get = visitor.client.get("/sparql", query_string={"query": COUNT})
    by_form = visitor.client.post("/sparql", data={"query": COUNT})
    by_body = visitor.client.post(
        "/sparql", data=COUNT, content_type="application/sparql-query"
    )
    for answer in (by_get, by_form, by_body):
        assert answer.status_code == 200
        assert json.loads(answer.text)["head"]["vars"] == ["n"]


def test_the_endpoint_gives_csv_where_asked(visitor):
    answer = visitor.client.get(
        "/sparql", query_string={"query": COUNT}, headers={"Accept": "text/csv"}
    )
    assert answer.mimetype == "text/csv"


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a.example/> a <http://b.example/> }",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://a.example/> WHERE { ?s ?p ?o }",
        "nonsense",
    ],
)
def test_the_endpoint_refuses_all_but_reading(visitor, query):
    answer = visitor.client.get("/sparql", query_string={"query": query})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/sparql", "/query"])
def test_a_query_at_its_time_limit_is_not_the_fault_of_who_asked(home, request, path):
    (home / "config.toml").write_text("query_timeout_s = 1\n", encoding="utf-8")
    # all ways to join them: the store of what is public may be empty
    wide = " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(14))
    asked = {"query": f"SELECT (COUNT(*) AS ?n) {{ {wide} }}"}
    person = request.getfixturevalue("logged_in")("facility")
    if path == "/sparql":
        answer = person.client.get(path, query_string=asked)
        assert answer.json["title"] == "This query was stopped after 1 s"
    else:
        answer = person.post(path, path, **asked)
        assert "This query was stopped after 1 s" in answer.text
    assert answer.status_code == 503


def test_the_endpoint_leads_people_to_the_page(visitor):
    answer = visitor.get("/sparql", Accept="text/html")
    assert answer.status_code == 302
    assert answer.location == "/query"


@pytest.fixture
def limited(home, request):
    (home / "config.toml").write_text("query_rows = 2\n", encoding="utf-8")
    return request.getfixturevalue("logged_in")("facility")


def test_an_answer_that_is_cut_says_so_on_the_page_and_to_programs(limited):
    staff = limited
    text = "SELECT ?i { ?i a fi:Image }"
    page = staff.post("/query", "/query", query=text).text
    assert "cut after 2 rows" in page
    assert "downloads hold all" not in page
    whole = staff.post("/query", "/query", query=f"{text} LIMIT 2").text
    assert "cut after" not in whole
    table = staff.post("/query", "/query", query=text, format="csv")
    assert "cut after 2 rows" in table.headers["Warning"]
    lines = table.text.splitlines()
    assert len(lines) == 4
    assert "# The answer is cut after 2 rows" in lines[-1]
    assert json.loads(staff.post("/query", "/query", query=text, format="json").text)[
        "truncated"
    ]


def test_a_query_that_is_too_long_is_refused_and_not_cut(visitor):
    query = COUNT + " " * 60_000
    answer = visitor.client.post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert "too long" in answer.text
    assert "too long" in visitor.post("/query", "/query", query=query).text


def test_where_no_seat_is_free_the_page_and_programs_are_told_to_come_back(
    app, visitor
):
    queue = app.config["QUERY_QUEUES"]["public"]
    seats = [queue.enter(f"192.0.2.{n}", is_wanted=lambda: True) for n in range(2)]
    queue._seats["198.51.100.1"] = queue.seats - len(seats)
    page = visitor.post("/query", "/query", query=COUNT)
    program = visitor.client.get("/sparql", query_string={"query": COUNT})
    for answer in (page, program):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "send yours again in some seconds" in answer.text
    assert COUNT in html.unescape(page.text)
    del queue._seats["198.51.100.1"]
    seats[0].close()
    found = visitor.client.get("/sparql", query_string={"query": COUNT})
    assert found.status_code == 200
