"""What every registered reader keeps to, and one that a plug-in brings."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConfigurationError, UnreadableFileError
from fair_imagic.i18n import LANGUAGES
from fair_imagic.readers import (
    ImageFile,
    OpenedFile,
    Reader,
    explain,
    find_filesets,
    read,
    readers,
)
from fair_imagic.readers.registry import GROUP
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.images import import_images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLUGIN = "pgm"
TOKENS = sorted(point.name for point in entry_points(group=GROUP))


@pytest.fixture
def plugin(
    monkeypatch: pytest.MonkeyPatch, installed: Callable[[str], Path]
) -> Iterator[None]:
    """The plug-in's reader, for one test."""
    monkeypatch.syspath_prepend(str(installed("pgm_reader")))
    readers.cache_clear()
    yield
    sys.modules.pop("pgm_reader", None)
    readers.cache_clear()


@pytest.fixture(params=[*TOKENS, PLUGIN])
def reader(request: pytest.FixtureRequest, plugin: None) -> Reader:
    return next(one for one in readers() if one.token == request.param)


def test_a_reader_says_who_it_is(reader: Reader) -> None:
    assert isinstance(reader, Reader)
    assert reader.label
    assert all(ending.startswith(".") for ending in reader.extensions)
    assert len({one.token for one in readers()}) == len(readers())


def test_its_known_gaps_are_told_in_every_language(reader: Reader) -> None:
    assert reader.gaps
    assert len({gap.code for gap in reader.gaps}) == len(reader.gaps)
    for gap in reader.gaps:
        texts = [gap.text[language] for language in LANGUAGES]
        assert all(text.endswith(".") for text in texts)
        assert len(set(texts)) == len(LANGUAGES)


@pytest.mark.parametrize(
    "content", [b"x", b"just some words", bytes(64), b"\xff" * 5000]
)
def test_what_is_not_its_own_is_refused_with_a_reason(
    reader: Reader, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / f"other{reader.extensions[0]}"
    path.write_bytes(content)
    with OpenedFile(path) as file:
        claim = reader.claim(file)
    assert claim.strength == 0
    assert claim.reason


def pgm(folder: Path, *, most: int = 255) -> Path:
    path = folder / "cells.pgm"
    path.write_bytes(f"P5\n8 6\n{most}\n".encode() + bytes(range(48)))
    return path


@pytest.mark.usefixtures("plugin")
def test_a_plug_in_reads_like_those_that_are_built_in(tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    path = pgm(folder)
    (folder / "cells.pgm.txt").write_text("0.25\n")
    assert [one.leader for one in find_filesets([folder])] == [path]
    text = explain(path)
    assert "  pgm (PGM): it starts with P5" in text
    assert "Image/Pixels/PhysicalSizeX = 0.25 µm  [cells.pgm.txt, line 1]" in text
    assert "  two-bytes: Grey maps of two bytes a pixel are not read." in text
    openings: list[str] = []
    sys.addaudithook(lambda event, said: _hear(event, said, openings))
    with open_workspace(tmp_path / "home") as workspace:
        result = import_images.run(workspace, [folder], collection="c", author="Ana")
        assert (len(result.images), result.remarks) == (1, [])
        assert len(list(workspace.thumbnails.iterdir())) == 1
    for name in ("cells.pgm", "cells.pgm.txt"):
        assert 1 <= openings.count(os.path.realpath(folder / name)) <= 2


def _hear(event: str, said: tuple[object, ...], openings: list[str]) -> None:
    if event == "open" and isinstance(said[0], str):
        openings.append(os.path.realpath(said[0]))


@pytest.mark.usefixtures("plugin")
def test_the_known_gap_of_the_plug_in_is_real(tmp_path: Path) -> None:
    path = pgm(tmp_path, most=65535)
    with pytest.raises(UnreadableFileError, match="two bytes"):
        read(path)


@pytest.mark.usefixtures("plugin")
def test_a_file_is_closed_whatever_the_plug_in_does(tmp_path: Path) -> None:
    path = pgm(tmp_path, most=65535)
    opened = ImageFile(path)
    with opened, pytest.raises(UnreadableFileError):
        assert opened.content
    assert opened.file.handle.closed


def test_a_reader_without_its_gaps_is_refused(
    monkeypatch: pytest.MonkeyPatch, installed: Callable[[str], Path], tmp_path: Path
) -> None:
    module = tmp_path / "old_reader.py"
    source = (installed("pgm_reader") / "pgm_reader" / "__init__.py").read_text()
    module.write_text(source.replace("    gaps = (", "    known = ("))
    info = tmp_path / "old_reader-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: old\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nold = old_reader:READER\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    readers.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match="old lacks a part") as caught:
            readers()
        assert "gaps" in caught.value.expected
    finally:
        sys.modules.pop("old_reader", None)
        readers.cache_clear()
