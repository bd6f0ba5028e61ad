"""Outputs are read whole: what is missing, empty or broken off is never kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import Image

from fair_imagic.errors import ExternalToolError
from fair_imagic.processing import (
    Measure,
    OutputFile,
    ProcessingResult,
    Relation,
    Role,
    verify,
)

if TYPE_CHECKING:
    from pathlib import Path


def png() -> bytes:
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 255, (64, 64), "uint8")
    Image.fromarray(noise).save(stream, "PNG")
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<a/>" * 100)
    return stream.getvalue()


def ome_tiff(folder: Path, name: str = "o") -> Path:
    path = folder / name
    noise = np.random.default_rng(0).integers(0, 9999, (2, 64, 64), "uint16")
    tifffile.imwrite(path, noise, ome=True, photometric="minisblack")
    return path


def output(role: str, media_type: str, **more: object) -> OutputFile:
    known = {"name": "o", "role": role, "media_type": media_type, "sources": (0,)}
    return OutputFile(**(known | more))  # type: ignore[arg-type]


def check(folder: Path, *outputs: OutputFile, inputs: int = 1) -> None:
    verify(ProcessingResult(outputs=outputs), folder, inputs=inputs)


WHOLE = {
    "text/csv": b"label,size\n1,20\n2,30\n",
    "text/tab-separated-values": b"label\tsize\n1\t20\n2\t30",
    "image/png": png(),
    "application/json": b'{"a": [1, 2, 3]}',
    "image/svg+xml": b"<svg xmlns='http://www.w3.org/2000/svg'><g></g></svg>",
    "application/pdf": b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF\n",
    "application/vnd.oasis.opendocument.spreadsheet": workbook(),
}


@pytest.mark.parametrize("media_type", WHOLE)
def test_a_file_that_breaks_off_is_refused_and_a_whole_one_taken(
    tmp_path: Path, media_type: str
) -> None:
    path, content = tmp_path / "o", WHOLE[media_type]
    path.write_bytes(content)
    check(tmp_path, output(Role.FILE, media_type))
    is_text = media_type.startswith("text/")
    end = content.rindex(b"2") + 1 if is_text else 2 * len(content) // 3
    path.write_bytes(content[:end])
    with pytest.raises(ExternalToolError, match="not make what it says") as caught:
        check(tmp_path, output(Role.FILE, media_type))
    assert caught.value.where == "o"
    assert caught.value.found


def test_a_table_with_a_comment_and_a_total_is_whole(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(b"# made by x\r\nlabel,size\r\n1,20\r\ntotal\r\n")
    check(tmp_path, output(Role.TABLE, "text/csv"))


def test_what_cannot_be_looked_into_only_has_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(b"v 0 0 0\n")
    check(tmp_path, output("mesh", "model/obj"))


def test_an_image_is_read_to_its_last_pixel(tmp_path: Path) -> None:
    path = ome_tiff(tmp_path)
    check(tmp_path, output(Role.IMAGE, "image/tiff"))
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(ExternalToolError):
        check(tmp_path, output(Role.MASK, "image/tiff"))


def test_an_image_that_no_reader_takes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(png())
    check(tmp_path, output(Role.FIGURE, "image/png"))
    with pytest.raises(ExternalToolError) as caught:
        check(tmp_path, output(Role.IMAGE, "image/png"))
    assert "no known image format" in caught.value.found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"sources": ()}, "inputs"),
        ({"sources": (1,)}, "inputs"),
        ({"sources": (-1,)}, "inputs"),
        ({"role": " "}, "what it is"),
        ({"media_type": ""}, "what it is"),
        ({"name": "../o"}, "leaves its folder"),
        ({"relation": Relation.STANDS_FOR}, "only an image"),
        ({"measures": (Measure(name="mean", value="nan"),)}, "mean"),
        ({"measures": (Measure(name="mean", value="many"),)}, "mean"),
        ({"measures": (Measure(name="", value="1"),)}, "no number"),
    ],
)
def test_words_that_cannot_be_true_are_refused(
    tmp_path: Path, more: dict[str, object], found: str
) -> None:
    (tmp_path / "o").write_bytes(b"a\n")
    with pytest.raises(ExternalToolError) as caught:
        check(tmp_path, output(**({"role": "table", "media_type": "text/csv"} | more)))  # type: ignore[arg-type]
    assert found in caught.value.found


def test_one_name_for_two_outputs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(b"a\n")
    one = output(Role.TABLE, "text/csv")
    with pytest.raises(ExternalToolError, match="not make") as caught:
        check(tmp_path, one, one)
    assert caught.value.found == "named twice"


@pytest.mark.parametrize("name", ["./o", "link"])
def test_two_names_of_one_file_are_one_output(tmp_path: Path, name: str) -> None:
    (tmp_path / "o").write_bytes(b"a\n")
    (tmp_path / "link").symlink_to("o")
    one = output(Role.TABLE, "text/csv")
    other = output(Role.TABLE, "text/csv", name=name)
    with pytest.raises(ExternalToolError) as caught:
        check(tmp_path, one, other)
    assert caught.value.found == "named twice"


@pytest.mark.parametrize("name", ["a" * 300, "circle"])
def test_a_name_that_the_disk_refuses_is_a_clear_error(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(ExternalToolError) as caught:
        check(tmp_path, output(Role.TABLE, "text/csv", name=name))
    assert caught.value.where == name


def vast_png() -> bytes:
    """Return a small file that says it has 3.6 thousand million pixels."""
    whole = png()
    size = b"IHDR" + struct.pack(">II", 60_000, 60_000) + whole[24:29]
    return whole[:12] + size + struct.pack(">I", zlib.crc32(size)) + whole[33:]


@pytest.mark.parametrize(
    ("media_type", "content"),
    [("image/png", vast_png()), ("application/json", b"[" * 200_000)],
)
def test_a_file_made_to_exhaust_its_reader_is_a_clear_error(
    tmp_path: Path, media_type: str, content: bytes
) -> None:
    (tmp_path / "o").write_bytes(content)
    with pytest.raises(ExternalToolError, match="not make"):
        check(tmp_path, output(Role.FILE, media_type))


def test_a_stand_in_has_one_image_for_each_it_stands_for(tmp_path: Path) -> None:
    ome_tiff(tmp_path)
    one = output(Role.IMAGE, "image/tiff", relation=Relation.STANDS_FOR)
    check(tmp_path, one)
    two = output(Role.IMAGE, "image/tiff", relation=Relation.STANDS_FOR, sources=(0, 1))
    with pytest.raises(ExternalToolError) as caught:
        check(tmp_path, two, inputs=2)
    assert "1" in caught.value.found
    assert "2" in caught.value.found


def test_a_measure_is_about_an_image_of_the_file(tmp_path: Path) -> None:
    ome_tiff(tmp_path)
    there = Measure(name="mean", value="1.5", unit="um")
    check(tmp_path, output(Role.IMAGE, "image/tiff", measures=(there,)))
    absent = Measure(name="mean", value="1.5", series_index=1)
    with pytest.raises(ExternalToolError):
        check(tmp_path, output(Role.IMAGE, "image/tiff", measures=(absent,)))
