"""Deposits of scripts: SWHID, archive, entry, and the way through the server."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from study_data import BASE, SCRIPTS, records, settings_for, snapshot

from fair_imagic.errors import InputError, RemoteRefusedError
from fair_imagic.model import Person, PublicationSet, Software
from fair_imagic.publish.registry import load
from fair_imagic.publish.software_heritage.archive import read_folder, zipped
from fair_imagic.publish.software_heritage.entry import ATOM, CODEMETA, SWH
from fair_imagic.publish.software_heritage.swhid import directory_swhid
from fair_imagic.publish.software_heritage.target import SoftwareHeritage
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package

TARGET = SoftwareHeritage(poll_s=0.01)


@pytest.fixture
def offline(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def the_software(**values: Any) -> Software:
    found = next(one for one in records() if isinstance(one, Software))
    return replace(found, **values)


def built(settings: Settings, sources: dict[str, Path], *changed: Any) -> Package:
    return TARGET.build(snapshot(changed=list(changed)), settings, sources=sources)


def codes(package: Package, settings: Settings, *, must: bool = True) -> set[str]:
    found = TARGET.inspect(package, settings)
    return {one.code.partition("/")[2] for one in found if one.blocks or not must}


# ------------------------------------------------------------------------ SWHID
NAMES = st.text(st.sampled_from("abcXYZ.-_ é09"), min_size=1, max_size=6).filter(
    lambda name: name.strip(". ") != "" and not name.startswith(".git")
)
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map("/".join),
    st.tuples(st.binary(max_size=30), st.booleans()),
    min_size=1,
    max_size=8,
).filter(
    lambda files: (
        not any(other.startswith(f"{one}/") for one in files for other in files)
    )
)


@effort(deadline=None, max_examples=40)
@given(TREES)
def test_the_swhid_is_the_one_of_the_reference_implementation(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, tuple[bytes, bool]]
) -> None:
    from_disk = pytest.importorskip("swh.model.from_disk")
    folder = tmp_path_factory.mktemp("tree")
    for path, (content, executable) in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o755 if executable else 0o644)
    judged = from_disk.Directory.from_disk(
        path=str(folder).encode(), max_content_length=None
    )
    assert directory_swhid(files) == str(judged.swhid())


def test_the_swhid_is_the_tree_of_git(sources: dict[str, Path]) -> None:
    folder = sources[SCRIPTS]

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    git("add", ".")
    assert directory_swhid(read_folder(folder)) == f"swh:1:dir:{git('write-tree')}"


# ---------------------------------------------------------------------- archive
def test_the_archive_is_the_same_for_the_same_files(sources: dict[str, Path]) -> None:
    files = read_folder(sources[SCRIPTS])
    again = dict(reversed(files.items()))
    assert zipped(files) == zipped(again)


def test_the_archive_has_the_content_and_not_the_folder(
    sources: dict[str, Path],
) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(read_folder(sources[SCRIPTS])))) as held:
        modes = {one.filename: one.external_attr >> 16 for one in held.infolist()}
    assert modes == {
        "LICENSE": 0o100644,
        "README.md": 0o100644,
        "lib/tools.py": 0o100644,
        "segment.py": 0o100755,
    }


def test_caches_and_empty_folders_are_left_out(sources: dict[str, Path]) -> None:
    folder = sources[SCRIPTS]
    before = read_folder(folder)
    (folder / "empty").mkdir()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(b"secret")
    assert read_folder(folder) == before


def test_a_symbolic_link_is_refused(sources: dict[str, Path]) -> None:
    folder = sources[SCRIPTS]
    (folder / "outside").symlink_to("/etc")
    with pytest.raises(InputError):
        read_folder(folder)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError):
        read_folder(tmp_path / "nothing")


# ------------------------------------------------------------------------ entry
def test_the_entry_has_what_the_server_wants(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    assert codes(package, offline, must=False) == set()
    root = parse_xml(package.files["entry.xml"])
    assert root.tag == f"{{{ATOM}}}entry"
    author = root.find(f"{{{CODEMETA}}}author")
    assert author.findtext(f"{{{CODEMETA}}}name") == "Ada Martin"
    (origin,) = root.iter(f"{{{SWH}}}origin")
    assert origin.get("url").startswith("https://fair-imagic.example.org/software/")
    assert b"ada.martin@" not in package.files["entry.xml"]


def test_the_entry_is_valid_by_the_server_s_own_schema(
    shared: Path, offline: Settings, sources: dict[str, Path]
) -> None:
    from lxml import etree

    path = shared / "reference/swh/xsd/codemeta.xsd"
    root = parse_xml(built(offline, sources).files["entry.xml"])
    known = {
        element.get("name")
        for element in etree.parse(str(path)).iter("{*}element")
        if element.get("name")
    }
    used = {
        str(element.tag).rpartition("}")[2]
        for element in root.iter()
        if str(element.tag).startswith(f"{{{CODEMETA}}}")
    }
    assert {"name", "author"} <= used
    assert used & known


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": None}, "name-needed"),
        ({"authors": ()}, "author-needed"),
        ({"version": None}, "softwareversion-needed"),
        ({"license": None}, "license-needed"),
        ({"license": "CC BY NA"}, "license-needed"),
    ],
)
def test_a_gap_in_the_record_is_a_point_to_fix(
    offline: Settings, sources: dict[str, Path], values: dict[str, Any], code: str
) -> None:
    package = built(offline, sources, the_software(**values))
    assert code in codes(package, offline)


def test_a_creative_commons_licence_is_advised_against(
    offline: Settings, sources: dict[str, Path]
) -> None:
    cc = "https://spdx.org/licenses/CC-BY-SA-4.0"
    package = built(offline, sources, the_software(license=cc))
    assert codes(package, offline) == set()
    assert "licence-not-for-software" in codes(package, offline, must=False)


def test_an_author_without_name_is_a_point_to_fix(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources, Person(iri=BASE + "person/ada"))
    assert "author-name-needed" in codes(package, offline)


def test_a_set_with_two_scripts_asks_which_one(
    offline: Settings, sources: dict[str, Path]
) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    two = replace(chosen, software=(SCRIPTS, BASE + "software/other"))
    with pytest.raises(InputError) as caught:
        built(offline, sources, two)
    assert "software/other" in caught.value.found


def test_the_software_itself_can_be_deposited(
    offline: Settings, sources: dict[str, Path]
) -> None:
    taken = snapshot(root=SCRIPTS)
    package = TARGET.build(taken, offline, sources=sources)
    assert package.subject == SCRIPTS
    assert package.key == built(offline, sources).key


def test_scripts_whose_folder_is_not_known_are_a_clear_error(
    offline: Settings,
) -> None:
    with pytest.raises(InputError) as caught:
        built(offline, {})
    assert "Segmentation script" in str(caught.value)


# -------------------------------------------------------------- over real HTTP
def test_the_archive_gives_the_swhid_that_we_computed(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    package = TARGET.build(study, settings, sources=sources)
    receipt = TARGET.submit(package, package.key, settings)
    assert receipt.identifier == package.payload["swhid"]
    assert receipt.remote_state == "done"
    assert receipt.final
    assert package.key in receipt.raw["context"]


def test_a_slow_archive_is_followed_later_without_a_second_deposit(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    hasty = SoftwareHeritage(patience_s=-1.0)
    package = hasty.build(study, settings, sources=sources)
    first = hasty.submit(package, package.key, settings)
    assert not first.final
    assert first.remote_state in TARGET.badges
    second = TARGET.submit(package, package.key, settings)
    assert second.final
    assert second.raw["deposit"] == first.raw["deposit"]


def test_changed_files_under_the_same_version_are_refused(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    package = TARGET.build(study, settings, sources=sources)
    TARGET.submit(package, package.key, settings)
    (sources[SCRIPTS] / "segment.py").write_text("print('new')\n", encoding="utf-8")
    changed = TARGET.build(study, settings, sources=sources)
    with pytest.raises(RemoteRefusedError) as caught:
        TARGET.submit(changed, changed.key, settings)
    assert "version" in str(caught.value)


def test_a_new_version_is_a_deposit_of_its_own(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    first = TARGET.build(study, settings, sources=sources)
    TARGET.submit(first, first.key, settings)
    (sources[SCRIPTS] / "segment.py").write_text("print('new')\n", encoding="utf-8")
    taken = snapshot(changed=[the_software(version="1.3")])
    second = TARGET.build(taken, settings, sources=sources)
    assert second.key != first.key
    receipt = TARGET.submit(second, second.key, settings)
    assert receipt.identifier == second.payload["swhid"] != first.payload["swhid"]


def test_a_refusal_tells_what_the_server_said(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    package = TARGET.build(study, settings, sources=sources)
    entry = package.files["entry.xml"].replace(b"codemeta:author", b"codemeta:editor")
    broken = replace(package, files={**package.files, "entry.xml": entry})
    with pytest.raises(RemoteRefusedError) as caught:
        TARGET.submit(broken, package.key, settings)
    assert "author" in str(caught.value).lower()


def test_the_target_is_registered() -> None:
    assert load("software-heritage").token == TARGET.token
