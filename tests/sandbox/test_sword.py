"""The practice deposit server, over HTTP: protocol, metadata rules, identifiers."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from fair_imagic.rdf import parse_xml
from fair_imagic.sandbox.sword.archive import BadArchiveError, archive_tree
from fair_imagic.sandbox.sword.tree import (
    release_id,
    snapshot_id,
    tree_id,
)

if TYPE_CHECKING:
    from pathlib import Path

    import requests
    from tests.sandbox.conftest import SwordClient

SD = "{https://www.softwareheritage.org/schema/2018/deposit}"
ORIGIN = "https://fair-imagic.example.org/software/tool/1.0"
FILES = {"README.md": b"# Tool\n", "src/run.py": b"print(1)\n", "src/a": b""}


def zipped(files: dict[str, bytes], *, mode: int = 0o100644) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return stream.getvalue()


def tarred(files: dict[str, bytes], *, mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def entry(
    *,
    body: str = "",
    origin: str = ORIGIN,
    kind: str = "create_origin",
    name: str = "<codemeta:name>Tool</codemeta:name>",
    author: str = "<codemeta:author><codemeta:name>Léa</codemeta:name>"
    "</codemeta:author>",
) -> str:
    target = f'<swh:{kind}><swh:origin url="{origin}"/></swh:{kind}>' if kind else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<entry xmlns="http://www.w3.org/2005/Atom" xmlns:schema="http://schema.org/"
  xmlns:codemeta="https://doi.org/10.5063/SCHEMA/CODEMETA-2.0"
  xmlns:swh="https://www.softwareheritage.org/schema/2018/deposit">
{name}{author}{body}
<swh:deposit>{target}<swh:metadata-provenance>
<schema:url>https://example.org/</schema:url></swh:metadata-provenance></swh:deposit>
</entry>"""


def field(answer: requests.Response, name: str) -> str:
    return str(parse_xml(answer.content).findtext(f"{SD}{name}") or "")


def final_state(sword: SwordClient, number: str = "1") -> requests.Response:
    for _poll in range(3):
        answer = sword.send("GET", f"/imagic/{number}/status/")
    return answer


# ------------------------------------------------------------------------ protocol
def test_the_service_document_names_collection_and_limits(sword: SwordClient) -> None:
    text = sword.send("GET", "/servicedocument/").text
    assert "<sword:version>2.0</sword:version>" in text
    assert "<sword:maxUploadSize>209715200</sword:maxUploadSize>" in text
    assert f'href="{sword.url}/imagic/"' in text
    assert "application/x-tar" in text


def test_a_deposit_moves_from_deposited_to_done_with_its_identifier(
    sword: SwordClient,
) -> None:
    answer = sword.deposit(zipped(FILES), entry())
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{sword.url}/imagic/1/atom/"
    assert field(answer, "deposit_status") == "deposited"
    states = [
        field(sword.send("GET", "/imagic/1/status/"), "deposit_status")
        for _ in range(3)
    ]
    assert states == ["deposited", "verified", "done"]
    done = final_state(sword)
    swhid = "swh:1:dir:" + tree_id(archive_tree(zipped(FILES))).hex()
    assert field(done, "deposit_swh_id") == swhid
    assert field(done, "deposit_origin_url") == ORIGIN
    context = field(done, "deposit_swh_id_context")
    assert re.fullmatch(
        re.escape(f"{swhid};origin={ORIGIN};visit=swh:1:snp:")
        + r"[0-9a-f]{40};anchor=swh:1:rel:[0-9a-f]{40};path=/",
        context,
    )


def test_wrong_credentials_mediation_and_unknown_places_are_refused(
    sword: SwordClient,
) -> None:
    for auth in (None, ("practice-imagic", "guess")):
        answer = sword.send("GET", "/servicedocument/", auth=auth)
        assert answer.status_code == 401
        assert "Basic" in answer.headers["WWW-Authenticate"]
    behalf = sword.deposit(zipped(FILES), entry(), On_Behalf_Of="somebody")
    assert behalf.status_code == 412
    assert sword.send("POST", "/other/", data=b"x").status_code == 404
    assert sword.send("GET", "/imagic/9/status/").status_code == 404
    assert sword.send("PUT", "/imagic/", data=b"x").status_code == 405


