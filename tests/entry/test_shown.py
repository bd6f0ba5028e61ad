"""What a value looks like where people read it."""

from __future__ import annotations

import re

import pytest

from fair_imagic.entry import unit as unit_table
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.shown import shown, typed
from fair_imagic.entry.sign import unit_sign
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import class_names, slots_of
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.resources import folder

DECIMAL = "xsd:decimal"
SIZE = next(one for one in slots_of("Image") if one.name == "physical_size_x")
METHOD = next(one for one in slots_of("Image") if one.name == "imaging_method_label")
IMMERSION = next(one for one in slots_of("Objective") if one.name == "immersion_type")


class Records:
    """A catalogue of one record."""

    def label(self, iri: str, language: str) -> str | None:
        known = {"https://x.example/image/a": {"en": "Cell", "fr": "Cellule"}}
        return known.get(iri, {}).get(language)


@pytest.mark.parametrize(
    ("source", "english", "french"),
    [
        ("0.83026582096383912", "0.830266", "0,830266"),
        ("1.2000000000000002", "1.2", "1,2"),
        ("0.3230000138282776", "0.323", "0,323"),
        ("0.323", "0.323", "0,323"),
        ("63.0", "63", "63"),
        ("2048", "2048", "2048"),
        ("12345678", "12345678", "12345678"),
        ("1234567.891", "1234568", "1234568"),
        ("-0.5", "-0.5", "-0,5"),
        ("0.00", "0", "0"),
        ("0.0000012345678", "0.00000123457", "0,00000123457"),
        ("0.00000000123", "1.23e-9", "1,23e-9"),
        ("6.02214076e23", "6.02214e23", "6,02214e23"),
        ("999999.6", "1000000", "1000000"),
        ("1e999999999", "1e999999999", "1e999999999"),
        ("NaN", "NaN", "NaN"),
        ("0,323", "0,323", "0,323"),
        ("four", "four", "four"),
    ],
)
def test_a_number_has_six_significant_digits_and_the_sign_of_the_language(
    source: str, english: str, french: str
) -> None:
    for language, text in (("en", english), ("fr", french)):
        with use_language(language):
            assert rounded(source) == text


def test_what_printing_leaves_out_stays_at_hand() -> None:
    seen = shown(literal("0.3230000138", datatype=DECIMAL), SIZE, None, "fr")
    assert (seen.text, seen.unit, seen.words) == ("0,323", "µm", "0,323\u00a0µm")
    assert seen.full == seen.exact == "0.3230000138"
    assert not shown(literal("a text"), None, None, "fr").exact


def test_a_text_is_never_rounded() -> None:
    assert shown(literal("0.83026582096383912"), None).text == "0.83026582096383912"


@pytest.mark.parametrize(
    ("term", "english", "french"),
    [
        (iri("fi:withheld"), "withheld", "non communiqué"),
        (literal(True), "yes", "oui"),
        (literal("2026-03-04", datatype="xsd:date"), "4 Mar 2026", "4 mars 2026"),
        (iri("obo:NCBITaxon_9606"), "Homo sapiens", "Homo sapiens"),
        (iri("obo:FBbi_00000251"), "confocal microscopy", "microscopie confocale"),
        (iri("obo:NCBITaxon_1"), "NCBI Taxonomy 1", "NCBI Taxonomy 1"),
        (iri("https://spdx.org/licenses/CC-BY-4.0"), "CC-BY-4.0", "CC-BY-4.0"),
        (iri("unit:MegaHZ"), "MHz", "MHz"),
        (iri("nboq:Instrument"), "Microscope", "Microscope"),
        (iri("https://x.example/image/a"), "Cell", "Cellule"),
    ],
)
def test_a_term_has_the_name_that_the_reader_knows(
    term: str, english: str, french: str
) -> None:
    assert shown(term, None, Records(), "en").text == english
    assert shown(term, None, Records(), "fr").text == french


