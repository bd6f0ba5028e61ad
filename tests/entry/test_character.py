"""Characters that nobody sees: taken out, and shown for what they are."""

from __future__ import annotations

import pytest

from fair_imagic.entry.character import cleaned


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("Ana Roux", "Ana Roux", ""),
        ("  Ana \u00a0 Roux\n", "Ana Roux", ""),
        ("Ana\u200b Roux", "Ana Roux", "Ana\\u200b Roux"),
        (
            "\u202eana@example.org\u202c",
            "ana@example.org",
            "\\u202eana@example.org\\u202c",
        ),
        ("\ufeffAna", "Ana", "\\ufeffAna"),
        ("Jose\u0301", "Jos\u00e9", ""),
        ("Ana\u00adRoux", "AnaRoux", "Ana\\u00adRoux"),
        ("An\u200da", "Ana", "An\\u200da"),
        ("Ana\U000e0041", "Ana", "Ana\\ue0041"),
        # the joiner of Persian changes the word, and stays
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e", ""),
        ("\u200f\u200e", "", "\\u200f\\u200e"),
    ],
)
def test_what_nobody_sees_is_taken_out_and_shown(
    typed: str, text: str, shown: str
) -> None:
    found = cleaned(typed)
    assert (found.text, found.shown) == (text, shown)
