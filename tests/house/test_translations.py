"""Everything a person reads exists in French, with the same values filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import messages
import reference_pages
from fair_imagic.checks import profiles
from fair_imagic.i18n import _, typeset, use_language


@pytest.fixture(scope="module")
def said() -> Catalog:
    return messages.template()


def test_every_message_is_said_in_french(said: Catalog) -> None:
    assert messages.problems(messages.load("fr"), said) == []


def test_no_word_of_the_code_is_on_screen(said: Catalog) -> None:
    assert messages.code_words(said) == []


def test_no_word_of_the_code_is_in_a_requirement() -> None:
    shown = []
    for profile in profiles.available().values():
        texts = [profile.title["en"], profile.description["en"]]
        for rule in reference_pages.rules(profile):
            texts += [rule.name["en"], rule.message["en"], rule.repair["en"]]
        shown += [line for text in texts for line in messages.code_words_in(text)]
    assert shown == []


def test_requirements_speak_french() -> None:
    same = [
        rule.code
        for profile in profiles.available().values()
        for rule in reference_pages.rules(profile)
        if rule.message["en"] == rule.message["fr"]
        or (rule.repair["en"] and rule.repair["en"] == rule.repair["fr"])
    ]
    assert same == []


def test_messages_are_found_in_code_and_in_page_templates(said: Catalog) -> None:
    places = {Path(file).suffix for message in said for file, _ in message.locations}
    assert {".py", ".html"} <= places


def test_a_missing_translation_is_reported() -> None:
    wanted = _catalogue({"One image": None})
    assert messages.problems(_catalogue({}), wanted) == ["not translated: 'One image'"]


def test_a_lost_placeholder_is_reported() -> None:
    wanted = _catalogue({"Image {name}": None})
    french = _catalogue({"Image {name}": "Image {nom}"})
    assert messages.problems(french, wanted) == [
        "other placeholders in French: 'Image {name}' -> 'Image {nom}'"
    ]


def test_an_unsure_translation_is_reported() -> None:
    french = _catalogue({"Image": "Image"})
    french["Image"].flags.add("fuzzy")
    found = messages.problems(french, _catalogue({"Image": None}))
    assert found == ["marked as unsure: 'Image'"]


def test_a_message_that_nobody_says_any_more_is_reported() -> None:
    found = messages.problems(_catalogue({"Old": "Vieux"}), _catalogue({}))
    assert found == ["no longer said: 'Old'"]


def test_a_word_of_the_code_is_reported_but_not_a_command_name() -> None:
    shown = _catalogue({"3 findings": None, "Run `fair-imagic repair SET`": None})
    assert messages.code_words(shown) == [
        "'findings' is a word of the code: '3 findings'"
    ]


def test_the_catalogue_is_written_the_same_way_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed = messages.catalogue_file("fr").read_bytes()
    monkeypatch.setattr(messages, "TRANSLATIONS", tmp_path)
    again = messages.catalogue_file("fr")
    again.parent.mkdir(parents=True)
    again.write_bytes(committed)
    messages.update("fr")
    assert again.read_bytes() == committed


def _catalogue(texts: dict[str, str | None]) -> Catalog:
    made = Catalog(locale="fr", fuzzy=False)
    for message, string in texts.items():
        made.add(message, string)
    return made


def test_messages_inside_f_strings_are_found(said: Catalog) -> None:
    assert said.get("How ready it is") is not None


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("l'image : d'abord « ceci » ; oui ?", "l’image_: d’abord «_ceci_»_; oui_?"),
        ("{name} : {count} d'{unit}", "{name}_: {count} d’{unit}"),
        ("FAIR Imag'IC : voir `a : b`", "FAIR Imag'IC_: voir `a : b`"),
        ("query 'SELECT ?a ; x:b ?c' : l'un", "query 'SELECT ?a ; x:b ?c'_: l’un"),
        ("https://x.org/l'a et 12:30", "https://x.org/l'a et 12:30"),
    ],
)
def test_french_is_printed_as_the_french_do(written: str, printed: str) -> None:
    assert typeset(written) == printed.replace("_", "\N{NO-BREAK SPACE}")
    assert typeset(typeset(written)) == typeset(written)


def test_what_is_shown_in_french_has_curved_apostrophes(said: Catalog) -> None:
    ids = [one.id for one in said if one.id and isinstance(one.id, str)]
    with use_language("fr"):
        shown = [_(text) for text in ids]
    straight = [text for text in shown if re.search(r"\b[dlnsc]'[a-zéêà]", text)]
    assert straight == []
    assert any("’" in text for text in shown)
