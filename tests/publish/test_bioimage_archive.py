"""The BioImage Archive package: PageTab, file lists, names, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from study_data import (
    BASE,
    SET,
    content_of,
    file_record,
    image,
    people,
    records,
    settings_for,
    snapshot,
)

from fair_imagic.documents.pagetab.section import sections_of, texts, walk
from fair_imagic.errors import InputError, RemoteRefusedError
from fair_imagic.model import (
    File,
    Image,
    Measure,
    Person,
    ProcessingRun,
    PublicationSet,
    Result,
    Sample,
)
from fair_imagic.publish.bioimage_archive.naming import archive_names, name_table
from fair_imagic.publish.bioimage_archive.service import open_service
from fair_imagic.publish.registry import load, published

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package

TARGET = load("bioimage-archive")


@pytest.fixture
def offline(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def the(kind: type[Any]) -> Any:
    found = [*records(), *people()]
    return next(one for one in found if isinstance(one, kind))


def built(
    settings: Settings, sources: dict[str, Path], *changed: Any, **options: Any
) -> Package:
    chosen = snapshot(changed=list(changed))
    return TARGET.build(chosen, settings, sources=sources, **options)


def codes(package: Package) -> set[str]:
    return {one.code.partition("/")[2] for one in TARGET.inspect(package) if one.blocks}


def rows_of(package: Package, name: str) -> list[dict[str, str]]:
    lines = package.files[name].decode().splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def test_the_study_has_no_point_to_fix(
    offline: Settings, sources: dict[str, Path]
) -> None:
    assert TARGET.inspect(built(offline, sources)) == ()


def test_every_value_is_text_and_nothing_is_null(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    assert "null" not in json.dumps(package.payload)
    for _place, section in walk(package.payload["section"]):
        for one in section["attributes"]:
            assert isinstance(one["value"], str)
            assert one["value"]


def test_title_and_release_date_are_on_both_levels(
    offline: Settings, sources: dict[str, Path]
) -> None:
    pagetab = built(offline, sources).payload
    for name in ("Title", "ReleaseDate"):
        assert texts(pagetab, name) == texts(pagetab["section"], name) != []


def test_a_release_date_in_the_past_becomes_the_day_of_the_snapshot(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources, replace(the(PublicationSet), issued="2020-01-01"))
    assert texts(package.payload, "ReleaseDate") == ["2026-11-22"]
    assert codes(package) == set()


def test_authors_refer_to_organisations_by_reference(
    offline: Settings, sources: dict[str, Path]
) -> None:
    section = built(offline, sources).payload["section"]
    (author,) = sections_of(section, "Author")
    (place,) = sections_of(section, "organisation")
    links = [one for one in author["attributes"] if one["name"] == "affiliation"]
    assert links == [{"name": "affiliation", "value": "o1", "reference": True}]
    assert place["accno"] == "o1"


def test_ontology_terms_are_qualifiers(
    offline: Settings, sources: dict[str, Path]
) -> None:
    section = built(offline, sources).payload["section"]
    (sample,) = sections_of(section, "Biosample")
    organism = next(one for one in sample["attributes"] if one["name"] == "Organism")
    assert organism["valqual"] == [
        {"name": "Ontology", "value": "NCBITaxon"},
        {"name": "TermId", "value": "NCBITaxon_9606"},
    ]


def test_associations_name_existing_titles(
    offline: Settings, sources: dict[str, Path]
) -> None:
    section = built(offline, sources).payload["section"]
    for association in sections_of(section, "Associations"):
        for kind in ("Biosample", "Specimen", "Image acquisition"):
            titles = [texts(one, "Title")[0] for one in sections_of(section, kind)]
            assert texts(association, kind)[0] in titles


def test_two_samples_of_one_name_get_different_titles(
    offline: Settings, sources: dict[str, Path]
) -> None:
    other = replace(the(Sample), iri=BASE + "sample/other", title="hela CELLS")
    package = built(offline, sources, other, image(2, sample=other.iri))
    section = package.payload["section"]
    titles = [texts(one, "Title")[0] for one in sections_of(section, "Biosample")]
    assert len({title.casefold() for title in titles}) == 2
    assert len(sections_of(section, "Study Component")) == 2
    assert codes(package) == set()


def test_masks_are_annotations_with_their_source_image(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    (section,) = sections_of(package.payload["section"], "Annotations")
    assert texts(section, "Annotation Type") == ["segmentation_mask"]
    (row,) = rows_of(package, texts(section, "File List")[0])
    listed = [one["Files"] for one in rows_of(package, "file_list_images_1.tsv")]
    assert row["Source Image"] in listed


def computed() -> list[Any]:
    """Return a filtered image of field 1 and a table made from it, of a second run."""
    filtered, table = BASE + "image/i4", BASE + "result/t"
    fileset = BASE + "fileset/f4"
    raw = (BASE + "image/i1",)
    run = replace(the(ProcessingRun), iri=BASE + "run/r2", title="Median filter")
    count = Measure(iri=table + "#measure-0", title="count", value="12", unit="1")
    width = Measure(iri=filtered + "#measure-0", title="width", value="0.5", unit="um")
    return [
        replace(
            the(PublicationSet),
            images=(*the(PublicationSet).images, filtered),
            results=(table,),
        ),
        run,
        count,
        width,
        Image(
            iri=filtered,
            title="Field 1, filtered",
            content_kind="processed",
            fileset=fileset,
            sample=BASE + "sample/hela",
            derived_from=raw,
            generated_by=run.iri,
            measures=(width.iri,),
        ),
        *file_record(4, "filtered.tif", b"filtered"),
        Result(
            iri=table,
            title="objects.csv",
            role="table",
            files=(table + "#file-0",),
            measures=(count.iri,),
            derived_from=raw,
            generated_by=run.iri,
        ),
        File(
            iri=table + "#file-0",
            path="objects.csv",
            byte_size="4",
            sha256="ab" * 32,
            media_type="text/csv",
        ),
    ]


def test_results_are_a_component_with_their_source_images_and_measures(
    offline: Settings, sources: dict[str, Path], tmp_path: Path
) -> None:
    paths = {}
    for name, content in (("t", b"a,b\n"), ("f4", b"filtered")):
        paths[name] = tmp_path / name
        paths[name].write_bytes(content)
    there = sources | {
        BASE + "result/t#file-0": paths["t"],
        BASE + "fileset/f4#file-0": paths["f4"],
    }
    package = built(offline, there, *computed())
    assert codes(package) == set()
    (row,) = rows_of(package, "file_list_results_1.tsv")
    (source,) = rows_of(package, "file_list_images_1.tsv")[:1]
    assert row["Files"] == "files/objects.csv"
    assert row["Source Image"] == source["Files"]
    assert (row["Kind"], row["Measures"]) == ("table", "count: 12")
    component = next(
        one
        for one in sections_of(package.payload["section"], "Study Component")
        if one["accno"] == "results-1"
    )
    (association,) = component["subsections"]
    assert texts(association, "Image analysis") == [
        "Median filter with scikit-image 0.26.0"
    ]
    assert texts(association, "Biosample") == ["HeLa cells"]


def test_a_filtered_image_was_acquired_as_the_image_it_comes_from(
    offline: Settings, sources: dict[str, Path], tmp_path: Path
) -> None:
    filtered = tmp_path / "f4"
    filtered.write_bytes(b"filtered")
    there = sources | {BASE + "fileset/f4#file-0": filtered}
    package = built(offline, there, *computed())
    section = package.payload["section"]
    assert len(sections_of(section, "Image acquisition")) == 1
    names = [texts(one, "Name") for one in sections_of(section, "Study Component")]
    assert ["Processed images 2: HeLa cells"] in names
    (row,) = rows_of(package, "file_list_images_2.tsv")
    assert row["Measures"] == "width: 0.5 um"
    assert row["Files"] == "files/filtered.tif"


def test_a_mask_of_a_cleaned_image_names_the_copy_as_its_source(
    offline: Settings, sources: dict[str, Path]
) -> None:
    """The raw image is not in the set; what stands for it is."""
    copy = replace(the(Image), iri=BASE + "image/i2", fileset=BASE + "fileset/f2")
    copy = replace(copy, stands_for=(BASE + "image/i1",))
    chosen = replace(
        the(PublicationSet), images=(copy.iri, BASE + "image/i3"), panels=()
    )
    package = built(offline, sources, chosen, copy)
    (mask,) = rows_of(package, "file_list_annotations_1.tsv")
    (image,) = rows_of(package, "file_list_images_1.tsv")
    assert mask["Source Image"] == image["Files"]


def test_a_mask_whose_image_is_not_in_the_set_is_a_point_to_fix(
    offline: Settings, sources: dict[str, Path]
) -> None:
    chosen = replace(the(PublicationSet), images=(BASE + "image/i2", BASE + "image/i3"))
    assert codes(built(offline, sources, chosen)) == {"mask-without-image"}


def test_names_are_cleaned_unique_and_lead_back(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    names = [row["Files"] for row in rows_of(package, "file_list_images_1.tsv")]
    assert len(set(names)) == 2
    assert sorted(package.renamed.values()) == [
        "jour 1/HeLa é&1.tif",
        "jour 1/HeLa é+1.tif",
    ]
    assert set(package.renamed) == set(names)
    for row in rows_of(package, "file_list_images_1.tsv"):
        assert package.renamed[row["Files"]] == row["Original name"]


@effort(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
def test_any_file_names_become_different_names_that_the_archive_takes(
    paths: list[str],
) -> None:
    files = [
        File(iri=f"https://x.example.org/f#{number}", path=path)
        for number, path in enumerate(paths)
    ]
    names = archive_names(files)
    assert len({name.lower() for name in names.values()}) == len(files)
    allowed = set(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!-_*'(). /"
    )
    for name in names.values():
        assert set(name) <= allowed
        assert "  " not in name
        assert "../" not in name
    assert set(name_table(files, names)) <= set(names.values())


def test_columns_come_from_the_image(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    row = next(
        one
        for one in rows_of(package, "file_list_images_1.tsv")
        if one["Image"] == "HeLa cells, field 1"
    )
    assert row["Pixel size X (um)"] == "0.1"
    assert row["Pixel size Z (um)"] == "0.3"
    assert row["Figure panel"] == "Figure 1, panel A"
    assert row["Objective"] == "63x, NA 1.4, oil"
    assert row["Channels"] == "DAPI, GFP"


def test_line_breaks_do_not_break_a_row(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources, image(1, title="two\nlines\tand a tab"))
    assert {row["Image"] for row in rows_of(package, "file_list_images_1.tsv")} == {
        "two lines and a tab",
        "HeLa cells, field 2",
    }


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        (PublicationSet, {"title": "Short"}, "title-too-short"),
        (PublicationSet, {"title": None}, "study-title-needed"),
        (PublicationSet, {"keywords": ()}, "study-keywords-needed"),
        (PublicationSet, {"license": None}, "study-license-needed"),
        (
            PublicationSet,
            {"license": "https://spdx.org/licenses/CC-BY-NC-4.0"},
            "licence-not-offered",
        ),
        (PublicationSet, {"creators": ()}, "author-needed"),
        (Sample, {"organism_label": None}, "biosample-organism-needed"),
        (
            Sample,
            {"preparation_protocol": None},
            "specimen-sample-preparation-protocol-needed",
        ),
        (Person, {"email": None}, "author-e-mail-needed"),
        (Person, {"email": "ada at home"}, "email-wrong"),
        (Person, {"affiliation": None}, "author-affiliation-needed"),
    ],
)
def test_what_the_archive_needs_is_a_point_to_fix(
    offline: Settings,
    sources: dict[str, Path],
    kind: type[Any],
    values: dict[str, Any],
    code: str,
) -> None:
    package = built(offline, sources, replace(the(kind), **values))
    assert code in codes(package)


def test_an_image_without_sample_is_a_point_to_fix(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources, image(2, sample=None))
    assert "associations-biosample-needed" in codes(package)


def test_a_file_that_is_gone_is_a_point_to_fix_and_is_not_submitted(
    offline: Settings, sources: dict[str, Path]
) -> None:
    del sources[f"{BASE}fileset/f2#file-0"]
    package = built(offline, sources)
    assert codes(package) == {"file-not-found"}
    with pytest.raises(InputError):
        TARGET.submit(package, package.key, offline)


def test_the_doi_and_the_scripts_are_linked(
    offline: Settings, sources: dict[str, Path]
) -> None:
    swhid = "swh:1:dir:" + "b" * 40
    elsewhere = (
        published(of=SET, target="datacite", identifier="https://doi.org/10.99999/x"),
        published(
            of=BASE + "software/segment", target="software-heritage", identifier=swhid
        ),
    )
    package = built(offline, sources, published=elsewhere)
    urls = [one["url"] for one in package.payload["section"]["links"]]
    assert urls == [
        "https://doi.org/10.99999/x",
        f"https://archive.softwareheritage.org/{swhid}",
    ]


def test_the_metadata_file_names_no_mail_address(
    offline: Settings, sources: dict[str, Path]
) -> None:
    package = built(offline, sources)
    assert b"ada.martin@" not in package.files["nboq-metadata.ttl"]
    assert b"excitationWavelength" in package.files["nboq-metadata.ttl"]


# ------------------------------------------------------------- over real HTTP
def test_files_arrive_whole_in_the_folder_of_the_submission(
    settings: Settings, practice: Any, study: Snapshot, sources: dict[str, Path]
) -> None:
    package = TARGET.build(study, settings, sources=sources)
    receipt = TARGET.submit(package, package.key, settings)
    assert receipt.identifier.startswith("S-")
    folder = practice.folder / "biostudies" / "files" / package.key
    arrived = sorted(path.read_bytes() for path in (folder / "files").rglob("*.tif"))
    assert arrived == sorted(content_of(number) for number in (1, 2, 3))


def test_a_corrected_set_updates_its_submission(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    first = TARGET.build(study, settings, sources=sources)
    accession = TARGET.submit(first, first.key, settings).identifier
    new = snapshot(
        changed=[replace(the(PublicationSet), keywords=("nuclei", "corrected"))]
    )
    second = TARGET.build(new, settings, sources=sources)
    assert TARGET.submit(second, second.key, settings).identifier == accession
    held = open_service(TARGET, settings).read(accession)
    assert texts(held["section"], "Keywords") == ["corrected", "nuclei"]


def test_a_doi_that_comes_later_is_added_to_the_submission(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    first = TARGET.build(study, settings, sources=sources)
    accession = TARGET.submit(first, first.key, settings).identifier
    doi = published(of=SET, target="datacite", identifier="https://doi.org/10.99999/x")
    second = TARGET.build(study, settings, sources=sources, published=(doi,))
    assert TARGET.submit(second, second.key, settings).identifier == accession
    held = open_service(TARGET, settings).read(accession)
    assert [one["url"] for one in held["section"]["links"]] == [doi.identifier]


def test_a_refusal_tells_what_the_archive_said(
    settings: Settings, study: Snapshot, sources: dict[str, Path]
) -> None:
    package = TARGET.build(study, settings, sources=sources)
    broken = {**package.payload, "attributes": package.payload["attributes"][:1]}
    with pytest.raises(RemoteRefusedError) as caught:
        TARGET.submit(replace(package, payload=broken), package.key, settings)
    assert "ReleaseDate" in str(caught.value)


def test_a_large_file_is_streamed(
    settings: Settings, tmp_path: Path, practice: Any
) -> None:
    content = b"0123456789abcdef" * 65536 * 3
    path = tmp_path / "large.tif"
    path.write_bytes(content)
    open_service(TARGET, settings).upload("imagic-large/files", "large.tif", path)
    folder = practice.folder / "biostudies" / "files" / "imagic-large" / "files"
    assert (folder / "large.tif").read_bytes() == content
