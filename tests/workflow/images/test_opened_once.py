"""A file set is opened once: how often files are opened, and their XML parsed."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile
from benchmarks.generated_lif import write_lif
from tests.readers.conftest import ome_text
from tests.readers.test_companions import companion_set
from tests.readers.test_czi import written as written_czi

from fair_imagic.catalogue import facts
from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import ImageFile, find_filesets
from fair_imagic.readers import registry as readers
from fair_imagic.workflow.checking import check_files
from fair_imagic.workflow.images import filesets, import_images
from fair_imagic.workflow.microscopes import instruments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

MOST_OPENINGS = 2
_CHILDREN = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec"}
_watched: list[Counter[str]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event == "open" and isinstance(arguments[0], str | bytes):
        _watched[-1][os.path.realpath(os.fsdecode(arguments[0]))] += 1
    elif event in _CHILDREN:
        _watched[-1][event] += 1


sys.addaudithook(_hear)


@pytest.fixture
def openings() -> Iterator[Counter[str]]:
    """Every opening by this process from now on; child processes would count too."""
    counts: Counter[str] = Counter()
    _watched.append(counts)
    yield counts
    _watched.remove(counts)


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Counter[bytes]:
    """How often each XML text is parsed: there is one door, and it uses lxml."""
    from lxml import etree

    counts: Counter[bytes] = Counter()
    parse = etree.fromstring

    def counted(data: bytes, *rest: Any) -> Any:
        counts[data] += 1
        return parse(data, *rest)

    monkeypatch.setattr(etree, "fromstring", counted)
    return counts


def ome_tiff(folder: Path) -> None:
    """Three images in one file."""
    with tifffile.TiffWriter(folder / "three.ome.tif", ome=True) as writer:
        for number in range(3):
            data = np.full((2, 16, 20), number, np.uint16)
            writer.write(data, photometric="minisblack", metadata={"axes": "CYX"})


def spread_ome_tiff(folder: Path) -> None:
    """One image in two OME-TIFF files, each with the whole document."""
    uuids = [f"urn:uuid:3333333{number}-0000-0000-0000-000000000000" for number in "01"]
    inside = "".join(
        f'<TiffData FirstC="{number}" IFD="0" PlaneCount="2">'
        f'<UUID FileName="part{number}.ome.tif">{uuid}</UUID></TiffData>'
        for number, uuid in enumerate(uuids)
    )
    for number, uuid in enumerate(uuids):
        text = ome_text(inside=inside)
        text = text.replace("urn:uuid:11111111-1111-1111-1111-111111111111", uuid)
        data = np.full((2, 6, 8), number + 1, np.uint16)
        path = folder / f"part{number}.ome.tif"
        ascii_text = text.encode("ascii", "xmlcharrefreplace").decode()
        tifffile.imwrite(path, data, description=ascii_text, metadata=None)


def plain_tiff(folder: Path) -> None:
    data = np.arange(48 * 64, dtype=np.uint8).reshape(48, 64)
    tifffile.imwrite(folder / "plain.tif", data, metadata=None)


def imagej_tiff(folder: Path) -> None:
    data = np.zeros((3, 2, 16, 20), np.uint16)
    metadata = {"axes": "ZCYX"}
    tifffile.imwrite(folder / "imagej.tif", data, imagej=True, metadata=metadata)


def metaxpress(folder: Path) -> None:
    """A folder with a file a channel, and the text beside them."""
    for number in (1, 2):
        data = np.full((8, 9), number, np.uint16)
        tifffile.imwrite(folder / f"plate_A01_w{number}.tif", data, metadata=None)
    (folder / "plate.HTD").write_text('"HTSInfoFile", Version 1.0\n')


def companion(folder: Path) -> None:
    companion_set(folder, ome_text)


def lif(folder: Path) -> None:
    write_lif(folder / "plate.lif", 7)


def czi(folder: Path) -> None:
    written_czi(folder / "scenes.czi", scenes=3)


@pytest.mark.parametrize(
    ("write", "images"),
    [
        (ome_tiff, 3),
        (spread_ome_tiff, 1),
        (plain_tiff, 1),
        (imagej_tiff, 1),
        (metaxpress, 2),
        (companion, 1),
        (lif, 7),
        (czi, 3),
    ],
)
def test_an_import_opens_no_file_more_than_twice(
    write: Callable[[Path], None],
    images: int,
    workspace: Workspace,
    tmp_path: Path,
    openings: Counter[str],
    parses: Counter[bytes],
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    write(folder)
    openings.clear()
    parses.clear()
    result = import_images.run(workspace, [folder], collection="c", author="Ana")
    assert (len(result.images), result.remarks) == (images, [])
    assert len(list(workspace.thumbnails.iterdir())) == images
    _check(folder, openings, parses)


def _check(folder: Path, openings: Counter[str], parses: Counter[bytes]) -> None:
    files = [os.path.realpath(path) for path in folder.rglob("*") if path.is_file()]
    often = {path: openings[path] for path in files if openings[path] > MOST_OPENINGS}
    assert often == {}
    assert not _CHILDREN & openings.keys()
    assert parses.total() <= len(files)


def test_the_library_of_czi_opens_the_file_once_for_all_scenes(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens by path, where no audit event is heard."""
    from pylibCZIrw import czi as library

    czi(tmp_path)
    counts: Counter[str] = Counter()
    _count(monkeypatch, library, "open_czi", counts)
    import_images.run(workspace, [tmp_path], collection="c", author="Ana")
    assert counts["open_czi"] == 1


