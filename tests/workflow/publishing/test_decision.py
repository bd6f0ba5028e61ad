"""The facility publishes in spite of a point: with a reason, kept in the journal."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.i18n import use_language
from fair_imagic.model import Publication, RecordGraph, view
from fair_imagic.rdf import expand, literal
from fair_imagic.views.landing import landing
from fair_imagic.views.publication import targets_of
from fair_imagic.views.set import set_history
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking import check, overrides
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.publishing import decision, publish
from fair_imagic.workflow.sets.deliveries import archives_by_decision

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

ARCHIVE = "datacite"
CODE = "datacite/creator-required"
REASON = "The consortium signs as a group; agreed with the library."
COMPLETE = [
    ("creators", "camille-practice"),
    ("license", "CC-BY-4.0"),
    ("publisher", "institut-cochin"),
    ("issued", "2026-11-22"),
    ("title", "Some nuclei of HeLa cells in widefield"),
    ("description", "Nuclei of HeLa cells, imaged with a widefield microscope."),
    ("keywords", "nuclei"),
]
LEGAL = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fi: <https://w3id.org/fair-imagic/terms/> .
@prefix fish: <https://w3id.org/fair-imagic/shapes/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


@pytest.fixture(name="open_set")
def _open_set(imported: Workspace, tmp_path: Path) -> Workspace:
    """The set s with what the law and DataCite ask for, apart from a creator."""
    values = [("publisher", "institut-cochin"), ("issued", "2026-11-22")]
    _show_beads(imported, tmp_path)
    root = imported.record("set", "s")
    repair.set_values(imported, root, values, author="Ana Roux")
    return imported


def _show_beads(workspace: Workspace, folder: Path) -> None:
    """Say that the images of the set s show beads, which no law speaks of."""
    table = folder / "tags.csv"
    origin = "sample.material_origin"
    table.write_text(
        f"image,sample,{origin}\n*,beads,no biological material\n", encoding="utf-8"
    )
    root = workspace.record("set", "s")
    tags.apply_file(workspace, root, table, author="Ana Roux")


def _codes(workspace: Workspace) -> set[str]:
    return {one.code for one in publish.prepare(workspace, "s", ARCHIVE).blocking}


def _decide(workspace: Workspace, **other: str) -> None:
    wanted = {"code": CODE, "reason": REASON, "author": "Marie", **other}
    decision.decide(workspace, "s", ARCHIVE, **wanted)


def test_a_decided_point_no_longer_stops_the_set_and_is_told(
    open_set: Workspace,
) -> None:
    assert CODE in _codes(open_set)
    _decide(open_set)
    outcome = publish.prepare(open_set, "s", ARCHIVE)
    assert CODE not in {one.code for one in outcome.blocking}
    assert {one.code for one in outcome.overridden} == {CODE}
    (told,) = outcome.decisions
    assert (told.author, told.reason, told.target) == ("Marie", REASON, ARCHIVE)


def test_a_decision_is_a_change_of_the_journal_with_author_and_time(
    open_set: Workspace,
) -> None:
    _decide(open_set)
    (kept,) = overrides.overrides_of(open_set, open_set.record("set", "s"))
    (entry,) = open_set.catalogue.history(kept.record)
    assert (entry.author, entry.time) == ("Marie", kept.time)
    assert any(REASON in triple[2] for triple in entry.added)


def test_reports_of_the_set_carry_the_decision(open_set: Workspace) -> None:
    before = check.run(open_set, "s", names=["datacite"])
    _decide(open_set)
    report = check.run(open_set, "s", names=["datacite"])
    assert [one.code for one in report.overrides] == [CODE]
    assert before.readiness[0].overridden == 0
    assert report.readiness[0].overridden == 1
    # nothing is hidden; what the package still lacks is said now
    assert all(one in report.findings for one in before.findings)
    more = {one.code for one in report.findings if one not in before.findings}
    assert "datacite/creators-needed" in more


def test_a_decision_can_be_taken_back_and_made_again(open_set: Workspace) -> None:
    _decide(open_set)
    decision.take_back(open_set, "s", ARCHIVE, code=CODE, author="Marie")
    assert CODE in _codes(open_set)
    assert overrides.overrides_of(open_set, open_set.record("set", "s")) == ()
    _decide(open_set, author="Luc")
    (again,) = overrides.overrides_of(open_set, open_set.record("set", "s"))
    assert again.author == "Luc"
    decision.take_back(open_set, "s", ARCHIVE, code=CODE, author="Luc")
    with pytest.raises(NotFoundError):
        decision.take_back(open_set, "s", ARCHIVE, code=CODE, author="Luc")


@pytest.mark.parametrize("reason", ["", "too short", "\x00\x01 \n", "x" * 2001])
def test_a_decision_needs_a_written_reason(open_set: Workspace, reason: str) -> None:
    with pytest.raises(InputError, match="written reason"):
        _decide(open_set, reason=reason)
    assert CODE in _codes(open_set)


def test_only_what_stops_the_set_can_be_decided(open_set: Workspace) -> None:
    with pytest.raises(InputError) as caught:
        _decide(open_set, code="set/licence-required")
    assert CODE in caught.value.expected
    with pytest.raises(NotFoundError):
        decision.decide(open_set, "s", "nowhere", code=CODE, reason=REASON)


def test_the_same_point_is_decided_once(open_set: Workspace) -> None:
    _decide(open_set)
    with pytest.raises(ConflictError):
        _decide(open_set, reason="Another reason for the same point.")


def test_a_decision_holds_for_its_own_set_and_archive(open_set: Workspace) -> None:
    from fair_imagic.workflow.sets import publication_set as sets

    _decide(open_set)
    sets.create(open_set, "other", author="Ana Roux", title="Other", images="all")
    other = publish.prepare(open_set, "other", ARCHIVE)
    assert CODE in {one.code for one in other.blocking}
    assert overrides.overrides_of(open_set, open_set.record("set", "other")) == ()


def test_what_the_law_forbids_is_never_decided_otherwise(
    open_set: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _law_of_creators(tmp_path / "law", monkeypatch)
    assert "datacite/law" in _codes(open_set)
    with pytest.raises(InputError, match="law forbids"):
        _decide(open_set, code="datacite/law")
    assert "datacite/law" in _codes(open_set)


def test_nobody_decides_that_images_without_a_sample_may_go(
    imported: Workspace,
) -> None:
    assert "ethics/sample-required" in _codes(imported)
    with pytest.raises(InputError, match="law forbids"):
        _decide(imported, code="ethics/sample-required")


def _law_of_creators(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use requirements to which a law about creators was added."""
    from fair_imagic.checks import profiles
    from fair_imagic.resources import folder as resource_folder

    shutil.copytree(resource_folder("shapes"), folder)
    (folder / "datacite" / "law.ttl").write_text(
        LEGAL + "fish:datacite\\/law a sh:PropertyShape ;"
        " sh:targetClass fi:PublicationSet ; sh:path dcterms:creator ; sh:minCount 1 ;"
        ' fi:legal true ; sh:severity sh:Violation ; sh:name "C"@en, "C"@fr ;'
        ' sh:message "M"@en, "M"@fr ; fi:repair "R"@en, "R"@fr ; fi:who "anyone" .',
        encoding="utf-8",
    )
    monkeypatch.setattr(profiles, "resource_folder", lambda _name: folder)


