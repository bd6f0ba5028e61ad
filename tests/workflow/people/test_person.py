"""People entered: nobody twice, and two of one name stay two."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.people import find
from fair_imagic.workflow.people.person import (
    Kept,
    PersonEntry,
    add,
    import_table,
    list_people,
)

if TYPE_CHECKING:
    from pathlib import Path

ORCID = "0000-0002-1825-0097"
OTHER_ORCID = "0000-0001-5109-3700"


def kept(workspace: Workspace, name: str = "Ana Roux", **fields: str) -> Kept:
    return add(workspace, PersonEntry(name, **fields), author="Bo")


def ids(workspace: Workspace, text: str) -> list[str]:
    return [one.record for one in find(workspace, text)]


def test_a_record_of_a_person_has_a_name_that_says_nothing(
    workspace: Workspace,
) -> None:
    record = kept(workspace).record
    assert record.rpartition("/")[2].startswith("p-")
    assert "roux" not in record
    assert kept(workspace, "Bo Durand").record != record


@pytest.mark.parametrize(
    "text",
    [
        "Ana Roux",
        "ana  roux",
        "ROUX Ana",
        "Roux, Ana",
        "An\u200ba Roux",
        ORCID,
        f"https://orcid.org/{ORCID}",
        "ANA@example.org",
    ],
)
def test_a_person_is_found_by_each_of_their_names(
    workspace: Workspace, text: str
) -> None:
    record = kept(workspace, email="ana@example.org", orcid=ORCID).record
    kept(workspace, "Bo Durand")
    assert ids(workspace, text) == [record]
    assert ids(workspace, record) == ids(workspace, record.rpartition("/")[2])
    assert workspace.record("person", text) == record


def test_names_are_composed_before_they_are_compared(workspace: Workspace) -> None:
    record = kept(workspace, "Jose\u0301 Ibarra").record
    assert ids(workspace, "Jos\u00e9 Ibarra") == [record]
    assert ids(workspace, "Jose Ibarra") == []


def test_a_name_of_two_people_is_a_question_with_what_tells_them_apart(
    workspace: Workspace,
) -> None:
    one = kept(workspace, orcid=ORCID)
    two = kept(workspace, email="a.roux@example.org", person="new")
    assert {one.record, two.record} == set(ids(workspace, "Ana Roux"))
    with pytest.raises(InputError, match="Several people") as caught:
        workspace.record("person", "Ana Roux")
    assert ORCID in caught.value.expected
    assert "a.roux@example.org" in caught.value.expected


def test_nobody_of_a_name_is_told_with_the_names_that_there_are(
    workspace: Workspace,
) -> None:
    kept(workspace)
    with pytest.raises(NotFoundError) as caught:
        workspace.record("person", "Zoe")
    assert caught.value.expected == "Ana Roux"


@pytest.mark.parametrize(
    "fields",
    [
        {"orcid": ORCID, "name": "A. R. Roux"},
        {"orcid": f"https://orcid.org/{ORCID}", "email": "new@example.org"},
        {"email": "Ana@Example.org", "role": "Operator"},
        {"email": "ana@example.org\u200b"},
    ],
)
def test_the_same_orcid_or_address_is_the_same_person(
    workspace: Workspace, fields: dict[str, str]
) -> None:
    first = kept(workspace, orcid=ORCID, email="ana@example.org")
    again = kept(workspace, **({"name": "Ana Roux"} | fields))
    assert (again.record, again.is_new) == (first.record, False)
    assert "there already" in again.notes[-1]
    assert len(list_people(workspace)) == 1


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"orcid": ORCID}, "correct the ORCID"),
        ({"email": "ana@example.org"}, "--new"),
        ({"orcid": ORCID, "email": "ana@example.org"}, "correct the ORCID"),
    ],
)
def test_an_identifier_with_another_name_renames_nobody_unasked(
    workspace: Workspace, fields: dict[str, str], hint: str
) -> None:
    first = kept(workspace, **fields)
    for name in ("Anna Roux", "A. R."):
        with pytest.raises(InputError, match="under another name"):
            kept(workspace, name, **fields)
    with pytest.raises(InputError, match="under another name") as caught:
        kept(workspace, "Anouk Smith", **fields)
    short = first.record.rpartition("/")[2]
    assert f"--same {short}" in caught.value.hint
    assert hint in caught.value.hint
    assert [one.name for one in list_people(workspace)] == ["Ana Roux"]
    kept(workspace, "Anouk Smith", person=short, **fields)
    assert [one.name for one in list_people(workspace)] == ["Anouk Smith"]


def test_an_address_of_two_people_is_said_to_be(workspace: Workspace) -> None:
    kept(workspace, email="lab@example.org")
    assert kept(workspace, "Bo Durand", email="lab@example.org", person="new").is_new
    assert len(list_people(workspace)) == 2


@pytest.mark.parametrize(
    ("before", "entered", "after"),
    [
        ("A. Roux", "Ana Roux", "Ana Roux"),
        ("Ana Roux", "A. Roux", "Ana Roux"),
        ("Ana Roux", "A. M. Roux", "Ana Roux"),
        ("\u738b \u4f1f", "\u4f1f \u738b", "\u4f1f \u738b"),
        ("Jean-Paul Roux", "J.-P. Roux", "Jean-Paul Roux"),
        ("Ana Roux", "Ana Maria Roux", "Ana Maria Roux"),
        ("Ana Maria Roux", "ROUX, Ana", "Ana Maria Roux"),
        ("Jose\u0301 Roux", "Jos\u00e9 Roux", "Jos\u00e9 Roux"),
        ("Jose Roux", "Roux, Jos\u00e9", "Roux, Jos\u00e9"),
    ],
)
def test_an_identifier_with_the_same_name_completes_it(
    workspace: Workspace, before: str, entered: str, after: str
) -> None:
    first = kept(workspace, before, orcid=ORCID)
    assert kept(workspace, entered, orcid=ORCID).record == first.record
    assert [one.name for one in list_people(workspace)] == [after]


def test_a_table_with_an_identifier_of_another_name_is_a_question(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = kept(workspace, orcid=ORCID)
    rows = f"name,orcid,person\nAnouk Smith,{ORCID},{{0}}\n"
    with pytest.raises(InputError, match="nothing was kept") as caught:
        import_table(workspace, table(tmp_path, rows.format("")), author="Bo")
    assert "Correct ORCID iDs" in caught.value.hint
    said = rows.format(first.record.rpartition("/")[2])
    import_table(workspace, table(tmp_path, said), author="Bo")
    assert [one.name for one in list_people(workspace)] == ["Anouk Smith"]


def test_the_same_entry_again_changes_nothing(workspace: Workspace) -> None:
    first = kept(workspace, affiliation="Institut")
    number = workspace.catalogue.last_number()
    again = kept(workspace, affiliation="Institut")
    assert (again.record, again.is_new) == (first.record, False)
    assert workspace.catalogue.last_number() == number


@pytest.mark.parametrize(
    "name", ["Ana Roux", "roux ana", "A. Roux", "Ána Roux", "Ana Rouxx"]
)
def test_the_same_or_nearly_the_same_name_is_a_question(
    workspace: Workspace, name: str
) -> None:
    first = kept(workspace, orcid=ORCID)
    with pytest.raises(InputError, match="may be there already") as caught:
        kept(workspace, name, role="Operator")
    assert ORCID in caught.value.expected
    assert "--new" in caught.value.hint
    same = kept(workspace, name, role="Operator", person=first.record)
    assert same.record == first.record
    assert kept(workspace, name, role="Operator", person="new").is_new
    assert len(list_people(workspace)) == 2


def test_a_name_with_another_orcid_is_another_person(workspace: Workspace) -> None:
    kept(workspace, orcid=ORCID)
    assert kept(workspace, orcid=OTHER_ORCID).is_new


def test_an_orcid_is_never_given_to_a_second_person(workspace: Workspace) -> None:
    first = kept(workspace, orcid=ORCID)
    other = kept(workspace, "Bo Durand")
    for fields in ({"person": "new"}, {"name": "Bo Durand", "person": other.record}):
        with pytest.raises(ConflictError, match="another person's"):
            kept(workspace, **({"name": "Ana Roux", "orcid": ORCID} | fields))
    assert ids(workspace, ORCID) == [first.record]


def test_what_nobody_sees_is_told(workspace: Workspace) -> None:
    made = kept(workspace, "An\u200ba\u202e Roux", email="a\u200b@example.org")
    assert "An\\u200ba\\u202e Roux" in made.notes[0]
    assert "a\\u200b@example.org" in made.notes[1]
    (person,) = find(workspace, "Ana Roux")
    assert (person.name, person.email) == ("Ana Roux", "a@example.org")
    with pytest.raises(InputError, match="needs a name"):
        kept(workspace, "\u200b")


def table(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_that_is_imported_again_makes_nobody_twice(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = table(tmp_path, f"name,orcid\nAna Roux,{ORCID}\nBo Durand,\n")
    first = import_table(workspace, path, author="Bo")
    again = import_table(workspace, path, author="Bo")
    assert [one.is_new for one in (*first, *again)] == [True, True, False, False]
    assert len(list_people(workspace)) == 2


def test_doubts_of_a_table_come_together_and_nothing_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = kept(workspace, orcid=ORCID)
    rows = "name,role,person\nZoe Petit,,{0}\nAna Roux,Operator,{1}\nA. Roux,,{2}\n"
    with pytest.raises(InputError, match="nothing was kept") as caught:
        import_table(workspace, table(tmp_path, rows.format("", "", "")), author="Bo")
    assert "A. Roux" in caught.value.found
    assert "person" in caught.value.hint
    assert len(list_people(workspace)) == 1
    said = rows.format("", first.record.rpartition("/")[2], "new")
    import_table(workspace, table(tmp_path, said), author="Bo")
    assert len(list_people(workspace)) == 3


def test_two_users_who_enter_one_orcid_at_once_make_one_person(
    workspace: Workspace,
) -> None:
    """Each with a workspace of their own, as two processes have."""
    home = workspace.settings.home
    start = threading.Barrier(2)
    made: list[Kept] = []

    def enter(author: str) -> None:
        with open_workspace(home) as own:
            start.wait()
            entry = PersonEntry("Ana Roux", orcid=ORCID, email=f"{author}@example.org")
            made.append(add(own, entry, author=author))

    users = [threading.Thread(target=enter, args=(name,)) for name in ("bo", "zoe")]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert len({one.record for one in made}) == 1
    assert sorted(one.is_new for one in made) == [False, True]
    assert len(list_people(workspace)) == 1


def test_two_users_who_enter_one_name_at_once_are_asked(workspace: Workspace) -> None:
    home = workspace.settings.home
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def enter(role: str) -> None:
        with open_workspace(home) as own:
            start.wait()
            try:
                add(own, PersonEntry("Ana Roux", role=role), author=role)
                outcomes.append("made")
            except InputError:
                outcomes.append("asked")

    users = [threading.Thread(target=enter, args=(r,)) for r in ("Author", "Operator")]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert sorted(outcomes) == ["asked", "made"]
