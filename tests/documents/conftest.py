"""Documents of each kind, made by our own targets from a small study."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
from study_data import BASE, settings_for, snapshot, write_sources

from fair_imagic.dmp import export, read_plan
from fair_imagic.publish.bioimage_archive.target import TARGET as BIOIMAGE_ARCHIVE
from fair_imagic.publish.datacite.target import TARGET as DATACITE
from fair_imagic.publish.study import read_study

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, Any], Path]

CRATE: dict[str, Any] = {
    "@context": "https://w3id.org/ro/crate/1.1/context",
    "@graph": [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Images of nuclei",
            "description": "Nuclei of control and treated cells.",
            "datePublished": "2026-11-22",
            "license": {"@id": "https://spdx.org/licenses/CC-BY-4.0"},
            "keywords": ["nuclei"],
            "author": {"@id": "https://orcid.org/0000-0002-1825-0097"},
            "hasPart": [{"@id": "images/a.tif"}],
        },
        {"@id": "images/a.tif", "@type": "File", "name": "An image"},
        {
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "@type": "Person",
            "name": "Ada Martin",
        },
    ],
}
CODEMETA: dict[str, Any] = {
    "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
    "@type": "SoftwareSourceCode",
    "name": "Segmentation of nuclei",
    "version": "1.2",
    "license": "https://spdx.org/licenses/BSD-3-Clause",
    "author": [{"@type": "Person", "name": "Ada Martin"}],
}


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
    copy: dict[str, Any] = json.loads(json.dumps(CRATE))
    return copy


@pytest.fixture
def codemeta() -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(CODEMETA))
    return copy


@pytest.fixture
def datacite(tmp_path: Path) -> dict[str, bytes]:
    """The two files of the DOI record of the small study."""
    package = DATACITE.build(snapshot(), settings_for(tmp_path / "home"))
    return dict(package.files)


@pytest.fixture
def submission(tmp_path: Path) -> dict[str, bytes]:
    """The files of the BioImage Archive submission of the small study."""
    settings = settings_for(tmp_path / "home")
    sources = write_sources(tmp_path / "sources")
    return dict(BIOIMAGE_ARCHIVE.build(snapshot(), settings, sources=sources).files)


@pytest.fixture
def madmp(tmp_path: Path) -> dict[str, Any]:
    """The plan of the small study, as we export it."""
    taken = snapshot()
    return export(
        read_plan(taken.graph, BASE + "plan/entity"),
        settings=settings_for(tmp_path / "home"),
        studies=[read_study(taken)],
    )