def test_a_publication_keeps_in_spite_of_what_it_was_made(
    open_set: Workspace,
) -> None:
    root = open_set.record("set", "s")
    values = [("license", "CC-BY-4.0"), ("creators", "camille-practice")]
    repair.set_values(open_set, root, values, author="Ana Roux")
    edits = Edits(open_set.catalogue, person_source(open_set, "Ana Roux"))
    soon = literal("soon", datatype="xsd:date")  # as a document may have it
    edits.put(root, [(expand("dcterms:issued"), soon)])
    edits.append("Ana Roux", "document")
    stopping: set[str] = set()
    while more := _codes(open_set):  # then what the package itself lacks
        stopping |= more
        for code in sorted(more):
            _decide(open_set, code=code)
    outcome = publish.run(open_set, "s", ARCHIVE, dry_run=True, author="Marie")
    assert outcome.blocking == ()
    assert {one.code for one in outcome.decisions} == stopping
    assert open_set.catalogue.records(Publication.class_iri) == []


@pytest.fixture(name="published")
def _published(imported: Workspace, tmp_path: Path) -> Workspace:
    """The set s, which the BioImage Archive got although beads have no organism."""
    _show_beads(imported, tmp_path)
    root = imported.record("set", "s")
    repair.set_values(imported, root, COMPLETE, author="Ana Roux")
    archive = "bioimage-archive"
    while stopping := publish.prepare(imported, "s", archive).blocking:
        for code in sorted({one.code for one in stopping}):
            decision.decide(
                imported, "s", archive, code=code, reason=REASON, author="Marie"
            )
    done = publish.run(imported, "s", "bioimage-archive", author="Marie")
    assert done.delivery is not None and done.delivery.state == "published"
    return imported


