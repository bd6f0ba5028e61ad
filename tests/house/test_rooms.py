"""The rooms of the workflow: each is entered by its doors."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOW = "fair_imagic.workflow"
FOLDER = ROOT / "src" / "fair_imagic" / "workflow"
ROOMS = sorted(
    path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()
)


def imports_from_outside(room: str) -> set[tuple[str, str, str]]:
    """Return (file, module, name) of all that others import from a room."""
    found = set()
    for folder in ("src", "webapp", "benchmarks", "tools"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.is_relative_to(FOLDER / room):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    inside = f"{node.module}.".startswith(f"{WORKFLOW}.{room}.")
                    place = str(path.relative_to(ROOT))
                    for name in node.names if inside else ():
                        found.add((place, node.module, name.name))
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_entered_by_its_doors_alone(room: str) -> None:
    doors = set(importlib.import_module(f"{WORKFLOW}.{room}").__all__)
    passed = set()
    for place, module, name in sorted(imports_from_outside(room)):
        inner = module.removeprefix(f"{WORKFLOW}.{room}").lstrip(".")
        door = inner.partition(".")[0] or name
        assert door in doors, f"{place} imports {name} from {module}, which is no door"
        if inner:
            public = importlib.import_module(module).__all__
            assert name in public, f"{place} imports {name}, which {module} keeps"
        passed.add(door)
    assert passed or room == "demo"


@pytest.mark.parametrize("room", ROOMS)
def test_every_door_is_there(room: str) -> None:
    loaded = importlib.import_module(f"{WORKFLOW}.{room}")
    modules = {path.stem for path in (FOLDER / room).glob("*.py")}
    names = set(vars(loaded)) | modules
    assert set(loaded.__all__) <= names


def test_nothing_but_rooms_lies_in_the_workflow() -> None:
    flat = {path.name for path in FOLDER.glob("*.py")}
    assert flat == {"__init__.py"}
