"""People, organisations and samples that a correction makes, at every door."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from fair_imagic.entry import UnknownNameError
from fair_imagic.errors import InputError
from fair_imagic.model import class_named, slot_named
from fair_imagic.rdf import expand, text_of
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
KINDS = {
    "Person": ("creators", "dcterms:creator", "Ines Moreau", "Inès Moreau"),
    "Organisation": (
        "publisher",
        "dcterms:publisher",
        "Institut Alpha",
        "Institut Alfa",
    ),
    "Sample": ("image.sample", "fi:sample", "HeLa cells", "HeLa cels"),
}


def _set(workspace: Workspace, path: str, text: str, place: Path) -> None:
    root = workspace.record("set", "s")
    repair.set_values(workspace, root, [(path, text)], author=AUTHOR)


def _table(workspace: Workspace, path: str, text: str, place: Path) -> None:
    found = corrections.planned(
        workspace, "s", source=_filled(workspace, path, [text], place)
    )
    corrections.apply(workspace, found, author=AUTHOR)


DOORS: dict[str, Callable[..., None]] = {"set": _set, "table": _table}


def _filled(workspace: Workspace, path: str, texts: list[str], place: Path) -> Path:
    root = workspace.record("set", "s")
    image = path.startswith("image.")
    subjects = images_of(workspace, root) if image else [root]
    kept = place / "points.csv"
    with kept.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["New value", "set", "version", "codes", "thing id", "property", "seen"]
        )
        for subject, text in zip(subjects, texts * len(subjects), strict=False):
            predicate = next(one[1] for one in KINDS.values() if one[0] == path)
            writer.writerow([text, root, "", "x", subject, expand(predicate), ""])
    return kept


def _linked(workspace: Workspace, kind: str) -> set[str]:
    _path, predicate, _name, _near = KINDS[kind]
    root = workspace.record("set", "s")
    graph = workspace.catalogue.snapshot(root, keep=False).graph
    return {
        text_of(term)
        for subject in graph.subjects
        for term in graph.values(subject, expand(predicate))
    }


def _count(workspace: Workspace, kind: str) -> int:
    return len(workspace.catalogue.records(class_named(kind).iri))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_nobody_has_is_kept_only_when_it_is_told_to_be_new(
    imported: Workspace, door: str, kind: str, tmp_path: Path
) -> None:
    path, _predicate, name, _near = KINDS[kind]
    before, number = _count(imported, kind), imported.catalogue.last_number()
    with pytest.raises(InputError) as refusal:
        DOORS[door](imported, path, name, tmp_path)
    assert f"new: {name}" in str(refusal.value)
    assert imported.catalogue.last_number() == number
    DOORS[door](imported, path, f"new: {name}", tmp_path)
    assert _count(imported, kind) == before + 1
    assert [label_of(imported, one) for one in _linked(imported, kind)] == [name]
    # one change: record and link are taken back together
    root = imported.record("set", "s")
    repair.undo_last(imported, root, author=AUTHOR)
    assert not _linked(imported, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_is_known_is_linked_and_one_that_is_near_is_shown(
    imported: Workspace, door: str, kind: str, tmp_path: Path
) -> None:
    path, _predicate, name, near = KINDS[kind]
    _set(imported, path, f"new: {name}", tmp_path)
    (record,) = _linked(imported, kind)
    repair.set_values(
        imported, imported.record("set", "s"), [(path, "unknown")], author=AUTHOR
    )
    count = _count(imported, kind)
    with pytest.raises(InputError) as refusal:
        DOORS[door](imported, path, near, tmp_path)
    assert name in str(refusal.value)
    assert _count(imported, kind) == count
    if door == "set":
        DOORS[door](imported, path, name, tmp_path)
        assert _linked(imported, kind) == {record}
        DOORS[door](imported, path, f"nouveau : {near}", tmp_path)
        assert _count(imported, kind) == count + 1


def test_the_error_names_the_records_that_are_near(imported: Workspace) -> None:
    people.add(imported, people.PersonEntry("Ines Moreau"), author=AUTHOR)
    root = imported.record("set", "s")
    with pytest.raises(UnknownNameError) as refusal:
        repair.set_values(
            imported, root, [("creators", "Inès Moreau; Nobody Else")], author=AUTHOR
        )
    first, second = refusal.value.names
    assert [one.name for one in first.near] == ["Ines Moreau"]
    assert second.near == ()


def test_twice_the_same_name_makes_one_record(imported: Workspace) -> None:
    root = imported.record("set", "s")
    before = _count(imported, "Person")
    repair.set_values(
        imported,
        root,
        [
            ("creators", "new: Ines Moreau 0000-0001-5109-3700; new: Jo Neuf"),
            ("contributors", "ines moreau"),
        ],
        author=AUTHOR,
    )
    assert _count(imported, "Person") == before + 2
    (hit,) = [one for one in people.list_people(imported) if "Moreau" in one.name]
    assert hit.orcid == "0000-0001-5109-3700"


def test_the_same_row_again_makes_nothing(imported: Workspace) -> None:
    root = imported.record("set", "s")
    values = [("creators", "new: Ines Moreau")]
    repair.set_values(imported, root, values, author=AUTHOR)
    count = _count(imported, "Person")
    done = repair.set_values(imported, root, values, author=AUTHOR)
    assert done.number is None
    assert _count(imported, "Person") == count


def test_a_namesake_needs_an_identifier_that_tells_them_apart(
    imported: Workspace,
) -> None:
    entry = people.PersonEntry("Ines Moreau", email="ines@example.org")
    people.add(imported, entry, author=AUTHOR)
    root = imported.record("set", "s")
    with pytest.raises(InputError, match="may be there already") as refusal:
        repair.set_values(
            imported, root, [("creators", "new: Ines Moreau")], author="A"
        )
    assert "ines@example.org" in refusal.value.expected
    count = _count(imported, "Person")
    text = "new: Ines Moreau other@example.org"
    repair.set_values(imported, root, [("creators", text)], author=AUTHOR)
    assert _count(imported, "Person") == count + 1


@pytest.mark.parametrize("text", ["0000-0001-5109-3700", "new: X 0000-0001-5109-3701"])
def test_an_identifier_alone_or_a_wrong_one_makes_nobody(
    imported: Workspace, text: str
) -> None:
    root = imported.record("set", "s")
    with pytest.raises(InputError) as refusal:
        repair.set_values(imported, root, [("creators", text)], author=AUTHOR)
    if text.startswith("0"):
        assert "person add" in refusal.value.hint


def test_a_known_identifier_beside_the_name_is_that_person(imported: Workspace) -> None:
    entry = people.PersonEntry("Ines Moreau", orcid="0000-0001-5109-3700")
    record = people.add(imported, entry, author=AUTHOR).record
    root = imported.record("set", "s")
    text = "Ines Moreau (0000-0001-5109-3700)"
    repair.set_values(imported, root, [("creators", text)], author=AUTHOR)
    assert _linked(imported, "Person") == {record}
    with pytest.raises(InputError):
        text = "Bob Other 0000-0001-5109-3700"
        repair.set_values(imported, root, [("creators", text)], author=AUTHOR)


def test_nothing_in_brackets_takes_a_value_away(imported: Workspace) -> None:
    root = imported.record("set", "s")
    repair.set_values(imported, root, [("creators", "new: Ines Moreau")], author=AUTHOR)
    repair.set_values(imported, root, [("creators", "(none)")], author=AUTHOR)
    assert not _linked(imported, "Person")
    repair.undo_last(imported, root, author=AUTHOR)
    assert _linked(imported, "Person")


def test_what_is_only_looked_at_is_not_kept(imported: Workspace) -> None:
    root = imported.record("set", "s")
    number = imported.catalogue.last_number()
    value = [("image.sample", "new: HeLa cells")]
    done = repair.set_values(imported, root, value, author=AUTHOR, dry_run=True)
    assert done.values > 0
    assert imported.catalogue.last_number() == number


def test_every_door_tells_of_images_elsewhere_that_share_the_sample(
    imported: Workspace, tmp_path: Path
) -> None:
    root = imported.record("set", "s")
    repair.set_values(imported, root, [("image.sample", "new: HeLa")], author=AUTHOR)
    (image, *_others) = images_of(imported, root)
    sets.create(imported, "one", author=AUTHOR, title="One", images=image)
    own = imported.record("set", "one")
    value = [("image.sample.organism", "Homo sapiens")]
    told = repair.set_values(imported, own, value, author=AUTHOR, dry_run=True).notes
    assert any("HeLa" in one for one in told)
    (sample,) = _linked(imported, "Sample")
    path = slot_named("Sample", "organism").iri
    wish = corrections.Wish(subject=sample, path=path, text="Homo sapiens")
    wishes = corrections.Wishes(root=own, version="", wishes=(wish,))
    shown = corrections.preview(imported, own, wishes)
    assert any("HeLa" in one for one in shown.notes)


def test_a_table_without_a_filled_cell_says_so(
    imported: Workspace, tmp_path: Path
) -> None:
    kept = _filled(imported, "creators", [""], tmp_path)
    assert corrections.planned(imported, "s", source=kept).empty