def test_the_public_page_says_that_it_was_decided_and_not_why(
    published: Workspace,
) -> None:
    shown = landing(published, "s").documents
    note = "Published by decision of the facility: something that BioImage Archive asks"
    assert note in shown["text/html"]
    with use_language("fr"):
        french = landing(published, "s").documents["text/html"]
    assert "Publié sur décision de la plateforme" in french
    for text in (*shown.values(), french):
        assert REASON not in text
        assert "Marie" not in text
        assert "sample-organism-required" not in text


def test_the_public_records_hold_neither_reason_nor_point(published: Workspace) -> None:
    number = published.catalogue.last_number()
    published.catalogue.wait_projected(number)
    texts = "SELECT ?o WHERE { ?s ?p ?o }"
    seen = {
        scope: str(published.catalogue.query(texts, scope=scope))
        for scope in ("internal", "public")
    }
    assert REASON in seen["internal"] and REASON not in seen["public"]
    code = "bioimage-archive/sample-organism-required"
    assert code in seen["internal"] and code not in seen["public"]
    assert "S-TEST" in seen["public"]


def test_a_version_that_needs_no_decision_has_no_note(published: Workspace) -> None:
    record = published.record("publication", "bioimage-archive-set-s")
    kept = view(Publication, RecordGraph(published.catalogue.effective(record)), record)
    assert "bioimage-archive/sample-organism-required" in kept.decided_points
    outcome = publish.prepare(published, "s", "bioimage-archive")
    publish.send(published, replace(outcome, decisions=()), author="Marie")
    assert archives_by_decision(published, published.record("set", "s")) == ()
    assert "by decision" not in landing(published, "s").documents["text/html"]


def test_the_history_of_the_set_tells_each_decision_and_its_end(
    open_set: Workspace,
) -> None:
    from fair_imagic.workflow.sets import publication_set as sets

    sets.create(open_set, "s-2", author="Ana Roux", title="Other", images="all")
    _decide(open_set)
    decision.take_back(open_set, "s", ARCHIVE, code=CODE, author="Luc")
    end, made = set_history(open_set, "s")[:2]
    assert (made.author, end.author) == ("Marie", "Luc")
    assert ("Reason", (), (REASON,)) in [
        (step.label, step.before, step.after) for step in made.steps
    ]
    assert ("Reason", (REASON,)) in [(step.label, step.before) for step in end.steps]
    assert not made.can_undo and not end.can_undo
    other = set_history(open_set, "s-2")
    assert REASON not in str(other)


def test_pages_of_the_set_say_how_many_points_pass_by_decision(
    published: Workspace,
) -> None:
    rows = {row.token: row for row in targets_of(published, "s")}
    assert rows["bioimage-archive"].decided > 0
    assert rows["bioimage-archive"].blocking == 0
    assert rows["datacite"].decided == 0


def test_the_check_of_an_archive_names_all_that_its_publication_stops_on(
    imported: Workspace,
) -> None:
    for names in (["datacite"], []):
        report = check.run(imported, "s", names=names)
        (line,) = (one for one in report.readiness if one.profile.token == "datacite")
        stopping = {one.code for one in report.findings_for("datacite") if one.blocks}
        outcome = publish.prepare(imported, "s", "datacite")
        assert stopping == {one.code for one in outcome.blocking}
        assert line.blocked is bool(outcome.blocking)
    assert any(code.startswith("ethics/") for code in stopping)
