"""Profiles: those built in, those of a folder, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from fair_imagic.model import Snapshot

Write = Callable[..., Path]

TITLE = """x:title-required a sh:PropertyShape ; sh:targetClass fi:PublicationSet ;
sh:path dcterms:title ; sh:minCount 1 ; sh:name "Title"@en, "Titre"@fr ;
sh:message "No title."@en, "Pas de titre."@fr ; fi:repair "Add."@en, "Ajoutez."@fr ."""
SET = "<https://example.org/id/set/s> a fi:PublicationSet ."


def test_an_unknown_profile_lists_the_names_and_the_closest() -> None:
    with pytest.raises(NotFoundError) as caught:
        profiles.load("datacyte")
    assert "datacite" in caught.value.hint
    assert "bioimage-archive" in caught.value.expected


def test_a_folder_of_profiles_is_added(write_profile: Write) -> None:
    folder = write_profile("our-lab", TITLE, parents=("set",))
    profile = profiles.load("our-lab", extra=folder)
    assert profile.tokens == ("our-lab", "set")
    assert "our-lab" not in profiles.available()


def test_one_profile_folder_is_added(write_profile: Write) -> None:
    folder = write_profile("our-lab", TITLE) / "our-lab"
    assert "our-lab" in profiles.available(folder)


def test_a_rule_of_an_added_profile_is_found(
    write_profile: Write, snapshot: Callable[..., Snapshot]
) -> None:
    profile = profiles.load("our-lab", extra=write_profile("our-lab", TITLE))
    report = check(snapshot(SET), [profile])
    found = [f for f in report.findings if f.code == "our-lab/title-required"]
    assert found[0].message == {"en": "No title.", "fr": "Pas de titre."}
    assert report.blocked_for("our-lab")


@pytest.mark.parametrize(
    ("clause", "english", "french"),
    [
        ('"Lab rule 3"', "Lab rule 3", "Lab rule 3"),
        ('"Lab rule 3"@en', "Lab rule 3", "Lab rule 3"),
        ('"Règle 3"@fr', "Règle 3", "Règle 3"),
        ('"Règle 3"@fr, "Lab rule 3"@en', "Lab rule 3", "Règle 3"),
    ],
)
def test_a_source_in_one_language_is_shown_in_both(
    write_profile: Write,
    snapshot: Callable[..., Snapshot],
    clause: str,
    english: str,
    french: str,
) -> None:
    shapes = TITLE.removesuffix(".") + f"; fi:clause {clause} ."
    profile = profiles.load("our-lab", extra=write_profile("our-lab", shapes))
    report = check(snapshot(SET), [profile])
    (point,) = [f for f in report.findings if f.code == "our-lab/title-required"]
    assert point.clause == {"en": english, "fr": french}


def test_a_shape_without_texts_is_reported_all_the_same(
    write_profile: Write, snapshot: Callable[..., Snapshot]
) -> None:
    shapes = """x:bare a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:property [ sh:path dcterms:title ; sh:minCount 1 ] ."""
    profile = profiles.load("our-lab", extra=write_profile("our-lab", shapes))
    report = check(snapshot(SET), [profile])
    assert [f.code for f in report.findings] == ["our-lab/bare-title-MinCount"]


def test_shapes_without_texts_have_a_code_each(
    write_profile: Write, snapshot: Callable[..., Snapshot]
) -> None:
    shapes = """
    x:licence a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:or ( [ sh:path x:a ; sh:minCount 1 ] [ sh:path x:b ; sh:minCount 1 ] ) .
    x:operator a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:or ( [ sh:path x:c ; sh:minCount 1 ] [ sh:path x:d ; sh:minCount 1 ] ) .
    x:both a sh:NodeShape ; sh:targetClass fi:PublicationSet ; sh:property
        [ sh:path x:e ; sh:minCount 1 ] , [ sh:path x:f ; sh:minCount 1 ] ."""
    profile = profiles.load("our-lab", extra=write_profile("our-lab", shapes))
    report = check(snapshot(SET), [profile])
    codes = {f.code for f in report.findings if f.profile == "our-lab"}
    assert codes == {
        "our-lab/licence",
        "our-lab/operator",
        "our-lab/both-e-MinCount",
        "our-lab/both-f-MinCount",
    }


@pytest.mark.parametrize(
    ("shapes", "line", "found"),
    [
        (
            """x:s a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:property [ sh:path dcterms:title ;
            sh:pattern "[a-\\\\d" ] .""",
            3,
            "bad character range",
        ),
        (
            """x:s a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:property [ sh:path wrong:title ; sh:minCount 1 ] .""",
            2,
            "wrong:",
        ),
        (
            """x:o sh:declare [ sh:prefix "fi" ; sh:namespace "urn:fi#"^^xsd:anyURI ] .
        x:s a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
        sh:sparql [ sh:prefixes x:o ;
            sh:select "SELECT $this WHERE { $this wrong:title ?t }" ] .""",
            4,
            "wrong:",
        ),
    ],
)
def test_a_bad_pattern_or_unknown_prefix_is_named_with_its_line(
    write_profile: Write,
    snapshot: Callable[..., Snapshot],
    shapes: str,
    line: int,
    found: str,
) -> None:
    folder = write_profile("our-lab", shapes)
    with pytest.raises(InputError) as caught:
        check(snapshot(SET), [profiles.load("our-lab", extra=folder)])
    (file,) = [p for p in folder.rglob("*.ttl") if p.name != "profile.ttl"]
    text = file.read_text(encoding="utf-8").splitlines()
    first = next(n for n, one in enumerate(text) if "x:s a" in one or "x:o sh:" in one)
    assert f"{file}:{first + line}" in caught.value.where
    assert found in caught.value.found


def test_parents_in_a_circle_are_an_error(write_profile: Write) -> None:
    write_profile("one", parents=("two",))
    folder = write_profile("two", parents=("one",))
    with pytest.raises(InputError) as caught:
        profiles.available(folder)
    assert "one -> two -> one" in caught.value.found


def test_a_profile_that_is_its_own_parent_is_an_error(write_profile: Write) -> None:
    with pytest.raises(InputError):
        profiles.available(write_profile("one", parents=("one",)))


def test_an_unknown_parent_is_an_error(write_profile: Write) -> None:
    with pytest.raises(NotFoundError) as caught:
        profiles.available(write_profile("one", parents=("nobody",)))
    assert "nobody" in str(caught.value)


def test_two_profiles_of_one_name_are_an_error(write_profile: Write) -> None:
    with pytest.raises(InputError):
        profiles.available(write_profile("datacite"))


def test_a_folder_without_profiles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        profiles.available(tmp_path)


@pytest.mark.parametrize(
    "line", ["dcterms:identifier", 'dcterms:title "T"@fr', "fi:about", "fi:blocks"]
)
def test_an_incomplete_manifest_is_an_error(write_profile: Write, line: str) -> None:
    folder = write_profile("one")
    path = folder / "one" / "profile.ttl"
    text = path.read_text(encoding="utf-8").replace(
        ', "T"@fr', ' ; dcterms:title "T"@fr'
    )
    parts = [part for part in text.split(";") if not part.strip().startswith(line)]
    changed = ";".join(parts).rstrip(" .") + " ."
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        profiles.available(folder)
    assert str(path) in caught.value.where


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('identifier "one"', 'identifier "../../one"', "../../one"),
        ('identifier "one"', 'identifier "ours, é"', "ours, é"),
        ('identifier "one"', 'identifier "model"', "model"),
        ("fi:blocks true", 'fi:blocks "maybe"', "maybe"),
    ],
)
def test_a_manifest_that_says_what_cannot_be_is_an_error(
    write_profile: Write, old: str, new: str, found: str
) -> None:
    folder = write_profile("one")
    path = folder / "one" / "profile.ttl"
    changed = path.read_text(encoding="utf-8").replace(old, new)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        profiles.available(folder)
    assert caught.value.where == str(path)
    assert found in caught.value.found


def test_shapes_that_are_no_turtle_are_an_error_with_their_place(
    write_profile: Write, snapshot: Callable[..., Snapshot]
) -> None:
    folder = write_profile("broken", "x:a sh:path ;;; [")
    with pytest.raises(InputError) as caught:
        check(snapshot(SET), [profiles.load("broken", extra=folder)])
    assert "rules.ttl" in caught.value.where


@pytest.mark.parametrize(
    "shapes",
    [
        "x:a a sh:PropertyShape ; sh:targetClass fi:PublicationSet ; sh:minCount 1 .",
        "x:a a sh:PropertyShape ; sh:targetClass fi:PublicationSet ;"
        ' sh:path dcterms:title ; sh:minCount "one" .',
        "x:a a sh:NodeShape ; sh:targetClass fi:PublicationSet ; sh:sparql ["
        ' a sh:SPARQLConstraint ; sh:select "SELECT WHERE {" ] .',
    ],
)
def test_shapes_that_are_no_shacl_are_an_error(
    write_profile: Write, snapshot: Callable[..., Snapshot], shapes: str
) -> None:
    folder = write_profile("broken", shapes)
    with pytest.raises(InputError):
        check(snapshot(SET), [profiles.load("broken", extra=folder)])


def test_a_changed_file_is_read_again(
    write_profile: Write, snapshot: Callable[..., Snapshot]
) -> None:
    folder = write_profile("our-lab", TITLE)
    first = check(snapshot(SET), [profiles.load("our-lab", extra=folder)])
    rules = folder / "our-lab" / "rules.ttl"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("No title.", "Title!"), encoding="utf-8")
    second = check(snapshot(SET), [profiles.load("our-lab", extra=folder)])
    assert first.findings[0].message["en"] == "No title."
    assert second.findings[0].message["en"] == "Title!"


def test_an_installed_package_adds_profiles(
    write_profile: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_profile("our-lab", TITLE)
    site = tmp_path / "site"
    info = site / "our_lab-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: our-lab\nVersion: 1.0\n"
    )
    (info / "entry_points.txt").write_text(
        f"[{profiles.ENTRY_POINTS}]\nour-lab = our_lab_profiles:folder\n"
    )
    (site / "our_lab_profiles.py").write_text(
        "from pathlib import Path\n"
        f"def folder() -> Path:\n    return Path({str(folder)!r})\n"
    )
    monkeypatch.syspath_prepend(site)
    assert profiles.load("our-lab").title == {"en": "T", "fr": "T"}