def test_a_record_leads_to_its_page_and_a_term_to_its_address() -> None:
    record = shown(iri("https://x.example/image/a"), None, Records(), "fr")
    assert (record.record, record.link) == ("https://x.example/image/a", "")
    term = shown(iri("obo:NCBITaxon_9606"), None, Records(), "fr")
    assert (term.record, term.link) == ("", expand("obo:NCBITaxon_9606"))


def test_a_value_of_a_list_has_its_name_in_each_language() -> None:
    assert shown(literal("Mineral Oil"), IMMERSION, None, "en").text == "Mineral oil"
    assert shown(literal("Mineral Oil"), IMMERSION, None, "fr").text == "Huile minérale"
    assert shown(literal("Butter"), IMMERSION, None, "fr").text == "Butter"


def test_the_label_of_a_term_that_a_record_keeps_is_translated() -> None:
    label = literal("fluorescence microscopy")
    assert shown(label, METHOD, None, "fr").text == "microscopie de fluorescence"


CHANNEL = {one.name: one for one in slots_of("Channel")}


@pytest.mark.parametrize(
    ("name", "code", "english", "french"),
    [
        ("acquisition_mode", "WideField", "widefield", "plein champ"),
        ("illumination_type", "Epifluorescence", "epifluorescence", "épifluorescence"),
        ("contrast_method", "DIC", "DIC", "DIC"),
        ("contrast_method", "my own", "my own", "my own"),
    ],
)
def test_codes_of_image_files_are_told_in_words(
    name: str, code: str, english: str, french: str
) -> None:
    assert shown(literal(code), CHANNEL[name], None, "en").text == english
    assert shown(literal(code), CHANNEL[name], None, "fr").text == french


def test_a_contradiction_names_its_field_and_rounds() -> None:
    slot = next(s for s in slots_of("Image") if s.name == "record_contradiction")
    kept = literal("LensNA: 1.2000000000000002 | 0.6")
    assert shown(kept, slot, None, "fr").text == (
        "Ouverture numérique\N{NO-BREAK SPACE}: 1,2 dans le fichier, "
        "0,6 dans la fiche du microscope"
    )


def test_a_form_holds_every_digit() -> None:
    with use_language("fr"):
        assert typed(literal("0.3230000138", datatype=DECIMAL)) == "0.3230000138"
        assert typed(iri("fi:unknown")) == "inconnu"


def _units() -> set[str]:
    of_slots = {slot.unit for name in class_names() for slot in slots_of(name)}
    of_table = {expand(entry[0]) for entry in unit_table._SCALES.values()}
    lists = (folder("schema") / "value_lists.yaml").read_text(encoding="utf-8")
    of_lists = set(map(expand, re.findall(r"meaning: ((?:unit|nboq):\S+)", lists)))
    return of_table | of_lists | {unit for unit in of_slots if unit}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_of_the_model_and_of_the_table_has_a_sign(language: str) -> None:
    with use_language(language):
        signs = {unit: unit_sign(unit) for unit in _units()}
    assert len(signs) > 30
    codes = {u: s for u, s in signs.items() if re.search(r"[A-Z][a-z]+[A-Z]|_|-", s)}
    assert not codes
    assert signs[expand("nboq:ElectronRootMeanSquare")] == "e⁻ rms"
    assert signs[expand("unit:MilliW-PER-MicroM2")] == "mW/µm²"
    assert signs[expand("unit:DeciB")] == "dB"


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_of_lists_have_names_that_differ_and_read_well(language: str) -> None:
    for slot in (one for name in class_names() for one in slots_of(name)):
        names = [shown(literal(v), slot, None, language).text for v in slot.values]
        assert len(set(names)) == len(names), (slot.name, names)
        code = [one for one in names if re.search(r"_|[a-z]{3}[A-Z][a-z]{3}", one)]
        products = {"PlanApochromat", "PlanFluor", "PlanNeofluar", "SuperFluor"}
        assert not set(code) - products, slot.name
