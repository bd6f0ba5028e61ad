"""A set that every archive would take, and practice archives beside its data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic import clock, sandbox
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.publishing.practice import sandboxes, target_settings
from fair_imagic.workflow.sets import software

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

AUTHOR = "Ana Roux"
PERSON = "camille-practice"


@pytest.fixture
def ready(imported: Workspace, study: StudyFolder, tmp_path: Path) -> Workspace:
    """The set s with all that the archives refuse to do without."""
    table = tmp_path / "tags.csv"
    table.write_text(
        "image,sample,sample.organism,sample.organism_label,"
        "sample.biological_entity,sample.preparation_protocol,sample.material_origin\n"
        "*,U2OS,obo:NCBITaxon_9606,Homo sapiens,U2OS cells,Fixed and stained,"
        "cell line\n",
        encoding="utf-8",
    )
    root = imported.record("set", "s")
    tags.apply_file(imported, root, table, author=AUTHOR)
    repair.set_values(
        imported,
        root,
        [
            ("title", "Nuclei of U2OS cells under two microscopes"),
            ("description", "Two fields and a stack of fluorescent nuclei, simulated."),
            ("license", "CC-BY-4.0"),
            ("keywords", "nuclei; fluorescence"),
            ("creators", PERSON),
            ("publisher", "institut-cochin"),
            ("issued", clock.today().isoformat()),
            ("image.imaging_method", "obo:FBbi_00000246"),
            ("image.imaging_method_label", "fluorescence microscopy"),
            ("image.physical_size_x", "0.323 um"),
            ("image.physical_size_y", "0.323 um"),
        ],
        author=AUTHOR,
    )
    software.add(
        imported,
        "scripts",
        study.scripts,
        author=AUTHOR,
        set_name="s",
        description="Segments nuclei.",
        license="BSD-3-Clause",
        authors=[PERSON],
    )
    return imported


@pytest.fixture
def archive(tmp_path: Path, ready: Workspace) -> Iterator[sandbox.Sandbox]:
    with sandbox.start(
        tmp_path / "archives",
        archives=sandboxes(),
        wanted=target_settings(ready.settings),
    ) as running:
        yield running
