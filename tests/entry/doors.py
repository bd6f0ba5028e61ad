"""The doors at which people type: one small function each, over one data folder."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook

from fair_imagic.checks.first_steps import first_steps
from fair_imagic.documents.translation import translation_of
from fair_imagic.errors import InputError
from fair_imagic.mapping.converters import terms_of
from fair_imagic.mapping.table import load_table
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import iri, record_of, text_of
from fair_imagic.readers import RawFact
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import apply, planned, questions, repair, tags
from fair_imagic.workflow.correcting.columns import KEYS, heading_of
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes import edit
from fair_imagic.workflow.people import find
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.quality.table import measured_from
from fair_imagic.workflow.sets import defaults, software

if TYPE_CHECKING:
    from pathlib import Path

    from entry_cases import Case
    from flask.testing import FlaskClient

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["DOORS", "Folder"]

AUTHOR = "Ana Roux"
_SET = {
    "PublicationSet": "",
    "Image": "image.",
    "Sample": "image.sample.",
    "Objective": "image.objective.",
    "Channel": "image.channels[0].",
}
_ONLY = "field_01_control"


@dataclass
class Folder:
    """A data folder with the set s, a place for files, and a browser logged in."""

    workspace: Workspace
    place: Path
    browser: FlaskClient

    @property
    def root(self) -> str:
        return self.workspace.record("set", "s")

    @property
    def image(self) -> str:
        return images_of(self.workspace, self.root, pattern=_ONLY)[0]

    def values(self, subject: str, slot: Slot) -> tuple[str, ...]:
        graph = RecordGraph(self.workspace.catalogue.effective(record_of(subject)))
        return tuple(sorted(map(text_of, graph.values(subject, slot.iri))))

    def subject(self, case: Case) -> str:
        graph = RecordGraph(self.workspace.catalogue.effective(self.image))
        (sample,) = graph.values(
            self.image, "https://w3id.org/fair-imagic/terms/sample"
        )
        return {
            "PublicationSet": self.root,
            "Image": self.image,
            "Sample": text_of(sample),
            "Objective": f"{self.image}#objective",
            "Channel": next(one for one in graph.subjects if "#channel-0" in one),
        }[case.class_name]


def _of_set(case: Case) -> bool:
    names_of_tests = case.field == "creators" and "Nobody" not in case.text
    return case.class_name in _SET and not names_of_tests


def _of_record(case: Case) -> bool:
    return _of_set(case) and case.class_name == "PublicationSet"


def _of_image(case: Case) -> bool:
    return _not_blank(case) and case.class_name != "PublicationSet"


def _not_blank(case: Case) -> bool:
    """An empty cell says nothing, and a spreadsheet holds no control character."""
    return _of_set(case) and bool(case.text.strip()) and "\x07" not in case.text


def option_set(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic repair s --set PATH=TEXT``."""
    path = _SET[case.class_name] + case.field
    repair.set_values(
        folder.workspace,
        folder.root,
        [(path, case.text)],
        author=AUTHOR,
        images=_ONLY if path.startswith("image.") else None,
    )
    return folder.values(folder.subject(case), case.slot)


