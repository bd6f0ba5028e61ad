"""DOIs are computed, opaque and checked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from fair_imagic.entry.identifier import is_doi
from fair_imagic.publish.datacite.doi import doi_for, is_ours

FACILITY = {"facility_key": "imagic", "record": "set/demo", "version": "1.0"}


def test_the_same_record_and_version_always_get_the_same_doi() -> None:
    assert doi_for("10.99999", **FACILITY) == doi_for("10.99999", **FACILITY)


def test_another_version_facility_or_counter_gets_another_doi() -> None:
    first = doi_for("10.99999", **FACILITY)
    others = {
        doi_for("10.99999", **{**FACILITY, "version": "2.0"}),
        doi_for("10.99999", **{**FACILITY, "facility_key": "other"}),
        doi_for("10.99999", **FACILITY, counter=1),
    }
    assert len(others | {first}) == 4


@effort(deadline=None)
@given(st.text(max_size=80), st.integers(min_value=0, max_value=999))
def test_every_doi_is_legal_and_has_right_check_digits(name: str, counter: int) -> None:
    doi = doi_for(
        "10.12345", facility_key="x", record=name, version="1", counter=counter
    )
    assert is_doi(doi)
    assert is_ours(doi)
    assert not set("ilou") & set(doi.partition("/")[2])


@effort(deadline=None)
@given(st.integers(min_value=0, max_value=11), st.sampled_from("0123456789abcdef"))
def test_one_wrong_character_is_noticed(place: int, character: str) -> None:
    doi = doi_for("10.12345", **FACILITY)
    suffix = doi.partition("/")[2].replace("-", "")
    if suffix[place] == character:
        return
    typed = suffix[:place] + character + suffix[place + 1 :]
    assert not is_ours(f"10.12345/{typed[:4]}-{typed[4:8]}-{typed[8:]}")
