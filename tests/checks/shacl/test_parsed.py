"""Shapes are parsed once for many runs, and no state of the cache changes a report."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fair_imagic import cache
from fair_imagic.checks import Severity, profiles
from fair_imagic.checks.constraint import Constraint
from fair_imagic.checks.rule import Rule
from fair_imagic.checks.shacl.parsed import Parsed, engine_version, kept_or_parsed
from fair_imagic.checks.shacl.shapes import compile_shapes
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULE = Rule(
    iri="https://example.org/r",
    code="mine/r",
    profile="mine",
    severity=Severity.SHOULD,
    blocks=False,
    path="",
    name={"en": "Name", "fr": "Nom «\u00a0é\u00a0»"},
    message={"en": "Two\nlines", "fr": '"'},
    repair={},
    who="anyone",
    clause="",
    test="",
    constraints=(Constraint("or", parts=((Constraint("in", ("a", "b")),), ())),),
)
PARSED = Parsed(
    triples=(
        (iri("fi:a"), iri("sh:message"), literal('one\ntwo \\ "three"\r\t')),
        (iri("fi:a"), iri("sh:path"), "_:b0"),
    ),
    pairs=((iri("fi:a"), iri("rdfs:subClassOf"), iri("fi:b")),),
    rules=(RULE,),
)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_CACHE_FOLDER", str(tmp_path / "cache"))


def _counted() -> tuple[list[int], Callable[[], Parsed]]:
    calls: list[int] = []

    def parse() -> Parsed:
        calls.append(1)
        return PARSED

    return calls, parse


def test_what_was_parsed_before_is_not_parsed_again() -> None:
    calls, parse = _counted()
    assert kept_or_parsed(("a", "b"), parse) == PARSED
    assert kept_or_parsed(("a", "b"), parse) == PARSED
    assert len(calls) == 1
    kept_or_parsed(("a", "c"), parse)
    assert len(calls) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'["()"]', b'["()",1,2,3,4]', b'["()",["()"],"0 1 9","","a"]', b"{"],
    ids=range(6),
)
def test_an_entry_of_another_form_is_replaced(content: bytes) -> None:
    calls, parse = _counted()
    cache.keep(cache.key_of("shapes", engine_version(), "a"), content)
    assert kept_or_parsed(("a",), parse) == PARSED
    assert kept_or_parsed(("a",), parse) == PARSED
    assert len(calls) == 1


def test_nothing_parsed_is_fine() -> None:
    nothing = Parsed((), (), ())
    assert kept_or_parsed(("n",), lambda: nothing) == nothing
    assert kept_or_parsed(("n",), lambda: PARSED) == nothing


def test_all_shapes_come_back_as_they_were_parsed() -> None:
    shapes = compile_shapes(list(profiles.available().values()))
    parsed = Parsed(shapes.triples, shapes.pairs, tuple(shapes.rules.values()))
    kept_or_parsed(("all",), lambda: parsed)
    again = kept_or_parsed(("all",), lambda: Parsed((), (), ()))
    assert again == parsed


CHECK = """
import sys
from pathlib import Path
from fair_imagic.checks import as_json, check, profiles
from fair_imagic.model import Snapshot
from fair_imagic.rdf import iri, literal
root = iri("https://example.org/id/set/s")
own = [
    (root, iri("rdf:type"), iri("fi:PublicationSet")),
    (root, iri("dcterms:title"), literal("A")),
    (root, iri("dcterms:issued"), literal("yesterday")),
]
wanted = [profiles.load(name) for name in ("set", "datacite", "nboq-tier-1")]
wanted.append(profiles.load("mine", extra=Path(sys.argv[1])))
report = check(Snapshot.make(root[1:-1], own=own, context=[]), wanted)
lines = as_json(report).splitlines()
print(*(line for line in lines if '"checkedAt"' not in line), sep="\\n")
"""
MINE = """x:r a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
  sh:property x:title .
x:title a sh:PropertyShape ; sh:path dcterms:title ; sh:minLength {least} ;
  sh:severity sh:Warning ; sh:name "T"@en , "T"@fr ;
  sh:message "Short"@en , "Court"@fr .
"""
POINT = '"code": "mine/title"'


def _report(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.budget(60, "cache of shapes")
def test_the_report_is_the_same_whatever_is_in_the_cache(
    write_profile: Callable[..., Path],
) -> None:
    folder, place = write_profile("mine", MINE.format(least=2)), cache.folder()
    assert place is not None
    cold = _report(folder)
    assert POINT in cold
    entries = list(place.glob("*.kept"))
    assert entries
    assert _report(folder) == cold
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-9] + os.urandom(9))
    assert _report(folder) == cold
    # One byte of the requirements is another matter.
    rules = folder / "mine" / "rules.ttl"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("minLength 2", "minLength 1"), encoding="utf-8")
    assert POINT not in _report(folder)
