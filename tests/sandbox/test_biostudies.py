"""The practice BioStudies, over HTTP: each rule of the back end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import requests

from fair_imagic import clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import BioStudiesClient

    from fair_imagic.sandbox import Sandbox

Node = dict[str, object]
TODAY = clock.today().isoformat()


def attribute(name: str, value: object, **more: object) -> Node:
    return {"name": name, "value": value, **more}


def study(*sections: Node, **changes: object) -> Node:
    return {
        "attributes": [
            attribute("Title", "Nuclei of HeLa cells, confocal"),
            attribute("ReleaseDate", TODAY),
            attribute("AttachTo", "BioImages"),
        ],
        "section": {
            "type": "Study",
            "attributes": [attribute("Title", "Nuclei of HeLa cells, confocal")],
            "subsections": list(sections),
        },
        **changes,
    }


def section(kind: str, accno: str, *attributes: Node) -> Node:
    return {"type": kind, "accno": accno, "attributes": list(attributes)}


def people(affiliation: str = "o1") -> tuple[Node, Node]:
    return (
        section(
            "Author",
            "a1",
            attribute("Name", "Léa Martin"),
            attribute("affiliation", affiliation, reference=True),
        ),
        section("organisation", "o1", attribute("Name", "Institut Cochin")),
    )


def component(file_list: str = "study/files.tsv") -> Node:
    return section("Study Component", "c1", attribute("File List", file_list))


def refused(answer: requests.Response) -> str:
    assert answer.status_code == 400
    assert answer.json()["status"] == "FAIL"
    return json.dumps(answer.json()["log"], ensure_ascii=False)


# ------------------------------------------------------------------ who may do what
def test_login_gives_a_session_that_every_call_needs(sandbox: Sandbox) -> None:
    lead = sandbox.settings()["biostudies"]
    url = lead["url"]
    login = {"login": lead["user"], "password": "bs secret"}
    token = requests.post(f"{url}/auth/login", json=login, timeout=10).json()["sessid"]
    headers = {"X-SESSION-TOKEN": token}
    answer = requests.get(f"{url}/collections", headers=headers, timeout=10)
    assert [item["accno"] for item in answer.json()] == ["BioImages"]
    for wrong in ({}, {"X-SESSION-TOKEN": "guess"}):
        answer = requests.get(f"{url}/collections", headers=wrong, timeout=10)
        assert answer.status_code == 401
        assert answer.json()["status"] == "FAIL"


def test_a_wrong_password_is_refused_with_the_error_body(sandbox: Sandbox) -> None:
    lead = sandbox.settings()["biostudies"]
    url = lead["url"] + "/auth/login"
    login = {"login": lead["user"], "password": "guess"}
    answer = requests.post(url, json=login, timeout=10)
    assert answer.status_code == 401
    assert answer.json()["log"]["level"] == "ERROR"
    assert requests.post(url, data=b"{", timeout=10).status_code == 400


def test_a_session_survives_a_restart_and_ends_with_logout(
    biostudies: BioStudiesClient,
) -> None:
    assert biostudies.send("POST", "/auth/logout").ok
    assert biostudies.send("GET", "/collections").status_code == 401


# -------------------------------------------------------------------------- files
def test_files_are_uploaded_listed_and_removed(biostudies: BioStudiesClient) -> None:
    biostudies.upload("study/raw", image__tif=b"pixels")
    (entry,) = biostudies.send("GET", "/files/user/study/raw").json()
    assert (entry["name"], entry["size"], entry["type"]) == ("image.tif", 6, "FILE")
    asked = biostudies.send("POST", "/files/user/query", json={"path": "study"})
    assert asked.json()[0]["type"] == "DIR"
    assert biostudies.send("DELETE", "/files/user/study/raw?fileName=image.tif").ok
    assert biostudies.send("GET", "/files/user/study/raw").json() == []


def test_the_form_of_the_submission_tool_uploads_too(
    biostudies: BioStudiesClient,
) -> None:
    form = {"files": ("a.tif", b"pixels")}
    answer = biostudies.send(
        "POST", "/files/user/upload", data={"filePath": "raw"}, files=form
    )
    assert answer.ok
    made = {"path": "", "fileName": "empty"}
    assert biostudies.send("POST", "/folder/user/create", json=made).ok
    names = [e["name"] for e in biostudies.send("GET", "/files/user").json()]
    assert names == ["empty", "raw"]


def test_an_upload_cannot_leave_the_users_folder(
    biostudies: BioStudiesClient, sandbox: Sandbox
) -> None:
    form = {"files": ("../../../escaped.tif", b"pixels")}
    assert biostudies.send("POST", "/files/user/x", files=form).status_code == 400
    form = {"files": ("a.tif", b"pixels")}
    answer = biostudies.send("POST", "/files/user/..%2F..%2Fx", files=form)
    assert answer.status_code == 400
    assert not list(sandbox.folder.parent.rglob("escaped.tif"))


# --------------------------------------------------------------------- file lists
LISTS = {
    "files.tsv": (b"File\tA\nstudy/a.tif\tx\n", "first column header"),
    "blank.tsv": (b"Files\t \nstudy/a.tif\tx\n", "headers must not be blank"),
    "empty.tsv": (b"Files\n", "at least one file"),
    "hole.tsv": (b"Files\n\nstudy/a.tif\n", "line 2"),
    "accent.tsv": ("Files\nstudy/é.tif\n".encode(), "invalid characters"),
    "plus.tsv": (b"Files\nstudy/a+b.tif\n", "invalid characters"),
    "dot.tsv": (b"Files\n./study/a.tif\n", "invalid characters"),
    "up.tsv": (b"Files\nstudy/../study/a.tif\n", "invalid characters"),
    "slash.tsv": (b"Files\nstudy/\n", "invalid characters"),
    "absent.tsv": (b"Files\nstudy/none.tif\n", "could not be found"),
    "circle.tsv": (b"Files\nstudy\nstudy/a.tif\n", "Circular"),
    "latin.tsv": (b"Files\nstudy/\xe9.tif\n", "UTF-8"),
    "bad.json": (b"{}", "expected a list"),
    "nopath.json": (b'[{"path": " "}]', "must have a path"),
    "list.txt": (b"Files\n", "must be .tsv"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_bad_file_list_is_refused_alone_and_in_a_submission(
    biostudies: BioStudiesClient, name: str
) -> None:
    content, message = LISTS[name]
    biostudies.upload("study", a__tif=b"pixels")
    biostudies.send("POST", "/files/user", files={"files": (name, content)})
    form = {"fileListName": name}
    alone = biostudies.send("POST", "/submissions/fileLists/validate", data=form)
    assert message in refused(alone)
    assert message in refused(biostudies.submit(study(component(name))))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("files.tsv", b"Files\tChannel\nstudy/a.tif\tDAPI\n"),
        ("files.tsv", b"Files\r\nstudy/a.tif\r\n"),
        ("files.json", b'[{"path": "study/a.tif", "attributes": []}]'),
        ("folder.tsv", b"Files\nstudy\n"),
    ],
)
def test_a_good_file_list_is_accepted(
    biostudies: BioStudiesClient, name: str, content: bytes
) -> None:
    biostudies.upload("study", a__tif=b"pixels")
    biostudies.send("POST", "/files/user", files={"files": (name, content)})
    form = {"fileListName": name}
    assert biostudies.send("POST", "/submissions/fileLists/validate", data=form).ok
    assert biostudies.submit(study(component(name))).ok


def test_paths_are_relative_to_the_root_path(biostudies: BioStudiesClient) -> None:
    biostudies.upload("deep/study", a__tif=b"pixels", files__tsv=b"Files\na.tif\n")
    submission = study(component("files.tsv"))
    assert "could not be found" in refused(biostudies.submit(submission))
    submission["attributes"] = [
        *submission["attributes"],  # type: ignore[misc]
        attribute("RootPath", "deep/study"),
    ]
    assert biostudies.submit(submission).ok


# -------------------------------------------------------------------- submissions
def test_a_submission_gets_a_practice_accession_and_is_read_back(
    biostudies: BioStudiesClient,
) -> None:
    first = biostudies.submit(study(*people())).json()
    second = biostudies.submit(study(*people())).json()
    assert [first["accno"], second["accno"]] == ["S-TEST1", "S-TEST2"]
    shown = biostudies.send("GET", "/submissions/S-TEST1.json").json()
    assert shown == first
    assert biostudies.send("GET", "/submissions/S-TEST9.json").status_code == 404
    listed = biostudies.send("GET", "/submissions?limit=1&offset=1").json()
    assert [item["accno"] for item in listed] == ["S-TEST2"]


def test_a_resubmission_is_a_new_version_of_the_same_accession(
    biostudies: BioStudiesClient,
) -> None:
    biostudies.submit(study())
    assert biostudies.submit(study(accno="S-TEST1")).json()["accno"] == "S-TEST1"
    (item,) = biostudies.send("GET", "/submissions?keywords=hela").json()
    assert item["version"] == 2
    assert biostudies.send("GET", "/submissions?keywords=mouse").json() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"accno": "S-BIAD1"}, "not allowed to provide accession number"),
        ({"section": None}, "section is mandatory"),
        ({"section": {"attributes": []}}, "type is mandatory"),
        ({"type": "study"}, "type must be 'submission'"),
        ({"attributes": []}, "ReleaseDate"),
        ({"attributes": [attribute("ReleaseDate", "22/11/2026")]}, "YYYY-MM-DD"),
        ({"attributes": [attribute("ReleaseDate", "2020-01-01")]}, "in the past"),
        ({"attributes": [attribute("ReleaseDate", 2026)]}, "value must be a string"),
        ({"attributes": [attribute(" ", "x")]}, "name is mandatory"),
        ({"attributes": "x"}, "expected a list"),
        (
            {
                "attributes": [
                    attribute("ReleaseDate", TODAY),
                    attribute("AttachTo", "Elsewhere"),
                ]
            },
            "collection 'Elsewhere' was not found",
        ),
    ],
)
def test_each_broken_submission_is_refused(
    biostudies: BioStudiesClient, changes: Node, message: str
) -> None:
    assert message in refused(biostudies.submit(study(**changes)))


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            section("Specimen", "s1", attribute("Number", 3)),
            "must be a string, not int",
        ),
        (section("Specimen", "s1", attribute("Live", True)), "not bool"),
        (section("Specimen", "s1", attribute("x", "o9", reference=True)), "no section"),
        (
            section("Specimen", "s1", attribute("x", "o1", reference="true")),
            "reference must be true or false",
        ),
        (section("Specimen", "o1"), "already exists"),
        (section("Specimen", "s1", attribute("x", "y", valqual=[1])), "valqual"),
        ({"type": "Study", "links": [{"url": " "}]}, "url is mandatory"),
        ({"type": "Study", "links": [[]]}, "must not be empty"),
        ({"type": "Study", "files": [{"path": ""}]}, "path is mandatory"),
        ({"type": "Study", "files": [{"path": "none.tif"}]}, "could not be found"),
        ({"type": "Study", "subsections": [[]]}, "must not be empty"),
        ({"type": " "}, "type is mandatory"),
    ],
)
def test_each_broken_section_is_refused(
    biostudies: BioStudiesClient, extra: Node, message: str
) -> None:
    assert message in refused(biostudies.submit(study(*people(), extra)))


def with_doi(*sections: Node) -> Node:
    submission = study(*sections)
    attributes = submission["attributes"]
    assert isinstance(attributes, list)
    return {**submission, "attributes": [*attributes, {"name": "DOI"}]}


def test_a_doi_is_given_on_the_practice_prefix_and_kept(
    biostudies: BioStudiesClient,
) -> None:
    saved = biostudies.submit(with_doi(*people())).json()
    (doi,) = [a["value"] for a in saved["attributes"] if a["name"] == "DOI"]
    assert doi == "10.99999/S-TEST1"
    again = study(*people(), accno="S-TEST1")
    assert "should match" in refused(biostudies.submit(again))
    assert biostudies.submit(saved).ok


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ((), "organization is required"),
        ((section("organisation", ""),), "to have an accession"),
        ((section("organisation", "o1"),), "name is required"),
        (
            (
                section("author", "a1", attribute("Name", "A")),
                section("organisation", "o1", attribute("Name", "B")),
            ),
            "must have an affiliation",
        ),
        (
            (
                section(
                    "author",
                    "a1",
                    attribute("Name", "A"),
                    attribute("affiliation", "Institut Cochin"),
                ),
                section("organisation", "o1", attribute("Name", "B")),
            ),
            "affiliation could not be found",
        ),
    ],
)
def test_a_doi_needs_authors_with_known_affiliations(
    biostudies: BioStudiesClient, sections: tuple[Node, ...], message: str
) -> None:
    assert message in refused(biostudies.submit(with_doi(*sections)))


def test_an_asynchronous_submission_is_followed_to_its_end(
    biostudies: BioStudiesClient,
) -> None:
    sent = biostudies.submit(study(), "/submissions/async").json()
    place = f"/submissions/requests/{sent['accNo']}/{sent['version']}"
    states = [
        biostudies.send("GET", f"{place}/status").json()["status"] for _ in range(6)
    ]
    assert states[0] == "REQUESTED"
    assert states[-2:] == ["PROCESSED", "PROCESSED"]
    assert biostudies.send("GET", f"/submissions/{sent['accNo']}.json").ok


def test_an_invalid_asynchronous_submission_tells_its_errors_later(
    biostudies: BioStudiesClient,
) -> None:
    sent = biostudies.submit(study(attributes=[]), "/submissions/async")
    assert sent.ok
    place = f"/submissions/requests/{sent.json()['accNo']}/1"
    biostudies.send("GET", f"{place}/status")
    assert biostudies.send("GET", f"{place}/status").json()["status"] == "INVALID"
    errors = biostudies.send("GET", f"{place}/errors").json()["errors"]
    assert "ReleaseDate" in errors[0]
    unknown = "/submissions/requests/S-TEST99/1/status"
    assert biostudies.send("GET", unknown).status_code == 404


def test_a_direct_submission_brings_its_files(biostudies: BioStudiesClient) -> None:
    submission = study({"type": "Data", "files": [{"path": "a.tif"}]})
    parts = [
        ("submission", ("study.json", json.dumps(submission).encode())),
        ("files", ("a.tif", b"pixels")),
    ]
    assert biostudies.send("POST", "/submissions/direct", files=parts).ok
    without = biostudies.send("POST", "/submissions/direct", files=parts[1:])
    assert "submission" in refused(without)


def test_a_draft_is_kept_changed_and_submitted(biostudies: BioStudiesClient) -> None:
    path = "/submissions/drafts?attachTo=BioImages"
    key = biostudies.send("POST", path, json=study()).json()["key"]
    place = f"/submissions/drafts/{key}"
    assert biostudies.send("PUT", place, json=study(*people())).ok
    sent = biostudies.send("POST", f"{place}/submit").json()
    assert sent["accNo"] == "S-TEST1"
    assert biostudies.send("GET", place).status_code == 404


def test_json_that_is_none_and_other_forms_are_refused(
    biostudies: BioStudiesClient,
) -> None:
    assert "not valid JSON" in refused(
        biostudies.send("POST", "/submissions", data=b"{")
    )
    tsv = {"Submission_Type": "text/plain"}
    answer = biostudies.send("POST", "/submissions", data=b"Submission", headers=tsv)
    assert answer.status_code == 415
    assert biostudies.send("GET", "/nothing").status_code == 404


# ------------------------------------------------ judged by published submissions
@pytest.mark.parametrize("name", ["S-BIAD1492", "S-BIAD2250"])
def test_a_published_study_is_accepted_once_its_files_are_there(
    biostudies: BioStudiesClient, sandbox: Sandbox, shared: Path, name: str
) -> None:
    folder = shared / "reference" / "bia" / "pagetab_examples" / name
    content = _as_new(next(iter(sorted(folder.glob(f"{name}*.json")))))
    first = biostudies.submit(content)
    if not first.ok:
        assert "could not be found" in refused(first)
    _provide_files(content, folder, sandbox.folder / "biostudies" / "files")
    answer = biostudies.submit(content)
    assert answer.ok, answer.text
    assert answer.json()["section"] == content["section"]


def test_a_reference_to_two_organisations_at_once_is_refused(
    biostudies: BioStudiesClient, sandbox: Sandbox, shared: Path
) -> None:
    folder = shared / "reference" / "bia" / "pagetab_examples" / "S-BIADTEST"
    content = _as_new(folder / "S-BIADTEST.json")
    _provide_files(content, folder, sandbox.folder / "biostudies" / "files")
    assert "o2, o3" in refused(biostudies.submit(content))


def _as_new(path: Path) -> Node:
    """Return a published study as its author would submit it."""
    content = json.loads(path.read_text("utf-8"))
    content.pop("accno", None)
    kept = [
        one
        for one in content["attributes"]
        if one["name"] not in ("ReleaseDate", "DOI", "RootPath")
    ]
    content["attributes"] = [*kept, attribute("ReleaseDate", TODAY)]
    return dict(content)


def _provide_files(content: Node, folder: Path, space: Path) -> None:
    """Put the file lists, and the files that they name, into the user's space."""
    from fair_imagic.sandbox.biostudies.pagetab import attribute_value, sections_of

    for part in sections_of(content):
        name = attribute_value(part, "File List")
        if name is None:
            continue
        paths = [f"file{number}.tif" for number in range(3)]
        source = folder / name
        if source.is_file():
            paths = [entry["path"] for entry in json.loads(source.read_text("utf-8"))]
        listed = json.dumps([{"path": path} for path in paths])
        text = listed if name.endswith(".json") else "\n".join(["Files", *paths])
        for path, body in [(name, text), *((path, "x") for path in paths)]:
            place = space / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(body, encoding="utf-8")
