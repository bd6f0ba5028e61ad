"""The landing page before its judges: our requirements, and the official ones."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from study_data import BASE, SET, records, settings_for, snapshot

from fair_imagic.checks import Severity, check, profiles
from fair_imagic.model import PublicationSet, Snapshot
from fair_imagic.publish.landing import (
    Landing,
    jsonld_statements,
    landing_of,
    page_statements,
    to_jsonld,
)
from fair_imagic.publish.registry import published
from fair_imagic.rdf import curie, iri, text_of, to_turtle

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.rdf import Triple

DONE = (
    published(of=SET, target="datacite", identifier="https://doi.org/10.99999/abcd"),
    published(of=SET, target="bioimage-archive", identifier="S-BIAD4711"),
)
FILE = BASE + "fileset/f1#file-0"
# What images of cells cannot say, and what only the facility could say of its list.
NOT_OURS = {
    "dcterms:spatial",
    "dcterms:issued",
    "dcterms:modified",
    "dcterms:license",
}


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return shown(tmp_path)


def shown(tmp_path: Path, *changed: Any) -> Landing:
    return landing_of(
        snapshot(changed=list(changed)),
        settings_for(tmp_path / "home"),
        published=DONE,
        file_urls={FILE: "https://files.example.org/a.tif"},
    )


def points(token: str, statements: list[Triple], *, root: str = SET) -> dict[str, str]:
    """Return the codes that our requirements give, with how much they matter."""
    snapshot = Snapshot.make(root, own=statements)
    report = check(snapshot, [profiles.load(token)])
    return {one.code: str(one.severity) for one in report.findings}


def test_a_complete_page_conforms_to_dcat_ap(landing: Landing) -> None:
    page, _records = page_statements(landing)
    assert points("dcat-ap", page) == {}


def test_a_complete_page_conforms_to_bioschemas(landing: Landing) -> None:
    statements = jsonld_statements(landing)
    assert points("bioschemas", statements, root=landing.identifier) == {}


def test_what_a_set_does_not_say_is_a_point_of_its_page(tmp_path: Path) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    bare = shown(
        tmp_path,
        replace(chosen, description=None, license=None, keywords=(), creators=()),
    )
    page, _records = page_statements(bare)
    found = points("dcat-ap", page)
    assert found["dcat-ap/description-required"] == Severity.MUST
    assert found["dcat-ap/licence-recommended"] == Severity.SHOULD
    assert found["dcat-ap/creator-given"] == Severity.COULD
    found = points("bioschemas", jsonld_statements(bare), root=bare.identifier)
    assert {code for code, weight in found.items() if weight == Severity.MUST} == {
        "bioschemas/description-required",
        "bioschemas/keywords-required",
        "bioschemas/licence-required",
    }


def test_the_json_ld_has_no_node_without_a_name(landing: Landing) -> None:
    statements = jsonld_statements(landing)
    assert not [one for one in statements if one[0].startswith("_:")]
    assert not [one for one in statements if one[2].startswith("_:")]


def test_a_file_is_published_with_size_checksum_and_formats(landing: Landing) -> None:
    page, _records = page_statements(landing)
    file = iri("https://files.example.org/a.tif")
    said = {curie(text_of(p)): text_of(o) for s, p, o in page if s == file}
    assert said["dcat:byteSize"].isdigit()
    assert said["dcterms:format"].endswith("/file-type/TIFF")
    assert said["dcat:mediaType"].endswith("/media-types/image/tiff")
    assert said["spdx:checksum"].startswith(BASE)


def official(reference: Path, name: str, page: list[Triple]) -> set[tuple[str, str]]:
    """Return (node, property) of what the official shapes find."""
    import pyshacl
    from rdflib import SH

    _conforms, graph, _text = pyshacl.validate(
        to_turtle(page),
        shacl_graph=(reference / name).read_text(encoding="utf-8"),
        data_graph_format="turtle",
        shacl_graph_format="turtle",
        advanced=True,
    )
    return {
        (
            str(graph.value(one, SH.focusNode)),
            curie(str(graph.value(one, SH.resultPath))),
        )
        for one in graph.subjects(SH.resultSeverity)
    }


@pytest.fixture
def dcat_ap(shared: Path) -> Path:
    folder = shared / "reference/fair/dcat-ap"
    if not (folder / "shapes.ttl").is_file():
        pytest.skip("no DCAT-AP shapes among the shared references")
    return folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from rdflib itself
@pytest.mark.parametrize(
    "name", ["shapes.ttl", "range.ttl", "dcat-ap-SHACL.ttl", "deprecateduris.ttl"]
)
def test_the_official_dcat_ap_shapes_find_nothing(
    dcat_ap: Path, landing: Landing, name: str
) -> None:
    page, _records = page_statements(landing)
    assert official(dcat_ap, name, page) == set()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from rdflib itself
def test_of_what_is_recommended_only_what_nobody_can_say_is_missing(
    dcat_ap: Path, landing: Landing
) -> None:
    page, _records = page_statements(landing)
    found = official(dcat_ap, "shapes_recommended.ttl", page)
    assert {path for _node, path in found} <= NOT_OURS
    assert {path for node, path in found if node == SET} == {"dcterms:spatial"}


TAKEN_OUT = {
    "shapes.ttl": (
        "dcterms:title",
        "dcterms:description",
        "dcat:accessURL",
        "foaf:name",
        "dcterms:publisher",
        "spdx:algorithm",
        "skos:prefLabel",
    ),
    "shapes_recommended.ttl": (
        "dcat:contactPoint",
        "dcat:distribution",
        "dcat:keyword",
        "dcterms:temporal",
        "dcat:theme",
        "dcatap:availability",
        "dcterms:format",
        "dcterms:type",
        "foaf:homepage",
        "dcat:themeTaxonomy",
        "dcat:startDate",
    ),
}


@pytest.mark.budget(60, "DCAT-AP compared with the official shapes")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from rdflib itself
@pytest.mark.parametrize("name", sorted(TAKEN_OUT))
def test_our_dcat_ap_finds_what_the_official_shapes_find(
    dcat_ap: Path, landing: Landing, name: str
) -> None:
    page, _records = page_statements(landing)
    usual = official(dcat_ap, name, page)
    # Lists of terms are not ours: no set and no person has to do with their titles.
    schemes = {text_of(s) for s, _p, o in page if o == iri("skos:ConceptScheme")}
    for path in TAKEN_OUT[name]:
        less = [one for one in page if one[1] != iri(path)]
        theirs = official(dcat_ap, name, less) - usual
        ours = check(Snapshot.make(SET, own=less), [profiles.load("dcat-ap")])
        found = {(one.focus, curie(one.path)) for one in ours.findings}
        assert {one for one in theirs - found if one[0] not in schemes} == set(), path
        assert theirs, path


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from rdflib itself
def test_terms_of_other_lists_are_found_as_by_the_official_vocabularies(
    dcat_ap: Path, landing: Landing
) -> None:
    page, _records = page_statements(landing)
    usual = official(dcat_ap, "mdr-vocabularies.shape.ttl", page)
    for path in ("dcterms:accessRights", "dcterms:language", "dcat:theme"):
        subject = (iri(SET), iri(path))
        other = iri("https://example.org/a-term-of-our-own")
        changed = [(s, p, other if (s, p) == subject else o) for s, p, o in page]
        theirs = official(dcat_ap, "mdr-vocabularies.shape.ttl", changed) - usual
        found = points("dcat-ap", changed)
        assert any(place == (SET, path) for place in theirs) or path == "dcat:theme"
        assert any(code.endswith("-vocabulary") for code in found), path


def bioschemas_schema(shared: Path) -> dict[str, Any]:
    name = "reference/fair/bioschemas/Dataset_v1.0-RELEASE.json"
    if not (shared / name).is_file():
        pytest.skip("no Bioschemas profile among the shared references")
    graph = json.loads((shared / name).read_text(encoding="utf-8"))["@graph"]
    found: dict[str, Any] = next(
        one["$validation"] for one in graph if "$validation" in one
    )
    # Their oneOf takes an organisation for a person too, so that none ever fits.
    for field in ("publisher", "maintainer"):
        chosen = found["properties"][field]
        chosen["anyOf"] = chosen.pop("oneOf", chosen.get("anyOf", [{}]))
    return found


def test_the_official_bioschemas_profile_accepts_the_page(
    shared: Path, landing: Landing
) -> None:
    from jsonschema import Draft7Validator

    schema = bioschemas_schema(shared)
    document = json.loads(to_jsonld(landing))
    errors = [one.message for one in Draft7Validator(schema).iter_errors(document)]
    assert errors == []
    wanted = {*schema["required"], *schema["recommended"], *schema["optional"]}
    assert wanted - document.keys() == {"hasPart", "isPartOf"}


def test_our_bioschemas_asks_for_what_the_official_profile_lists(
    shared: Path, landing: Landing
) -> None:
    schema = bioschemas_schema(shared)
    statements = jsonld_statements(landing)
    for level, weight in (
        ("required", Severity.MUST),
        ("recommended", Severity.SHOULD),
        ("optional", Severity.COULD),
    ):
        for field in set(schema[level]) - {"hasPart", "isPartOf"}:
            path = iri(f"schema:{field}")
            root = iri(landing.identifier)
            less = [one for one in statements if one[:2] != (root, path)]
            found = points("bioschemas", less, root=landing.identifier)
            assert set(found.values()) == {weight}, (field, found)
