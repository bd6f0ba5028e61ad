from __future__ import annotations

import pytest

from fair_imagic.entry.panel import panel_words
from fair_imagic.i18n import use_language


@pytest.mark.parametrize(
    ("figure", "letter", "words"),
    [
        ("1", "A", "Figure 1, panel A"),
        ("S2", None, "Figure S2"),
        ("Figure 1", "B", "Figure 1, panel B"),
        ("Fig. 3", "c", "Fig. 3, panel c"),
        (None, "A", ""),
        (",", "A", ""),
        ("2", ",", "Figure 2"),
    ],
)
def test_a_panel_is_named_as_the_article_names_it(
    figure: str | None, letter: str | None, words: str
) -> None:
    assert panel_words(figure, letter) == words


def test_a_panel_has_a_french_name() -> None:
    with use_language("fr"):
        assert panel_words("1", "A") == "Figure 1, panneau A"