def test_metadata_cannot_be_put_at_the_adding_address(sword: SwordClient) -> None:
    sword.deposit(zipped(FILES), entry(), In_Progress="true")
    assert sword.send("PUT", "/imagic/1/metadata/", data=b"x").status_code == 405


def test_a_binary_deposit_needs_length_and_name(sword: SwordClient) -> None:
    content = zipped(FILES)
    plain = {"Content-Type": "application/zip", "In-Progress": "true"}
    named = plain | {"Content-Disposition": "attachment; filename=a.zip"}
    assert sword.send("POST", "/imagic/", data=content, headers=named).ok
    answer = sword.send("POST", "/imagic/", data=content, headers=plain)
    assert answer.status_code == 400
    assert "CONTENT_DISPOSITION" in answer.text
    chunked = sword.send("POST", "/imagic/", data=iter([content]), headers=named)
    assert chunked.status_code == 400
    assert "CONTENT_LENGTH" in chunked.text


def test_a_wrong_checksum_is_refused_and_hex_is_expected(sword: SwordClient) -> None:
    content = zipped(FILES)
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": "attachment; filename=a.zip",
    }
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    good = headers | {"Content-MD5": digest}
    assert sword.send("POST", "/imagic/", data=content, headers=good).ok
    bad = headers | {"Content-MD5": "0" * 32}
    answer = sword.send("POST", "/imagic/", data=content, headers=bad)
    assert answer.status_code == 412
    assert answer.text.count("sword:error") == 2


def test_a_part_with_a_false_length_or_checksum_is_refused(sword: SwordClient) -> None:
    for header in ({"Content-Length": "3"}, {"Content-MD5": "0" * 32}):
        files = {
            "file": ("a.zip", zipped(FILES), "application/zip", header),
            "atom": ("e.xml", entry().encode(), "application/atom+xml"),
        }
        answer = sword.send("POST", "/imagic/", files=files)
        assert answer.status_code == 412


def test_a_multipart_deposit_is_one_archive_and_one_entry(sword: SwordClient) -> None:
    archive = ("a.zip", zipped(FILES), "application/zip")
    atom = ("e.xml", entry().encode(), "application/atom+xml")
    for files in (
        {"file": archive},
        {"atom": atom},
        {"file": archive, "atom": atom, "more": archive},
    ):
        assert sword.send("POST", "/imagic/", files=files).status_code == 415
    other = {"Content-Type": "text/plain"}
    answer = sword.send("POST", "/imagic/", data=b"x", headers=other)
    assert answer.status_code == 415
    packed = sword.deposit(zipped(FILES), entry(), Packaging="http://example.org/x")
    assert packed.status_code == 400


def test_a_partial_deposit_is_completed_piece_by_piece(sword: SwordClient) -> None:
    atom = {"Content-Type": "application/atom+xml;type=entry", "In-Progress": "true"}
    created = sword.send("POST", "/imagic/", data=entry().encode(), headers=atom)
    assert field(created, "deposit_status") == "partial"
    binary = {
        "Content-Type": "application/x-tar",
        "Content-Disposition": "attachment; filename=a.tar.gz",
        "In-Progress": "true",
    }
    media = "/imagic/1/media/"
    assert sword.send("POST", media, data=tarred(FILES), headers=binary).ok
    again = sword.send("PUT", media, data=tarred(FILES), headers=binary)
    assert again.status_code == 204
    done = sword.send(
        "POST", "/imagic/1/metadata/", data=b"", headers={"In-Progress": "false"}
    )
    assert (done.status_code, field(done, "deposit_status")) == (200, "deposited")
    assert sword.send("POST", media, data=b"x", headers=binary).status_code == 400
    assert sword.send("DELETE", "/imagic/1/atom/").status_code == 400
    assert field(final_state(sword), "deposit_status") == "done"


