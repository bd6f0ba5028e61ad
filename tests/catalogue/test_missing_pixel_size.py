"""0 is no pixel size: such an image is among those without one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

import fair_imagic.catalogue as package
from fair_imagic.rdf import PREFIXES

QUERY = Path(package.__file__).with_name("queries") / "images-missing-pixel-size.rq"


@pytest.mark.parametrize(
    ("size", "missing"),
    [
        ("0.2", False),
        ("<https://w3id.org/fair-imagic/terms/unknown>", False),
        ("0", True),
        ("0.0", True),
        ("-0.2", True),
        ('"0,2"^^<http://www.w3.org/2001/XMLSchema#decimal>', True),
        ('"NaN"^^<http://www.w3.org/2001/XMLSchema#decimal>', True),
        ('"1e999999999"^^<http://www.w3.org/2001/XMLSchema#decimal>', True),
        ("", True),
    ],
)
def test_a_size_that_is_none_counts_as_missing(size: str, *, missing: bool) -> None:
    prefixes = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
    store = pyoxigraph.Store()
    told = f"; nboq:physicalSizeX {size}" if size else ""
    store.update(f"{prefixes} INSERT DATA {{ <urn:i> a fi:Image {told} }}")
    found = store.query(prefixes + QUERY.read_text(encoding="utf-8"))
    assert [str(one[0]) for one in found] == (["<urn:i>"] if missing else [])
