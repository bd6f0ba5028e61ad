"""Parameters: what is refused, what is recorded; and the registry."""

from __future__ import annotations

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.processing import Processor, checked, processor, processors

PARAMETERS = processor("segmentation").parameters


def test_defaults_are_filled_in_and_texts_are_kept() -> None:
    values = checked(PARAMETERS, {"sigma_um": "0.50", "channel": " 1 "})
    assert values["sigma_um"] == "0.50"
    assert values["channel"] == "1"
    assert values["stack"] == "maximum"
    assert values["threshold"] == ""
    assert set(values) == {parameter.name for parameter in PARAMETERS}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("channel", "-1", "at least 0"),
        ("channel", "1.5", "a whole number"),
        ("channel", "", "a whole number"),
        ("sigma_px", "101", "at most 100"),
        ("sigma_px", "wide", "a number"),
        ("sigma_px", "NaN", "a number"),
        ("threshold", "Infinity", "a number"),
        ("stack", "mean", "maximum, volume"),
        ("neck_px", "-0.1", "at least 0"),
    ],
)
def test_a_value_that_cannot_be_names_what_is_expected(
    name: str, value: str, expected: str
) -> None:
    with pytest.raises(InputError, match=name) as caught:
        checked(PARAMETERS, {name: value})
    assert expected in caught.value.expected
    assert caught.value.found == value


def test_an_unknown_parameter_lists_those_there_are() -> None:
    with pytest.raises(InputError, match="radius") as caught:
        checked(PARAMETERS, {"radius": "3"})
    assert "sigma_px" in caught.value.expected


def test_every_registered_processor_keeps_the_interface() -> None:
    assert "segmentation" in processors()
    for token, one in processors().items():
        assert isinstance(one, Processor)
        assert one.token == token
        assert set(one.title) == set(one.description) == {"en", "fr"}
        assert one.probe().is_available
        for parameter in one.parameters:
            assert set(parameter.help) == {"en", "fr"}
            assert parameter.checked(parameter.default) == parameter.default


def test_an_unknown_processor_lists_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="cellpose9") as caught:
        processor("cellpose9")
    assert "segmentation" in caught.value.expected
