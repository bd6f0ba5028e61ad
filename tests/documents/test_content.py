"""Bad input: each gets an error that says what, where, and what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.documents import Content
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write

DOCTYPE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>'
KERNEL = "http://datacite.org/schema/kernel-4"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        check_path(path)
    assert str(path) in caught.value.where
    return caught.value


@pytest.mark.parametrize("content", ["", " \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(write: Write, content: str | bytes) -> None:
    assert refused(write("x.json", content)).message == "The file is empty"


def test_broken_json_is_refused_with_line_and_column(write: Write) -> None:
    path = write("x.json", '{"dmp": {"title": "x",\n  "language" "eng"}}')
    assert refused(path).where == f"{path}:2:14"


def test_broken_xml_is_refused_with_line_and_column(write: Write) -> None:
    path = write("x.xml", f'<resource xmlns="{KERNEL}">\n  <titles>\n</resource>')
    assert refused(path).where == f"{path}:3:12"


def test_a_byte_order_mark_is_no_obstacle(write: Write, madmp: dict[str, Any]) -> None:
    path = write("x.json", madmp)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check_path(path).report.conforms


@pytest.mark.parametrize("name", ["x.json", "x.ttl"])
def test_utf_16_is_refused(write: Write, name: str) -> None:
    error = refused(write(name, '{"dmp": {"title": "é"}}'.encode("utf-16")))
    assert error.found == "UTF-16"
    assert "UTF-8" in error.hint


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-32"])
def test_other_wide_codings_are_refused_by_name(write: Write, coding: str) -> None:
    error = refused(write("x.json", '{"dmp": {"title": "é"}}'.encode(coding)))
    assert error.found == coding.upper().removesuffix("-LE")


@pytest.mark.parametrize("value", ["NaN", "-Infinity", '"\\ud800"'])
def test_what_json_does_not_know_is_refused(write: Write, value: str) -> None:
    error = refused(write("x.json", f'{{"dmp": {{"title": {value}}}}}'))
    assert "JSON" in error.message
    assert error.found == value.strip('"')


def test_an_endless_value_is_refused(write: Write) -> None:
    error = refused(write("x.nt", f'<urn:a> <urn:b> "{"x" * 20_000_000}" .\n'))
    assert "too long" in error.message


def test_latin_1_is_refused_with_line_and_column(write: Write) -> None:
    path = write("x.json", '{"dmp":\n {"title": "é"}}'.encode("latin-1"))
    error = refused(path)
    assert (error.where, error.found) == (f"{path}:2:13", "0xE9")


@pytest.mark.parametrize("levels", [200, 200_000])
def test_deep_nesting_is_refused(write: Write, levels: int) -> None:
    error = refused(write("x.json", '{"dmp":' + "[" * levels + "]" * levels + "}"))
    assert "nested" in error.message


def test_a_number_of_thousands_of_digits_is_a_value(write: Write) -> None:
    text = '{"dmp": {"title": ' + "9" * 6000 + "}}"
    assert not check_path(write("x.json", text)).report.conforms


@pytest.mark.parametrize(
    "content",
    [
        f'<?xml version="1.0"?>{DOCTYPE}<resource xmlns="{KERNEL}">&x;</resource>',
        f'<?xml version="1.0"?>{DOCTYPE}<rdf:RDF xmlns:rdf="{RDF}">&y;</rdf:RDF>',
        f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}'
        f'<rdf:RDF xmlns:rdf="{RDF}">&y;</rdf:RDF>'.encode("utf-16"),
    ],
    ids=["outer", "inner", "utf-16"],
)
def test_entities_are_refused(write: Write, content: str | bytes) -> None:
    error = refused(write("x.xml", content))
    assert error.message == "A DOCTYPE is not accepted in XML"
    assert "root:" not in str(error)


@pytest.mark.parametrize(
    "content", [b"\x89\x00" + bytes(range(256)) * 16, b"\x00" * 4096]
)
def test_binary_garbage_is_of_no_kind(write: Write, content: bytes) -> None:
    error = refused(write("x.ttl", content))
    assert "RO-Crate" in error.expected


@pytest.mark.parametrize(
    ("start", "setting"),
    [(b'{"dmp": ', "document_max_mb"), (b"<a:a> <b:b> <c:c> .\n" * 4000, "rdf_max_mb")],
    ids=["json", "turtle"],
)
def test_a_document_of_2_gb_is_refused_unread(
    write: Write, start: bytes, setting: str
) -> None:
    path = write("huge.ttl", start)
    os.truncate(path, 2 << 30)  # sparse: takes no space
    error = refused(path)
    assert error.found == "2147 MB"
    assert setting in error.hint


def test_the_limit_is_a_setting(
    write: Write, monkeypatch: pytest.MonkeyPatch, madmp: dict[str, Any]
) -> None:
    madmp["dmp"]["description"] = "x" * 1_100_000
    path = write("x.json", madmp)
    assert check_path(path).report.conforms
    monkeypatch.setenv("FAIR_IMAGIC_DOCUMENT_MAX_MB", "1")
    assert refused(path).expected == "at most 1 MB"


def test_what_is_not_there_and_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        check_path(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").message == "This is neither a file nor a folder"


def test_a_folder_with_pipes_and_circles_is_refused_and_not_waited_for(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    error = refused(tmp_path)
    assert "pipe" in error.found
    assert "self" in error.found


def test_a_content_is_read_only_when_it_is_asked_for(write: Write) -> None:
    content = Content("x", path=write("x", b"\xff" * 10), limit_mb=0)
    assert not content.is_json
    assert not content.is_xml
    with pytest.raises(InputError, match="too large"):
        _ = content.whole