def test_a_partial_deposit_can_be_deleted(sword: SwordClient) -> None:
    sword.deposit(zipped(FILES), entry(), In_Progress="true")
    assert sword.send("DELETE", "/imagic/1/media/").status_code == 204
    assert sword.send("DELETE", "/imagic/1/atom/").status_code == 204
    assert sword.send("GET", "/imagic/1/status/").status_code == 404


def test_metadata_of_a_loaded_deposit_change_only_with_its_identifier(
    sword: SwordClient,
) -> None:
    sword.deposit(zipped(FILES), entry())
    swhid = field(final_state(sword), "deposit_swh_id")
    headers = {"Content-Type": "application/atom+xml;type=entry"}
    place, text = "/imagic/1/atom/", entry(body="<codemeta:url>x</codemeta:url>")
    wrong = headers | {"X-Check-SWHID": "swh:1:dir:" + "0" * 40}
    for sent in (headers, wrong):
        answer = sword.send("PUT", place, data=text.encode(), headers=sent)
        assert answer.status_code == 400
        assert "Mismatched provided SWHID" in answer.text
    good = headers | {"X-Check-SWHID": swhid}
    assert sword.send("PUT", place, data=text.encode(), headers=good).status_code == 204
    bad = entry(author="").encode()
    assert sword.send("PUT", place, data=bad, headers=good).status_code == 400


# -------------------------------------------------------------------------- origin
def test_an_origin_outside_the_providers_address_is_forbidden(
    sword: SwordClient,
) -> None:
    for origin in (
        "https://github.com/somebody/tool",
        "https://fair-imagic.example.org/softwarex/tool",
    ):
        answer = sword.deposit(zipped(FILES), entry(origin=origin))
        assert answer.status_code == 403


def test_a_second_version_needs_a_loaded_first_one(sword: SwordClient) -> None:
    second = entry(kind="add_to_origin")
    assert sword.deposit(zipped(FILES), second).status_code == 404
    sword.deposit(zipped(FILES), entry())
    assert sword.deposit(zipped(FILES), second).status_code == 404
    final_state(sword)
    assert sword.deposit(zipped(FILES), second).status_code == 201
    first = field(sword.send("GET", "/imagic/1/status/"), "deposit_swh_id_context")
    later = field(final_state(sword, "2"), "deposit_swh_id_context")
    assert first.split(";")[0] == later.split(";")[0]
    assert first.split(";")[2] != later.split(";")[2]  # the snapshot has grown


def test_without_an_origin_the_slug_makes_one(sword: SwordClient) -> None:
    sword.deposit(zipped(FILES), entry(kind=""), Slug="my-tool")
    origin = field(sword.send("GET", "/imagic/1/status/"), "deposit_origin_url")
    assert origin == "https://fair-imagic.example.org/software/my-tool"


def test_deposits_are_listed_in_pages(sword: SwordClient) -> None:
    for number in range(3):
        sword.deposit(zipped(FILES), entry(origin=f"{ORIGIN}.{number}"))
    page = sword.send("GET", "/imagic/?page=1&page_size=2")
    assert page.text.count("<entry>") == 2
    assert "<sd:id>1</sd:id>" in page.text  # not deposit_id, as the real server
    assert "<sd:count>3</sd:count>" in page.text
    last = sword.send("GET", page.links["next"]["url"].removeprefix(sword.url))
    assert last.text.count("<entry>") == 1
    assert "next" not in last.links


