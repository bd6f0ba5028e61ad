"""Values of a list have names in French, on forms and for people who type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.i18n import use_language
from fair_imagic.model import Sample, slot_named, slots_of
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.field import field_for

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

LISTS = ("material_origin", "no_approval_reason", "legal_basis", "donor_data")


@pytest.mark.parametrize("name", LISTS)
def test_every_value_of_the_lists_on_ethics_has_a_french_name(name: str) -> None:
    slot = next(one for one in slots_of("Sample") if one.name == name)
    assert set(slot.value_labels["fr"]) == set(slot.values)
    assert len(set(slot.value_labels["fr"].values())) == len(slot.values)


def test_a_form_shows_the_name_and_sends_the_value(workspace: Workspace) -> None:
    path = slot_named("Sample", "donor_data").iri
    for language, shown in (("en", "anonymous"), ("fr", "anonymes")):
        with use_language(language):
            field = field_for(workspace, [Sample.class_iri], path)
        assert field is not None
        assert (field.choices[0].value, field.choices[0].label) == ("anonymous", shown)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cell line", ["cell line"]),
        ("Cell line", ["cell line"]),
        ("lignée cellulaire; Donneur humain", ["cell line", "human donor"]),
    ],
)
def test_a_french_name_or_capitals_mean_the_value(
    workspace: Workspace, typed: str, kept: list[str]
) -> None:
    slot = slot_named("Sample", "material_origin")
    reading = Door(workspace).read(typed, slot, subject="")
    assert [text_of(term) for _path, term in reading.terms] == kept
