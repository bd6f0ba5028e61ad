"""Requirements are parsed once for many runs; the cache never changes a report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest

from fair_imagic import cache
from fair_imagic.checks import Severity, profiles, requirements
from fair_imagic.checks.constraint import Constraint
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.checks.rule import Rule
from fair_imagic.checks.shacl import code_version, from_json, to_json
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.rdf import Triple

    Triples = list[Triple]

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
    clause={},
    test="",
    constraints=(Constraint("or", parts=((Constraint("in", ("a", "b")),), ())),),
)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_CACHE_FOLDER", str(tmp_path / "cache"))
    requirements._compiled.cache_clear()


def _entries() -> list[Path]:
    place = cache.folder()
    assert place is not None
    return sorted(place.glob("*.kept"))


def test_a_rule_comes_back_as_it_was() -> None:
    assert from_json(to_json(RULE), Rule, Constraint, Severity) == RULE


def _compiled(*, data: Triples | None) -> requirements.Requirements:
    requirements._compiled.cache_clear()
    return compile_requirements(list(profiles.available().values()), data=data)


def test_all_requirements_come_back_as_they_were_parsed() -> None:
    data = [(iri("fi:s"), iri("rdf:type"), iri("fi:PublicationSet"))]
    parsed = _compiled(data=data)
    assert len(_entries()) == 2
    again = _compiled(data=data)
    assert again.shapes is not parsed.shapes
    assert again == parsed
    assert again.rules


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'["()",1]', b'["()",["()"],"0 1 9","","a"]', b"{", b"{}"],
    ids=range(6),
)
def test_entries_of_another_form_are_replaced(content: bytes) -> None:
    data = [(iri("fi:s"), iri("rdf:type"), iri("fi:PublicationSet"))]
    parsed = _compiled(data=data)
    for path in _entries():
        cache.keep(path.stem, content)
    again = _compiled(data=data)
    # Blank nodes have other names at each reading: no rule holds one.
    assert again.rules == parsed.rules
    assert len(again.shapes.triples) == len(parsed.shapes.triples)
    assert _compiled(data=data) == again


def _changed_key(code: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(requirements, "_CODE", code)
    before = set(_entries())
    _compiled(data=[])
    return not before.issuperset(_entries())


@pytest.mark.parametrize(
    "module",
    [
        *(
            "requirements.py",
            "rule.py",
            "constraint.py",
            "finding.py",
            "generated_shapes.py",
        ),
        *("shacl/graph.py", "shacl/statement_cache.py", "shacl/plain_data.py"),
    ],
)
def test_a_change_of_our_code_is_another_key(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    shutil.copytree(Path(requirements.__file__).parent, first)
    shutil.copytree(first, second)
    assert _changed_key(first, monkeypatch)
    assert not _changed_key(second, monkeypatch)
    code_version.cache_clear()
    changed = second / module
    changed.write_bytes(changed.read_bytes() + b"#")
    assert _changed_key(second, monkeypatch)


# What keeps, finds or reads files, and what says something: nothing of it makes a
# statement or a rule other than it was.
ASIDE = {"cache", "clock", "config", "errors", "files", "gaps", "i18n", "resources"}
ASIDE |= {"storage", "version"}


def test_all_code_that_makes_requirements_is_in_the_key() -> None:
    graph = grimp.build_graph("fair_imagic")
    modules = graph.find_upstream_modules(requirements.__name__)
    rooms = {name.split(".")[1] for name in modules}
    assert rooms == {"checks", "rdf", *ASIDE}


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
