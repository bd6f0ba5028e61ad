from __future__ import annotations

import pytest

from fair_imagic.readers.base import binary_float_text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (0.3230000138282776, "0.323"),
        (1.2000000476837158, "1.2"),
        (0.323, "0.323"),
        (0.1 + 0.2, "0.30000000000000004"),
        (488.0, "488.0"),
        (5_000_000.0, "5000000.0"),
        (1e300, "1e+300"),
    ],
)
def test_a_binary_number_has_the_digits_that_its_program_stored(
    stored: float, text: str
) -> None:
    assert binary_float_text(stored) == text
