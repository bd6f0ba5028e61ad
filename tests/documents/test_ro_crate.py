from __future__ import annotations

import io
import json
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write

METADATA = "ro-crate-metadata.json"


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def codes(path: Path) -> set[str]:
    return {one.code for one in check_path(path).report.findings}


def test_a_folder_lacks_a_file_that_its_crate_describes(
    write: Write, crate: dict[str, Any]
) -> None:
    folder = write(METADATA, crate).parent
    report = check_path(folder).report
    assert [(one.code, one.value) for one in report.findings] == [
        ("ro-crate/file-missing", "images/a.tif")
    ]
    write("images/a.tif", b"II*\x00")
    assert check_path(folder).report.findings == ()


@pytest.mark.parametrize("top", ["", "crate/"])
def test_a_zip_is_looked_into(write: Write, crate: dict[str, Any], top: str) -> None:
    entries = {
        f"{top}{METADATA}": json.dumps(crate).encode(),
        f"{top}images/a.tif": b"",
    }
    assert codes(write("crate.zip", zipped(entries))) == set()
    del entries[f"{top}images/a.tif"]
    assert codes(write("crate.zip", zipped(entries))) == {"ro-crate/file-missing"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "ro-crate/name-needed"),
        ({"datePublished": "22/11/2026"}, "ro-crate/date-wrong"),
        ({"license": "https://spdx.org/licenses/MIT"}, "ro-crate/licence-as-text"),
        ({"license": {"@id": "https://x.org/l"}}, "set/licence-known"),
        ({"author": []}, "set/creator-required"),
        (
            {"hasPart": [{"@id": "images/a.tif"}, {"@id": "b.tif"}]},
            "ro-crate/part-not-described",
        ),
        ({"mentions": {"@id": "#run"}}, "ro-crate/reference-broken"),
    ],
)
def test_what_the_root_lacks_is_found(
    write: Write, crate: dict[str, Any], change: dict[str, Any], code: str
) -> None:
    crate["@graph"][1] |= change
    assert codes(write("crate.json", crate)) == {code}


def test_entities_need_a_name_and_a_type_and_come_once(
    write: Write, crate: dict[str, Any]
) -> None:
    crate["@graph"] += [{"name": "nobody"}, crate["@graph"][2]]
    assert codes(write("crate.json", crate)) == {
        "ro-crate/entity-id-needed",
        "ro-crate/entity-type-needed",
        "ro-crate/entity-twice",
    }


def test_a_crate_without_the_context_or_a_root_is_told(
    write: Write, crate: dict[str, Any]
) -> None:
    crate["@context"] = {}
    assert codes(write("crate.json", crate)) == {"ro-crate/context-needed"}
    crate["@graph"][0]["about"] = {"@id": "./elsewhere/"}
    with pytest.raises(InputError, match="not an RO-Crate"):
        check_path(write("crate.json", crate))


def test_the_names_of_people_follow_what_the_crate_calls_them(
    write: Write, crate: dict[str, Any]
) -> None:
    person = crate["@graph"][3]
    person["displayName"] = person.pop("name")
    assert codes(write("crate.json", crate)) == set()
    del person["displayName"]
    assert codes(write("crate.json", crate)) == {"set/creator-name-required"}


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "..\\evil", "a\x01b"])
def test_a_zip_whose_names_leave_it_is_refused(write: Write, name: str) -> None:
    path = write("crate.zip", zipped({name: b"x", METADATA: b"{}"}))
    with pytest.raises(InputError, match="leaves its folder"):
        check_path(path)


def test_a_link_in_a_zip_is_refused(write: Write) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo(METADATA)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="symbolic link"):
        check_path(write("crate.zip", stream.getvalue()))


def test_a_zip_bomb_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_DOCUMENT_MAX_MB", "1")
    bomb = zipped({METADATA: b'{"@graph":[' + b" " * 20_000_000 + b"]}"})
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="too large"):
        check_path(write("crate.zip", bomb))


def test_a_damaged_zip_is_refused(write: Write, crate: dict[str, Any]) -> None:
    whole = zipped({METADATA: json.dumps(crate).encode()})
    with pytest.raises(InputError, match="damaged"):
        check_path(write("crate.zip", whole[: len(whole) // 2]))
    broken = bytearray(whole)
    broken[len(METADATA) + 40] ^= 0xFF  # inside the compressed content
    with pytest.raises(InputError):
        check_path(write("crate.zip", bytes(broken)))


def test_a_zip_that_is_no_crate_is_of_no_kind(write: Write) -> None:
    with pytest.raises(InputError, match="of no kind"):
        check_path(write("x.zip", zipped({"a.txt": b"x"})))