# ------------------------------------------------------------------------ metadata
REJECTED = {
    "no name": entry(name=""),
    "no author": entry(author=""),
    "author without a whole name": entry(
        author="<codemeta:author><codemeta:givenName>Léa</codemeta:givenName>"
        "<codemeta:familyName>Martin</codemeta:familyName></codemeta:author>"
    ),
    "bare ORCID": entry(
        author="<codemeta:author><codemeta:name>Léa</codemeta:name>"
        "<codemeta:identifier>0000-0002-1825-0097</codemeta:identifier>"
        "</codemeta:author>"
    ),
    "bare DOI": entry(body="<codemeta:identifier>10.5/x</codemeta:identifier>"),
    "doi: DOI": entry(body="<codemeta:identifier>doi:10.5/x</codemeta:identifier>"),
    "SWHID": entry(
        body=f"<codemeta:identifier>swh:1:dir:{'0' * 40}</codemeta:identifier>"
    ),
    "French date": entry(
        body="<codemeta:dateCreated>02/01/2026</codemeta:dateCreated>"
    ),
    "embargo with time": entry(
        body="<codemeta:embargoDate>2026-01-01T00:00:00Z</codemeta:embargoDate>"
    ),
    "empty affiliation": entry(
        author="<codemeta:author><codemeta:name>Léa</codemeta:name>"
        "<codemeta:affiliation/></codemeta:author>"
    ),
    "Atom licence": entry(body="<license>MIT</license>"),
    "Atom external_identifier": entry(body="<external_identifier>x"
                                      "</external_identifier>"),
    "CodeMeta 3 hasSourceCode": entry(
        body="<codemeta:hasSourceCode>x</codemeta:hasSourceCode>"
    ),
    "CodeMeta 3 continuousIntegration": entry(
        body="<codemeta:continuousIntegration>x</codemeta:continuousIntegration>"
    ),
    "CodeMeta 3 namespace": entry().replace("CODEMETA-2.0", "CODEMETA-3.0"),
}  # fmt: skip
ACCEPTED = {
    "author with ORCID address": entry(
        author="<codemeta:author><codemeta:name>Léa</codemeta:name>"
        "<codemeta:identifier>https://orcid.org/0000-0002-1825-0097"
        "</codemeta:identifier><codemeta:affiliation>Institut Cochin"
        "</codemeta:affiliation></codemeta:author>"
    ),
    "Atom title and author": entry(
        name="<title>Tool</title>", author="<author><name>Léa</name></author>"
    ),
    "HAL identifier": entry(
        body="<codemeta:identifier>hal-01234567</codemeta:identifier>"
    ),
    "no licence, year only": entry(
        body="<codemeta:dateCreated>2026</codemeta:dateCreated>"
    ),
    "other namespaces": entry(body="<schema:anything>x</schema:anything>"),
    "licence by name": entry(
        body="<codemeta:license><codemeta:name>BSD-3-Clause</codemeta:name>"
        "</codemeta:license><codemeta:softwareVersion>1.0</codemeta:softwareVersion>"
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_metadata_that_the_checker_rejects(sword: SwordClient, name: str) -> None:
    assert sword.deposit(zipped(FILES), REJECTED[name]).status_code == 201
    state = final_state(sword)
    assert field(state, "deposit_status") == "rejected"
    assert field(state, "deposit_status_detail")
    assert field(state, "deposit_swh_id") == ""


@pytest.mark.parametrize("name", ACCEPTED)
def test_metadata_that_the_checker_accepts(sword: SwordClient, name: str) -> None:
    sword.deposit(zipped(FILES), ACCEPTED[name])
    assert field(final_state(sword), "deposit_status") == "done"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<entry",
        "<feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><entry xmlns='http://www.w3.org/2005/Atom'/>",
        entry().replace(
            "</swh:create_origin>",
            "</swh:create_origin><swh:add_to_origin><swh:origin url='x'/>"
            "</swh:add_to_origin>",
        ),
        entry(origin=""),
    ],
)
def test_an_entry_that_is_none_is_refused_at_once(
    sword: SwordClient, text: str
) -> None:
    assert sword.deposit(zipped(FILES), text).status_code == 400


def test_metadata_alone_about_something_archived_is_done_at_once(
    sword: SwordClient,
) -> None:
    headers = {"Content-Type": "application/atom+xml;type=entry"}
    text = entry(kind="reference", origin="https://example.org/any")
    answer = sword.send("POST", "/imagic/", data=text.encode(), headers=headers)
    assert field(answer, "deposit_status") == "done"
    bad = entry(kind="reference", author="").encode()
    assert sword.send("POST", "/imagic/", data=bad, headers=headers).status_code == 400


