"""Questions: what only the researcher can answer, most useful first, ten at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language, severity_word
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import (
    Channel,
    Image,
    Objective,
    Organisation,
    Person,
    PublicationSet,
    RecordGraph,
    Sample,
    class_for,
    slot_for,
    slot_named,
    slots_of,
)
from fair_imagic.rdf import record_of, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.field import Field, field_for
from fair_imagic.workflow.checking.kept_verdict import (
    keep_questions,
    kept_counts,
    kept_verdict,
)
from fair_imagic.workflow.checking.verdict import verdict_for_page
from fair_imagic.workflow.correcting.example import example_of
from fair_imagic.workflow.correcting.shared_samples import tell_shared
from fair_imagic.workflow.images.correction import Correction, keep
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.checks import Finding, Report
    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.kept_verdict import KeptCounts

__all__ = [
    "MOST",
    "Question",
    "answer",
    "questions_of",
    "try_answer",
    "with_questions",
]

MOST = 10

# From a set to what a question may be about: the steps of a path for `repair --set`.
_STEPS = {
    PublicationSet.class_iri: "",
    Image.class_iri: "image.",
    Sample.class_iri: "image.sample.",
    Objective.class_iri: "image.objective.",
    Channel.class_iri: "image.channels[{index}].",
}
# One question for each of these; components of a microscope are asked of nobody here.
_ONE_BY_ONE = frozenset({Person.class_iri, Organisation.class_iri})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; its answer goes to everything in ``things``.

    ``key`` is stable while the question is open, ``path`` is for ``repair --set``
    (empty where there is none), ``fixes`` counts the points that an answer removes.
    """

    key: str
    label: str
    why: tuple[str, ...]
    field: Field
    example: str
    kind: str
    words: str
    path: str
    fixes: int
    things: tuple[str, ...]
    labels: tuple[str, ...]


def questions_of(workspace: Workspace, name: str) -> tuple[Question, ...]:
    """Return what a set still lacks and its researcher knows, most useful first.

    They are in the order of the check's own causes; one cause may be several questions.
    Values that a file, the microscope record or a default of the facility gives are
    not asked, nor what only the facility knows. Raises NotFoundError for no such set.
    """
    record = workspace.record("set", name)
    report = verdict_for_page(workspace, record).report
    groups = _grouped(workspace, report.findings)
    asked = [
        question
        for key, found in groups.items()
        if (question := _question(workspace, key, found)) is not None
    ]
    places = _places(report)
    first = {
        key: min(places[one.sort_key] for one in found) for key, found in groups.items()
    }
    asked.sort(key=lambda one: (first[one.key], -one.fixes, one.key))
    return tuple(asked[:MOST])


def with_questions(workspace: Workspace, name: str) -> KeptCounts | None:
    """Return what the last check of a set counted, with its questions if known.

    They are counted once, where this process has the report that they are made of.
    """
    record = workspace.record("set", name)
    kept = kept_counts(workspace, record)
    if kept is None or not kept.is_fresh or kept.counts.questions is not None:
        return kept
    report = kept_verdict(workspace, record)
    if report is None or not report.is_fresh:
        return kept
    count = len(questions_of(workspace, name))
    return keep_questions(workspace, record, kept, count)


def answer(
    workspace: Workspace,
    name: str,
    answers: Mapping[str, str],
    *,
    author: str,
    new: bool = False,
) -> Correction:
    """Keep answers (question key to text) as one change that can be undone.

    ``new`` says that people, organisations and samples whose names nobody has are new.

    A microscope that is named so fills in what its record knows. Raises
    :class:`~fair_imagic.errors.InputError` for a text that cannot be used, with the
    question in ``where``, and for a question that is not open.
    """
    open_ones = {one.key: one for one in questions_of(workspace, name)}
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    door = Door(workspace, Newcomers(workspace, confirmed=new))
    for key, text in answers.items():
        if key not in open_ones:
            raise InputError(
                _("This question is not open any more"),
                found=key[:80],
                hint=_("Ask again: somebody may have answered it."),
            )
        _put(door, edits, open_ones[key], text)
    tell_shared(workspace, edits, images_of(workspace, workspace.record("set", name)))
    done = keep(workspace, edits, author=author, reason="answers")
    for key, text in answers.items():
        if open_ones[key].path == "image.instrument":
            _attach(workspace, door, open_ones[key], text)
    return done


