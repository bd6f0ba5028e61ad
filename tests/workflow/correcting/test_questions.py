from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.workflow.checking.check import run as check
from fair_imagic.workflow.correcting import questions, repair
from fair_imagic.workflow.sets import defaults
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"


def asked(workspace: Workspace) -> dict[str, questions.Question]:
    return {one.path: one for one in questions.questions_of(workspace, "s")}


def test_at_most_ten_questions_the_most_useful_first(imported: Workspace) -> None:
    found = questions.questions_of(imported, "s")
    assert 3 < len(found) <= questions.MOST
    ranks = [("must", "should", "could").index(one.kind) for one in found]
    assert ranks[0] == 0
    assert found[0].fixes >= 2


def test_what_is_known_is_not_asked(imported: Workspace) -> None:
    before = asked(imported)
    assert "license" in before
    assert "title" not in before
    assert "image.size_x" not in before
    repair.set_values(
        imported,
        imported.record("set", "s"),
        [("license", "CC-BY-4.0")],
        author=AUTHOR,
    )
    assert "license" not in asked(imported)


def test_a_question_says_field_example_and_path(imported: Workspace) -> None:
    licence = asked(imported)["license"]
    assert licence.example == "CC-BY-4.0"
    assert licence.label
    assert licence.why


def test_several_answers_are_one_change_that_can_be_undone(imported: Workspace) -> None:
    found = asked(imported)
    number = imported.catalogue.last_number()
    done = questions.answer(
        imported,
        "s",
        {found["license"].key: "CC-BY-4.0", found["keywords"].key: "nuclei; DNA"},
        author=AUTHOR,
    )
    assert done.number == number + 1
    assert {"license", "keywords"}.isdisjoint(asked(imported))
    repair.undo_last(imported, imported.record("set", "s"), author=AUTHOR)
    assert {"license", "keywords"} <= set(asked(imported))


def test_an_answer_removes_the_points_that_it_promises(imported: Workspace) -> None:
    before = len(check(imported, "s").findings)
    licence = asked(imported)["license"]
    questions.answer(imported, "s", {licence.key: "CC-BY-4.0"}, author=AUTHOR)
    assert len(check(imported, "s").findings) <= before - licence.fixes


def test_a_wrong_answer_names_the_question_and_keeps_nothing(
    imported: Workspace,
) -> None:
    found = asked(imported)
    number = imported.catalogue.last_number()
    answers = {found["keywords"].key: "nuclei", found["license"].key: "mine alone"}
    with pytest.raises(InputError, match="licence"):
        questions.answer(imported, "s", answers, author=AUTHOR)
    with pytest.raises(InputError, match="not open"):
        questions.answer(imported, "s", {"nothing.at_all": "x"}, author=AUTHOR)
    assert imported.catalogue.last_number() == number


def test_defaults_of_the_facility_are_not_asked(imported: Workspace) -> None:
    defaults.set_default(imported, "license", "CC0-1.0")
    assert defaults.apply_to_all(imported) == 1
    assert "license" not in asked(imported)
    record = imported.record("set", "s")
    origins = imported.catalogue.origins(record)
    kinds = {str(o.source.kind) for t, o in origins.items() if "license" in t[1]}
    assert kinds == {"default"}


def test_a_person_goes_before_a_default(imported: Workspace) -> None:
    defaults.set_default(imported, "license", "CC0-1.0")
    defaults.apply_to_all(imported)
    record = imported.record("set", "s")
    repair.set_values(imported, record, [("license", "CC-BY-4.0")], author=AUTHOR)
    values = [t[2] for t in imported.catalogue.effective(record) if "license" in t[1]]
    assert values == ["<https://spdx.org/licenses/CC-BY-4.0>"]


def test_a_new_set_gets_the_defaults(imported: Workspace) -> None:
    defaults.set_default(imported, "image.imaging_method_label", "microscopy")
    record = sets.create(imported, "t", author=AUTHOR, images="all")
    assert "language" not in defaults.defaults_of(imported)
    found = questions.questions_of(imported, record)
    assert "image.imaging_method_label" not in {one.path for one in found}


def test_a_default_for_no_field_is_refused(imported: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no field"):
        defaults.set_default(imported, "colour", "red")
    with pytest.raises(NotFoundError):
        defaults.remove_default(imported, "license")


def test_nobody_is_asked_about_parts_of_a_microscope(imported: Workspace) -> None:
    microscope = f"{imported.settings.base_iri}instrument"
    for question in questions.questions_of(imported, "s"):
        assert not any(thing.startswith(microscope) for thing in question.things)


@pytest.mark.parametrize("text", ["CC BY SA", "CC BY NA"])
def test_a_text_is_tried_before_it_is_taken(imported: Workspace, text: str) -> None:
    licence = asked(imported)["license"]
    number = imported.catalogue.last_number()
    with pytest.raises(InputError, match=r"licence|more than one way") as error:
        questions.try_answer(imported, licence, text)
    assert "CC-BY-SA-4.0" in error.value.expected
    questions.try_answer(imported, licence, "CC BY 4.0")
    assert imported.catalogue.last_number() == number


def test_questions_are_in_the_order_of_the_check(imported: Workspace) -> None:
    report = check(imported, "s")
    places = {
        (cause.first.kind, cause.field): place
        for place, cause in enumerate(report.causes)
    }
    asked = questions.questions_of(imported, "s")
    labels = [one.key.split(".") for one in asked]
    found = [
        places[kind, field]
        for kind, field in ((kind.partition("-")[0], field) for kind, field in labels)
        if (kind, field) in places
    ]
    assert len(found) > 3
    assert found == sorted(found)
