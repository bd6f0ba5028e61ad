"""What a rule expects is told in words, made of its shape, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import profiles
from fair_imagic.checks.expectation import expectation_words
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.i18n import typeset
from fair_imagic.rdf import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TEXTS = (
    'sh:name "N"@en, "N"@fr ; sh:message "Wrong."@en, "Faux."@fr ; '
    'fi:repair "R"@en, "R"@fr'
)


@pytest.fixture(name="words")
def _words(write_profile: Callable[..., Path]) -> Callable[..., Mapping[str, str]]:
    def words(constraints: str, *, classes: tuple[str, ...] = ()) -> Mapping[str, str]:
        shape = f"x:r a sh:PropertyShape ; {constraints} ; {TEXTS} ."
        profile = profiles.load("mine", extra=write_profile("mine", shape))
        rule = compile_requirements([profile]).rules[f"{PREFIXES['fish']}mine/r"]
        return expectation_words(rule, classes)

    return words


@pytest.mark.parametrize(
    ("constraints", "english", "french"),
    [
        ("sh:minCount 1", "at least one value", "au moins une valeur"),
        (
            "sh:minCount 2 ; sh:maxCount 2",
            "exactly 2 values",
            "exactement 2 valeurs",
        ),
        ("sh:maxCount 0", "no value", "pas de valeur"),
        (
            "sh:datatype xsd:decimal ; sh:minExclusive 0 ; sh:maxInclusive 2",
            "a number, more than 0, 2 at most",
            "un nombre, plus de 0, 2 au plus",
        ),
        (
            'sh:in ( "a" "b" fi:unknown )',
            "one of: a, b",
            "une valeur parmi : a, b",
        ),
        (
            'sh:pattern "^[a-z]{2,3}$"',
            "two or three small letters, as en or fr",
            "deux ou trois lettres minuscules, comme en ou fr",
        ),
        (
            "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] )",
            "a date, as 2026-11-22 or a year, as 2026",
            "une date, comme 2026-11-22 ou une année, comme 2026",
        ),
        (
            "sh:not [ sh:in ( fi:unknown fi:withheld ) ]",
            "other than: unknown, withheld",
            "autre que : inconnu, non communiqué",
        ),
        ("sh:class fi:Sample", "a link to: Sample", "un lien vers : Échantillon"),
    ],
)
def test_a_constraint_is_told_in_words(
    words: Callable[..., Mapping[str, str]],
    constraints: str,
    english: str,
    french: str,
) -> None:
    found = words(f"sh:path fi:x ; {constraints}")
    assert found == {"en": english, "fr": typeset(french)}


def test_a_count_alone_says_what_the_model_knows_of_the_field(
    words: Callable[..., Mapping[str, str]],
) -> None:
    found = words(
        "sh:path nboq:physicalSizeX ; sh:minCount 1", classes=(expand("fi:Image"),)
    )
    assert found["en"] == "at least one value, a number in µm"
    assert found["fr"] == "au moins une valeur, un nombre en µm"


def test_an_alternative_about_other_records_goes_unsaid(
    words: Callable[..., Mapping[str, str]],
) -> None:
    other = "[ sh:path ( [ sh:inversePath fi:channel ] fi:x ) ; sh:maxCount 0 ]"
    title = "[ sh:path dcterms:title ; sh:minCount 1 ]"
    sample = "[ sh:path fi:sample ; sh:class fi:Sample ]"
    found = words(f"sh:path fi:x ; sh:or ( {title} {sample} {other} )")
    assert found["en"] == "Title: at least one value or Sample: a link to: Sample"


def test_the_words_of_the_author_go_first(
    words: Callable[..., Mapping[str, str]],
) -> None:
    found = words('sh:path fi:x ; sh:minCount 1 ; fi:expected "ours"@en, "à nous"@fr')
    assert found == {"en": "ours", "fr": "à nous"}


def test_what_has_no_words_is_told_by_the_message(
    words: Callable[..., Mapping[str, str]],
) -> None:
    assert words('sh:path fi:x ; sh:pattern "^q+$"') == {"en": "Wrong.", "fr": "Faux."}


def test_shapes_that_refer_to_each_other_end(
    words: Callable[..., Mapping[str, str]],
) -> None:
    found = words("sh:path fi:x ; sh:minCount 1 ; sh:node x:r")
    assert found["en"].startswith("at least one value")


def test_every_rule_of_the_product_says_what_it_expects_in_both_languages() -> None:
    requirements = compile_requirements(list(profiles.available().values()))
    for rule in requirements.rules.values():
        found = expectation_words(rule)
        assert all(found.values()), rule.code
        assert "{" not in "".join(found.values()), rule.code
