"""The quality control in force: passed, within its limits, recent and complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import slots_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

POINTS = next(s.values for s in slots_of("QualityMeasurement") if s.name == "point")
PASSED = "quality-control-passed"
LIMITS = "quality-control-within-limits"
RECENT = "quality-control-recent"
COMPLETE = "quality-control-complete"


def image(*runs: str, acquired: str = "2026-10-05T09:30:00Z", more: str = "") -> str:
    names = " , ".join(f"<urn:run-{day}>" for day in runs)
    links = f"fi:qualityRun {names} ;" if runs else ""
    return f"""<urn:image> a fi:Image ; {links} {more}
        sosa:resultTime "{acquired}"^^xsd:dateTime ."""


def run(day: str, *parts: str, days: str = "") -> str:
    names = " , ".join(f"<urn:run-{day}#{n}>" for n in range(len(parts)))
    valid = f"fi:validForDays {days} ;" if days else ""
    described = "\n".join(
        f"<urn:run-{day}#{n}> a dqv:QualityMeasurement ; {part} ."
        for n, part in enumerate(parts)
    )
    return f"""<urn:run-{day}> a fi:QualityRun ; {valid} fi:measurement {names} ;
        dcterms:date "{day}"^^xsd:date . {described}"""


def point(name: str, said: str = "fi:passed true") -> str:
    return f'fi:measurementPoint "{name}" ; {said}'


def test_seven_points_are_measured() -> None:
    assert len(POINTS) == 7


def test_a_measurement_that_did_not_pass_is_named(failing: Failing) -> None:
    turtle = image("2026-09-01") + run(
        "2026-09-01", point("stage drift", "fi:passed false"), point("camera noise")
    )
    assert failing(PASSED, turtle, "urn:image") == ["urn:run-2026-09-01#0"]


def test_a_later_control_that_passed_replaces_an_earlier_failure(
    failing: Failing,
) -> None:
    turtle = (
        image("2026-09-01", "2026-09-20")
        + run("2026-09-01", point("stage drift", "fi:passed false"))
        + run("2026-09-20", point("stage drift"))
    )
    assert failing(PASSED, turtle, "urn:image") == []


def test_what_another_objective_gave_says_nothing_of_the_image(
    failing: Failing,
) -> None:
    turtle = image(
        "2026-09-01", more="nboq:opticalCalibration <urn:run-2026-09-01#0> ;"
    ) + run(
        "2026-09-01",
        point(
            "resolution",
            'fi:passed true ; nboq:date "2026-09-01"^^xsd:date ; '
            "fi:measuredObjective <urn:scope#oil>",
        ),
        point("resolution", "fi:passed false ; fi:measuredObjective <urn:scope#air>"),
    )
    assert failing(PASSED, turtle, "urn:image") == []


@pytest.mark.parametrize(
    ("said", "within"),
    [
        ("dqv:value 1.5 ; fi:atMost 1.5", True),
        ("dqv:value 1.51 ; fi:atMost 1.5", False),
        ("dqv:value 49.9 ; fi:atLeast 50.0", False),
        ("dqv:value 50.0 ; fi:atLeast 50.0 ; fi:atMost 60.0", True),
        ("dqv:value 3.0", True),
        ("fi:atMost 1.5", True),
        ('dqv:value "high" ; fi:atMost 1.5', True),
        ('dqv:value "NaN" ; fi:atMost 1.5', True),
    ],
)
def test_a_value_is_compared_with_its_own_limits(
    failing: Failing, said: str, within: bool
) -> None:
    turtle = image("2026-09-01") + run("2026-09-01", point("resolution", said))
    found = failing(LIMITS, turtle, "urn:image")
    assert found == ([] if within else ["urn:run-2026-09-01#0"])


@pytest.mark.parametrize(
    ("day", "days", "recent"),
    [
        ("2026-05-28", "", True),
        ("2026-05-27", "", False),
        ("2026-09-05", "30", True),
        ("2026-09-04", "30", False),
    ],
)
def test_a_control_holds_for_130_days_or_as_long_as_it_says(
    failing: Failing, day: str, days: str, recent: bool
) -> None:
    turtle = image(day) + run(day, point("camera noise"), days=days)
    found = failing(RECENT, turtle, "urn:image")
    assert found == ([] if recent else [f"urn:run-{day}"])


def test_each_point_that_was_left_out_is_named(failing: Failing) -> None:
    turtle = image("2026-09-01") + run("2026-09-01", *map(point, POINTS[:5]))
    assert failing(COMPLETE, turtle, "urn:image") == list(POINTS[5:])


def test_a_point_measured_long_ago_counts_as_left_out(failing: Failing) -> None:
    turtle = (
        image("2025-09-01", "2026-09-01")
        + run("2025-09-01", point(POINTS[6]))
        + run("2026-09-01", *map(point, POINTS[:6]))
    )
    assert failing(COMPLETE, turtle, "urn:image") == [POINTS[6]]


def test_where_all_is_too_old_it_is_said_once(failing: Failing) -> None:
    turtle = image("2025-09-01") + run("2025-09-01", point(POINTS[0]))
    assert failing(RECENT, turtle, "urn:image") == ["urn:run-2025-09-01"]
    assert failing(COMPLETE, turtle, "urn:image") == []


@pytest.mark.parametrize("name", [PASSED, LIMITS, RECENT, COMPLETE])
def test_an_image_without_a_control_is_another_rule(
    failing: Failing, name: str
) -> None:
    assert failing(name, image(), "urn:image") == []
