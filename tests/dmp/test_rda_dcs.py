"""A plan exported as machine-actionable DMP, judged by the official schemas."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
from study_data import (
    BASE,
    ORCID,
    ROR,
    SCRIPTS,
    SET,
    people,
    plan,
    settings_for,
    snapshot,
)

from fair_imagic.checks.point import Points
from fair_imagic.dmp import export, points_to_fix, read_plan
from fair_imagic.errors import InputError
from fair_imagic.model import Person, Plan, ResearchOutput
from fair_imagic.publish.registry import published as made
from fair_imagic.publish.study import read_study

if TYPE_CHECKING:
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Published

DOI = "https://doi.org/10.99999/at6b-ryaf-0g51"
ACCESSION = "S-BIAD4711"
SWHID = "swh:1:dir:" + "c" * 40
DONE = (
    made(
        of=SET,
        target="datacite",
        identifier=DOI,
        url="http://127.0.0.1:8080/published/set/demo",
        published_at="2026-11-22T12:00:00Z",
    ),
    made(
        of=SET,
        target="bioimage-archive",
        identifier=ACCESSION,
        published_at="2026-11-22T12:00:00Z",
    ),
    made(
        of=SCRIPTS,
        target="software-heritage",
        identifier=SWHID,
        published_at="2026-11-22T12:00:00Z",
    ),
)
POINTS = Points("dmp", BASE + "plan/entity", "plan")
VERSIONS = ("1.1", "1.2")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def exported(
    settings: Settings,
    *changed: Any,
    published: tuple[Published, ...] = DONE,
    version: str = "1.2",
) -> dict[str, Any]:
    taken = snapshot(changed=list(changed))
    return export(
        read_plan(taken.graph, BASE + "plan/entity"),
        settings=settings,
        studies=[read_study(taken)],
        published=published,
        version=version,
    )


def the(kind: type[Any]) -> Any:
    return next(one for one in [*people(), *plan()] if isinstance(one, kind))


def dataset(document: dict[str, Any], number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = document["dmp"]["dataset"][number]
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("published", [(), DONE], ids=["planned", "done"])
def test_the_export_is_valid_by_the_official_schema(
    shared: Path, settings: Settings, version: str, published: tuple[Published, ...]
) -> None:
    import jsonschema

    path = shared / f"reference/dmp/rda-dcs/schema/maDMP-schema-{version}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    judge = jsonschema.validators.validator_for(schema)
    document = exported(settings, published=published, version=version)
    errors = judge(schema, format_checker=judge.FORMAT_CHECKER).iter_errors(document)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("published", [(), DONE], ids=["planned", "done"])
def test_the_export_has_no_point_to_fix(
    settings: Settings, version: str, published: tuple[Published, ...]
) -> None:
    document = exported(settings, published=published, version=version)
    assert [*points_to_fix(document, POINTS)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_export_names_doi_accession_and_swhid(
    settings: Settings, version: str
) -> None:
    text = json.dumps(exported(settings, version=version))
    for name in (DOI, ACCESSION, SWHID):
        assert name in text


def test_the_images_are_a_dataset_with_their_doi(settings: Settings) -> None:
    found = dataset(exported(settings))
    assert found["dataset_id"] == {"identifier": DOI, "type": "doi"}
    assert found["issued"] == "2026-11-22"
    assert found["personal_data"] == "no"
    assert found["keyword"] == ["HeLa", "nuclei"]
    assert found["metadata"][0]["metadata_standard_id"]["identifier"].endswith(
        "nboq/v02-01/"
    )
    assert [one["name"] for one in found["technical_resource"]] == ["Leica SP8"]
    related = {one["relation_type"]: one for one in found["related_identifier"]}
    assert related["IsCompiledBy"]["identifier"] == SWHID
    assert related["IsCompiledBy"]["type"] == "swhid"
    assert related["IsVariantFormOf"]["identifier"].endswith(ACCESSION)


def test_each_place_is_a_distribution_with_host_licence_and_size(
    settings: Settings,
) -> None:
    found = dataset(exported(settings))["distribution"]
    assert [one["host"]["title"] for one in found] == [
        "IMAG'IC, Institut Cochin",
        "BioImage Archive",
    ]
    for one in found:
        assert one["byte_size"] == 5400
        assert one["format"] == ["image/tiff"]
        assert one["license"] == [
            {
                "license_ref": "https://creativecommons.org/licenses/by/4.0/",
                "start_date": "2026-11-22",
            }
        ]


def test_the_scripts_are_a_dataset_named_by_their_swhid(settings: Settings) -> None:
    found = dataset(exported(settings), 1)
    assert found["type"] == "Software"
    assert found["dataset_id"] == {"identifier": SWHID, "type": "swhid"}
    old = dataset(exported(settings, version="1.1"), 1)
    assert old["dataset_id"] == {"identifier": SWHID, "type": "other"}


def test_what_is_not_published_has_a_local_address_and_no_date(
    settings: Settings,
) -> None:
    found = dataset(exported(settings, published=()))
    assert found["dataset_id"] == {"identifier": BASE + "output/images", "type": "url"}
    assert "issued" not in found


def test_a_promised_repository_is_a_planned_distribution(settings: Settings) -> None:
    output = replace(the(ResearchOutput), repositories=("BioImage Archive",))
    (planned,) = dataset(exported(settings, output, published=()))["distribution"]
    assert planned["host"]["title"] == "BioImage Archive"
    assert "planned" in planned["title"]
    done = dataset(exported(settings, output))["distribution"]
    assert len(done) == 2


def test_people_are_named_once_with_orcid_and_roles(settings: Settings) -> None:
    document = exported(settings)["dmp"]
    assert document["contact"]["contact_id"]["identifier"].endswith(ORCID)
    assert document["contact"]["mbox"] == "ada.martin@example.org"
    place = document["contact"]["affiliation"][0]
    assert place["affiliation_id"] == {"identifier": ROR, "type": "ror"}
    roles = {one["name"]: one["role"] for one in document["contributor"]}
    assert roles == {
        "Ada Martin": ["creator of data"],
        "Bo Durand": ["data acquisition"],
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-05", "2026-01-05T00:00:00Z"),
        ("2026-01-05T08:00:00", "2026-01-05T08:00:00Z"),
        ("2026-01-05T08:00:00+01:00", "2026-01-05T08:00:00+01:00"),
    ],
)
def test_times_always_have_a_zone(
    settings: Settings, written: str, expected: str
) -> None:
    document = exported(settings, replace(the(Plan), created=written))
    assert document["dmp"]["created"] == expected


def test_a_french_plan_has_its_language(settings: Settings) -> None:
    document = exported(settings, replace(the(Plan), language="fr"))
    assert document["dmp"]["language"] == "fra"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(the(Plan), contact=None), "contact-mbox-needed"),
        (replace(the(Person), email=None), "contact-mbox-needed"),
        (replace(the(Person), email="ada at home"), "value-wrong"),
        (replace(the(Plan), title=None), "dmp-title-needed"),
        (replace(the(Plan), created="yesterday"), "value-wrong"),
        (replace(the(Plan), identifier="https://doi.org/10.1/a'b"), "identifier-wrong"),
    ],
)
def test_a_gap_in_the_plan_is_a_point_to_fix(
    settings: Settings, changed: Any, code: str
) -> None:
    found = {
        one.code.partition("/")[2]
        for one in points_to_fix(exported(settings, changed), POINTS)
    }
    assert code in found


def test_another_version_is_refused_with_the_known_ones(settings: Settings) -> None:
    with pytest.raises(InputError) as caught:
        exported(settings, version="2.0")
    assert caught.value.expected == "1.2, 1.1"


def test_what_the_official_schema_refuses_our_rules_refuse_too(
    shared: Path, settings: Settings
) -> None:
    import jsonschema

    path = shared / "reference/dmp/rda-dcs/schema/maDMP-schema-1.2.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    judge = jsonschema.validators.validator_for(schema)
    checker = judge(schema, format_checker=judge.FORMAT_CHECKER)
    for place in list(_places(exported(settings))):
        document = exported(settings)
        _take_away(document, place)
        official = [*checker.iter_errors(document)]
        ours = [*points_to_fix(document, POINTS)]
        assert ours or not official, place


def _places(value: Any, place: tuple[Any, ...] = ()) -> Any:
    keys = value if isinstance(value, dict) else ()
    for key in keys:
        yield (*place, key)
        yield from _places(value[key], (*place, key))
    for number, part in enumerate(value if isinstance(value, list) else ()):
        yield from _places(part, (*place, number))


def _take_away(document: dict[str, Any], place: tuple[Any, ...]) -> None:
    value: Any = document
    for key in place[:-1]:
        value = value[key]
    del value[place[-1]]
