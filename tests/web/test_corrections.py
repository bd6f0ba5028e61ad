"""Corrections of many images on the pages: shown, chosen, made as one change."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
from openpyxl import load_workbook

from fair_imagic.views import correction_sheet

POINTS = "/set/demo/points"
SHOWN = "/set/demo/corrections"
TABLE = "/set/demo/corrections/table"


@pytest.fixture
def researcher(logged_in):
    return logged_in("researcher")


def _wishes(page: str) -> str:
    found = re.search(r'<textarea name="wishes" hidden>(.*?)</textarea>', page, re.S)
    assert found is not None
    return html.unescape(found[1])


def _keys(page: str, text: str = "") -> list[str]:
    rows = [row for row in page.split("<tr>") if text in row]
    return [key for row in rows for key in re.findall(r'chosen" value="(\w+)"', row)]


def _table(browser, **values: str) -> io.BytesIO:
    """Return the table of the set, with new values by the end of the property."""
    book = load_workbook(io.BytesIO(browser.get("/set/demo/points.xlsx").data))
    sheet = book.worksheets[1]
    for row in range(2, sheet.max_row + 1):
        name = str(sheet.cell(row, 17).value).replace("#", "/").rpartition("/")[2]
        if name in values:
            sheet.cell(row, 12).value = values[name]
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def test_the_chosen_proposals_are_made_as_one_change_and_taken_back(
    researcher, workspace
):
    before = workspace.catalogue.last_number()
    assert SHOWN in researcher.get(POINTS).text
    page = researcher.get(SHOWN).text
    assert "Nothing is changed yet." in page
    assert workspace.catalogue.last_number() == before
    keys = _keys(page, "fluorescence microscopy")
    assert len(keys) >= 1
    done = researcher.post(POINTS, SHOWN, wishes=_wishes(page), chosen=keys)
    number = workspace.catalogue.last_number()
    assert (done.status_code, number) == (302, before + 1)
    after = researcher.get(done.headers["Location"]).text
    assert f"Change {number}." in after
    assert f"Take change {number} back" in after
    again = researcher.get(SHOWN).text
    assert not set(keys) & set(_keys(again))
    researcher.post(done.headers["Location"], "/set/demo/undo", number=str(number))
    assert set(keys) <= set(_keys(researcher.get(SHOWN).text))


def test_what_changed_while_it_was_shown_is_not_overwritten(researcher, workspace):
    page = researcher.get(SHOWN).text
    keys = _keys(page)
    researcher.post(POINTS, SHOWN, wishes=_wishes(page), chosen=keys)
    number = workspace.catalogue.last_number()
    second = researcher.post(POINTS, SHOWN, wishes=_wishes(page), chosen=keys)
    assert second.status_code == 409
    assert "changed since these corrections were shown" in second.text
    assert workspace.catalogue.last_number() == number


def test_nothing_chosen_and_nonsense_change_nothing(researcher, workspace):
    number = workspace.catalogue.last_number()
    page = researcher.get(SHOWN).text
    none = researcher.post(POINTS, SHOWN, wishes=_wishes(page))
    assert none.status_code == 400
    assert "Choose at least one correction." in none.text
    for wishes in ("", "{}", "[1]"):
        bad = researcher.post(POINTS, SHOWN, wishes=wishes, chosen=["x"])
        assert bad.status_code == 400
    assert workspace.catalogue.last_number() == number


def test_a_filled_in_table_is_shown_then_made(researcher, workspace):
    table = _table(researcher, license="CC0-1.0", physicalSizeX="0,323")
    shown = researcher.post(POINTS, TABLE, table=(table, "mes points.xlsx"))
    assert shown.status_code == 200
    assert "What mes points.xlsx would change" in shown.text
    assert "0.323 µm" in shown.text
    keys = _keys(shown.text)
    number = workspace.catalogue.last_number()
    done = researcher.post(POINTS, SHOWN, wishes=_wishes(shown.text), chosen=keys)
    assert done.status_code == 302
    assert workspace.catalogue.last_number() == number + 1
    metadata = researcher.get("/set/demo/describe").text
    assert "mes points.xlsx" in metadata


def test_a_table_with_errors_lists_them_and_offers_no_button(researcher):
    table = _table(researcher, license="CC BY NA", physicalSizeX="0.323")
    shown = researcher.post(POINTS, TABLE, table=(table, "points.xlsx")).text
    assert "SPDX knows no licence CC BY NA" in shown
    assert "Points to fix!L" in shown
    assert _keys(shown) == []
    assert "Make the chosen corrections" not in shown


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"abc", "text.xlsx"),
        (b"a,b\n1,2\n", "<b>x</b>.csv"),
        (b"x", "../../etc/passwd"),
        (b"x", "points.exe"),
    ],
)
def test_a_file_that_is_no_table_is_refused(researcher, workspace, content, name):
    number = workspace.catalogue.last_number()
    done = researcher.post(POINTS, TABLE, table=(io.BytesIO(content), name))
    assert done.status_code == 400
    assert "The table cannot be used" in done.text
    assert "<b>x</b>" not in done.text
    assert workspace.catalogue.last_number() == number


def test_no_file_is_said(researcher):
    done = researcher.post(POINTS, TABLE)
    assert done.status_code == 400
    assert "Choose the table that you filled in." in done.text


def test_a_reader_gets_the_table_but_makes_no_corrections(reading):
    browser = reading("reader")
    table = browser.get("/set/demo/points.xlsx")
    assert table.data[:2] == b"PK"
    assert "filename=demo.xlsx" in table.headers["Content-Disposition"]
    assert browser.get(SHOWN).status_code == 403
    assert "Show what it would change" not in browser.get(POINTS).text


def test_the_pages_speak_french(reading):
    page = reading("researcher").get(SHOWN, **{"Accept-Language": "fr"}).text
    assert "Valeurs proposées" in page
    assert "Faire les corrections choisies" in page


SHEET = "/set/demo/corrections/form"


def _cells(page: str, label: str) -> list[str]:
    """Return the names of the cells of a column, by the label of each."""
    return re.findall(rf'name="(v-[0-9a-f]+)" aria-label="{label} of [^"]*"', page)


def test_many_cells_of_the_table_are_one_change_that_is_shown_first(logged_in):
    researcher = logged_in("researcher")
    page = researcher.get(f"{SHEET}?lang=en").text
    cells = _cells(page, "Imaging method name")[:3]
    assert len(cells) == 3
    typed = dict.fromkeys(cells, "confocal microscopy")
    shown = researcher.post(SHEET, SHEET, act="preview", **typed)
    assert shown.status_code == 200
    assert "Nothing is changed yet" in shown.text
    keys = re.findall(r'name="chosen" value="([^"]+)"', shown.text)
    wishes = re.search(r'<textarea name="wishes" hidden>(.*?)</textarea>', shown.text)
    done = researcher.post(
        SHEET,
        "/set/demo/corrections",
        chosen=keys,
        wishes=html.unescape(wishes[1]),
    )
    assert done.status_code == 302
    left = _cells(researcher.get(f"{SHEET}?lang=en").text, "Imaging method name")
    assert not set(left) & set(cells)


def test_an_error_stands_at_its_cell_and_what_was_typed_stays(logged_in, workspace):
    researcher = logged_in("researcher")
    before = workspace.catalogue.last_number()
    page = researcher.get(f"{SHEET}?lang=en").text
    good = _cells(page, "Imaging method name")[0]
    bad = _cells(page, "Pixel size X")[0]
    answer = researcher.post(
        SHEET, SHEET, act="preview", **{good: "confocal microscopy", bad: "three"}
    )
    assert answer.status_code == 400
    assert f'id="{bad}-error"' in answer.text
    assert f'href="#{bad}"' in answer.text
    assert 'value="three"' in answer.text
    assert 'value="confocal microscopy"' in answer.text
    assert workspace.catalogue.last_number() == before


def test_a_column_is_filled_with_one_value_or_downwards(reading, monkeypatch):
    monkeypatch.setattr(correction_sheet, "ROWS", 5)
    researcher = reading("researcher")
    page = researcher.get(f"{SHEET}?lang=en").text
    column = re.search(r'name="all-(\w+)" aria-label="Imaging method name', page)[1]
    first, second, third = _cells(page, "Imaging method name")[:3]
    down = researcher.post(SHEET, SHEET, act=f"down:{column}", **{second: "below"})
    values = dict(re.findall(r'name="(v-\w+)"[^>]* value="([^"]*)"', down.text))
    assert (values[first], values[second], values[third]) == ("", "below", "below")
    fields = {f"all-{column}": "same", second: "own"}
    filled = researcher.post(SHEET, SHEET, act=f"all:{column}", **fields)
    values = dict(re.findall(r'name="(v-\w+)"[^>]* value="([^"]*)"', filled.text))
    assert (values[first], values[second]) == ("same", "own")
    kept = re.search(r'<textarea name="typed" hidden>(.*?)</textarea>', filled.text)[1]
    assert len(json.loads(html.unescape(kept))) > 5
    there = researcher.post(SHEET, SHEET, act="start:5", typed=html.unescape(kept))
    assert 'value="same"' in there.text


def test_an_empty_or_made_up_table_changes_nothing(reading):
    researcher = reading("researcher")
    for fields in (
        {"act": "preview"},
        {"act": "preview", "typed": "[1"},
        {"act": "preview", "typed": '{"x": 1}', "v-zz": "x"},
    ):
        assert researcher.post(SHEET, SHEET, **fields).status_code == 400
    made_up = researcher.post(SHEET, SHEET, act="all:nothing", start="-3", kind="x")
    assert made_up.status_code == 200
    assert reading("reader").get(SHEET).status_code == 403
