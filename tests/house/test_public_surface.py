"""What other programs may rely on is a short list, and each name on it is explained."""

from __future__ import annotations

import ast
import importlib
import inspect
from importlib.util import find_spec
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
PUBLIC = ["FairImagicError", "__version__", "check"]
# The SHACL engine is a library of its own: what the rest of the house may ask of it.
ENGINE = [
    *("DataFile", "DataGraph", "Evaluation", "Result", "Shapes", "code_version"),
    *("evaluate", "evaluate_again", "from_json", "recall_statements", "to_json"),
]


def _packages() -> list[str]:
    return sorted(
        ".".join(path.parent.relative_to(SRC).parts)
        for path in (SRC / "fair_imagic").rglob("__init__.py")
    )


def test_the_public_names_are_pinned() -> None:
    package = importlib.import_module("fair_imagic")
    assert sorted(package.__all__) == PUBLIC


def test_the_public_names_of_the_shacl_engine_are_pinned() -> None:
    package = importlib.import_module("fair_imagic.checks.shacl")
    assert sorted(package.__all__) == sorted(ENGINE)


def test_nobody_looks_into_the_shacl_engine() -> None:
    engine = "fair_imagic.checks.shacl"
    graph = grimp.build_graph("fair_imagic")
    inside = graph.find_descendants(engine)
    others = graph.modules - inside - {engine}
    imports = {
        (module, name)
        for module in others
        for name in graph.find_modules_directly_imported_by(module)
        if name in inside
    }
    assert imports == set()


def test_the_shacl_engine_stands_on_the_ground_floor_alone() -> None:
    graph = grimp.build_graph("fair_imagic")
    engine = graph.find_descendants("fair_imagic.checks.shacl")
    below = {name for one in engine for name in graph.find_upstream_modules(one)}
    assert {"fair_imagic.rdf"} < below - engine
    for name in below - engine - {"fair_imagic.checks.shacl"}:
        path = SRC.joinpath(*name.split(".")).with_suffix(".py")
        assert path.parent == SRC / "fair_imagic", name
        assert path.is_file(), name


@pytest.mark.parametrize("name_of_package", ["fair_imagic", "fair_imagic.checks.shacl"])
def test_every_public_name_is_explained(name_of_package: str) -> None:
    package = importlib.import_module(name_of_package)
    for name in package.__all__:
        if not name.startswith("__"):
            assert inspect.getdoc(getattr(package, name))


@pytest.mark.parametrize("name", _packages())
def test_a_package_file_holds_imports_and_its_list_only(name: str) -> None:
    path = SRC.joinpath(*name.split("."), "__init__.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    others = [node.lineno for node in tree.body if not _belongs(node)]
    assert others == [], f"{path.name} of {name} has more than imports and __all__"


def _belongs(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    targets = node.targets if isinstance(node, ast.Assign) else []
    return all(isinstance(t, ast.Name) and t.id.startswith("__") for t in targets) and (
        bool(targets)
    )


@pytest.mark.parametrize("name", _packages())
def test_a_list_names_only_what_exists(name: str) -> None:
    package = importlib.import_module(name)
    missing = [
        item
        for item in getattr(package, "__all__", [])
        # a room of the workflow lists modules, which are loaded by those who need them
        if not hasattr(package, item) and find_spec(f"{name}.{item}") is None
    ]
    assert missing == []


def test_the_version_is_the_same_everywhere() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = importlib.import_module("fair_imagic")
    assert package.__version__ == project["project"]["version"]


def test_every_registered_part_exists() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for group in project["project"]["entry-points"].values():
        for place in group.values():
            module, _colon, name = place.partition(":")
            assert hasattr(importlib.import_module(module), name), place


def test_every_layer_of_the_house_is_in_the_import_contract() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = " ".join(project["tool"]["importlinter"]["contracts"][0]["layers"])
    named = {word.strip("()") for word in layers.split()} | {"fair_imagic.sandbox"}
    present = {
        f"fair_imagic.{path.stem if path.is_file() else path.name}"
        for path in (SRC / "fair_imagic").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    } - {"fair_imagic.__init__"}
    assert sorted(present - named) == []
