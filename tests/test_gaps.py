"""Known gaps: a name that can be cited, and a sentence in each language."""

import pytest

from fair_imagic.errors import ConfigurationError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import use_language

BOTH = {"en": "Masks are not read.", "fr": "Les masques ne sont pas lus."}


def test_a_gap_is_told_in_the_language_in_use():
    gap = Gap("no-masks", BOTH)
    assert gap.shown == BOTH["en"]
    with use_language("fr"):
        assert gap.shown == BOTH["fr"]


@pytest.mark.parametrize("code", ["", "No masks", "no_masks", "-masks", "no--masks"])
def test_a_name_that_cannot_be_cited_is_refused(code):
    with pytest.raises(ConfigurationError, match="proper name"):
        Gap(code, BOTH)


@pytest.mark.parametrize("text", [{"en": "Only English."}, BOTH | {"fr": " "}])
def test_a_gap_without_a_language_is_refused_and_named(text):
    with pytest.raises(ConfigurationError, match="no-masks"):
        Gap("no-masks", text)


def test_equal_gaps_count_once():
    assert len({Gap("no-masks", BOTH), Gap("no-masks", dict(BOTH))}) == 1