def try_answer(workspace: Workspace, question: Question, text: str) -> None:
    """Raise what :func:`answer` would raise for one text; nothing is kept."""
    edits = Edits(workspace.catalogue, person_source(workspace, ""))
    _put(Door(workspace, Newcomers(workspace)), edits, question, text)


def _grouped(
    workspace: Workspace, findings: Iterable[Finding]
) -> dict[str, list[Finding]]:
    """Return missing values by question: the same field of things of one class."""
    groups: dict[str, list[Finding]] = {}
    kinds: dict[str, str | None] = {}
    microscopes = f"{workspace.settings.base_iri}instrument"
    for finding in findings:
        if finding.focus.startswith(microscopes):
            continue
        if not finding.path or finding.value is not None or finding.who == "facility":
            continue
        if finding.focus not in kinds:
            kinds[finding.focus] = _class_of(workspace, finding.focus)
        kind = kinds[finding.focus]
        slot = slot_for(kind, finding.path) if kind else None
        if kind is None or slot is None or kind not in (*_STEPS, *_ONE_BY_ONE):
            continue
        # What is common to a set has one answer; two people have two affiliations.
        place = kind.rpartition("/")[2] if kind in _STEPS else finding.focus
        if kind == Channel.class_iri:
            place = f"{place}-{finding.focus.rpartition('-')[2]}"
        groups.setdefault(f"{place}.{slot.name}", []).append(finding)
    return groups


def _class_of(workspace: Workspace, focus: str) -> str | None:
    graph = RecordGraph(workspace.catalogue.effective(record_of(focus)))
    return next((one for one in graph.types(focus) if class_for(one)), None)


def _places(report: Report) -> dict[object, int]:
    """Return the place of each point's cause among all causes."""
    return {
        one.sort_key: place
        for place, cause in enumerate(report.causes)
        for group in cause.groups
        for one in group.findings
    }


def _question(
    workspace: Workspace, key: str, findings: Sequence[Finding]
) -> Question | None:
    first = min(findings, key=lambda one: one.sort_key)
    kind = _class_of(workspace, first.focus) or ""
    field = field_for(workspace, [kind], first.path)
    slot = slot_for(kind, first.path)
    if field is None or slot is None:
        return None
    things = {one.focus: one.focus_label for one in findings}
    return Question(
        key=key,
        label=field.label,
        why=tuple(dict.fromkeys(in_language(one.message) for one in findings)),
        field=field,
        example=example_of(slot, field),
        kind=str(first.severity),
        words=severity_word(first.severity),
        path=_path(kind, slot, first.focus),
        fixes=len(findings),
        things=tuple(things),
        labels=tuple(things.values()),
    )


def _path(kind: str, slot: Slot, focus: str) -> str:
    steps = _STEPS.get(kind)
    if steps is None:
        return ""
    return steps.format(index=focus.rpartition("-")[2]) + slot.name


def _put(door: Door, edits: Edits, question: Question, text: str) -> None:
    for thing in question.things:
        slot = _slot(edits, thing, question)
        try:
            reading = door.read(text, slot, subject=thing)
        except InputError as error:
            error.where = question.label
            error.expected = error.expected or question.example
            raise
        edits.take(thing, slot, reading)


def _slot(edits: Edits, thing: str, question: Question) -> Slot:
    name = question.key.rpartition(".")[2]
    for slot in slots_of(edits.type_of(thing) or ""):
        if slot.name == name:
            return slot
    raise InputError(_("This question is not open any more"), found=question.key[:80])


def _attach(workspace: Workspace, door: Door, question: Question, text: str) -> None:
    slot = slot_named(Image.__name__, "instrument")
    reading = door.read(text, slot, subject=question.things[0])
    if reading.terms:
        microscope = text_of(reading.terms[0][1])
        instruments.attach(workspace, question.things, microscope)
