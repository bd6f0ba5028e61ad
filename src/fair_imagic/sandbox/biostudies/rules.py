"""What the back end checks of a submission beyond its form."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.sandbox.biostudies.answers import Refusal
from fair_imagic.sandbox.biostudies.filelist import check_paths, read_list
from fair_imagic.sandbox.biostudies.pagetab import (
    attribute_value,
    attributes_of,
    form_problems,
    sections_of,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_submission", "wants_doi"]

Node = dict[str, object]


def check_submission(submission: object, *, folder: Path, is_new: bool) -> Node:
    """Return the submission if it is one.

    Raises :class:`Refusal`. ``folder`` holds the user's uploaded files.
    """
    problems = form_problems(submission)
    if problems or not isinstance(submission, dict):
        raise Refusal(*problems)
    _check_release_date(submission, is_new=is_new)
    _check_references(submission)
    if wants_doi(submission):
        _check_doi(submission)
    root = (attribute_value(submission, "RootPath") or "").strip("/")
    base = folder / root if root else folder
    for section in sections_of(submission):
        _check_files(section, base)
    return submission


def wants_doi(submission: Node) -> bool:
    """Return whether the attribute DOI asks for one."""
    return any(a.get("name") == "DOI" for a in attributes_of(submission))


def _check_release_date(submission: Node, *, is_new: bool) -> None:
    text = attribute_value(submission, "ReleaseDate")
    if text is None:
        raise Refusal("Required attribute 'ReleaseDate' is missing at submission level")
    moment = _date_in(text)
    if moment is None:
        raise Refusal(
            f"Provided date {text} could not be parsed. Expected format is YYYY-MM-DD"
        )
    if is_new and moment < clock.today():
        raise Refusal("Release date cannot be in the past")


def _date_in(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text):
            return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
    except ValueError:
        return None
    return None


def _check_references(submission: Node) -> None:
    names: set[str] = set()
    for section in sections_of(submission):
        accno = section.get("accno")
        if isinstance(accno, str) and accno:
            if accno in names:
                raise Refusal(f"A section with accNo {accno} already exists")
            names.add(accno)
    for section in sections_of(submission):
        for attribute in attributes_of(section):
            if attribute.get("reference") and attribute.get("value") not in names:
                raise Refusal(
                    f"Attribute '{attribute['name']}' refers to "
                    f"'{attribute.get('value')}', which is no section"
                )


def _check_doi(submission: Node) -> None:
    """Check what Crossref needs before a DOI is given."""
    sections = list(sections_of(submission))
    titles = [attribute_value(node, "Title") for node in (submission, sections[0])]
    if not any(titles):
        raise Refusal("A title is required for DOI registration")
    organisations = [
        s for s in sections if _type(s) in ("organisation", "organization")
    ]
    if not organisations:
        raise Refusal("An organization is required for DOI registration")
    for section in organisations:
        if not section.get("accno"):
            raise Refusal("Organizations are required to have an accession")
        if not attribute_value(section, "Name"):
            raise Refusal("Organization name is required")
    names = {str(section["accno"]) for section in organisations}
    for section in sections:
        if _type(section) == "author" and attribute_value(section, "Name"):
            _check_affiliation(section, names)


def _check_affiliation(author: Node, organisations: set[str]) -> None:
    affiliation = attribute_value(author, "affiliation")
    if affiliation is None:
        name = attribute_value(author, "Name")
        raise Refusal(f"Author {name} must have an affiliation")
    if affiliation not in organisations:
        raise Refusal(
            f"The organization '{affiliation}' affiliation could not be found"
        )


def _type(section: Node) -> str:
    return str(section.get("type", "")).lower()


def _check_files(section: Node, folder: Path) -> None:
    files = section.get("files")
    rows: list[str] = []
    for entry in files if isinstance(files, list) else []:
        for row in entry if isinstance(entry, list) else [entry]:
            rows.append(str(row["path"]))
    if rows:
        check_paths(folder, rows)
    lists = [a for a in attributes_of(section) if a.get("name") == "File List"]
    if len(lists) > 1:
        raise Refusal("A section may have one File List only")
    for attribute in lists:
        name = attribute.get("value")
        if not isinstance(name, str) or not name.strip():
            raise Refusal("The File List must be named")
        check_paths(folder, read_list(folder, name))
