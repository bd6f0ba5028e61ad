"""What a file says of a quantity is converted where it can be read, else kept."""

from __future__ import annotations

import pytest

from fair_imagic.mapping.converters import terms_of
from fair_imagic.mapping.table import load_table
from fair_imagic.rdf import iri, text_of
from fair_imagic.readers import RawFact

SIZE = next(row for row in load_table().values() if row.slot == "nboq:physicalSizeX")


@pytest.mark.parametrize(
    ("written", "unit", "kept", "kept_unit"),
    [
        ("162.5", "nm", "0.1625", "unit:MicroM"),
        ("162,5", "nm", "162,5", "unit:NanoM"),  # not 162.5 micrometres
        ("1e999999999", "mm", "1e999999999", "unit:MilliM"),
        ("NaN", "µm", "NaN", "unit:MicroM"),
    ],
)
def test_a_number_that_cannot_be_read_keeps_the_unit_of_its_source(
    written: str, unit: str, kept: str, kept_unit: str
) -> None:
    (_path, value), (_unit_path, found) = terms_of(
        RawFact("PhysicalSizeX", written, unit, "a.ome.xml"), SIZE
    )
    assert text_of(value) == kept
    assert found == iri(kept_unit)


def test_a_unit_that_does_not_fit_leaves_a_raw_fact() -> None:
    assert terms_of(RawFact("PhysicalSizeX", "3", "pixel", "a.ome.xml"), SIZE) == []
