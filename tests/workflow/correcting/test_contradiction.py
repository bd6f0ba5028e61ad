"""Two sources for one value: both are shown, one is chosen, nothing else is typed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.entry.contradiction import contradiction_in, is_contradiction
from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import RecordGraph, class_names, slots_of
from fair_imagic.rdf import expand, iri, literal, text_of
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import correction, repair
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
ONLY = "field_01_control"
# What the mapping and the readers keep, the field that it is about, and its sides.
CASES = {
    "record_contradiction": ("LensNA: 1.2 | 0.6", "nboq:lensNA", ("1.2", "0.6")),
    "contradiction": ("SizeX {x} / TIFF 7", "nboq:sizeX", ("{x}", "7")),
}


def _fields() -> dict[str, tuple[str, Slot]]:
    found = [(name, slot) for name in class_names() for slot in slots_of(name)]
    return {slot.name: (name, slot) for name, slot in found if is_contradiction(slot)}


def test_every_field_that_carries_contradictions_is_walked_here() -> None:
    named = {
        slot.name
        for name in class_names()
        for slot in slots_of(name)
        if "contradiction" in slot.name
    }
    assert named == set(_fields()) == set(CASES)


@pytest.fixture
def told(imported: Workspace) -> Callable[[str], tuple[str, Slot, tuple[str, ...]]]:
    """Give a function that puts a contradiction where a file or a record has one."""

    def put(field: str) -> tuple[str, Slot, tuple[str, ...]]:
        slot = _fields()[field][1]
        text, _path, sides = CASES[field]
        (image,) = images_of(imported, imported.record("set", "s"), pattern=ONLY)
        graph = RecordGraph(imported.catalogue.effective(image))
        width = text_of(graph.values(image, expand("nboq:sizeX"))[0])
        subject = image
        if field == "contradiction":
            subject = text_of(graph.values(image, expand("fi:fileset"))[0])
        said = literal(text.format(x=width))
        source = Source(
            iri=imported.mint("source", "f"), kind=SourceKind.FILE, label="f.tif"
        )
        triple = (iri(subject), iri(slot.iri), said)
        made = Change(record=subject, source=source, added=frozenset([triple]))
        imported.catalogue.append(ChangeSet("a", "import", (made,)))
        return subject, slot, tuple(one.format(x=width) for one in sides)

    return put


def _value(workspace: Workspace, field: str) -> str:
    (image,) = images_of(workspace, workspace.record("set", "s"), pattern=ONLY)
    graph = RecordGraph(workspace.catalogue.effective(image))
    subject = image
    if field == "record_contradiction":
        subject = text_of(graph.values(image, expand("fi:objective"))[0])
    return text_of(graph.values(subject, expand(CASES[field][1]))[0])


def _set(workspace: Workspace, subject: str, slot: Slot, text: str, _p: Path) -> None:
    repair.set_values(workspace, subject, [(slot.name, text)], author=AUTHOR)


def _point(workspace: Workspace, subject: str, slot: Slot, text: str, _p: Path) -> None:
    key = next(
        one.key
        for one in check.run(workspace, "s").causes
        if one.first.path == slot.iri and subject in one.things
    )
    correction.correct_cause(
        workspace, "s", key, text=text, author=AUTHOR, only=[subject]
    )


def _table(workspace: Workspace, subject: str, slot: Slot, text: str, p: Path) -> None:
    root = workspace.record("set", "s")
    graph = RecordGraph(workspace.catalogue.effective(subject))
    seen = text_of(graph.values(subject, slot.iri)[0])
    kept = p / "points.csv"
    with kept.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        keys = ["set", "version", "codes", "thing id", "property", "seen"]
        writer.writerow(["New value", *keys])
        writer.writerow([text, root, "", "x", subject, slot.iri, f":{seen}"])
    found = corrections.planned(workspace, "s", source=kept)
    corrections.apply(workspace, found, author=AUTHOR)


DOORS = {"set": _set, "point": _point, "table": _table}


@pytest.mark.parametrize("field", CASES)
@pytest.mark.parametrize("door", DOORS)
def test_a_choice_corrects_the_field_and_is_taken_back(
    imported: Workspace,
    told: Callable[..., tuple[str, Slot, tuple[str, ...]]],
    tmp_path: Path,
    door: str,
    field: str,
) -> None:
    before = _value(imported, field)
    subject, slot, sides = told(field)
    DOORS[door](imported, subject, slot, sides[1], tmp_path)
    assert _value(imported, field) == sides[1]
    graph = RecordGraph(imported.catalogue.effective(subject))
    assert not graph.values(subject, slot.iri)
    last = imported.catalogue.history(subject)[-1]
    assert sides[1] in last.reason
    repair.undo_last(imported, imported.record("set", "s"), author=AUTHOR)
    assert _value(imported, field) == before
    graph = RecordGraph(imported.catalogue.effective(subject))
    assert graph.values(subject, slot.iri)


@pytest.mark.parametrize("field", CASES)
@pytest.mark.parametrize("door", DOORS)
def test_a_typed_contradiction_is_refused_with_the_two_choices(
    imported: Workspace,
    told: Callable[..., tuple[str, Slot, tuple[str, ...]]],
    tmp_path: Path,
    door: str,
    field: str,
) -> None:
    subject, slot, sides = told(field)
    number = imported.catalogue.last_number()
    for text in ("SizeX 3 / TIFF 4", "unknown", "9.9"):
        with pytest.raises(InputError) as refusal:
            DOORS[door](imported, subject, slot, text, tmp_path)
        assert all(one in refusal.value.expected for one in sides)
    assert imported.catalogue.last_number() == number


@pytest.mark.parametrize("field", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_values_are_offered_and_can_be_typed_as_they_are_offered(
    imported: Workspace,
    told: Callable[..., tuple[str, Slot, tuple[str, ...]]],
    field: str,
    language: str,
) -> None:
    subject, slot, sides = told(field)
    with use_language(language):
        offered = corrections.fields_in(imported)(subject, slot.iri)
        assert offered is not None
        assert offered.kind == "choice"
        assert len(offered.choices) == len(sides)
        for one, side in zip(offered.choices, sides, strict=True):
            assert side.replace(".", "," if language == "fr" else ".") in one.label
            reading = Door(imported).read(one.label, slot, subject=subject)
            assert text_of(reading.others[0][2]) == side


@pytest.mark.parametrize("text", ["2x8x8 = 128 / TIFF 20", "ObjectiveSettings X:9"])
def test_what_no_value_settles_has_no_box(text: str) -> None:
    found = contradiction_in(text)
    assert found is None or found.slot is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kept", [text for text, _path, _sides in CASES.values()])
def test_the_words_name_the_field_and_both_values(kept: str, language: str) -> None:
    text = kept.format(x="512")
    with use_language(language):
        found = contradiction_in(text)
        assert found is not None
        assert text.partition(" ")[2] not in found.words
        assert found.label[language] in found.words
