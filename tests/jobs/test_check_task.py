"""A check as a task: it can be sent, and its answer is no larger than asked for."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import profiles, summary_of
from fair_imagic.config import load as load_settings
from fair_imagic.i18n import current_language, use_language
from fair_imagic.jobs.check_task import (
    CheckPart,
    CheckTask,
    PackagePart,
    judge,
    run_check,
)
from fair_imagic.model import Snapshot
from fair_imagic.model.bases import Bases
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from pathlib import Path

SET = "https://example.org/id/set/s"
IMAGE = "https://example.org/id/image/x"


@pytest.fixture
def task() -> CheckTask:
    own = [
        (iri(SET), iri("rdf:type"), iri("fi:PublicationSet")),
        (iri(SET), iri("dcterms:title"), literal("Nuclei")),
        (iri(SET), iri("dcterms:hasPart"), iri(IMAGE)),
        (iri(IMAGE), iri("rdf:type"), iri("fi:Image")),
    ]
    snapshot = Snapshot.make(SET, own=own)
    wanted = (profiles.load("set"),)
    return CheckTask(
        subject=SET,
        snapshot_hash=snapshot.hash,
        parts=(CheckPart(snapshot=snapshot, profiles=wanted),),
        profiles=wanted,
        language="fr",
    )


def test_an_answer_has_counts_and_the_report_only_where_it_is_asked_for(
    task: CheckTask,
) -> None:
    brief, whole = run_check(task), run_check(replace(task, whole=True))
    assert brief.report is None
    assert whole.report is not None
    assert whole.report.findings == judge(task).report.findings
    assert brief.summary == whole.summary == summary_of(whole.report)
    small, large = (len(pickle.dumps(one)) for one in (brief, whole))
    assert small < large / 2


def test_what_is_sent_comes_back_as_it_was(task: CheckTask) -> None:
    sent = pickle.loads(pickle.dumps(task))
    assert sent == task
    answer = run_check(replace(sent, whole=True))
    assert pickle.loads(pickle.dumps(answer)) == answer


def test_an_error_is_an_answer_in_the_language_asked_for(task: CheckTask) -> None:
    empty = Snapshot.make(SET, own=())
    parts = (replace(task.parts[0], snapshot=empty),)
    answer = run_check(replace(task, parts=parts))
    assert "rien à vérifier" in answer.error
    assert answer.summary is answer.report is None
    assert current_language() == "en"


def test_why_there_is_no_package_is_told_in_every_language(
    task: CheckTask, tmp_path: Path
) -> None:
    packages = PackagePart(
        targets=("software-heritage",),
        snapshot=task.parts[0].snapshot,
        settings=load_settings(tmp_path),
        sources={},
        published=(),
        bases=Bases(("https://example.org/id/",)),
        in_any_case=True,
    )
    with use_language("fr"):
        judgement = judge(replace(task, packages=packages))
    errors = judgement.refusals["software-heritage"]
    english, french = "must have exactly one software", "exactement un logiciel"
    assert english in errors["en"].message
    assert french in errors["fr"].message
    code = "software-heritage/no-package"
    (point,) = (one for one in judgement.report.findings if one.code == code)
    assert english in point.message["en"]
    assert french in point.message["fr"]
