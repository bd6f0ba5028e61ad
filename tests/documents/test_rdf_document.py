"""RDF: only what describes the model's own things can be checked, and never fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write

PREFIXES = """@prefix fi: <https://w3id.org/fair-imagic/terms/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
"""


def turtle(write: Write, text: str, name: str = "x.ttl") -> Path:
    return write(name, PREFIXES + text)


def tokens(path: Path) -> list[str]:
    return [one.token for one in check_path(path).report.profiles]


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        check_path(path)
    assert str(path) in caught.value.where
    return caught.value


def test_the_requirements_follow_what_is_described(write: Write) -> None:
    usual = {"set", "datacite", "bioimage-archive"}
    assert usual <= set(tokens(turtle(write, "<#s> a fi:PublicationSet .")))
    assert tokens(turtle(write, "<#p> a fi:Plan .")) == ["madmp"]
    software = turtle(write, "<#p> a schema:SoftwareSourceCode .")
    assert tokens(software) == ["software-heritage"]


def test_blank_nodes_are_told_apart_the_same_way_each_time(write: Write) -> None:
    path = turtle(
        write,
        '<#s> a fi:PublicationSet ; dcterms:creator [ a foaf:Person ; foaf:name "A" ],'
        " [ a foaf:Person ] .",
    )
    first, second = check_path(path).report, check_path(path).report
    assert first.findings == second.findings
    nameless = [
        one for one in first.findings if one.code == "set/creator-name-required"
    ]
    assert len(nameless) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<http://s> <http://p> <http://o> .",
        "<http://s> a <http://www.w3.org/ns/dcat#Dataset> .",
        "<http://s> a foaf:Person .",
    ],
)
def test_what_nothing_speaks_about_never_conforms(write: Write, text: str) -> None:
    error = refused(turtle(write, text))
    assert "nothing that requirements speak about" in error.message
    assert "Publication set" in error.expected
    assert ":" not in error.expected


def test_a_node_without_a_type_is_an_error(write: Write) -> None:
    path = turtle(write, '<#s> a fi:PublicationSet . <#t> dcterms:title "x" .')
    assert "what kind of thing" in refused(path).message


def test_a_node_of_an_unknown_type_is_an_error(write: Write) -> None:
    error = refused(turtle(write, "<#s> a fi:PublicationSet . <#t> a fi:Wizard ."))
    assert "unknown to the model" in error.message
    assert "Wizard" in error.found


def test_requirements_about_something_else_are_an_error(write: Write) -> None:
    path = turtle(write, "<#s> a fi:PublicationSet .")
    with pytest.raises(InputError, match="nothing here that these requirements"):
        check_path(path, names=["software-heritage"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.ttl", "<http://a>\n <http://b> [ ."),
        ("x.nt", "<http://a> <http://b> <http://c> .\n<http://a> b <http://c> ."),
        ("x.trig", "<http://g> { <http://a> <http://b> "),
    ],
)
def test_a_syntax_error_has_line_and_column(write: Write, name: str, text: str) -> None:
    path = write(name, text)
    line, column = refused(path).where.removeprefix(f"{path}:").split(":")
    assert int(line) == text.count("\n") + 1
    assert int(column) > 0


def test_an_address_of_a_file_is_refused(write: Write) -> None:
    path = write("x.ttl", PREFIXES + "<file:///etc/passwd> a fi:PublicationSet .")
    assert refused(path).found == "file:///etc/passwd"


@pytest.mark.parametrize(
    "context",
    [
        "https://evil.example.org/context.jsonld",
        "file:///etc/passwd",
        ["https://schema.org", {"a": "b:"}, "http://127.0.0.1/x"],
        {"@import": "https://evil.example.org/context.jsonld"},
        {"term": {"@id": "x:y", "@context": "https://evil.example.org/"}},
    ],
)
def test_an_unknown_context_is_refused_and_not_fetched(
    write: Write, context: Any
) -> None:
    path = write("x.jsonld", {"@context": context, "@id": "http://a", "@type": "X"})
    error = refused(path)
    assert "not known" in error.message
    assert "schema.org" in error.expected


def test_known_contexts_work_offline(write: Write) -> None:
    path = write(
        "x.jsonld",
        {
            "@context": ["https://schema.org/", {"@vocab": "https://schema.org/"}],
            "@type": "SoftwareSourceCode",
            "dcterms": {},
            "author": {"@type": "http://xmlns.com/foaf/0.1/Person"},
        },
    )
    # Software in JSON-LD of schema.org is read as CodeMeta.
    codes = {one.code for one in check_path(path).report.findings}
    assert "software-heritage/title-required" in codes


def test_json_ld_of_the_model_is_checked(write: Write) -> None:
    document = {
        "@context": {"@vocab": "https://w3id.org/fair-imagic/terms/"},
        "@graph": [{"@id": "#s", "@type": "PublicationSet"}],
    }
    codes = {one.code for one in check_path(write("x.json", document)).report.findings}
    assert "set/title-required" in codes


def test_rdf_xml_of_the_model_is_checked(write: Write) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:fi="https://w3id.org/fair-imagic/terms/">'
        '<fi:PublicationSet rdf:about="http://s"/></rdf:RDF>'
    )
    codes = {one.code for one in check_path(write("x.xml", text)).report.findings}
    assert "set/title-required" in codes
