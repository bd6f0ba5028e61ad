"""Personal data in texts: what names a person is found, what looks like it is not."""

from __future__ import annotations

import pytest

from fair_imagic.model.personal import (
    emails_in,
    labelled_people_in,
    patients_in,
    people_in,
    personal_folders_in,
)

HOME = "/home"
KNOWN = (("Ana", "Roux"), ("Li", "O"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to ana.roux@example.org!", ["ana.roux@example.org"]),
        ("a@b.fr, a@b.fr", ["a@b.fr"]),
        ("63x@1.4.oil", []),
        ("frame@room.tif", []),
        ("@handle and a@b", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert emails_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"saved as C:\Users\marie.dupont\a.czi", [r"C:\Users\marie.dupont\a.czi"]),
        ("C:/Documents and Settings/mdupont", ["C:/Documents and Settings/mdupont"]),
        (f"file://{HOME}/jdoe/x", [f"{HOME}/jdoe/x"]),
        ("/Users/jdoe/Desktop", ["/Users/jdoe/Desktop"]),
        (r"\\srv\home\jdoe\a", [r"\\srv\home\jdoe\a"]),
        (r"C:\Users\Public\a and D:\data\a.lif", []),
        (f"{HOME}/user/a and {HOME}/microscope2/b", []),
        ("https://example.org/home/page", []),
    ],
)
def test_folders_of_a_user(text: str, found: list[str]) -> None:
    assert personal_folders_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20x|User = roux.ana|x", ["roux.ana"]),
        ("Operator: Ana Roux\nExposure: 5 ms", ["Ana Roux"]),
        ("Acquis par : Ana Roux", ["Ana Roux"]),
        ("User: 3; Operator: admin", []),
        ("superuser: yes; user-defined = 12 settings", []),
    ],
)
def test_names_that_a_text_gives_as_its_user(text: str, found: list[str]) -> None:
    assert labelled_people_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cells of Dr. Roux", ["Dr. Roux"]),
        ("merci à Mme Curie", ["Mme Curie"]),
        ("Pr Marie Curie's lab", ["Pr Marie Curie's"]),
        ("by ROUX Ana", ["ROUX Ana"]),
        ("ana_roux_day1.tif", ["ana_roux"]),
        ("Banana Roux, Anaroux", []),
        ("Roux stain of the Ana line", []),
        ("Li O battery", []),
        ("Leica TCS SP8, HC PL APO 63x, M. musculus, Alexa Fluor", []),
    ],
)
def test_people_with_a_title_and_people_who_are_known(
    text: str, found: list[str]
) -> None:
    assert people_in(text, KNOWN) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patient: Jean Dupont", ["Jean Dupont"]),
        ("née le 12/03/1970", ["12/03/1970"]),
        ("DOB 1970-03-12", ["1970-03-12"]),
        ("2 69 05 49 588 157 80", ["2 69 05 49 588 157 80"]),
        ("2 69 05 49 588 157 81", []),
        ("Patient Cell Lines from inpatients", []),
        ("patient-derived organoids, patient 12", []),
    ],
)
def test_patients(text: str, found: list[str]) -> None:
    assert patients_in(text) == found


def test_a_long_hostile_text_takes_no_time() -> None:
    for text in (
        "a." * 50_000 + "@",
        f"{HOME}/" * 20_000,
        "Dr " * 50_000,
        "user=" * 9000,
    ):
        emails_in(text)
        personal_folders_in(text)
        labelled_people_in(text)
        people_in(text, KNOWN)
        patients_in(text)
