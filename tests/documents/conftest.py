"""Documents of each kind, made by our own targets from a small study."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from document_examples import (
    crate_of_an_image,
    description_of_software,
    plan_of_a_study,
    record_of_a_doi,
    submission_of_a_study,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, Any], Path]


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write JSON, text or bytes under a name; folders are made."""

    def written(name: str, content: Any) -> Path:
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict | list):
            content = json.dumps(content, indent=1)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def crate() -> dict[str, Any]:
    return crate_of_an_image()


@pytest.fixture
def codemeta() -> dict[str, Any]:
    return description_of_software()


@pytest.fixture
def datacite(tmp_path: Path) -> dict[str, bytes]:
    return record_of_a_doi(tmp_path)


@pytest.fixture
def submission(tmp_path: Path) -> dict[str, bytes]:
    return submission_of_a_study(tmp_path)


@pytest.fixture
def madmp(tmp_path: Path) -> dict[str, Any]:
    return plan_of_a_study(tmp_path)
