"""The schema explains itself: descriptions, French labels and terms of vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# English words that are the right French ones too.
SAME_IN_FRENCH = frozenset(
    {
        *("Affiliation", "Annotation", "Archive", "Collection", "Composite"),
        *("Compression", "Concentration", "Configuration", "Construction", "Contact"),
        *("Contradictions", "Correction", "Date", "Description", "Fabrication"),
        *("Figure", "Fluorophore", "Format", "Gain", "Image", "Images", "Immersion"),
        *("Laser", "Lasers", "Licence", "Macro", "Microscope", "Mode", "Multianode"),
        *("Multimode", "Perfusion", "Photodiode", "Pixels", "Plan", "Point"),
        *("Polarisation", "Position", "Position x", "Position y", "Position z"),
        *("Publication", "Rotation", "Section", "Type", "Version"),
        # names and abbreviations that nobody translates
        *("CO2 (%)", "DIC", "Image (NBO-Q)", "ORCID", "ROR", "Ronchi"),
        *("SHA-1", "SHA-256", "SWHID", "X", "Y", "Z"),
    }
)
LONGEST = 110


def modules(repository: Path) -> Iterator[dict[str, Any]]:
    yaml = pytest.importorskip("yaml")
    for path in sorted((repository / "schema").glob("*.yaml")):
        # the lists of a document are no fields that people fill in
        if path.stem != "records":
            yield yaml.safe_load(path.read_text(encoding="utf-8"))


def elements(repository: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """All classes, shared slots and attributes, by a name to report."""
    for module in modules(repository):
        yield from (module.get("slots") or {}).items()
        for name, held in (module.get("classes") or {}).items():
            yield name, held
            for field, said in (held.get("attributes") or {}).items():
                yield f"{name}.{field}", said


def in_french(held: dict[str, Any], what: str) -> str:
    return str((held.get("annotations") or {}).get(f"fi:{what}_fr") or "")


def test_every_class_and_field_is_described_in_both_languages(repository: Path) -> None:
    missing = {
        name
        for name, held in elements(repository)
        if not held.get("description") or not in_french(held, "description")
    }
    assert missing == set()


def test_french_labels_differ_from_english_ones_or_are_known_to_be_the_same(
    repository: Path,
) -> None:
    same, unused = set(), set(SAME_IN_FRENCH)
    for name, held in elements(repository):
        english, french = held.get("title"), in_french(held, "label")
        if english is None:
            continue
        assert french, name
        if english == french:
            unused.discard(english)
            if english not in SAME_IN_FRENCH:
                same.add((name, english))
    assert same == set()
    assert unused == set()


def test_help_texts_are_one_short_sentence(repository: Path) -> None:
    from tools.generate_model.nboq.overrides import read_overrides

    held = read_overrides()
    for name, texts in (held.descriptions | held.class_descriptions).items():
        assert set(texts) == {"en", "fr"}, name
        for language, text in texts.items():
            assert len(text) <= LONGEST, (name, text)
            assert text.endswith((".", "?")), (name, text)
            assert ". " not in text, (name, text)
            # a straight apostrophe is a typing slip in French
            assert language == "en" or "'" not in text, (name, text)


def test_every_help_text_belongs_to_a_field_or_class(repository: Path) -> None:
    from tools.generate_model.nboq.overrides import read_overrides

    held = read_overrides()
    said = {text["en"] for text in held.descriptions.values()}
    said |= {text["en"] for text in held.class_descriptions.values()}
    used = {entry.get("description") for _name, entry in elements(repository)}
    assert said - used == set()


def test_terms_of_values_are_written_with_a_known_prefix(repository: Path) -> None:
    from tools.generate_model.nboq.overrides import read_overrides

    held = read_overrides()
    lists = next(m for m in modules(repository) if m["name"] == "value_lists")
    exact, close = (
        {
            f"{name}.{value}": " ".join(said[key])
            for name, enum in lists["enums"].items()
            for value, said in enum["permissible_values"].items()
            if said and key in said
        }
        for key in ("exact_mappings", "close_mappings")
    )
    assert held.value_terms.items() <= exact.items()
    assert held.close_value_terms.items() == close.items()
    assert not exact.keys() & close.keys()
    written = exact | close
    prefixes = {
        term.partition(":")[0] for text in written.values() for term in text.split()
    }
    assert prefixes <= set(lists["prefixes"])


def test_terms_of_values_stand_in_the_vocabularies_they_are_from(
    repository: Path, shared: Path
) -> None:
    from tools.generate_model.nboq.modules import PREFIXES
    from tools.generate_model.nboq.overrides import read_overrides

    table = shared / "reference/nboq/tables/nbo_owl_terms_v02-00.tsv"
    methods = repository / "mappings" / "imaging-methods.tsv"
    known = {
        line.partition("\t")[0]
        for path in (table, methods)
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    unknown = set()
    held = read_overrides()
    for text in (held.value_terms | held.close_value_terms).values():
        for term in text.split():
            prefix, _colon, name = term.partition(":")
            if term not in known and PREFIXES[prefix] + name not in known:
                unknown.add(term)
    assert unknown == set()