def defaults_set(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic defaults set PATH=TEXT``: what it would fill in."""
    path = _SET[case.class_name] + case.field
    defaults.set_default(folder.workspace, path, case.text)
    assert defaults.defaults_of(folder.workspace)[path] == case.text.strip()
    defaults.remove_default(folder.workspace, path)
    return option_set(folder, case)


def tags_table(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic repair s --tags tags.csv``."""
    path = folder.place / "tags.csv"
    steps = _SET[case.class_name].removeprefix("image.")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([["image", steps + case.field], [_ONLY, case.text]])
    tags.apply_file(folder.workspace, folder.root, path, author=AUTHOR)
    return folder.values(folder.subject(case), case.slot)


def points_table(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic repair s --apply points.xlsx``."""
    subject = folder.subject(case)
    seen = folder.values(subject, case.slot)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([heading_of("new"), *KEYS])
    text = f"'{case.text}" if case.text.startswith("=") else case.text
    told = f":{seen[0]}" if seen else ""
    sheet.append([text, folder.root, "", "x", subject, case.slot.iri, told])
    path = folder.place / "points.xlsx"
    book.save(path)
    found = planned(folder.workspace, "s", source=path)
    if found.flaws:
        (flaw,) = found.flaws
        raise InputError(flaw.message, expected=flaw.expected, found=flaw.found)
    if found.items:
        apply(folder.workspace, found, author=AUTHOR)
    return folder.values(subject, case.slot)


def question(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic ask s --answer 1=TEXT``; the answer is taken back again."""
    path = _SET[case.class_name] + case.field
    asked = questions.questions_of(folder.workspace, "s")
    key = next(one.key for one in asked if one.path == path)
    questions.answer(folder.workspace, "s", {key: case.text}, author=AUTHOR)
    kept = folder.values(folder.subject(case), case.slot)
    repair.undo_last(folder.workspace, folder.root, author=AUTHOR)
    return kept


def instrument_form(folder: Folder, case: Case) -> tuple[str, ...]:
    """The form of a component of a microscope."""
    instrument = folder.workspace.record("instrument", "scope")
    graph = RecordGraph(folder.workspace.catalogue.effective(instrument))
    wanted = f"https://w3id.org/fair-imagic/nboq/v02-01/{case.class_name}"
    subject = next(graph.subjects_of(wanted).__iter__())
    try:
        told = {case.field: case.text}
        edit.edit_component(folder.workspace, instrument, subject, told, author=AUTHOR)
    except edit.FieldErrors as error:
        (message,) = error.errors.values()
        raise InputError(message, expected=message) from error
    return folder.values(subject, case.slot)


def person_add(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic person add NAME --orcid TEXT``, of somebody who is there."""
    entry = _entry(folder, case)
    record = people.add(folder.workspace, entry, author=AUTHOR).record
    return _kept_of(folder, record, case)


def person_table(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic person import people.csv``."""
    path = folder.place / "people.csv"
    cells = {
        field: text for field, text in asdict(_entry(folder, case)).items() if text
    }
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([cells.keys(), cells.values()])
    (kept,) = people.import_table(folder.workspace, path, author=AUTHOR)
    return _kept_of(folder, kept.record, case)


def _entry(folder: Folder, case: Case) -> people.PersonEntry:
    (known,) = find(folder.workspace, "Camille Practice")
    where = "Institute" if case.class_name == "Organisation" else ""
    told = {"affiliation": where, "person": known.id, case.field: case.text}
    return people.PersonEntry(known.name, **told)


def _kept_of(folder: Folder, person: str, case: Case) -> tuple[str, ...]:
    subject = person
    if case.class_name == "Organisation":
        graph = RecordGraph(folder.workspace.catalogue.effective(person))
        (link,) = graph.values(person, "http://www.w3.org/ns/org#memberOf") or (
            graph.values(person, "https://schema.org/affiliation")
        )
        subject = text_of(link)
    return folder.values(subject, case.slot)


def quality_control(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic instrument qc add``: its day."""
    told = {"date": case.text, "point": "stage drift", "passed": "yes"}
    return (measured_from(told).day,)


def software_add(folder: Folder, case: Case) -> tuple[str, ...]:
    """``fair-imagic software add --license TEXT``."""
    scripts = folder.place / "scripts"
    scripts.mkdir(exist_ok=True)
    (scripts / "a.py").write_text("print()\n", encoding="utf-8")
    record = software.add(
        folder.workspace, "scripts", scripts, author=AUTHOR, license=case.text
    )
    return folder.values(record, case.slot)


def web_question(folder: Folder, case: Case) -> tuple[str, ...]:
    """The page of questions; the answer is taken back again."""
    path = _SET[case.class_name] + case.field
    asked = questions.questions_of(folder.workspace, "s")
    key = next(one.key for one in asked if one.path == path)
    return _sent(folder, case, "questions", {f"answer:{key}": case.text})


def web_point(folder: Folder, case: Case) -> tuple[str, ...]:
    """The form beside a point to fix; the correction is taken back again."""
    report = check.run(folder.workspace, "s")
    key = next(
        step.cause.key
        for step in first_steps(report, most=999)
        if any(one.path == case.slot.iri for one in step.cause.joint.findings)
    )
    fields = {"cause": key, "value": case.text, "everything": "yes"}
    return _sent(folder, case, "points", fields)


def _sent(
    folder: Folder, case: Case, page: str, fields: dict[str, str]
) -> tuple[str, ...]:
    address = f"/set/s/{page}"
    shown = folder.browser.get("/set/s/describe").text
    token = re.search(r'name="csrf" value="([^"]+)"', shown)
    assert token is not None
    answer = folder.browser.post(address, data={"csrf": token[1], **fields})
    if answer.status_code == 400:
        text = html.unescape(answer.text)
        raise InputError(text, expected=text)
    assert answer.status_code == 302
    kept = folder.values(folder.subject(case), case.slot)
    repair.undo_last(folder.workspace, folder.root, author=AUTHOR)
    return kept


def document(folder: Folder, case: Case) -> tuple[str, ...]:
    """A DataCite record of somebody else."""
    tree = {
        "license": {"rightsList": [{"rights": case.text}]},
        "issued": {"dates": [{"dateType": "Issued", "date": case.text}]},
    }[case.field]
    base = "https://x.example/document"
    found = translation_of("datacite", tree, base=base, where=lambda pointer: "")
    return tuple(text_of(o) for _s, p, o in found.triples if p == iri(case.slot.iri))


def image_file(folder: Folder, case: Case) -> tuple[str, ...]:
    """A pixel size in an image file, in micrometres."""
    row = next(row for row in load_table().values() if row.slot.endswith("SizeX"))
    fact = RawFact("PhysicalSizeX", case.text, "µm", "a.tif")
    return tuple(text_of(o) for p, o in terms_of(fact, row) if p == row.slot)


def _in_document(case: Case) -> bool:
    return case.field in ("license", "issued") and bool(case.text.strip())


def _in_image_file(case: Case) -> bool:
    return case.field == "physical_size_x" and bool(case.text.strip())


def _asked(case: Case) -> bool:
    return (case.class_name, case.field) in (
        ("PublicationSet", "license"),
        ("Sample", "organism"),
    ) and bool(case.text.strip())


def _is_day(case: Case) -> bool:
    return case.field == "issued"


def _of_component(case: Case) -> bool:
    return case.class_name == "Objective" and bool(case.text.strip())


def _of_person(case: Case) -> bool:
    known = (("Person", "orcid"), ("Person", "email"), ("Organisation", "ror"))
    return (case.class_name, case.field) in known


def _is_licence(case: Case) -> bool:
    return case.field == "license" and case.outcome != "reads"


Door = Callable[[Folder, "Case"], tuple[str, ...]]
Takes = Callable[["Case"], bool]

DOORS: dict[str, tuple[Door, Takes]] = {
    "repair --set": (option_set, _of_set),
    "defaults set": (defaults_set, _of_record),
    "tags table": (tags_table, _of_image),
    "points table": (points_table, _not_blank),
    "question": (question, _asked),
    "instrument form": (instrument_form, _of_component),
    "person add": (person_add, _of_person),
    "person import": (person_table, _of_person),
    "quality control": (quality_control, _is_day),
    "software add": (software_add, _is_licence),
    "web: points": (web_point, _asked),
    "web: questions": (web_question, _asked),
    "document": (document, _in_document),
    "image file": (image_file, _in_image_file),
}