# ------------------------------------------------------------------------ archives
def _single() -> bytes:
    return zipped({"inner.tar.gz": tarred(FILES)})


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        b"",
        zipped({}),
        zipped({"../evil": b"x"}),
        zipped({"a/../../evil": b"x"}),
        zipped({"/etc/evil": b"x"}),
        tarred({"/etc/evil": b"x"}),
        tarred({"../evil": b"x"}),
        zipped(FILES)[:-30],
        tarred(FILES)[:40],
        _single(),
    ],
    ids=[f"archive{number}" for number in range(11)],  # the bytes hold the time
)
def test_a_bad_archive_is_rejected_and_the_checker_goes_on(
    sword: SwordClient, content: bytes
) -> None:
    assert sword.deposit(content, entry()).status_code == 201
    assert field(final_state(sword), "deposit_status") == "rejected"


def test_zip_and_tar_of_the_same_files_have_the_same_identifier() -> None:
    trees = [archive_tree(zipped(FILES))]
    trees += [archive_tree(tarred(FILES, mode=f"w:{kind}")) for kind in ("gz", "xz")]
    assert len({tree_id(tree) for tree in trees}) == 1


def test_a_special_file_is_refused() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("pipe")
        info.type = tarfile.FIFOTYPE
        archive.addfile(info)
    with pytest.raises(BadArchiveError, match="special"):
        archive_tree(stream.getvalue())


# --------------------------------------------------- judged by swh.model (tests only)
def test_the_directory_identifier_is_that_of_swh_model(tmp_path: Path) -> None:
    from_disk = pytest.importorskip("swh.model.from_disk")
    folder = tmp_path / "tree"
    (folder / "src" / "empty").mkdir(parents=True)
    (folder / "src.txt").write_bytes(b"sorts before the folder\n")
    (folder / "src" / "é.py").write_bytes(b"print()\n")
    (folder / "run.sh").write_bytes(b"#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("src/missing")
    judged = from_disk.Directory.from_disk(
        path=str(folder).encode(), max_content_length=None
    )
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for path in sorted(folder.iterdir()):
            archive.add(path, arcname=path.name)
    ours = tree_id(archive_tree(stream.getvalue())).hex()
    assert str(judged.swhid()) == f"swh:1:dir:{ours}"


def test_release_and_snapshot_identifiers_are_those_of_swh_model() -> None:
    model = pytest.importorskip("swh.model.model")
    directory = bytes(range(20))
    moment = model.TimestampWithTimezone.from_numeric_offset(
        model.Timestamp(seconds=1700000000, microseconds=0), 0, False
    )
    release = model.Release(
        name=b"1.0",
        message=b"practice: Deposit 1 in collection imagic\n\n\n",
        target=directory,
        target_type=model.ReleaseTargetType.DIRECTORY,
        synthetic=True,
        author=model.Person.from_fullname(
            b"Software Heritage <robot@softwareheritage.org>"
        ),
        date=moment,
    )
    ours = release_id(
        directory, name="1.0", message=release.message.decode(), seconds=1700000000
    )
    assert release.id == ours
    branch = b"deposit/1.0"
    snapshot = model.Snapshot(
        branches={
            branch: model.SnapshotBranch(
                target=ours, target_type=model.SnapshotTargetType.RELEASE
            ),
            b"HEAD": model.SnapshotBranch(
                target=branch, target_type=model.SnapshotTargetType.ALIAS
            ),
        }
    )
    assert snapshot.id == snapshot_id({"deposit/1.0": ours}, head="deposit/1.0")


# --------------------------------------------- judged by the server's own test entries
SAMPLES = {
    "entry-data-badly-formatted": 400,
    "entry-data-parsing-error-prone": 400,
    "entry-data-ko": 400,
    "entry-data-with-both-create-origin-and-add-to-origin": 400,
    "entry-data-empty-body": "rejected",
    "entry-data-fail-metadata-functional-checks": "rejected",
    "entry-data-minimal": "rejected",
    "entry-data-with-metadata-provenance": "done",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_real_servers_test_entries_are_judged_as_there(
    sword: SwordClient, shared: Path, name: str
) -> None:
    path = shared / "reference" / "swh" / "atom" / f"{name}.xml"
    answer = sword.deposit(zipped(FILES), path.read_text("utf-8"))
    if answer.status_code == 201:
        assert field(final_state(sword), "deposit_status") == SAMPLES[name]
    else:
        assert answer.status_code == SAMPLES[name]
