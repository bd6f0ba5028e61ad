"""The published mappings: valid SSSOM, about terms that the model has, rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.sssom_tables import nbo_owl_text, ome_ld_text

from fair_imagic.model import class_named, class_names, slots_of
from fair_imagic.rdf import PREFIXES, curie

MAPPINGS = Path(__file__).parents[2] / "mappings"
TABLES = sorted(path.name for path in MAPPINGS.glob("*.sssom.tsv"))


def rows_of(name: str) -> list[list[str]]:
    lines = (MAPPINGS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def test_the_standards_that_we_map_to_are_these() -> None:
    assert TABLES == [
        "model-bia-pagetab.sssom.tsv",
        "model-datacite.sssom.tsv",
        "model-schema-org.sssom.tsv",
        "nboq-microscope-metrics.sssom.tsv",
        "nboq-nbo-owl.sssom.tsv",
        "nboq-ome-ld.sssom.tsv",
        "ome-nboq.sssom.tsv",
    ]


# sssom calls pandas in a way that pandas is about to drop.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TABLES)
def test_sssom_finds_nothing_wrong(name: str) -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    table = parse_sssom_table(str(MAPPINGS / name))
    assert len(table.df) == len(rows_of(name))
    for report in validate(table, fail_on_error=False).values():
        assert not report.results, [one.message for one in report.results]


@pytest.mark.parametrize("name", [n for n in TABLES if n != "ome-nboq.sssom.tsv"])
def test_every_subject_is_a_term_of_the_model(name: str) -> None:
    known = {curie(class_named(one).iri) for one in class_names()}
    known |= {curie(slot.iri) for one in class_names() for slot in slots_of(one)}
    assert {row[0] for row in rows_of(name)} - known == set()


@pytest.mark.parametrize("name", TABLES)
def test_no_mapping_is_said_twice(name: str) -> None:
    pairs = [(row[0], row[1], row[3]) for row in rows_of(name)]
    assert len(pairs) == len(set(pairs))


def test_the_table_of_ome_ld_follows_from_that_of_ome() -> None:
    kept = (MAPPINGS / "nboq-ome-ld.sssom.tsv").read_text(encoding="utf-8")
    assert kept == ome_ld_text()


def test_the_table_of_nbo_owl_is_made_from_its_terms(shared: Path) -> None:
    terms = shared / "reference" / "nboq" / "tables" / "nbo_owl_terms_v02-00.tsv"
    kept = (MAPPINGS / "nboq-nbo-owl.sssom.tsv").read_text(encoding="utf-8")
    assert kept == nbo_owl_text(terms)


def test_most_nboq_classes_have_an_owl_term() -> None:
    ours = {
        curie(class_named(one).iri)
        for one in class_names()
        if class_named(one).iri.startswith(PREFIXES["nboq"])
    }
    mapped = {row[0] for row in rows_of("nboq-nbo-owl.sssom.tsv")}
    assert len(ours & mapped) > len(ours) / 2
