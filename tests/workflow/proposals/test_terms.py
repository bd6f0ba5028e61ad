"""Organisms and imaging methods are proposed from names, and names from terms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import Confidence
from fair_imagic.entry.term import term_named
from fair_imagic.rdf import expand
from fair_imagic.workflow.correcting import repair, tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.checks import Proposal
    from fair_imagic.workflow.base.workspace import Workspace

    Ask = Callable[..., dict[str, Proposal]]


@pytest.mark.parametrize(
    ("name", "taxon"),
    [
        ("Mus musculus", "obo:NCBITaxon_10090"),
        ("souris", "obo:NCBITaxon_10090"),
        ("poisson zèbre", "obo:NCBITaxon_7955"),
        ("hela", "obo:NCBITaxon_9606"),
    ],
)
def test_an_organism_is_known_by_its_names(name: str, taxon: str) -> None:
    term = term_named("organisms", name)
    assert term is not None
    assert term.iri == expand(taxon)


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("scanning electron microscopy", "obo:FBbi_00000257"),
        ("Light-sheet fluorescence microscopy", "obo:FBbi_00000369"),
        ("selective plane illumination fluorescence microscopy", "obo:FBbi_00000369"),
        ("widefield fluorescence", "obo:FBbi_00100013"),
        ("PALM", "obo:FBbi_00000335"),
        ("STORM", "obo:FBbi_00000336"),
        ("STED", "obo:FBbi_00000334"),
        ("multiphotonique", "obo:FBbi_00000255"),
        ("FLIM", "obo:FBbi_00000368"),
        ("TIRF", "obo:FBbi_00000617"),
        ("feuille de lumière", "obo:FBbi_00000369"),
    ],
)
def test_a_method_is_known_by_its_names(name: str, term: str) -> None:
    found = term_named("imaging-methods", name)
    assert found is not None
    assert found.iri == expand(term)


def test_organisms_are_those_of_the_form_of_the_archive(shared: Path) -> None:
    listed = (
        shared / "reference" / "bia" / "templates" / "organism_default_options.json"
    )
    known = 0
    for one in json.loads(listed.read_text(encoding="utf-8")):
        # "Mus musculus (mouse)"; of the dog the form gives the shorter name.
        name = one["name"].partition(" (")[0]
        term = term_named("organisms", name.replace("Canis familiaris", "dog"))
        if term is not None:
            assert term.iri == expand(f"obo:{one['id']}"), name
            known += 1
    assert known == 20


def test_a_name_that_is_no_term_is_not_known() -> None:
    assert term_named("organisms", "unicorn") is None
    assert term_named("imaging-methods", "magic") is None


def _sample(workspace: Workspace, tmp_path: Path, cells: str) -> None:
    table = tmp_path / "tags.csv"
    table.write_text(f"image,sample,{cells}\n", encoding="utf-8")
    tags.apply_file(workspace, workspace.record("set", "s"), table, author="Ana")


def test_a_label_gives_the_taxon_and_a_title_with_a_cell_line_the_label(
    imported: Workspace, tmp_path: Path, proposed: Ask
) -> None:
    _sample(
        imported,
        tmp_path,
        "sample.organism_label\nfield*,one,Mus musculus\nzstack*,HeLa cells,",
    )
    taxa = proposed(imported, "s", "/organism")
    assert taxa["one"].value == expand("obo:NCBITaxon_10090")
    assert taxa["one"].confidence is Confidence.CERTAIN
    assert taxa["HeLa cells"].confidence is Confidence.LIKELY
    labels = proposed(imported, "s", "/organismLabel")
    assert {k: v.value for k, v in labels.items()} == {"HeLa cells": "Homo sapiens"}
    assert labels["HeLa cells"].source["en"] == "NCBI Taxonomy, for “HeLa”"


def test_a_sample_of_two_organisms_gets_no_proposal(
    imported: Workspace, tmp_path: Path, proposed: Ask
) -> None:
    _sample(imported, tmp_path, "tags\n*,HeLa in zebrafish,a")
    assert proposed(imported, "s", "/organismLabel") == {}


def test_a_method_written_in_words_gives_its_term(
    imported: Workspace, proposed: Ask
) -> None:
    root = imported.record("set", "s")
    words = [("image.imaging_method_label", "Spinning disk")]
    repair.set_values(imported, root, words, author="Ana")
    terms = {one.value for one in proposed(imported, "s", "/imagingMethod").values()}
    assert terms == {expand("obo:FBbi_00000253")}
