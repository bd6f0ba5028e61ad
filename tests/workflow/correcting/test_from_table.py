"""A filled-in table comes back from any office program, whole or not at all."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from fair_imagic.catalogue import SourceKind
from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.rdf import iri
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting import Preview

    Fill = Callable[..., Path]

SET = "Some nuclei"
WIDTH = ("field_03_control", "physicalSizeX")
DAY = (SET, "issued")


def _planned(workspace: Workspace, path: Path) -> Preview:
    return corrections.planned(workspace, "s", source=path)


def _after(planned: Preview) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(one.record, one.field): one.exact[1] for one in planned.items}


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_new_values_come_back_from_every_office_program(
    imported: Workspace, fill: Fill, suffix: str
) -> None:
    path = fill(
        {
            WIDTH: "323 nm",
            (SET, "license"): "CC-BY-4.0",
            (SET, "keyword"): "nuclei; HeLa",
            DAY: "2026-11-26",
        },
        suffix=suffix,
    )
    planned = _planned(imported, path)
    assert planned.flaws == ()
    assert _after(planned) == {
        ("field_03_control", "Pixel size X"): ("0.323 µm",),
        (SET, "Licence"): ("https://spdx.org/licenses/CC-BY-4.0",),
        (SET, "Keywords"): ("nuclei", "HeLa"),
        (SET, "Publication date"): ("2026-11-26",),
    }


def test_a_french_table_is_read_back_and_its_origin_kept(
    imported: Workspace, fill: Fill
) -> None:
    path = fill({WIDTH: "0,323"}, language="fr")
    planned = _planned(imported, path)
    done = corrections.apply(imported, planned, author="Ana")
    assert done.values == 1
    (item,) = planned.items
    origins = imported.catalogue.origins(item.subject)
    kept = next(o for t, o in origins.items() if t[1] == iri(item.path))
    assert kept.source.kind is SourceKind.TABLE
    assert kept.source.label == "points.xlsx"
    assert kept.place.startswith("Points à corriger!L")
    assert check.run(imported, "s").snapshot_hash


def test_a_name_of_the_list_stands_for_its_record(
    imported: Workspace, fill: Fill
) -> None:
    person = imported.record("person", imported.names("person")[0])
    label = corrections.fields_in(imported)(
        imported.record("set", "s"), "http://purl.org/dc/terms/creator"
    )
    assert label is not None
    planned = _planned(imported, fill({(SET, "creator"): label.choices[0].label}))
    assert planned.items[0].reading.terms == (
        ("http://purl.org/dc/terms/creator", iri(person)),
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_real_date_and_a_real_number_are_understood(
    imported: Workspace, fill: Fill, suffix: str
) -> None:
    path = fill({DAY: datetime(2026, 11, 26), WIDTH: 0.323}, suffix=suffix)
    planned = _planned(imported, path)
    assert _after(planned) == {
        (SET, "Publication date"): ("2026-11-26",),
        ("field_03_control", "Pixel size X"): ("0.323 µm",),
    }


@pytest.mark.parametrize(
    ("values", "message", "expected"),
    [
        ({DAY: 46352}, "turned a date into a number", "2026-11-26"),
        ({WIDTH: datetime(2026, 5, 1)}, "into a date", "a number"),
        ({WIDTH: "1,234"}, "more than one way", "1.234 µm, 1234 µm"),
        ({WIDTH: "wide"}, "not a number", "0.323 µm"),
        ({WIDTH: "3 kg"}, "unit kg does not fit", "µm"),
        ({WIDTH: "=0.3+0.02"}, "formula", "the value itself"),
        ({DAY: "03/04/2026"}, "more than one way", "2026-04-03 (3 Apr 2026)"),
        ({DAY: "soon"}, "not a date", "2026-11-22"),
        ({(SET, "license"): "CC BY NA"}, "SPDX knows no licence", "CC-BY-NC-4.0"),
        ({(SET, "creator"): "Nobody Known"}, "No record is called", ""),
        ({(SET, "creator"): "https://x.example/a"}, "No record is called", ""),
        (
            {("zstack_01", "imagingMethod"): "magic"},
            "not the name of a term",
            "confocal",
        ),
    ],
)
def test_each_error_names_sheet_row_and_column_and_nothing_is_kept(
    imported: Workspace,
    fill: Fill,
    values: Mapping[tuple[str, str], object],
    message: str,
    expected: str,
) -> None:
    path = fill({("field_01_control", "imagingMethodLabel"): "right", **values})
    number = imported.catalogue.last_number()
    planned = _planned(imported, path)
    (flaw,) = planned.flaws
    assert message in flaw.message
    assert expected in flaw.expected
    assert flaw.place.startswith("Points to fix!L") and flaw.place[15:].isdecimal()
    assert flaw.found
    with pytest.raises(InputError, match="Nothing is changed"):
        corrections.apply(imported, planned, author="Ana")
    assert imported.catalogue.last_number() == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("'0.323", "0.323 µm"),
        ("0,323", "0.323 µm"),
        (" 0.323\u00a0µm ", "0.323 µm"),
        ("unknown", "unknown"),
        ("sans objet", "not applicable"),
    ],
)
def test_what_people_type_is_understood(
    imported: Workspace, fill: Fill, typed: str, kept: str
) -> None:
    planned = _planned(imported, fill({WIDTH: typed}))
    assert [item.exact[1] for item in planned.items] == [(kept,)]


def test_an_organism_or_method_may_be_named(imported: Workspace, fill: Fill) -> None:
    planned = _planned(imported, fill({("zstack_01", "imagingMethod"): "Confocal"}))
    assert planned.items[0].exact[1] == (
        "http://purl.obolibrary.org/obo/FBbi_00000251",
    )


def test_text_that_looks_like_a_formula_can_be_given_as_text(
    imported: Workspace, fill: Fill
) -> None:
    planned = _planned(imported, fill({(SET, "description"): "'=1+1 is two"}))
    assert [item.exact[1] for item in planned.items] == [("=1+1 is two",)]


def test_a_row_whose_value_changed_or_image_left_is_left_out(
    imported: Workspace, fill: Fill
) -> None:
    path = fill({WIDTH: "0.4", ("zstack_01", "imagingMethodLabel"): "confocal"})
    root = imported.record("set", "s")
    pair = [("image.physical_size_x", "0.323 um")]
    repair.set_values(imported, root, pair, author="Bo", images="field_03*")
    sets.remove(imported, "s", images="title=zstack*", author="Bo")
    planned = _planned(imported, path)
    assert planned.items == ()
    assert [(one.label, one.reason) for one in planned.left] == [
        ("zstack_01", "it is not part of the set any more"),
        ("field_03_control", "it changed since: now 0.323\xa0µm"),
    ]


def test_two_rows_that_disagree_are_an_error(imported: Workspace, fill: Fill) -> None:
    path = fill({WIDTH: "0.3"})
    book = load_workbook(path)
    sheet = book.worksheets[1]
    line = next(row for row in sheet.iter_rows() if row[11].value == "0.3")
    sheet.append([cell.value if n != 11 else "0.4" for n, cell in enumerate(line)])
    book.save(path)
    (flaw,) = _planned(imported, path).flaws
    assert "Two different values" in flaw.message


def _without_values(path: Path, column: str) -> Path:
    book = load_workbook(path)
    sheet = book.worksheets[1]
    head = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, head.index(column) + 1).value = None
    book.save(path)
    return path


def test_an_emptied_column_of_new_values_asks_for_nothing(
    imported: Workspace, fill: Fill
) -> None:
    path = _without_values(fill({WIDTH: "0.3"}), "New value")
    planned = _planned(imported, path)
    assert (planned.items, planned.flaws, planned.left) == ((), (), ())


def test_an_emptied_hidden_column_is_said_row_by_row(
    imported: Workspace, fill: Fill
) -> None:
    path = _without_values(fill({WIDTH: "0.3", DAY: "2026-11-26"}), "property")
    planned = _planned(imported, path)
    assert planned.items == ()
    assert {flaw.message for flaw in planned.flaws} == {
        "This row has lost its hidden columns"
    }


def test_a_table_without_its_set_is_refused(imported: Workspace, fill: Fill) -> None:
    path = _without_values(fill({WIDTH: "0.3"}), "set")
    with pytest.raises(UnreadableFileError, match="hidden columns"):
        _planned(imported, path)


def test_sorted_rows_and_moved_columns_do_no_harm(
    imported: Workspace, fill: Fill
) -> None:
    path = fill({WIDTH: "0.3"})
    book = load_workbook(path)
    sheet = book.worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    other = Workbook()
    for row in [rows[0], *reversed(rows[1:])]:
        other.active.append(list(reversed(row)))
    other.save(path)
    assert [one.exact[1] for one in _planned(imported, path).items] == [("0.3 µm",)]


def test_a_table_of_another_set_is_refused(imported: Workspace, fill: Fill) -> None:
    path = fill({WIDTH: "0.3"})
    sets.create(imported, "other", author="Ana", title="Other", images="all")
    with pytest.raises(InputError, match="another set"):
        corrections.planned(imported, "other", source=path)


def _zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _plain_workbook(path: Path) -> Path:
    book = Workbook()
    book.active.append(["image", "New value"])
    book.save(path)
    return path


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<a>&b;</a>"
)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("none.xlsx", lambda p: p),
        ("empty.xlsx", lambda p: (p.write_bytes(b"") and p) or p),
        ("text.xlsx", lambda p: p.write_bytes(b"not a zip") and p),
        ("short.xlsx", lambda p: p.write_bytes(b"PK\x03\x04" + b"x" * 50) and p),
        ("other.xlsx", lambda p: _zip(p, {"a.xml": b"<a/>"})),
        ("bomb.xlsx", lambda p: _zip(p, {"xl/workbook.xml": _BOMB})),
        ("bad.xlsx", lambda p: _zip(p, {"xl/workbook.xml": b"<a>"})),
        ("plain.xlsx", _plain_workbook),
        ("other.ods", lambda p: _zip(p, {"a.xml": b"<a/>"})),
        ("bomb.ods", lambda p: _zip(p, {"content.xml": _BOMB})),
        ("bad.ods", lambda p: _zip(p, {"content.xml": b"<a>"})),
        ("blank.ods", lambda p: _zip(p, {"content.xml": b"<a/>"})),
        ("plain.csv", lambda p: p.write_bytes(b"image,New value\na,b\n") and p),
        ("latin.csv", lambda p: p.write_bytes("é;ü\né;ü\n".encode("latin-1")) and p),
        ("points.docx", lambda p: p.write_bytes(b"x") and p),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_name(
    imported: Workspace, tmp_path: Path, name: str, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / name)
    with pytest.raises(InputError) as caught:
        _planned(imported, path)
    assert name in str(caught.value)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(
    imported: Workspace, tmp_path: Path
) -> None:
    path = _zip(tmp_path / "big.xlsx", {"xl/a.xml": b"\0" * 410_000_000})
    with pytest.raises(UnreadableFileError, match="unpacks to more"):
        _planned(imported, path)


def test_fifty_images_are_corrected_by_one_table(
    workspace: Workspace, tmp_path: Path
) -> None:
    import io
    import time

    from fair_imagic.model import Image
    from fair_imagic.workflow.base.authors import person_source
    from fair_imagic.workflow.base.edits import Edits

    edits = Edits(workspace.catalogue, person_source(workspace, "Ana"))
    for number in range(50):
        iri_text = workspace.mint("image", f"i{number}-0")
        edits.create(Image(iri=iri_text, title=f"image {number}", size_x="64"))
    edits.append("Ana", "fifty images")
    sets.create(workspace, "fifty", author="Ana", title="Fifty", images="all")
    report = check.run(workspace, "fifty")
    data = corrections.as_xlsx(report, fields=corrections.fields_in(workspace))
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[1]
    head = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        path = str(sheet.cell(row, head.index("property") + 1).value)
        if path.endswith("/physicalSizeX"):
            sheet.cell(row, head.index("New value") + 1).value = "0,25"
    target = tmp_path / "fifty.xlsx"
    book.save(target)
    before = time.process_time()
    planned = corrections.planned(workspace, "fifty", source=target)
    done = corrections.apply(workspace, planned, author="Ana")
    spent = time.process_time() - before
    assert (done.values, done.records) == (50, 50)
    assert len(planned.alike) == 1
    assert spent < 5, f"{spent:.1f} CPU seconds for fifty images"
    after = check.run(workspace, "fifty")
    codes = {f.code for f in after.findings if f.path.endswith("/physicalSizeX")}
    assert not {code for code in codes if code.endswith("-required")}


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("New value", "Neuer Wert", "New value"),
        ("property", "prop", "property"),
    ],
)
def test_a_column_that_was_renamed_is_named(
    imported: Workspace, fill: Fill, old: str, new: str, missing: str
) -> None:
    path = fill({WIDTH: "323 nm"}, suffix=".xlsx")
    book = load_workbook(path)
    for sheet in book:
        for cell in sheet[1]:
            if cell.value == old:
                cell.value = new
    book.save(path)
    with pytest.raises(UnreadableFileError, match="no sheet has the columns") as error:
        _planned(imported, path)
    assert error.value.expected == missing
