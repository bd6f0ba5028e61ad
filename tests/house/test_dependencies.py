"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import (
    distribution,
    packages_distributions,
    version,
)
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
USERS_EXTRAS = sorted(EXTRAS.keys() - {"all", "dev"})
OURS = {"fair_imagic", "fair_imagic_web", "tools", "tests", "benchmarks"}
# Imported by another library, when it is there: nobody of us names it.
LOADED_BY = {"imagecodecs": "tifffile", "psycopg": "sqlalchemy"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: list[str]) -> set[str]:
    return {_normal(Requirement(text).name) for text in requirements}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - OURS


def _modules(folder: str) -> list[Path]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    return [path for path in paths if "node_modules" not in path.parts]


@cache
def _imported(*folders: str) -> dict[str, str]:
    """The distributions that the code of some folders imports, each with a file."""
    providers = packages_distributions()
    # modules of tests and tools that stand on the path by themselves; plug-ins that the
    # tests build are packages
    paths = [path for root in ("tests", "tools") for path in _modules(root)]
    beside = {(path.parent if path.stem == "__init__" else path).stem for path in paths}
    found: dict[str, str] = {}
    for folder in folders:
        for path in _modules(folder):
            for name in _imports(path) - (beside - providers.keys()):
                for provider in providers.get(name, [name]):
                    found[_normal(provider)] = str(path.relative_to(ROOT))
    return found


def test_what_the_product_imports_is_declared() -> None:
    declared = _names(PROJECT["dependencies"])
    for extra in USERS_EXTRAS:
        declared |= _names(EXTRAS[extra])
    imported = _imported("src", "webapp")
    assert {k: imported[k] for k in imported.keys() - declared} == {}


def test_what_tools_and_tests_import_is_declared() -> None:
    declared = _names(PROJECT["dependencies"])
    for requirements in EXTRAS.values():
        declared |= _names(requirements)
    imported = _imported("tools", "tests", "benchmarks")
    assert {k: imported[k] for k in imported.keys() - declared} == {}


@pytest.mark.parametrize("extra", ["", *USERS_EXTRAS])
def test_what_is_declared_is_imported_by_the_product(extra: str) -> None:
    declared = _names(EXTRAS[extra] if extra else PROJECT["dependencies"])
    unused = declared - _imported("src", "webapp").keys()
    assert sorted(unused - LOADED_BY.keys()) == []


def test_the_libraries_that_load_others_still_do() -> None:
    for name, loader in LOADED_BY.items():
        files = distribution(loader).files or []
        texts = (Path(str(f.locate())) for f in files if f.suffix == ".py")
        assert any(re.search(rf"\b{name}\b", t.read_text("utf-8")) for t in texts)
        assert _normal(loader) in _names(PROJECT["dependencies"])


def test_the_core_has_no_deep_learning_library() -> None:
    every = [
        *PROJECT["dependencies"],
        *(one for rest in EXTRAS.values() for one in rest),
    ]
    assert _names(every) & {"torch", "cellpose", "numba", "tensorflow"} == set()


def test_the_lock_names_every_package_that_set_up_installs() -> None:
    """On the Python that runs this, with all that the dependencies need themselves."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if "==" in line)
    pins = {_normal(n): v for n, v in (line.split("==") for line in lines)}
    wrong = {}
    for name in _closure("fair-imagic", frozenset({"dev", "formats"})):
        if pins.get(name) != version(name):
            wrong[name] = (pins.get(name), version(name))
    assert wrong == {}, "run scripts/setup; where a package is new, tools/lock.py"


def _closure(start: str, extras: frozenset[str]) -> set[str]:
    reached: set[str] = set()
    open_ends = [(start, extras)]
    seen = set(open_ends)
    while open_ends:
        name, wanted = open_ends.pop()
        for text in distribution(name).requires or []:
            requirement = Requirement(text)
            if not _holds(requirement, wanted):
                continue
            end = (_normal(requirement.name), frozenset(requirement.extras))
            reached.add(end[0])
            if end not in seen:
                seen.add(end)
                open_ends.append(end)
    return reached


def _holds(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    if marker is None:
        return True
    return any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
