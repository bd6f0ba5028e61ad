"""Statements are parsed once for many runs, and come back as they were."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic import cache
from fair_imagic.checks import shacl
from fair_imagic.checks.shacl import code_version, recall_statements
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.rdf import Triple

    Lists = tuple[tuple[Triple, ...], ...]

HERE = Path(shacl.__file__).parent
LISTS = (
    (
        (iri("fi:a"), iri("sh:message"), literal('one\ntwo \\ "three"\r\t')),
        (iri("fi:a"), iri("sh:path"), "_:b0"),
    ),
    ((iri("fi:a"), iri("rdfs:subClassOf"), iri("fi:b")),),
)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_CACHE_FOLDER", str(tmp_path / "cache"))


def _counted() -> tuple[list[int], Callable[[], Lists]]:
    calls: list[int] = []

    def parse() -> Lists:
        calls.append(1)
        return LISTS

    return calls, parse


def test_what_was_parsed_before_is_not_parsed_again() -> None:
    calls, parse = _counted()
    assert recall_statements(("a", "b"), parse) == LISTS
    assert recall_statements(("a", "b"), parse) == LISTS
    assert len(calls) == 1
    recall_statements(("a", "c"), parse)
    assert len(calls) == 2


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b'["()"]', b'["()",1,2,3,4]', b'["()",["()"],"0 1 9","a"]', b"{"),
        *(b'["()",["()","0 1 9"],"a"]', b'["()",["()","0 0"],"a"]'),
    ],
    ids=range(8),
)
def test_an_entry_of_another_form_is_replaced(content: bytes) -> None:
    calls, parse = _counted()
    cache.keep(cache.key_of("shapes", code_version(), "a"), content)
    assert recall_statements(("a",), parse) == LISTS
    assert recall_statements(("a",), parse) == LISTS
    assert len(calls) == 1


def test_nothing_parsed_is_fine() -> None:
    nothing: Lists = ((), ())
    assert recall_statements(("n",), lambda: nothing) == nothing
    assert recall_statements(("n",), lambda: LISTS) == nothing


@pytest.mark.parametrize(
    "path", sorted(HERE.rglob("*.py")), ids=lambda path: str(path.relative_to(HERE))
)
def test_each_module_is_in_the_version_of_the_code(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shacl"
    shutil.copytree(HERE, folder)
    before = code_version.__wrapped__(folder)
    assert before == code_version.__wrapped__(HERE)
    copy = folder / path.relative_to(HERE)
    copy.write_bytes(copy.read_bytes() + b"#")
    assert code_version.__wrapped__(folder) != before
