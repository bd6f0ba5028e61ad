"""Status and pages say what has changed since it was published."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from fair_imagic.catalogue.tables import SNAPSHOT
from fair_imagic.rdf import expand, literal
from fair_imagic.views.publication import publications_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.overview import status
from fair_imagic.workflow.publishing import decision, publish
from fair_imagic.workflow.sets import publication_set

SINCE = "changed since"


@pytest.fixture
def workspace(older_home):
    """A published set: after that its title was changed, and it is part of a plan."""
    with open_workspace(older_home()) as opened:
        yield opened


def changed(workspace) -> set[str]:
    seen = status.run(workspace, "demo")
    rows = publications_of(workspace, workspace.record("set", "demo"))
    told = {one.target for one in seen.deliveries if one.id in seen.changed}
    assert {row.target for row in rows if SINCE in row.words} == told
    return told


def test_a_set_that_changed_since_it_was_published_says_so_until_it_is_taken_back(
    workspace,
):
    assert changed(workspace) == {"datacite"}
    catalogue = workspace.catalogue
    title, plan = catalogue.last_number(), catalogue.last_number() - 1
    catalogue.undo(title, author="Ada")
    assert changed(workspace) == {"datacite"}
    catalogue.undo(plan, author="Ada")
    assert changed(workspace) == set()
    # of what the set only looks at, too
    person = workspace.record("person", workspace.names("person")[0])
    edits = Edits(catalogue, person_source(workspace, "Ada"))
    edits.put(person, [(expand("foaf:name"), literal("Another Name"))])
    edits.append("Ada", "name")
    assert changed(workspace) == {"datacite"}


def test_what_is_published_or_decided_upon_is_kept_whole(workspace):
    root = workspace.record("set", "demo")
    repair.set_values(workspace, root, [("title", "A title that is new")], author="Ada")
    assert publish.run(workspace, "demo", "datacite", author="Ada").delivery
    publication_set.create(
        workspace, "two", author="Ada", title="Without anybody", images="all"
    )
    decision.decide(
        workspace,
        "two",
        "datacite",
        code="datacite/creator-required",
        reason="The consortium signs as a group.",
        author="Ada",
    )
    looked_at = workspace.catalogue.snapshot(workspace.record("plan", "demo"))
    with workspace.catalogue.database.reading() as connection:
        rows = connection.execute(select(SNAPSHOT)).all()
    assert {row.kept for row in rows if row.text and row.change_id} == {
        "published",
        "decided",
    }
    assert {row.hash: row.text for row in rows}[looked_at.hash] == b""
