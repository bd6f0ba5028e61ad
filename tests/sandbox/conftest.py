"""A running sandbox, and what a client needs to speak with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import requests

from fair_imagic.sandbox import start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.sandbox import Sandbox


ARCHIVES = {
    "datacite": "fair_imagic.sandbox.datacite:PRACTICE",
    "biostudies": "fair_imagic.sandbox.biostudies:PRACTICE",
    "sword": "fair_imagic.sandbox.sword:PRACTICE",
}
PASSWORDS = {
    "datacite_password": "dc secret é",
    "biostudies_password": "bs secret",
    "swh_password": "swh secret",
}


def started(folder: Path, **options: Any) -> Sandbox:
    """Start the three archives with passwords that the tests know."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "accounts.json").write_text(json.dumps(PASSWORDS), encoding="utf-8")
    return start(folder, **{"archives": ARCHIVES, **options})


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with started(tmp_path / "sandbox") as running:
        yield running


class DataCiteClient:
    """Requests to the practice DataCite."""

    def __init__(self, sandbox: Sandbox) -> None:
        lead = sandbox.settings()["datacite"]
        self.url, user, password = lead["url"], lead["user"], lead["password"]
        self.auth: Any = (user.encode(), password.encode())

    def send(
        self, method: str, path: str, *, auth: Any = "own", **options: Any
    ) -> requests.Response:
        chosen = self.auth if auth == "own" else auth
        return requests.request(
            method, f"{self.url}{path}", auth=chosen, timeout=10, **options
        )

    def put(self, doi: str, **attributes: object) -> requests.Response:
        return self.send("PUT", f"/dois/{doi}", json=_payload(attributes))

    def post(self, path: str = "/dois", **attributes: object) -> requests.Response:
        return self.send("POST", path, json=_payload(attributes))

    def state(self, doi: str) -> str:
        return str(
            self.send("GET", f"/dois/{doi}").json()["data"]["attributes"]["state"]
        )


def _payload(attributes: object) -> dict[str, object]:
    return {"data": {"type": "dois", "attributes": attributes}}


@pytest.fixture
def datacite(sandbox: Sandbox) -> DataCiteClient:
    return DataCiteClient(sandbox)


@pytest.fixture
def good() -> dict[str, object]:
    return {
        "url": "https://fair-imagic.example.org/sets/nuclei",
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "creators": [{"name": "Martin, Léa", "nameType": "Personal"}],
        "titles": [{"title": "Nuclei of HeLa cells", "lang": "en"}],
        "publisher": {"name": "Cochin Image Database"},
        "publicationYear": "2026",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Images"},
        "contributors": [
            {"name": "IMAG'IC", "contributorType": "HostingInstitution"},
        ],
        "dates": [{"date": "2026-01-02/2026-01-05", "dateType": "Collected"}],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": "swh:1:dir:" + "0" * 40,
                "relatedIdentifierType": "SWHID",
                "relationType": "IsCompiledBy",
            }
        ],
        "descriptions": [{"description": "Nuclei.", "descriptionType": "Abstract"}],
        "rightsList": [{"rights": "CC BY 4.0", "rightsIdentifier": "CC-BY-4.0"}],
    }


class BioStudiesClient:
    """Requests to the practice BioStudies, logged in."""

    def __init__(self, sandbox: Sandbox) -> None:
        lead = sandbox.settings()["biostudies"]
        self.url = lead["url"]
        login = {"login": lead["user"], "password": lead["password"]}
        answer = requests.post(f"{self.url}/auth/login", json=login, timeout=10)
        self.headers = {"X-SESSION-TOKEN": answer.json()["sessid"]}

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = self.headers | dict(options.pop("headers", {}))
        return requests.request(
            method, f"{self.url}{path}", headers=headers, timeout=10, **options
        )

    def upload(self, folder: str, **files: bytes) -> None:
        for name, content in files.items():
            path = name.replace("__", ".")
            parts = {"files": (path, content)}
            assert self.send("POST", f"/files/user/{folder}", files=parts).ok

    def submit(
        self, submission: object, path: str = "/submissions"
    ) -> requests.Response:
        return self.send(
            "POST",
            path,
            data=json.dumps(submission).encode(),
            headers={"Submission_Type": "application/json"},
        )


@pytest.fixture
def biostudies(sandbox: Sandbox) -> BioStudiesClient:
    return BioStudiesClient(sandbox)


class SwordClient:
    """Requests to the practice deposit server."""

    def __init__(self, sandbox: Sandbox) -> None:
        lead = sandbox.settings()["sword"]
        self.url = lead["url"]
        self.auth = (lead["user"], lead["password"])
        self.origin = lead["provider_url"] + "tool/1.0"

    def send(
        self, method: str, path: str, *, auth: Any = "own", **options: Any
    ) -> requests.Response:
        chosen = self.auth if auth == "own" else auth
        return requests.request(
            method, f"{self.url}{path}", auth=chosen, timeout=10, **options
        )

    def deposit(self, archive: bytes, entry: str, **headers: str) -> requests.Response:
        return self.send(
            "POST",
            "/imagic/",
            files={
                "file": ("a.zip", archive, "application/zip"),
                "atom": ("entry.xml", entry.encode(), "application/atom+xml"),
            },
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


@pytest.fixture
def sword(sandbox: Sandbox) -> SwordClient:
    return SwordClient(sandbox)
