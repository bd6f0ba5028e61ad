"""One good document of each kind, made by our own targets from a small study."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
from study_data import BASE, settings_for, snapshot, write_sources

from fair_imagic.dmp import export, read_plan
from fair_imagic.publish.bioimage_archive.target import TARGET as BIOIMAGE_ARCHIVE
from fair_imagic.publish.datacite.target import TARGET as DATACITE
from fair_imagic.publish.study import read_study

TURTLE = """@prefix fi: <https://w3id.org/fair-imagic/terms/> .
<#set> a fi:PublicationSet .
"""
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


def crate_of_an_image() -> dict[str, Any]:
    """Return the metadata of a crate with one file, ``images/a.tif``."""
    copy: dict[str, Any] = json.loads(json.dumps(CRATE))
    return copy


def description_of_software() -> dict[str, Any]:
    """Return a CodeMeta document."""
    copy: dict[str, Any] = json.loads(json.dumps(CODEMETA))
    return copy


def record_of_a_doi(folder: Path) -> dict[str, bytes]:
    """Return the two files of the DOI record of the small study."""
    return dict(DATACITE.build(snapshot(), settings_for(folder / "home")).files)


def submission_of_a_study(folder: Path) -> dict[str, bytes]:
    """Return the files of the BioImage Archive submission of the small study."""
    settings = settings_for(folder / "home")
    sources = write_sources(folder / "sources")
    return dict(BIOIMAGE_ARCHIVE.build(snapshot(), settings, sources=sources).files)


def plan_of_a_study(folder: Path) -> dict[str, Any]:
    """Return the plan of the small study, as we export it."""
    taken = snapshot()
    return export(
        read_plan(taken.graph, BASE + "plan/entity"),
        settings=settings_for(folder / "home"),
        studies=[read_study(taken)],
    )


def documents_of_each_kind(folder: Path) -> dict[str, Any]:
    """Return the content of a document by the token of its kind."""
    submission = submission_of_a_study(folder)
    record = record_of_a_doi(folder)
    lists = next(name for name in submission if name.endswith(".tsv"))
    return {
        "ro-crate": crate_of_an_image(),
        "codemeta": description_of_software(),
        "madmp": plan_of_a_study(folder),
        "pagetab": submission["submission.json"],
        "file-list": submission[lists],
        "datacite-json": record["datacite.json"],
        "datacite-xml": record["datacite.xml"],
        "rdf": TURTLE,
    }
