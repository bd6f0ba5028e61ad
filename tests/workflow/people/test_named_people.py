"""People named in fields: by whatever is theirs, and never the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError
from fair_imagic.model import PublicationSet, slot_named
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.field import field_for
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.people.person import PersonEntry, add

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

ORCID = "0000-0001-5109-3700"


def creators(workspace: Workspace, text: str) -> list[str]:
    root = workspace.record("set", "s")
    repair.set_values(workspace, root, [("creators", text)], author="Bo")
    said = workspace.catalogue.effective(root)
    return sorted(v[1:-1] for _s, p, v in said if p == iri("dcterms:creator"))


@pytest.mark.parametrize(
    "text", ["Ana Roux", "roux, ana", ORCID, f"https://orcid.org/{ORCID}", "a@b.org"]
)
def test_an_author_is_named_by_whatever_is_theirs(
    imported: Workspace, text: str
) -> None:
    entry = PersonEntry("Ana Roux", orcid=ORCID, email="a@b.org")
    record = add(imported, entry, author="Bo").record
    assert creators(imported, text) == [record]


def test_an_author_of_a_name_of_two_is_a_question_and_a_list_tells_them_apart(
    imported: Workspace,
) -> None:
    one = add(imported, PersonEntry("Ana Roux", orcid=ORCID), author="Bo").record
    two = PersonEntry("Ana Roux", affiliation="Institut", person="new")
    other = add(imported, two, author="Bo").record
    with pytest.raises(InputError) as caught:
        creators(imported, "Ana Roux")
    for told in (ORCID, "Institut", one.rpartition("/")[2], other.rpartition("/")[2]):
        assert told in caught.value.expected
    slot = slot_named("PublicationSet", "creators")
    field = field_for(imported, [PublicationSet.class_iri], slot.iri)
    assert field is not None
    labels = {choice.value: choice.label for choice in field.choices}
    assert labels[one] == f"Ana Roux, {ORCID}"
    assert labels[other] == "Ana Roux, Institut"
    assert "Camille Practice" in labels.values()


def test_an_unknown_author_is_refused_with_who_may_be_meant(
    imported: Workspace,
) -> None:
    add(imported, PersonEntry("Ana Roux"), author="Bo")
    with pytest.raises(InputError) as caught:
        creators(imported, "Anna Roux")
    assert "Ana Roux" in caught.value.expected


def test_an_orcid_of_another_person_is_refused_wherever_it_is_typed(
    imported: Workspace,
) -> None:
    from fair_imagic.model import Person
    from fair_imagic.workflow.base.door import Door

    one = add(imported, PersonEntry("Ana Roux", orcid=ORCID), author="Bo").record
    other = add(imported, PersonEntry("Bo Durand"), author="Bo").record
    door, slot = Door(imported), slot_named(Person.__name__, "orcid")
    assert door.read(ORCID, slot, subject=one).certain
    with pytest.raises(InputError, match="another record's") as caught:
        door.read(f"https://orcid.org/{ORCID}", slot, subject=other)
    assert caught.value.expected == "Ana Roux"
    assert door.read("0000-0002-1694-233X", slot, subject=other).certain
