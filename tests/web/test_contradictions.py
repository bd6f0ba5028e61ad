"""A contradiction on the pages: both values, their origins, and the choice of one."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import expand, iri, literal, text_of
from fair_imagic.views import point as point_view
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visitor
    from fair_imagic.workflow.base.workspace import Workspace


@pytest.fixture
def contradicted(workspace: Workspace) -> str:
    """The first image: its objective and its width are told in two ways."""
    image = images_of(workspace, workspace.record("set", "demo"))[0]
    graph = RecordGraph(workspace.catalogue.effective(image))
    fileset = text_of(graph.values(image, expand("fi:fileset"))[0])
    width = text_of(graph.values(image, expand("nboq:sizeX"))[0])
    source = Source(iri=workspace.mint("source", "f"), kind=SourceKind.FILE, label="f")
    changes = [
        Change(
            record=one, source=source, added=frozenset([(iri(one), iri(path), text)])
        )
        for one, path, text in (
            (image, "fi:recordContradiction", literal("LensNA: 1.2 | 0.6")),
            (fileset, "fi:contradiction", literal(f"SizeX {width} / TIFF 7")),
        )
    ]
    workspace.catalogue.append(ChangeSet("a", "import", tuple(changes)))
    return image


def test_the_image_page_offers_both_values_and_keeps_one(
    workspace: Workspace, logged_in: Callable[[str], Visitor], contradicted: str
) -> None:
    visitor = logged_in("researcher")
    page = f"/image/{name_of(contradicted)}"
    text = html.unescape(visitor.get(page).text)
    offered = re.findall(r'type="radio" name="value" value="([^"]+)"', text)
    assert len(offered) == 4
    assert sum("microscope record" in one for one in offered) == 1
    assert 'name="value" type="text"' not in text
    for field, number in (("record_contradiction", 1), ("contradiction", 3)):
        told = {"field": field, "value": offered[number]}
        answer = visitor.post(page, f"{page}/contradiction", **told)
        assert answer.status_code == 302
    graph = RecordGraph(workspace.catalogue.effective(contradicted))
    assert text_of(graph.values(contradicted, expand("nboq:sizeX"))[0]) == "7"
    assert not graph.values(contradicted, expand("fi:recordContradiction"))
    assert "Which value is right?" not in visitor.get(page).text


@pytest.mark.parametrize("value", ["LensNA: 3 | 4", "unknown", ""])
def test_a_typed_contradiction_is_refused(
    workspace: Workspace,
    logged_in: Callable[[str], Visitor],
    contradicted: str,
    value: str,
) -> None:
    page = f"/image/{name_of(contradicted)}"
    number = workspace.catalogue.last_number()
    told = {"field": "record_contradiction", "value": value}
    answer = logged_in("researcher").post(page, f"{page}/contradiction", **told)
    assert answer.status_code == 400
    assert workspace.catalogue.last_number() == number


def test_the_point_has_a_list_and_no_box(
    workspace: Workspace, contradicted: str
) -> None:
    fields = [
        one.field
        for one in point_view.points_page(workspace, "demo").groups
        if any("ontradiction" in rule.code for rule in one.rules) and one.field
    ]
    assert {field.kind for field in fields} <= {"choice"}
    assert {len(field.choices) for field in fields} == {2}
