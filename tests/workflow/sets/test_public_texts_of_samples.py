"""The texts of real files, in both languages: none of the faults of the linter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.public_prose import prose_faults

from fair_imagic.i18n import LANGUAGES
from fair_imagic.model import RecordGraph
from fair_imagic.publish.landing import landing_of, to_html
from fair_imagic.publish.registry import load
from fair_imagic.rdf import is_iri, text_of
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.sets.methods import methods_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def samples(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    folder = shared / "samples"
    if not folder.is_dir():
        pytest.skip("no folder of samples among the shared files")
    with open_workspace(tmp_path_factory.mktemp("samples") / "home") as workspace:
        import_images.run(workspace, [folder], collection="samples", author="a")
        sets.create(workspace, "samples", author="a", title="Samples", images="all")
        yield workspace


def _names(workspace: Workspace) -> set[str]:
    """Return titles, names of files and of parts: those are not our words."""
    found = set()
    for image in images_of(workspace, workspace.record("set", "samples")):
        for _s, _p, term in RecordGraph(workspace.catalogue.effective(image)).triples:
            text = "" if is_iri(term) else text_of(term)
            if len(text) > 3 and not text.replace(".", "").isdecimal():
                found.add(text)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_real_files_read_well(samples: Workspace, language: str) -> None:

    record = samples.record("set", "samples")
    snapshot = snapshot_of(samples, record)
    lines = list(methods_text(samples, "samples", language=language).paragraphs)
    page = landing_of(snapshot, samples.settings)
    assert to_html(page, language=language)
    package = load("datacite").build(snapshot, samples.settings)
    if language == "en":
        for one in package.payload["descriptions"]:
            lines += one["description"].splitlines()
            assert len(one["description"]) < 4000, "told in groups"
    names = _names(samples)
    found = [f for line in lines for f in prose_faults(line, language, names=names)]
    assert found == []
