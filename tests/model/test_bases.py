"""Records keep their IRI inside; outside they go by the base in force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fair_imagic.model.bases import Bases
from fair_imagic.model.snapshot import Snapshot

OLD, MID, NEW = "https://a.example.org/", "https://b.example.org/", "https://c.org/id/"
LETTERS = st.text(alphabet="abcz09._-", min_size=1, max_size=8)
KINDS = st.sampled_from(["image", "set", "instrument-version", "source"])


def test_a_folder_with_one_base_renames_nothing() -> None:
    bases = Bases((OLD,))
    text = f'<{OLD}image/1> <{MID}image/2> "{OLD}"'
    assert bases.inward(text) == bases.outward(text) == text


@pytest.mark.parametrize("base", [OLD, MID, NEW])
def test_every_base_leads_to_the_same_record(base: str) -> None:
    bases = Bases((OLD, MID, NEW))
    assert bases.inward_iri(f"{base}image/x1-0#objective") == (
        f"{OLD}image/x1-0#objective"
    )
    assert bases.outward_iri(f"{OLD}image/x1-0") == f"{NEW}image/x1-0"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OLD, NEW),
        (NEW, OLD),
        ("https://x.org/", "https://x.org/id/"),
        ("https://x.org/id/", "https://x.org/"),
        ("https://x.org/image/", "https://x.org/"),
    ],
)
@given(kind=KINDS, name=LETTERS, part=st.sampled_from(["", "#objective", "#channel-1"]))
def test_there_and_back_is_the_same(
    first: str, second: str, kind: str, name: str, part: str
) -> None:
    bases = Bases((first, second))
    inner = f"{first}{kind}/{name}{part}"
    outer = bases.outward_iri(inner)
    assert outer == f"{second}{kind}/{name}{part}"
    assert bases.inward_iri(outer) == inner
    line = f'<{inner}> <http://purl.org/dc/terms/title> "<{first}> x" .'
    assert bases.inward(bases.outward(line)) == line


def test_back_to_the_first_base_keeps_the_alias() -> None:
    bases = Bases((OLD, NEW, OLD))
    assert bases.outer == OLD
    assert bases.inward_iri(f"{NEW}set/demo") == f"{OLD}set/demo"
    assert bases.outward_iri(f"{OLD}set/demo") == f"{OLD}set/demo"


@pytest.mark.parametrize(
    "address",
    [
        f"{OLD}published/set/demo",
        f"{OLD}software/segment/1.0",
        f"{OLD}doi/10.99999/abcd",
        "https://a.example.org.evil.org/image/1",
    ],
)
def test_what_is_no_record_keeps_its_address(address: str) -> None:
    assert Bases((OLD, NEW)).outward_iri(address) == address


def test_prefixes_and_texts_of_a_query_are_understood() -> None:
    bases = Bases((OLD, NEW))
    query = (
        f"PREFIX i: <{NEW}image/> SELECT * {{ ?s ?p i:a . "
        f'FILTER(STRSTARTS(STR(?s), "{NEW}")) }}'
    )
    assert bases.inward(query) == query.replace(NEW, OLD)


def test_a_snapshot_goes_outside_as_another_one_and_stays_true_inside() -> None:
    name = "<http://purl.org/dc/terms/title>"
    part = "<http://purl.org/dc/terms/hasPart>"
    own = [(f"<{OLD}set/s>", part, f"<{OLD}image/1>")]
    context = [(f"<{OLD}image/1>", name, f'"see {OLD}image/1"')]
    inside = Snapshot.make(f"{OLD}set/s", own=own, context=context)
    before = inside.hash
    outside = Bases((OLD, NEW)).outward_snapshot(inside)
    assert inside.hash == before != outside.hash
    assert outside.root == f"{NEW}set/s"
    assert outside.own == ((f"<{NEW}set/s>", part, f"<{NEW}image/1>"),)
    assert outside.context[0][0] == f"<{NEW}image/1>"
    expected = Snapshot.make(
        f"{NEW}set/s",
        own=outside.own,
        context=[(f"<{NEW}image/1>", name, f'"see {OLD}image/1"')],
    )
    assert outside.hash == expected.hash
    assert Bases((OLD,)).outward_snapshot(inside) is inside
