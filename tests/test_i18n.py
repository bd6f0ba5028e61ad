"""Dates, numbers and sizes are written as the reader's language has them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fair_imagic.i18n import (
    count_text,
    day_text,
    moment_text,
    size_text,
    use_language,
)


def test_dates_numbers_and_sizes_follow_the_language() -> None:
    with use_language("en"):
        assert day_text("2026-03-04T10:00:00Z") == "4 Mar 2026"
        assert day_text("not a date") == "not a date"
        assert count_text(1234567) == "1\u202f234\u202f567"
        assert size_text(1_500_000) == "1.5\u00a0MB"
    with use_language("fr"):
        assert day_text("2026-08-04") == "4 août 2026"
        assert count_text(1234567) == "1\u202f234\u202f567"
        assert size_text(1_500_000) == "1,5\u00a0Mo"


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2026-03-04T10:05:00Z", "4 Mar 2026, 10:05 UTC", "4 mars 2026, 10:05 UTC"),
        ("2026-03-04T02:05+02:00", "4 Mar 2026, 00:05 UTC", "4 mars 2026, 00:05 UTC"),
        ("2026-03-04T10:05:00", "4 Mar 2026, 10:05", "4 mars 2026, 10:05"),
        ("2026-03-04", "4 Mar 2026", "4 mars 2026"),
        ("yesterday", "yesterday", "yesterday"),
    ],
)
def test_a_moment_says_its_zone_where_it_has_one(
    text: str, english: str, french: str
) -> None:
    with use_language("en"):
        assert moment_text(text) == english
    with use_language("fr"):
        assert moment_text(text) == french


def test_a_size_has_the_unit_that_reads_best() -> None:
    with use_language("fr"):
        sizes = [size_text(count) for count in (0, 999, 1000, 5 * 10**9, 2 * 10**16)]
    assert [size.replace("\N{NO-BREAK SPACE}", " ") for size in sizes] == [
        *("0 octets", "999 octets", "1,0 ko", "5,0 Go", "20000,0 To")
    ]


def test_help_does_not_wait_for_babel() -> None:
    code = (
        "import sys\n"
        "from fair_imagic.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
