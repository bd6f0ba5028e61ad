"""What a file says of its objective against what the microscope record holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.mapping import contradictions, objective_iri, read_instrument
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IMAGE = "https://example.org/image/i"
ROOT = "https://example.org/instrument/confocal-1"


@pytest.fixture
def told(microscope: dict[str, Any], write: Callable[[Any], Path]) -> Any:
    """Return a function from what a file says to what contradicts the record."""
    record = read_instrument(write(microscope), instrument_iri=ROOT)
    graph = RecordGraph(one.triple for one in record.statements)

    def found(**values: str) -> tuple[str, ...]:
        part = iri(objective_iri(IMAGE))
        said = [
            (part, iri(f"nboq:{name}"), literal(text, datatype="xsd:decimal"))
            for name, text in values.items()
        ]
        return contradictions(IMAGE, RecordGraph(said), ROOT, graph)

    return found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"magnification": "63", "lensNA": "1.40"}, ()),
        ({"magnification": "1.0", "lensNA": "1.4"}, ()),  # 1.0: the file knows not
        ({"magnification": "63", "lensNA": "1.2"}, ("LensNA: 1.2 | 1.4",)),
        ({"magnification": "40"}, ("Magnification: 40 | 10, 63",)),
        ({"magnification": "40", "lensNA": "1.2"}, ("Magnification: 40 | 10, 63",)),
        ({"lensNA": "0.95"}, ("LensNA: 0.95 | 0.3, 1.4",)),
        ({"lensNA": "none"}, ()),
    ],
)
def test_contradictions(
    told: Any, values: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert told(**values) == expected


def test_a_record_without_objectives_contradicts_nothing() -> None:
    empty = RecordGraph([(iri(ROOT), iri("rdf:type"), iri("nboq:Instrument"))])
    part = iri(objective_iri(IMAGE))
    value = literal("40", datatype="xsd:decimal")
    said = RecordGraph([(part, iri("nboq:magnification"), value)])
    assert contradictions(IMAGE, said, ROOT, empty) == ()
