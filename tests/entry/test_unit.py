"""Units: exact, with the text of the source, and nothing guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fair_imagic.entry.unit import (
    converted,
    decimal_text,
    qudt_unit,
    signs_for,
    unit_named,
)


@pytest.mark.parametrize(
    ("text", "unit", "to", "expected"),
    [
        ("0.1", "nm", "unit:MicroM", "0.0001"),
        ("8.3026582096383912e-007", "m", "unit:MicroM", "0.83026582096383912"),
        ("0.16780898323268245", "µm", "unit:MicroM", "0.16780898323268245"),
        ("0.16780898323268245", "μm", "unit:MicroM", "0.16780898323268245"),
        ("1", "inch", "unit:MicroM", "25400"),
        ("488600", "pm", "unit:NanoM", "488.6"),
        ("100000000", "ns", "unit:MilliSEC", "100"),
        ("2", "min", "unit:SEC", "120"),
        ("60.0", "µm", "unit:MicroM", "60.0"),
        ("-1.5E2", "µm", "unit:MicroM", "-150"),
    ],
)
def test_conversion_is_exact(text: str, unit: str, to: str, expected: str) -> None:
    assert converted(text, unit, to=to) == expected


@pytest.mark.parametrize("unit", ["pixel", "reference frame", "s", "", None])
def test_a_unit_that_does_not_fit_gives_nothing(unit: str | None) -> None:
    assert converted("1", unit, to="unit:MicroM") is None


def test_a_text_that_is_no_number_comes_back() -> None:
    assert converted("wide", "µm", to="unit:MicroM") == "wide"
    assert decimal_text("NaN") == "NaN"


def test_a_huge_exponent_is_not_written_out() -> None:
    assert decimal_text("1e999999999") == "1e999999999"


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)
)
def test_there_and_back_is_the_same_number(number: Decimal) -> None:
    text = str(number)
    there = converted(text, "nm", to="unit:MilliM")
    if there is None or there == text:
        return
    back = converted(there, "mm", to="unit:NanoM")
    assert back is not None
    assert Decimal(back) == number


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("um", "µm"),
        ("micron", "µm"),
        ("micromètres", "µm"),
        ("Nanometers", "nm"),
        ("kg", None),
        ("MW", None),
    ],
)
def test_units_are_named_in_words_too(written: str, sign: str | None) -> None:
    assert unit_named(written, like="unit:MicroM") == sign


def test_a_megawatt_is_no_milliwatt() -> None:
    assert unit_named("MW", like="unit:MilliW") is None
    assert signs_for("unit:MilliW")[0] == "mW"


def test_units_have_qudt_names() -> None:
    assert qudt_unit("um") == "unit:MicroM"
    assert qudt_unit("furlong") is None
