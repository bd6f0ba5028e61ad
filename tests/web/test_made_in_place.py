"""People and samples made beside the question or point that asks for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.model import Sample
from fair_imagic.views import point as point_view
from fair_imagic.workflow.correcting import questions, repair
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.people import person as people

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visitor
    from fair_imagic.workflow.base.workspace import Workspace

FORM = "/set/demo/describe"


def _key(workspace: Workspace, field: str) -> str:
    asked = questions.questions_of(workspace, "demo")
    return next(one.key for one in asked if one.key.endswith(f".{field}"))


def test_a_person_is_made_after_the_nearest_were_shown(
    workspace: Workspace, logged_in: Callable[[str], Visitor]
) -> None:
    people.add(workspace, people.PersonEntry("Ines Moreau"), author="Ana")
    visitor = logged_in("researcher")
    address = form = "/set/demo/points"
    groups = point_view.points_page(workspace, "demo").groups
    key = next(one.key for one in groups if one.field and one.field.makes == "Person")
    name, fields = "value", {"cause": key, "everything": "yes"}
    number = workspace.catalogue.last_number()
    typed = {f"{name}:name": "Inès Moreau", f"{name}:identifier": "i@example.org"}
    answer = visitor.post(form, address, **fields, **typed)
    assert answer.status_code == 400
    assert workspace.catalogue.last_number() == number
    shown = re.findall(rf'name="{re.escape(name)}:is:0" value="([^"]+)"', answer.text)
    (known,) = [one for one in people.list_people(workspace) if "Moreau" in one.name]
    assert shown == [known.id, "new"]
    told = {f"{name}:asked": "Inès Moreau i@example.org", f"{name}:is:0": "new"}
    answer = visitor.post(form, address, **fields, **typed, **told)
    assert answer.status_code == 302
    names = {one.name: one.email for one in people.list_people(workspace)}
    assert names["Inès Moreau"] == "i@example.org"
    assert names["Ines Moreau"] == ""
    assert workspace.catalogue.last_number() == number + 1


def test_the_nearest_samples_are_shown_beside_the_question(
    workspace: Workspace, logged_in: Callable[[str], Visitor]
) -> None:
    name = f"answer:{_key(workspace, 'sample')}"
    image = images_of(workspace, workspace.record("set", "demo"))[0]
    value = [("sample", "new: HeLa cells")]
    repair.set_values(workspace, image, value, author="Ana")
    visitor = logged_in("researcher")
    told = {f"{name}:name": "HeLa cels"}
    page = "/set/demo/questions"
    answer = visitor.post(FORM, page, **told)
    assert answer.status_code == 400
    shown = re.findall(rf'name="{re.escape(name)}:is:0" value="([^"]+)"', answer.text)
    assert shown == ["hela-cells", "new"]
    meant = {f"{name}:asked": "HeLa cels", f"{name}:is:0": "hela-cells"}
    assert visitor.post(FORM, page, **told, **meant).status_code == 302
    assert len(workspace.catalogue.records(Sample.class_iri)) == 1


def test_an_answer_is_for_the_name_that_was_asked_about(
    workspace: Workspace, logged_in: Callable[[str], Visitor]
) -> None:
    name = f"answer:{_key(workspace, 'creators')}"
    told = {
        f"{name}:name": "Another Name",
        f"{name}:asked": "Ines Moreau",
        f"{name}:is:0": "new",
    }
    page = "/set/demo/questions"
    visitor = logged_in("researcher")
    assert visitor.post(FORM, page, **told).status_code == 400


def test_a_sample_is_made_for_all_images_that_lack_one(
    workspace: Workspace, logged_in: Callable[[str], Visitor]
) -> None:
    name = f"answer:{_key(workspace, 'sample')}"
    page = "/set/demo/questions"
    visitor = logged_in("researcher")
    told = {f"{name}:name": "HeLa", f"{name}:asked": "HeLa", f"{name}:is:0": "new"}
    assert visitor.post(FORM, page, **told).status_code == 302
    found = {one.key for one in questions.questions_of(workspace, "demo")}
    assert name.removeprefix("answer:") not in found
    # what is asked of the sample comes next
    assert any(".organism" in key for key in found)