SAMPLES = (
    "images/cells-2c.ome.tif",
    "images/hcs_metaxpress_A01_w2.tif",
    "images/leica_xz_2ch.lif",
    "images/metamorph_stk.tif",
    "images/nikon_cluster.nd2",
    "images/zeiss_t3_c2_z5.czi",
    "formats/zeiss_czi/S3_1Pos_2Mosaic_T1_Z1_CH1.czi",
    "formats/zeiss_lsm/spectral_28_channels.lsm",
    "ome-xml/multi-channel-z-series-time-series.ome.xml",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_an_import_of_a_real_file_opens_it_twice(
    name: str,
    shared: Path,
    workspace: Workspace,
    tmp_path: Path,
    openings: Counter[str],
    parses: Counter[bytes],
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    shutil.copy(shared / "samples" / name, folder)
    openings.clear()
    parses.clear()
    result = import_images.run(workspace, [folder], collection="c", author="Ana")
    assert result.images
    _check(folder, openings, parses)


def test_a_check_of_one_file_opens_it_twice(
    tmp_path: Path, openings: Counter[str], parses: Counter[bytes]
) -> None:
    path = write_lif(tmp_path / "plate.lif", 3)
    openings.clear()
    parses.clear()
    report = check_files.check_path(path, names=["nboq-tier-1"]).report
    assert report.findings
    assert openings[os.path.realpath(path)] <= MOST_OPENINGS
    assert parses.total() == 1


def test_more_images_in_a_file_are_no_more_readings_of_its_facts(
    workspace: Workspace,
    study: StudyFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both what the file says, and what was kept of it for the microscope's record."""
    instruments.import_file(
        workspace, study.microscopes["widefield"], author="Ana", name="scope"
    )
    readings: Counter[str] = Counter()
    _count(monkeypatch, readers, "leaks_of", readings)
    _count(monkeypatch, facts, "unpack", readings)
    for count in (4, 40):
        readings.clear()
        path = write_lif(tmp_path / f"{count}.lif", count)
        result = import_images.run(
            workspace, [path], collection="c", author="Ana", instrument="scope"
        )
        assert len(result.images) == count
        assert readings["leaks_of"] == 1  # of all facts, when they were read
        assert readings["unpack"] == count + 1  # each image's own, the file's once


def _count(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, counts: Counter[str]
) -> None:
    original = getattr(module, name)

    def counted(*arguments: Any) -> Any:
        counts[name] += 1
        return original(*arguments)

    monkeypatch.setattr(module, name, counted)


def test_the_planes_of_all_files_of_a_set_are_in_the_image(tmp_path: Path) -> None:
    spread_ome_tiff(tmp_path)
    for name in ("part0.ome.tif", "part1.ome.tif"):
        with ImageFile(tmp_path / name) as opened:
            array = opened.pixels(0)
        assert array.shape == (1, 2, 2, 6, 8)
        assert [int(plane.max()) for plane in array[0, :, 1]] == [1, 2]


def _handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_set_of_more_files_than_may_be_open_is_read_whole(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = 20
    inside = ""
    for number in range(many):
        name, uuid = f"plane{number:02d}.tif", f"urn:uuid:{number:08d}"
        data = np.full((6, 8), number, np.uint16)
        tifffile.imwrite(tmp_path / name, data, metadata=None)
        place = f'FirstZ="{number // 2}" FirstC="{number % 2}" PlaneCount="1"'
        uuid_element = f'<UUID FileName="{name}">{uuid}</UUID>'
        inside += f"<TiffData {place}>{uuid_element}</TiffData>"
    text = ome_text(inside=inside).replace('SizeZ="2"', f'SizeZ="{many // 2}"')
    (tmp_path / "set.companion.ome").write_text(text, encoding="utf-8")
    before = _handles()
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (16, 16))
    (group,) = find_filesets([tmp_path])
    with filesets.look(workspace, group, [tmp_path]) as looked:
        assert len(set(looked.checksums)) == many + 1
        array = looked.file.pixels(0)
        assert _handles() - before <= 16 // 2 + 1
    assert array[0, 1, :, 0, 0].tolist() == list(range(1, many, 2))
    assert _handles() == before


def test_a_file_that_changes_while_it_is_read_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    plain_tiff(tmp_path)
    path = tmp_path / "plain.tif"
    with ImageFile(path) as opened:
        assert opened.content.images
        with path.open("r+b") as stream:
            stream.seek(-1, os.SEEK_END)
            stream.write(b"\xff")
        os.utime(path, ns=(1, 1))  # clocks of file systems may be too coarse
        with pytest.raises(UnreadableFileError, match="changed while it was read"):
            opened.versions()


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    plain_tiff(tmp_path)
    path = tmp_path / "plain.tif"
    with ImageFile(path) as opened:
        assert opened.content.images
        path.unlink()
        with pytest.raises(UnreadableFileError, match="removed while it was read"):
            opened.versions()


def test_a_file_that_vanishes_after_the_scan_stops_no_other(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    metaxpress(folder)
    groups = find_filesets([folder])
    groups.groups[0].leader.unlink()
    result = import_images.run(
        workspace, [folder], collection="c", author="Ana", groups=groups
    )
    assert len(result.images) == 1
    assert "no such file" in result.problems[-1].reason


def test_what_the_scan_learnt_does_not_count_for_a_changed_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "one.ome.xml"
    path.write_text(ome_text(), encoding="utf-8")
    (group,) = find_filesets([path])
    path.write_text(ome_text(aperture="0.95"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    with filesets.look(workspace, group, [tmp_path]) as looked:
        aperture = looked.raw.images[0].first("Instrument/Objective/LensNA")
    assert aperture is not None
    assert aperture.value == "0.95"
