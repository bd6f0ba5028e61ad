"""What the archive's curators mended by hand: broken studies are named, mended not.

Each cause of the 34 recorded corrections has studies broken in five ways or more, made
from a good one.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.documents.conftest import Write

Study = dict[str, Any]
PREFIX = "bioimage-archive/"
GOOD_DOI = "10.1083/jcb.202107093"


def sections(study: Study, kind: str) -> list[Study]:
    found: list[Study] = []

    def walk(section: Study) -> None:
        found.extend([section] if section.get("type") == kind else [])
        for one in section.get("subsections", []):
            walk(one)

    walk(study["section"])
    return found


def first(study: Study, kind: str) -> Study:
    return sections(study, kind)[0]


def put(section: Study, name: str, *values: Any) -> None:
    """Give an attribute other values; none takes it out."""
    others = [one for one in section["attributes"] if one["name"] != name]
    section["attributes"] = others + [{"name": name, "value": one} for one in values]


def doi(text: str) -> Callable[[Study], None]:
    return lambda study: put(first(study, "Publication"), "DOI", text)


def email(text: str) -> Callable[[Study], None]:
    return lambda study: put(first(study, "Author"), "E-mail", text)


def link(url: Any, *pairs: tuple[str, str]) -> Callable[[Study], None]:
    attributes = [{"name": name, "value": value} for name, value in pairs]

    def change(study: Study) -> None:
        study["section"]["links"] = [{"url": url, "attributes": attributes}]

    return change


def association(name: str, change: Callable[[str], str]) -> Callable[[Study], None]:
    def act(study: Study) -> None:
        section = first(study, "Associations")
        (text,) = [o["value"] for o in section["attributes"] if o["name"] == name]
        put(section, name, change(text))

    return act


def no_associations(number: int, what: str) -> Callable[[Study], None]:
    def act(study: Study) -> None:
        component = sections(study, "Study Component")[number]
        if what == "gone":
            component["subsections"] = []
        elif what == "other kind":
            for one in component["subsections"]:
                one["type"] = "Association"
        else:
            put(component["subsections"][0], what)

    return act


def publication(*pairs: tuple[str, str]) -> Callable[[Study], None]:
    def act(study: Study) -> None:
        first(study, "Publication")["attributes"] = [
            {"name": name, "value": value} for name, value in pairs
        ]

    return act


def affiliation(change: dict[str, Any]) -> Callable[[Study], None]:
    def act(study: Study) -> None:
        for one in first(study, "Author")["attributes"]:
            if one["name"] == "affiliation":
                one |= change
                for key in [key for key in one if one[key] is ...]:
                    del one[key]

    return act


def organisation(accno: Any) -> Callable[[Study], None]:
    return lambda study: first(study, "organisation").__setitem__("accno", accno)


def author(*names: str) -> Callable[[Study], None]:
    return lambda study: put(first(study, "Author"), "Name", *names)


def variable(name: str, *values: str) -> Callable[[Study], None]:
    return lambda study: put(first(study, "Biosample"), name, *values)


#: Cause -> the codes that may name it, and studies broken by it.
CAUSES: dict[str, tuple[set[str], list[Callable[[Study], None]]]] = {
    "publication DOI": (
        {"publication-doi-wrong", "publication-placeholder"},
        [
            doi("TBD"),
            doi("in review"),
            doi("https://www.nature.com/articles/s41586-020-1234-5"),
            doi("10.1083/jcb.202107093. J Cell Biol 2022"),
            doi("arXiv:2101.00001"),
            doi("pending"),
            doi("10.1083 / jcb.202107093"),
            doi("jcb.202107093"),
            doi("To be announced"),
        ],
    ),
    "e-mail": (
        {"email-wrong"},
        [
            email("ada.martin"),
            email("ada.martin@example"),
            email("ada@chem..example.org"),
            email("ada martin@example.org"),
            email("ada@example.org; bob@example.org"),
            email("ada@@example.org"),
        ],
    ),
    "link": (
        {"link-without-type", "heading-empty", "node-of-wrong-kind"},
        [
            link("doi.org/10.17632/8gcncg6zkt.3"),
            link("S-BIAD1"),
            link("www.example.org/data", ("Description", "data")),
            link("PXD000001", ("Type", "")),
            link(""),
            link(7),
        ],
    ),
    "association": (
        {"association-broken"},
        [
            association("Biosample", lambda text: text + " "),
            association("Biosample", str.upper),
            association("Specimen", lambda text: text + "s"),
            association("Image acquisition", lambda text: text.replace(" ", "  ", 1)),
            association("Specimen", lambda text: "bios-1"),
        ],
    ),
    "associations missing": (
        {
            "associations-missing",
            "associations-biosample-needed",
            "associations-specimen-needed",
            "associations-image-acquisition-needed",
        },
        [
            no_associations(0, "gone"),
            no_associations(0, "other kind"),
            no_associations(0, "Biosample"),
            no_associations(0, "Specimen"),
            no_associations(0, "Image acquisition"),
        ],
    ),
    "publication empty": (
        {"publication-empty", "publication-placeholder"},
        [
            publication(),
            publication(("Year", "2024")),
            publication(("Title", ""), ("DOI", "")),
            publication(("Title", " ")),
            publication(("Authors", "Martin A.")),
            publication(("Title", "tbd")),
        ],
    ),
    "affiliation": (
        {"affiliation-broken", "node-of-wrong-kind"},
        [
            affiliation({"reference": ...}),
            affiliation({"reference": False}),
            affiliation({"reference": ..., "isReference": "true"}),
            affiliation({"value": "o99"}),
            affiliation({"reference": "true"}),
            organisation(None),
            organisation(""),
        ],
    ),
    "author name": (
        {"author-name-needed", "value-not-text"},
        [author(), author(""), author("  "), author(" ", ""), author("\t")],
    ),
    "variable": (
        {"variable-repeated"},
        [
            variable("Experimental variable", "one", "two", "three"),
            variable("Experimental variable", "one", "one"),
            variable("Extrinsic variable", "one", "two"),
            variable("Intrinsic variable", "one", "two"),
            variable("Intrinsic variable", "", "two"),
        ],
    ),
}
BROKEN = [
    pytest.param(codes, change, id=f"{cause} {number}")
    for cause, (codes, changes) in CAUSES.items()
    for number, change in enumerate(changes)
]
#: What the archive reads, though it looks like one of the causes.
MENDED = {
    "DOI": doi(GOOD_DOI),
    "DOI as address": doi(f"https://doi.org/{GOOD_DOI}"),
    "DOI by the old resolver": doi(f"https://dx.doi.org/{GOOD_DOI}"),
    "DOI with prefix": doi(f"doi:{GOOD_DOI}"),
    "DOI of a protocol": doi(
        "https://dx.doi.org/10.17504/protocols.io.rm7vz7qx8lx1/v1"
    ),
    "e-mail": email("ada.martin+images@chem.example.org"),
    "link": link("https://doi.org/10.17632/8gcncg6zkt.3"),
    "link with a type": link("PXD000001", ("Type", "pride")),
    "publication by its title": publication(("Title", "On nuclei")),
    "publication by its DOI": publication(("DOI", GOOD_DOI)),
    "one variable": variable("Experimental variable", "one; two; three"),
    "title with a word that stands in elsewhere": publication(
        ("Title", "Tbx5 in review of the literature")
    ),
}


@pytest.fixture
def study(submission: dict[str, bytes]) -> Study:
    found: Study = json.loads(submission["submission.json"])
    found["section"]["subsections"].append(
        {
            "accno": "pub-1",
            "type": "Publication",
            "attributes": [
                {"name": "Title", "value": "Nuclei under stress"},
                {"name": "DOI", "value": GOOD_DOI},
            ],
        }
    )
    return found


def musts(path: Path) -> set[str]:
    report = check_path(path).report
    found = {one.code for one in report.findings if one.severity == "must"}
    return {one.removeprefix(PREFIX) for one in found}


@pytest.mark.parametrize(("codes", "change"), BROKEN)
@pytest.mark.parametrize("accno", [None, "S-BIAD9999"], ids=["new", "published"])
def test_what_curators_mended_is_named(
    write: Write,
    study: Study,
    codes: set[str],
    change: Callable[[Study], None],
    accno: str | None,
) -> None:
    broken = copy.deepcopy(study)
    change(broken)
    if accno:
        broken["accno"] = accno
    assert musts(write("study.json", broken)) & codes


@pytest.mark.parametrize("change", MENDED.values(), ids=MENDED)
def test_what_is_mended_is_no_point(
    write: Write, study: Study, change: Callable[[Study], None]
) -> None:
    change(study)
    assert musts(write("study.json", study)) == set()
