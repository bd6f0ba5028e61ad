from __future__ import annotations

import pytest

from fair_imagic.checks.shacl.sparql.kinds import (
    COMPARABLE,
    EQUAL_ONLY,
    Check,
    Kind,
    kind_of,
)
from fair_imagic.rdf import literal


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("<http://e/a>", Kind.NODE),
        ("_:a", Kind.NODE),
        (literal("text"), Kind.STRING),
        (literal(""), Kind.STRING),
        (literal("text", language="en-gb"), Kind.LANGUAGE),
        (literal(5), Kind.INTEGER),
        (literal(-5), Kind.INTEGER),
        (literal("1.90", datatype="xsd:decimal"), Kind.DECIMAL),
        (literal("2024-02-29", datatype="xsd:date"), Kind.DATE),
        (literal("2024-02-29T10:00:00Z", datatype="xsd:dateTime"), Kind.MOMENT),
        (literal("2024-02-29T10:00:00.5", datatype="xsd:dateTime"), Kind.LOCAL_MOMENT),
    ],
)
def test_terms_on_which_the_engines_agree_have_a_kind(term: str, kind: Kind) -> None:
    assert kind_of(term) is kind


@pytest.mark.parametrize(
    "term",
    [
        literal("040", datatype="xsd:integer"),
        literal("-0", datatype="xsd:integer"),
        literal("9" * 16, datatype="xsd:integer"),
        literal("five", datatype="xsd:integer"),
        literal("5", datatype="xsd:int"),
        literal("1e3", datatype="xsd:double"),
        literal("1." + "0" * 30, datatype="xsd:decimal"),
        literal("2023-02-29", datatype="xsd:date"),
        literal("2023-02-28Z", datatype="xsd:date"),
        literal("0001-01-01", datatype="xsd:date"),
        literal("2024-02-29T24:00:00", datatype="xsd:dateTime"),
        literal("2024-02-29T10:00:00+14:00", datatype="xsd:dateTime"),
        literal("true", datatype="xsd:boolean"),
        literal("P1Y12M", datatype="xsd:duration"),
        literal("text", datatype="http://e/type"),
        literal("text", language="en-GB"),
    ],
)
def test_any_other_literal_promises_nothing(term: str) -> None:
    assert kind_of(term) is Kind.OTHER


def test_a_check_holds_where_data_and_constants_are_of_one_comparable_kind() -> None:
    numbers = Check(frozenset({"<p>"}), frozenset({literal(5)}), COMPARABLE)

    assert numbers.holds({Kind.INTEGER, Kind.DECIMAL})
    assert numbers.holds(())
    assert not numbers.holds({Kind.STRING})
    assert not numbers.holds({Kind.OTHER})


def test_nodes_are_equal_or_not_and_never_in_an_order() -> None:
    assert Check(frozenset(), frozenset({"<a>"}), (EQUAL_ONLY,)).holds({Kind.NODE})
    assert not Check(frozenset(), frozenset({"<a>"}), COMPARABLE).holds(())
