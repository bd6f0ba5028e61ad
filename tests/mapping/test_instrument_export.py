"""A microscope record back as a Micro-Meta App file: nothing lost, changes in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.mapping import InstrumentRecord, export_instrument, read_instrument
from fair_imagic.mapping.micrometa import parse_micrometa
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.rdf import Triple

    Written = Callable[[Any], Path]

BASE = "https://example.org/"


def triples(record: InstrumentRecord) -> list[Triple]:
    return [one.triple for one in record.statements]


def exported(record: InstrumentRecord, statements: list[Triple]) -> dict[str, Any]:
    text = export_instrument(record.iri, statements, document=record.document)
    found: dict[str, Any] = json.loads(text)
    return found


def changed(statements: list[Triple], name: str, value: str) -> list[Triple]:
    wanted = iri(name)
    return [(s, p, value if p == wanted else o) for s, p, o in statements]


def part(document: dict[str, Any], identifier: str) -> dict[str, Any]:
    parts = [*document["components"], document.get("MicroscopeStand", {})]
    return next(one for one in parts if one.get("ID") == identifier)


@pytest.fixture
def record(microscope: dict[str, Any], write: Written) -> InstrumentRecord:
    return read_instrument(write(microscope), base_iri=BASE)


def test_what_was_imported_comes_back(
    record: InstrumentRecord, microscope: dict[str, Any]
) -> None:
    assert exported(record, triples(record)) == microscope


def test_numbers_keep_their_text(write: Written, microscope: dict[str, Any]) -> None:
    path = write(microscope)
    text = path.read_text().replace('"LensNA": 0.3,', '"LensNA": 0.300,')
    path.write_text(text)
    record = read_instrument(path, base_iri=BASE)
    again = export_instrument(record.iri, triples(record), document=record.document)
    assert '"LensNA": 0.300' in again


def test_a_corrected_value_appears_and_the_rest_stays(
    record: InstrumentRecord, microscope: dict[str, Any]
) -> None:
    after = changed(triples(record), "nboq:manufacturer", literal("Zenith"))
    found = exported(record, after)
    assert part(found, "objective-10")["Manufacturer"] == "Zenith"
    for one in (found, microscope):
        for component in (*one["components"], one["MicroscopeStand"]):
            component.pop("Manufacturer", None)
    assert found == microscope


def test_a_corrected_length_keeps_the_unit_of_the_file(
    record: InstrumentRecord,
) -> None:
    value = literal("0.2", datatype="xsd:decimal")  # mm; the file has µm
    found = exported(record, changed(triples(record), "nboq:workingDistance", value))
    assert part(found, "objective-63")["WorkingDistance"] == 200
    assert part(found, "objective-63")["WorkingDistanceUnit"] == "µm"


def test_a_value_inside_a_part_is_written_there(record: InstrumentRecord) -> None:
    value = literal("491", datatype="xsd:decimal")
    found = exported(record, changed(triples(record), "nboq:peakWavelength", value))
    (wavelengths,) = part(found, "laser-488")["IlluminationWavelengthRange"]
    assert wavelengths == {"PeakWavelength": 491, "PeakWavelengthUnit": "nm"}


def test_no_answer_is_written_as_a_code_or_left_out(record: InstrumentRecord) -> None:
    statements = changed(triples(record), "nboq:model", iri("fi:withheld"))
    statements = changed(statements, "nboq:lensNA", iri("fi:unknown"))
    lens = part(exported(record, statements), "objective-63")
    assert lens["Model"] == ":unal"
    assert "LensNA" not in lens  # the application takes numbers only


def test_removed_and_new_components(record: InstrumentRecord) -> None:
    gone, new = f"{record.iri}#objective-10", f"{record.iri}#lens-20"
    kept = [t for t in triples(record) if iri(gone) not in t]
    kept += [
        (iri(record.iri), iri("nboq:component"), iri(new)),
        (iri(new), iri("rdf:type"), iri("nboq:Objective")),
        (iri(new), iri("nboq:name"), literal("Twenty")),
        (iri(new), iri("nboq:magnification"), literal("20", datatype="xsd:decimal")),
    ]
    found = exported(record, kept)
    identifiers = [one["ID"] for one in found["components"]]
    assert "objective-10" not in identifiers
    lens = part(found, "lens-20")
    assert (lens["Schema_ID"], lens["Name"]) == ("Objective.json", "Twenty")
    assert lens["Magnification"] == 20


def test_a_changed_link_is_written(record: InstrumentRecord) -> None:
    after = changed(
        triples(record), "nboq:emissionFilter", iri(f"{record.iri}#objective-63")
    )
    cube = part(exported(record, after), "cube")
    assert cube["EmissionFilter"] == "Objective/objective-63"
    assert cube["ExcitationFilter"] == "na"


def test_a_record_without_a_file_is_a_file_too(record: InstrumentRecord) -> None:
    text = export_instrument(record.iri, triples(record))
    laser = part(json.loads(text), "laser-488")
    assert laser["Schema_ID"] == "Fluorescence_LightSource_Laser.json"
    assert part(json.loads(text), "objective-10")["CatalogNumber"] == ":unav"


def _samples(shared: Path) -> list[Path]:
    folder = shared / "reference" / "nboq" / "microscopes"
    return [
        path
        for path in sorted(folder.glob("*.json"))
        if "components" in json.loads(path.read_text(encoding="utf-8"))
    ]


def test_real_microscopes_come_back_to_the_letter(shared: Path) -> None:
    for path in _samples(shared):
        record = read_instrument(path, base_iri=BASE)
        text = export_instrument(record.iri, triples(record), document=record.document)
        # parsed with numbers as texts: 0.30 and 0.3 are not the same
        assert parse_micrometa(text, path) == parse_micrometa(record.document, path)


def test_the_statements_alone_make_a_file_with_the_same_statements(
    shared: Path, tmp_path: Path
) -> None:
    for path in _samples(shared):
        record = read_instrument(path, base_iri=BASE)
        again = tmp_path / path.name
        again.write_text(export_instrument(record.iri, triples(record)))
        found = read_instrument(again, instrument_iri=record.iri)
        assert set(triples(record)) - set(triples(found)) == set()


def _errors(document: dict[str, Any], folder: Path) -> set[tuple[str, str]]:
    """Return (component, complaint) of the application's own schemas."""
    from jsonschema import Draft7Validator

    found = set()
    for one in (document, document["MicroscopeStand"], *document["components"]):
        path = folder / str(one["Schema_ID"])
        if path.is_file():
            schema = json.loads(path.read_text(encoding="utf-8"))
            complaints = Draft7Validator(schema).iter_errors(one)
            found |= {(str(one["ID"]), error.message) for error in complaints}
    return found


def test_the_schemas_of_the_application_accept_what_is_written(shared: Path) -> None:
    pytest.importorskip("jsonschema")
    folder = shared / "reference" / "nboq" / "json-schemas"
    for path in _samples(shared):
        record = read_instrument(path, base_iri=BASE)
        value = literal("1.25", datatype="xsd:decimal")
        after = changed(triples(record), "nboq:lensNA", value)
        before = json.loads(record.document)
        found = exported(record, after)
        # a wrong value of the input comes back wrong; nothing is wrong beyond it
        assert _errors(found, folder) <= _errors(before, folder)
