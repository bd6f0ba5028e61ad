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


@pytest.mark.parametrize(
    ("number", "change", "code"),
    [
        (0, {"@type": "Thing"}, "descriptor-type-wrong"),
        (0, {"conformsTo": {"@id": "https://example.org"}}, "version-needed"),
        (1, {"datePublished": ["2026-01-01", "2026-02-01"]}, "date-repeated"),
        (1, {"datePublished": "2026-02-30"}, "date-wrong"),
        (1, {"@type": "CreativeWork"}, "root-type-wrong"),
        (1, {"hasPart": []}, "part-not-linked"),
        (2, {"@id": "images/a b.tif"}, "id-not-encoded"),
        (2, {"@id": "images/a.tif/"}, "file-id-wrong"),
        (3, {"@id": "https://orcid.org/0000-0002-1825-0098"}, "orcid-wrong"),
    ],
)
def test_what_every_version_obliges_to(
    write: Write, crate: dict[str, Any], number: int, change: dict[str, Any], code: str
) -> None:
    crate["@graph"][number] |= change
    if "@id" in change and number == 2:
        crate["@graph"][1]["hasPart"] = [{"@id": change["@id"]}]
    found = codes(write("crate.json", crate))
    assert f"ro-crate/{code}" in found


def test_the_context_is_of_the_version_that_the_crate_declares(
    write: Write, crate: dict[str, Any]
) -> None:
    crate["@graph"][0]["conformsTo"] = {"@id": "https://w3id.org/ro/crate/1.2"}
    report = check_path(write("crate.json", crate)).report
    (point,) = [f for f in report.findings if f.code.endswith("of-other-version")]
    assert point.severity == "must"
    crate["@context"] = "https://w3id.org/ro/crate/1.2/context"
    checked = check_path(write("crate.json", crate))
    assert checked.report.findings == ()
    assert any("RO-Crate 1.2" in one for one in checked.remarks)


def test_parts_of_a_folder_are_parts_of_the_crate(
    write: Write, crate: dict[str, Any]
) -> None:
    crate["@graph"][1]["hasPart"] = [{"@id": "images/"}]
    crate["@graph"].append(
        {"@id": "images/", "@type": "Dataset", "hasPart": {"@id": "images/a.tif"}}
    )
    assert codes(write("crate.json", crate)) == set()


def test_a_blank_in_a_name_is_encoded_in_the_crate_and_plain_on_the_disk(
    write: Write, crate: dict[str, Any]
) -> None:
    crate["@graph"][2]["@id"] = "images/a%20b.tif"
    crate["@graph"][1]["hasPart"] = [{"@id": "images/a%20b.tif"}]
    folder = write(METADATA, crate).parent
    assert codes(folder) == {"ro-crate/file-missing"}
    write("images/a b.tif", b"II*\x00")
    assert codes(folder) == set()


def test_a_bag_around_a_crate_is_looked_into(
    write: Write, crate: dict[str, Any]
) -> None:
    write("bagit.txt", "BagIt-Version: 1.0\n")
    write(f"data/{METADATA}", crate)
    folder = write("data/images/a.tif", b"II*\x00").parents[2]
    assert codes(folder) == set()
    entries = {
        "bag/bagit.txt": b"",
        f"bag/data/{METADATA}": json.dumps(crate).encode(),
        "bag/data/images/a.tif": b"",
    }
    assert codes(write("bag.zip", zipped(entries))) == set()
    del entries["bag/data/images/a.tif"]
    assert codes(write("bag.zip", zipped(entries))) == {"ro-crate/file-missing"}
