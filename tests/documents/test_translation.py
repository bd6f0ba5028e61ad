"""Mapping tables: every table is sound, and paths find what they say."""

from __future__ import annotations

import pytest

from fair_imagic.checks import profiles
from fair_imagic.documents import translation as module
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_text, values_at
from fair_imagic.errors import ConfigurationError
from fair_imagic.resources import folder

TABLES = sorted(
    path.stem
    for path in (folder("mappings") / "documents").glob("*.tsv")
    if path.stem != "contexts"
)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_names_fields_of_the_model_and_known_requirements(name: str) -> None:
    found = translation_of(name, {"root": {}}, base="http://x", where=pointer_text)
    known = profiles.available()
    assert {token for token, _path in found.questions} <= known.keys()


@pytest.mark.parametrize(
    ("path", "pointers"),
    [
        ("a/*/b", ["/a/0/b", "/a/1/b"]),
        ("a[k=1]/b", ["/a/1/b"]),
        ("a[k=]/b", ["/a/0/b"]),
        ("one/*", ["/one"]),
        ("gone | one", ["/one"]),
        ("gone/*", []),
        (".", [""]),
    ],
)
def test_a_path_finds(path: str, pointers: list[str]) -> None:
    tree = {"a": [{"b": 1}, {"b": 2, "k": 1}], "one": "x"}
    assert [pointer_text(at) for at, _value in values_at(tree, path)] == pointers


def test_a_pointer_escapes_what_json_pointers_escape() -> None:
    assert pointer_text(("a/b", "~", 0)) == "/a~1b/~0/0"


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC0", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/legalcode", "CC-BY-NC-4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://spdx.org/licenses/MIT", "MIT"),
        ("bsd-3-clause", "BSD-3-Clause"),
    ],
)
def test_a_licence_is_known_in_many_forms(text: str, spdx: str) -> None:
    plan = {"dataset": [{"distribution": [{"license": [{"license_ref": text}]}]}]}
    found = translation_of("madmp", plan, base="http://x", where=pointer_text)
    terms = {term for _s, path, term in found.triples if "license" in path}
    assert terms == {f"<https://spdx.org/licenses/{spdx}>"}


def test_a_damaged_table_is_told(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "x.tsv").write_text("node\tclass\n")
    monkeypatch.setattr(module, "folder", lambda _name: tmp_path)
    with pytest.raises(ConfigurationError, match="columns"):
        translation_of("x", {}, base="http://x", where=pointer_text)
