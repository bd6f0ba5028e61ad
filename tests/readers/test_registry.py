"""The reader is chosen by content; bad files get a clear error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import Reader, explain, find_filesets, read, readers

BUILT_IN = {"ome_tiff", "tiff", "ome_xml", "lif", "nd2_file", "czi"}


def test_the_built_in_readers_are_registered() -> None:
    assert {reader.token for reader in readers()} >= BUILT_IN
    assert all(isinstance(reader, Reader) for reader in readers())


def test_the_name_of_a_file_does_not_count(ome_tiff: Path) -> None:
    other = ome_tiff.rename(ome_tiff.with_name("data.bin"))
    assert read(other).reader == "ome_tiff"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"just some words", "no known image format"),
        (b"", "empty"),
        (b"<html><body/></html>", "no known image format"),
        (b"ZISRAWFILE" + bytes(200), "damaged"),
        (b"\xda\xce\xbe\x0a" + bytes(200), "damaged"),
        (b"MM\0*" + bytes(40), "damaged"),
    ],
)
def test_a_bad_file_named_tif_is_told(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "image.tif"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read(path)
    assert caught.value.path == path


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        read(tmp_path / "gone.tif")
    with pytest.raises(UnreadableFileError, match="not a file"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(plain_tiff: Path) -> None:
    plain_tiff.chmod(0)
    with pytest.raises(UnreadableFileError, match="not allowed"):
        read(plain_tiff)


def test_a_name_that_is_not_utf_8_is_read(plain_tiff: Path) -> None:
    raw = os.fsencode(plain_tiff.parent) + b"/caf\xe9.tif"
    path = Path(os.fsdecode(raw))
    plain_tiff.rename(path)
    fileset = read(path)
    assert fileset.images[0].name == "caf\ufffd"
    assert "caf\ufffd" in explain(path)


def test_explain_names_reader_reason_and_places(ome_tiff: Path) -> None:
    text = explain(ome_tiff)
    assert "read with ome_tiff" in text
    assert "TIFF with OME-XML" in text
    assert "Image/Pixels/PhysicalSizeX = 0.25 µm  [/OME/Image[1]/Pixels" in text


def test_explain_names_the_refusals_and_what_is_missing(ome_tiff: Path) -> None:
    lines = explain(ome_tiff).splitlines()
    assert "  czi (Zeiss CZI): it does not start with ZISRAWFILE" in lines
    assert "  tiff (TIFF): it starts as a TIFF file (OME-TIFF knows it better)" in lines
    gap = "  regions: Regions of interest are counted; their outlines are not read."
    assert lines.index(gap) > lines.index("What ome_tiff cannot read:")


def test_an_unknown_file_is_told_with_the_reason_of_each_reader(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words", encoding="utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        explain(path)
    for reader in readers():
        assert f"{reader.label}: it " in caught.value.found


def test_folders_are_walked_in_order_and_problems_stop_nothing(
    tmp_path: Path, plain_tiff: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    for name in ("b.tif", "a.tif", "sub/c.tif", ".hidden.tif"):
        (folder / name).write_bytes(plain_tiff.read_bytes())
    (folder / "text.tif").write_text("words", encoding="utf-8")
    (folder / "empty.tif").touch()
    found = find_filesets([folder])
    assert [[path.name for path in group.paths] for group in found] == [
        ["a.tif"],
        ["b.tif"],
        ["c.tif"],
    ]
    assert [problem.path.name for problem in found.problems] == [
        "empty.tif",
        "text.tif",
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, plain_tiff: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.tif").write_bytes(plain_tiff.read_bytes())
    (folder / "alias.tif").symlink_to(folder / "inside.tif")
    (folder / "outside.tif").symlink_to(plain_tiff)
    found = find_filesets([folder])
    assert [group.leader.name for group in found] == ["alias.tif", "inside.tif"]
    assert "link" in found.problems[0].reason


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    found = find_filesets([tmp_path / "gone"])
    assert len(found) == 0
    assert "no such file" in found.problems[0].reason
