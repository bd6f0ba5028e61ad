"""Names of files that some computer or archive cannot take."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]


def _file(path: str) -> str:
    return f'<urn:f> fi:path "{path}" .'


@pytest.mark.parametrize(
    "path",
    ["con", "day 1/NUL.tif", "Com1.ome.tif", "a?.tif", "a:b.tif", "end.", "dir /a.tif"],
)
def test_a_name_that_windows_refuses_is_found(failing: Failing, path: str) -> None:
    assert failing("file-name-portable", _file(path), "urn:f") == [path]


@pytest.mark.parametrize(
    "path", ["console.tif", "jour 1/été_µm.tif", "a..b.tif", "COM10.tif", "/data/a.tif"]
)
def test_an_unusual_name_that_works_passes(failing: Failing, path: str) -> None:
    assert failing("file-name-portable", _file(path), "urn:f") == []


def test_a_name_is_measured_in_bytes_and_a_path_in_characters(failing: Failing) -> None:
    def found(path: str) -> list[str]:
        return failing("file-name-short", _file(path), "urn:f")

    assert found("é" * 127) == []
    assert found("é" * 128) == ["é" * 128]
    assert found("/".join(["folder"] * 28)) == []
    long = "/".join(["folder"] * 30)
    assert found(long) == [long]


def _set(*paths: str) -> str:
    turtle = ""
    for number, path in enumerate(paths):
        turtle += (
            f"<urn:s> dcterms:hasPart <urn:i{number}> ."
            f"<urn:i{number}> fi:fileset <urn:t{number}> ."
            f"<urn:t{number}> fi:file <urn:f{number}> ."
            f'<urn:f{number}> fi:path "{path}" .'
        )
    return turtle


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.tif", "a.tif"),
        ("Cells.tif", "cells.TIF"),
        ("café.tif", unicodedata.normalize("NFD", "café.tif")),
    ],
)
def test_names_that_a_disk_cannot_tell_apart_are_found(
    failing: Failing, first: str, second: str
) -> None:
    turtle = _set(first, "other.tif", second)
    assert failing("file-names-apart", turtle, "urn:s") == [second]
    assert failing("file-names-apart-in-archive", turtle, "urn:s") == []


def test_names_that_only_the_archive_makes_equal_are_a_point_of_the_archive(
    failing: Failing,
) -> None:
    turtle = _set("a#1.tif", "a+1.tif", "b.tif")
    assert failing("file-names-apart", turtle, "urn:s") == []
    assert failing("file-names-apart-in-archive", turtle, "urn:s") == ["a+1.tif"]


def test_a_file_of_two_images_is_one_file(failing: Failing) -> None:
    turtle = (
        "<urn:s> dcterms:hasPart <urn:a>, <urn:b> . <urn:a> fi:fileset <urn:t> ."
        '<urn:b> fi:fileset <urn:t> . <urn:t> fi:file <urn:f> . <urn:f> fi:path "x" .'
    )
    assert failing("file-names-apart", turtle, "urn:s") == []
