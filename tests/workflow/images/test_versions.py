"""A file set keeps its name while its files move, are copied, change and come back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from benchmarks.generated_lif import write_lif

from fair_imagic.errors import InputError
from fair_imagic.model import Fileset, Image, RecordGraph, view
from fair_imagic.rdf import iri, text_of
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing.inputs import input_images

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ANA = "Ana Roux"


def take(workspace: Workspace, *paths: Path, collection: str = "c"):  # type: ignore[no-untyped-def]
    return import_images.run(workspace, paths, collection=collection, author=ANA)


def written(path: Path, value: int, size: int = 8) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = np.full((size, 9), value, np.uint16)
    tifffile.imwrite(path, data, metadata=None)
    return path


def seen(workspace: Workspace, image: str) -> Image:
    return view(Image, RecordGraph(workspace.catalogue.effective(image)), image)


def checksums(workspace: Workspace, image: str) -> set[str]:
    triples = workspace.catalogue.effective(seen(workspace, image).fileset or "")
    return {text_of(o) for _s, p, o in triples if p == iri("fi:sha256")}


def points(workspace: Workspace, code: str, root: str = "c") -> list[str]:
    report = check.run(workspace, root, names=["set"])
    return [one.value or "" for one in report.findings if one.code == f"set/{code}"]


def test_other_content_in_a_known_place_is_a_new_version_of_the_same_images(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "x" / "a.tif", 1)
    (image,) = take(workspace, path).images
    root = workspace.record("collection", "c")
    repair.set_values(workspace, root, [("image.description", "mine")], author=ANA)
    before, number = checksums(workspace, image), workspace.catalogue.last_number()
    picture = workspace.thumbnails / f"{image.rpartition('/')[2]}.png"
    old_picture = picture.read_bytes()
    written(path, 2, size=12)
    result = take(workspace, path)
    assert (result.images, result.changed, result.imported) == ([image], [path], [])
    assert "new version" in result.remarks[0].reason
    now = seen(workspace, image)
    assert (now.size_y, now.description) == ("12", "mine")
    assert checksums(workspace, image).isdisjoint(before)
    assert len(checksums(workspace, image)) == 1
    assert picture.read_bytes() != old_picture
    (point,) = points(workspace, "file-version-changed")
    assert all(sha[:16] in point for sha in before | checksums(workspace, image))
    assert points(workspace, "file-changed") == []
    assert take(workspace, path).changed == []
    workspace.catalogue.undo(number + 1, author=ANA)
    assert (seen(workspace, image).size_y, checksums(workspace, image)) == ("8", before)
    written(path, 1)
    assert take(workspace, path).known == [path]
    assert picture.read_bytes() == old_picture
    written(path, 2, size=12)
    assert take(workspace, path).changed == [path]


def test_a_change_that_somebody_answered_is_told_no_more_until_the_next_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.tif", 1)
    take(workspace, path)
    for value in (2, 3):
        written(path, value)
        take(workspace, path)
    assert len(points(workspace, "file-version-changed")) == 2
    root = workspace.record("collection", "c")
    answer = [("image.fileset.changed_file", "not applicable")]
    repair.set_values(workspace, root, answer, author=ANA)
    assert points(workspace, "file-version-changed") == []
    written(path, 4)
    take(workspace, path)
    assert len(points(workspace, "file-version-changed")) == 1


def test_raw_facts_of_both_versions_are_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.tif", 1)
    (image,) = take(workspace, path).images
    sources = []
    for size in (8, 12):
        written(path, 1, size=size)
        take(workspace, path)
        origins = workspace.catalogue.origins(image)
        (source,) = {o.source for t, o in origins.items() if t[1] == iri("rdf:type")}
        sources.append(source)
    assert len({one.iri for one in sources}) == 2
    sizes = [
        {f.value for f in workspace.catalogue.facts(one.iri)[image]} for one in sources
    ]
    assert "8" in sizes[0]
    assert "12" in sizes[1]


def test_a_copy_is_the_same_image_in_two_places_until_it_goes_its_own_way(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = written(tmp_path / "x" / "a.tif", 1)
    copy = tmp_path / "y" / "b.tif"
    (image,) = take(workspace, first).images
    copy.parent.mkdir()
    shutil.copy(first, copy)
    assert take(workspace, copy).images == [image]
    (sha,) = checksums(workspace, image)
    assert set(workspace.catalogue.locations.paths_of(sha)) == {first, copy}
    written(copy, 2)
    result = take(workspace, copy)
    assert result.imported == [copy]
    assert result.images != [image]
    assert checksums(workspace, image) == {sha}
    assert points(workspace, "file-version-changed") == []


def test_an_older_copy_takes_nothing_back_and_a_restored_file_does(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "x" / "a.tif", 1)
    (image,) = take(workspace, path).images
    (sha,) = checksums(workspace, image)
    copy = tmp_path / "y" / "a.tif"
    copy.parent.mkdir()
    shutil.copy(path, copy)
    written(path, 2)
    take(workspace, path)
    number = workspace.catalogue.last_number()
    result = take(workspace, copy)
    assert (result.images, result.known) == ([image], [copy])
    assert "earlier version" in result.remarks[0].reason
    assert workspace.catalogue.last_number() == number
    written(path, 1)
    assert take(workspace, path).changed == [path]
    assert checksums(workspace, image) == {sha}


def test_files_that_change_names_are_told_by_their_content(
    workspace: Workspace, tmp_path: Path
) -> None:
    one, two = written(tmp_path / "a.tif", 1), written(tmp_path / "b.tif", 2)
    images = take(workspace, one, two).images
    one.rename(tmp_path / "c.tif")
    two.rename(one)
    result = take(workspace, tmp_path / "c.tif", one)
    assert (sorted(result.images), result.changed) == (sorted(images), [])


def test_an_image_that_its_file_no_longer_holds_is_kept_and_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write_lif(tmp_path / "plate.lif", 3)
    before = take(workspace, path).images
    names = {label_of(workspace, image): image for image in before}
    write_lif(path, 0, numbers=[0, 2, 7])
    result = take(workspace, path)
    kept = {label_of(workspace, image): image for image in result.images}
    assert kept["field 0"] == names["field 0"]
    assert kept["field 2"] == names["field 2"]
    assert kept["field 7"] not in before
    gone = names["field 1"]
    assert len(images_of(workspace, workspace.record("collection", "c"))) == 4
    assert "1 image is in it no longer" in result.remarks[0].reason
    assert "1 new image" in result.remarks[0].reason
    assert len(points(workspace, "image-gone-from-file")) == 1
    assert seen(workspace, gone).size_x == "6"
    with pytest.raises(InputError, match="no longer in its file"):
        input_images(workspace, gone, "segmentation")
    assert seen(workspace, names["field 2"]).series_index == "1"
    write_lif(path, 3)
    assert take(workspace, path).images == before
    assert points(workspace, "image-gone-from-file", names["field 1"]) == []


def planes(folder: Path, values: Sequence[int], ome_text) -> Path:  # type: ignore[no-untyped-def]
    """A companion document with planes; not all of them need to be there."""
    from tests.readers.test_companions import BINARY_ONLY

    folder.mkdir(exist_ok=True)
    inside = ""
    for number in range(2):
        uuid = f"2222222{number}-2222-2222-2222-222222222222"
        inside += (
            f'<TiffData FirstC="{number}" PlaneCount="1"><UUID '
            f'FileName="plane{number}.ome.tif">urn:uuid:{uuid}</UUID></TiffData>'
        )
    for number, value in enumerate(values):
        uuid = f"2222222{number}-2222-2222-2222-222222222222"
        data = np.full((6, 8), value, np.uint16)
        tifffile.imwrite(
            folder / f"plane{number}.ome.tif",
            data,
            description=BINARY_ONLY.format(uuid=uuid),
            metadata=None,
        )
    path = folder / "set.companion.ome"
    path.write_text(ome_text(inside=inside), encoding="utf-8")
    return path


@pytest.fixture
def ome():  # type: ignore[no-untyped-def]
    from tests.readers.conftest import ome_text

    return ome_text


def test_two_sets_that_share_their_first_file_are_two(
    workspace: Workspace, tmp_path: Path, ome
) -> None:  # type: ignore[no-untyped-def]
    for name, value in (("x", 1), ("y", 2)):
        planes(tmp_path / name, [0, value], ome)
    first = take(workspace, tmp_path / "x")
    second = take(workspace, tmp_path / "y")
    assert len(first.images) == len(second.images) == 1
    assert first.images != second.images
    assert len(second.imported) == 1
    shutil.copytree(tmp_path / "y", tmp_path / "z")
    assert take(workspace, tmp_path / "z").images == second.images
    sources = {
        o.source.iri
        for image in (*first.images, *second.images)
        for o in workspace.catalogue.origins(image).values()
    }
    assert len(sources) == 2


def test_a_member_that_comes_later_makes_a_new_version_of_the_same_set(
    workspace: Workspace, tmp_path: Path, ome
) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "x"
    planes(folder, [1], ome)
    first = take(workspace, folder)
    planes(folder, [1, 2], ome)
    second = take(workspace, folder)
    assert second.images == first.images
    assert len(second.changed) == 1
    fileset = seen(workspace, first.images[0]).fileset or ""
    graph = RecordGraph(workspace.catalogue.effective(fileset))
    assert len(view(Fileset, graph, fileset).files) == 3
    (point,) = points(workspace, "file-version-changed")
    assert "plane1.ome.tif – → " in point


def test_a_set_of_an_older_program_keeps_its_name_wherever_it_lies(
    workspace: Workspace, tmp_path: Path, ome, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from sqlalchemy import update

    from fair_imagic.catalogue.tables import LOCATION
    from fair_imagic.workflow.images import filesets, identity

    folder = tmp_path / "x"
    planes(folder, [1, 2], ome)
    with monkeypatch.context() as patched:
        by_leader = lambda _names, checksums: checksums[0][:16]  # noqa: E731
        for module in (filesets, identity):
            patched.setattr(module, "content_key", by_leader)
        old = take(workspace, folder).images
    with workspace.catalogue.database.transaction() as connection:
        connection.execute(update(LOCATION).values(record="", noted=""))
    shutil.copytree(folder, tmp_path / "y")
    assert take(workspace, tmp_path / "y").images == old
    planes(folder, [1, 3], ome)
    shutil.rmtree(tmp_path / "y")
    result = take(workspace, folder)
    assert (result.images, len(result.changed)) == (old, 1)


def test_a_second_collection_is_added_and_its_undo_takes_only_that_back(
    workspace: Workspace, few: Path
) -> None:
    first = take(workspace, few, collection="one")
    image = first.images[0]
    result = take(workspace, few, collection="two")
    roots = [workspace.record("collection", name) for name in ("one", "two")]
    assert sorted(seen(workspace, image).collection) == roots
    assert (sorted(result.joined), len(result.imported)) == (sorted(first.images), 0)
    for root in roots:
        assert sorted(images_of(workspace, root)) == sorted(first.images)
    for name in ("one", "two"):
        assert points(workspace, "image-pixel-size-required", name)
    assert take(workspace, few, collection="two").joined == []
    assert result.number is not None
    workspace.catalogue.undo(result.number, author=ANA)
    assert seen(workspace, image).collection == (roots[0],)
    assert seen(workspace, image).size_x


def test_a_collection_that_a_person_said_is_kept_beside_the_new_one(
    workspace: Workspace, few: Path
) -> None:
    first = take(workspace, few, collection="one")
    take(workspace, few / "zstack_01.ome.tiff", collection="theirs")
    root = workspace.record("collection", "one")
    theirs = workspace.record("collection", "theirs")
    edit = [("image.collection", "theirs")]
    repair.set_values(workspace, root, edit, author="Marc", images="field_01*")
    result = take(workspace, few, collection="two")
    image = next(i for i in first.images if "field_01" in label_of(workspace, i))
    two = workspace.record("collection", "two")
    assert sorted(seen(workspace, image).collection) == sorted([theirs, two])
    assert result.number is not None
    workspace.catalogue.undo(result.number, author=ANA)
    assert seen(workspace, image).collection == (theirs,)


def test_a_new_version_keeps_the_collections_and_follows_the_microscope(
    imported: Workspace, few: Path
) -> None:
    import_images.run(imported, [few], collection="more", author=ANA)
    path = few / "field_01_control.ome.tiff"
    found = images_of(imported, imported.record("collection", "few"))
    image = next(i for i in found if "field_01" in label_of(imported, i))
    before = seen(imported, image)
    shutil.copy(few / "field_03_control.ome.tiff", few / "spare.tiff")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"256", b"256") + b"\0")
    result = take(imported, path, collection="few")
    assert result.changed == [path]
    now = seen(imported, image)
    assert sorted(now.collection) == sorted(before.collection)
    assert (now.instrument, now.content_kind) == (before.instrument, "raw")


def test_the_point_says_that_a_published_set_holds_the_image(
    imported: Workspace, few: Path
) -> None:
    from fair_imagic.publish import states
    from fair_imagic.publish.state import State

    database, subject = imported.catalogue.database, imported.record("set", "s")
    edition = states.Edition(
        subject=subject, version="1.0", target="datacite", practice=True
    )
    number = states.register(database, edition, key="k").id
    states.enqueue(database, number, snapshot_hash="s", package_hash="p")
    for state in (State.SENDING, State.PUBLISHED):
        states.move(database, number, state)
    path = few / "field_01_control.ome.tiff"
    path.write_bytes(path.read_bytes() + b"\0")
    take(imported, path, collection="few")
    assert points(imported, "file-version-changed", "s") == []
    assert len(points(imported, "published-file-changed", "s")) == 1


def test_no_absolute_path_is_in_any_statement(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "x" / "a.tif", 1)
    take(workspace, tmp_path / "x")
    written(path, 2)
    take(workspace, tmp_path / "x")
    rows = list(workspace.catalogue.rows("SELECT ?o { ?s ?p ?o }"))
    assert any("a.tif" in (row[0] or "") for row in rows)
    assert not [row for row in rows if str(tmp_path) in (row[0] or "")]


def test_a_moved_share_is_found_by_one_setting_and_no_file_is_read(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fair_imagic import files
    from fair_imagic.publish.sources import sources_of
    from fair_imagic.workflow.checking import surroundings
    from fair_imagic.workflow.checking.subject import snapshot_of

    home, moved = tmp_path / "home", tmp_path / "elsewhere" / "share"
    (tmp_path / "home").mkdir()
    settings = home / "config.toml"
    settings.write_text(f'[storage.share]\npath = "{few}"\n')
    with open_workspace(home) as workspace:
        result = take(workspace, few)
    moved.parent.mkdir()
    few.rename(moved)
    read: list[object] = []
    for module in (files, surroundings):
        monkeypatch.setattr(module, "sha256_of", lambda path, **_: read.append(path))
    with open_workspace(home) as workspace:
        assert points(workspace, "file-missing") == []
        assert set(points(workspace, "file-storage-missing")) == {"share"}
    settings.write_text(f'[storage.share]\npath = "{moved}"\n')
    with open_workspace(home) as workspace:
        assert points(workspace, "file-storage-missing") == []
        assert points(workspace, "file-missing") == []
        snapshot = snapshot_of(workspace, workspace.record("collection", "c"))
        found = sources_of(workspace.catalogue.locations, snapshot)
        assert sorted(path.name for path in found.values()) == sorted(
            path.name for path in moved.iterdir()
        )
        number = workspace.catalogue.last_number()
        assert sorted(take(workspace, moved).images) == sorted(result.images)
        assert workspace.catalogue.last_number() == number
    assert read == []
