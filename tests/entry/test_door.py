"""The door: every case of the table is read, asked back or refused as it says."""

from __future__ import annotations

import pytest
from entry_cases import CASES, Case, Dictionary

import fair_imagic.entry
from fair_imagic.entry import Reading, Refusal, Temper, plain_value, read
from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import slot_named
from fair_imagic.rdf import expand, iri, text_of

NAMES = Dictionary()


def _values(reading: Reading, case: Case) -> tuple[str, ...]:
    return tuple(text_of(o) for p, o in reading.terms if p == case.slot.iri)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_text_is_read_asked_back_or_refused(case: Case, language: str) -> None:
    with use_language(language):
        outcome = read(case.text, case.slot, NAMES)
    if case.outcome == "refused":
        assert isinstance(outcome, Refusal)
        assert case.words in outcome.message["en"]
        shown = [one.text for one in outcome.choices]
        assert shown[: len(case.values)] == list(case.values)
        return
    assert isinstance(outcome, Reading), outcome
    assert outcome.certain is (case.outcome == "reads")
    if case.outcome == "asks":
        shown = [one.text for one in outcome.options]
        assert shown[: len(case.values)] == list(case.values)
        assert case.words in outcome.question().message["en"]
        return
    assert _values(outcome, case) == tuple(map(expand, case.values))
    assert case.words in outcome.note.get("en", "")
    assert bool(case.words) == bool(outcome.note)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told_is_told_in_both_languages(case: Case) -> None:
    outcome = read(case.text, case.slot, NAMES)
    if isinstance(outcome, Reading):
        told = outcome.note if outcome.certain else outcome.question().message
    else:
        told = outcome.message
        assert all(outcome.error().message for _ in LANGUAGES)
    assert set(told) in (set(), set(LANGUAGES))
    assert not told or told["en"] != told["fr"] or told["en"] == case.text


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.outcome == "asks"], ids=lambda case: case.name
)
def test_each_way_to_write_a_meaning_is_read_for_certain(case: Case) -> None:
    outcome = read(case.text, case.slot, NAMES)
    assert isinstance(outcome, Reading)
    found = [read(one.text, case.slot, NAMES) for one in outcome.options]
    assert all(isinstance(one, Reading) and one.certain for one in found)
    assert isinstance(found[0], Reading)
    # the first is what is proposed; for a name that nobody has, nothing is
    assert found[0].terms == outcome.terms or outcome.new


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_keeps_its_text_where_it_cannot_be_read(case: Case) -> None:
    outcome = read(case.text, case.slot, NAMES, temper=Temper.FILE)
    assert isinstance(outcome, Reading)
    assert outcome.certain
    terms = [term for path, term in outcome.terms if path == case.slot.iri]
    text = case.text.strip()
    as_it_is = [iri(text) if case.slot.datatype is None else text]
    kept = [one if one.startswith("<") else text_of(one) for one in terms]
    if case.from_file == "kept":
        assert kept == as_it_is
    elif case.outcome == "reads" and len(case.values) == 1:
        assert _values(outcome, case) == (expand(case.values[0]).strip(),)


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.slot.unit], ids=lambda case: case.name
)
def test_a_number_comes_with_the_unit_that_it_is_in(case: Case) -> None:
    outcome = read(case.text, case.slot, NAMES)
    if isinstance(outcome, Reading) and "fi:unknown" not in case.values:
        units = [o for p, o in outcome.terms if p == f"{case.slot.iri}Unit"]
        assert units == [iri(case.slot.unit or "")]


def test_a_refusal_is_an_error_with_what_is_expected_and_found() -> None:
    slot = slot_named("PublicationSet", "license")
    with pytest.raises(InputError) as error:
        read("CC BY NA", slot, NAMES).sure(where="tags.csv:3:license")
    assert error.value.where == "tags.csv:3:license"
    assert "CC-BY-NC-4.0" in error.value.expected
    assert error.value.found == "CC BY NA"


def test_what_nobody_sees_is_written_out_in_messages() -> None:
    slot = slot_named("Person", "orcid")
    with pytest.raises(InputError) as error:
        read("Ada\u202eLovelace\x07", slot, NAMES).sure()
    assert error.value.found == "AdaLovelace\\u0007"


def test_a_question_names_the_whole_text_of_several_values() -> None:
    slot = slot_named("PublicationSet", "creators")
    outcome = read("p1; Jo Martin", slot, NAMES)
    assert isinstance(outcome, Reading)
    assert [one.text for one in outcome.options] == ["p1; p2", "p1; p3"]


def test_a_value_that_is_needed_is_no_answer() -> None:
    slot = slot_named("QualityMeasurement", "value")
    assert plain_value("0,5", slot) == "0.5"
    with pytest.raises(InputError, match="A value is needed"):
        plain_value("unknown", slot)


@pytest.mark.parametrize(
    ("class_name", "name", "text", "label"),
    [
        ("Sample", "organism", "souris", "Mus musculus"),
        ("Sample", "organism", "NCBITaxon:10090", "Mus musculus"),
        ("Image", "imaging_method", "FBbi_00000251", "confocal microscopy"),
    ],
)
def test_the_label_of_a_term_comes_with_it(
    class_name: str, name: str, text: str, label: str
) -> None:
    slot = slot_named(class_name, name)
    outcome = read(text, slot, NAMES)
    assert isinstance(outcome, Reading)
    told = {path: text_of(term) for path, term in outcome.terms}
    assert told[slot_named(class_name, f"{name}_label").iri] == label
    kept = read(text, slot, NAMES, temper=Temper.FILE)
    assert isinstance(kept, Reading)
    assert len(kept.terms) == 1  # a file has its own label, or none


@pytest.mark.parametrize(
    ("text", "class_name", "name", "limits"),
    [
        ("-3", "Image", "physical_size_x", "plus de 0 µm"),
        ("7", "Sample", "biosafety_level", "de 1 à 4"),
        ("0", "Image", "size_x", "au moins 1"),
        ("2000", "Objective", "magnification", "plus de 0, au plus 1000"),
    ],
)
def test_an_impossible_number_is_refused_with_the_limits(
    text: str, class_name: str, name: str, limits: str
) -> None:
    slot = slot_named(class_name, name)
    with use_language("fr"), pytest.raises(InputError, match="impossible") as error:
        read(text, slot, NAMES).sure()
    assert error.value.expected == limits
    assert isinstance(read(text, slot, NAMES, temper=Temper.FILE), Reading)


def test_the_surface_is_closed() -> None:
    shown = set(fair_imagic.entry.__all__)
    assert shown >= {"read", "Reading", "Refusal", "Names", "Temper", "Option"}
    public = {name for name in vars(fair_imagic.entry) if name[0].isupper()}
    assert public == {name for name in shown if name[0].isupper()}
