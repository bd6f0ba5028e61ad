"""Nobody but ``entry`` reads a value; the few other places say here why they may."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("src/fair_imagic", "webapp/fair_imagic_web")
# Judges share no code with the judged; the SHACL engine is a library of its own.
LIBRARIES = ("src/fair_imagic/entry/", "src/fair_imagic/sandbox/")
SHACL = "src/fair_imagic/checks/shacl/"

# What reads a value, and who else may use it: the file, and why.
READERS: dict[str, tuple[re.Pattern[str], dict[str, str]]] = {
    "a number": (
        re.compile(r"\bDecimal\((?![\"'\d)])"),
        {
            "src/fair_imagic/model/exchange.py": "writes the digits that came",
            "src/fair_imagic/tables/grid.py": "what office programs store in a cell",
            "src/fair_imagic/processing/segmentation.py": "rounds its own threshold",
            "src/fair_imagic/readers/tiff_vendors.py": "reckons with a maker's numbers",
        },
    ),
    "a day": (
        re.compile(r"\bfromisoformat\("),
        {
            "src/fair_imagic/clock.py": "the setting of a fixed clock",
            "src/fair_imagic/i18n.py": "prints what is a day",
            "src/fair_imagic/jobs/queue.py": "its own times",
            "src/fair_imagic/checks/ro_crate_rules.py": "judges by a format",
            "src/fair_imagic/dmp/standard_rules.py": "judges by a format",
            "src/fair_imagic/publish/datacite/dates.py": "judges by a format",
            "src/fair_imagic/publish/software_heritage/document.py": "judges by one",
        },
    ),
    "a licence": (re.compile(r"license_expression"), {}),
    "an identifier": (re.compile(r"\bidutils\b"), {}),
    "an ORCID iD or a ROR id": (
        re.compile(r"\\d\{4\}-\\d\{4\}|0\[0-9a-hj|0\[a-hj-km"),
        {"src/fair_imagic/checks/expectation.py": "names a pattern of the shapes"},
    ),
    "a DOI": (
        re.compile(r"10\\\."),
        {
            "src/fair_imagic/publish/datacite/doi.py": "the rule for new DOIs",
            "src/fair_imagic/publish/bioimage_archive/curation.py": "what it can read",
            "src/fair_imagic/dmp/plan_shapes.py": "a pattern that goes into shapes",
        },
    ),
}


def _found(pattern: re.Pattern[str]) -> set[str]:
    found = set()
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if place.startswith((*LIBRARIES, SHACL)):
                continue
            if pattern.search(path.read_text(encoding="utf-8")):
                found.add(place)
    return found


@pytest.mark.parametrize("what", READERS)
def test_a_value_is_read_at_one_door(what: str) -> None:
    pattern, allowed = READERS[what]
    found = _found(pattern)
    assert found - allowed.keys() == set(), f"{what} is read there: use entry"
    assert allowed.keys() - found == set(), "these do not any more"


def test_modules_of_entry_are_imported_as_it_shows_them() -> None:
    import fair_imagic.entry

    shown = set(fair_imagic.entry.__all__)
    used = set()
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            if path.is_relative_to(ROOT / "src/fair_imagic/entry"):
                continue
            text = path.read_text(encoding="utf-8")
            used |= set(re.findall(r"from fair_imagic\.entry\.(\w+) import", text))
    assert used <= shown, used - shown
