"""The landing page: for people, for machines, and the links between."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from study_data import BASE, ORCID, SCRIPTS, SET, records, settings_for, snapshot

from fair_imagic.model import PublicationSet
from fair_imagic.publish.landing import (
    Landing,
    landing_of,
    link_header,
    links_of,
    linkset,
    to_html,
    to_jsonld,
    to_turtle,
)
from fair_imagic.publish.landing.citation import bibtex, ris
from fair_imagic.publish.registry import page_forms, published
from fair_imagic.rdf import parse

if TYPE_CHECKING:
    from pathlib import Path

DOI = "https://doi.org/10.99999/at6b-ryaf-0g51"
SWHID = "swh:1:dir:" + "d" * 40
DONE = (
    published(of=SET, target="datacite", identifier=DOI),
    published(of=SET, target="bioimage-archive", identifier="S-BIAD4711"),
    published(of=SCRIPTS, target="software-heritage", identifier=SWHID),
    published(of=BASE + "set/other", target="bioimage-archive", identifier="S-BIAD9"),
)
FILE = BASE + "fileset/f1#file-0"


@pytest.fixture
def page(tmp_path: Path) -> Landing:
    return shown(tmp_path)


def shown(tmp_path: Path, *changed: Any, **options: Any) -> Landing:
    options = {"published": DONE, "forms": page_forms(), **options}
    return landing_of(
        snapshot(changed=list(changed)),
        settings_for(tmp_path / "home"),
        thumbnails={BASE + "image/i1": "/thumbnails/i1.png"},
        file_urls={FILE: "https://files.example.org/a.tif"},
        **options,
    )


def test_the_page_shows_who_what_where_and_how_to_cite(page: Landing) -> None:
    html = to_html(page, language="en")
    for text in (
        "Nuclei of HeLa cells in a confocal stack",
        "Ada Martin",
        f"https://orcid.org/{ORCID}",
        DOI,
        "S-BIAD4711",
        SWHID,
        "Creative Commons Attribution 4.0 International",
        "Leica SP8",
        "/thumbnails/i1.png",
        "Segmentation of nuclei with scikit-image 0.26.0",
        "Cite as",
    ):
        assert text in html
    assert "S-BIAD9" not in html
    assert "ada.martin@" not in html


def test_the_page_is_self_contained(page: Landing) -> None:
    html = to_html(page)
    assert not re.search(r"<link[^>]*stylesheet", html)
    assert not re.search(r"<script[^>]*src=", html)
    assert "@import" not in html


def test_the_page_speaks_french(page: Landing) -> None:
    html = to_html(page, language="fr")
    assert '<html lang="fr">' in html


def test_text_of_people_is_never_markup(tmp_path: Path) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    evil = "</script><script>alert(1)</script>"
    html = to_html(shown(tmp_path, replace(chosen, title=evil, description=evil)))
    assert "<script>alert" not in html
    assert html.count("</script>") == 1


def test_a_page_without_doi_or_people_still_opens(tmp_path: Path) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    bare = PublicationSet(iri=chosen.iri)
    found = shown(tmp_path, bare, published=())
    assert to_html(found)
    assert json.loads(to_jsonld(found))["@id"] == found.url
    assert to_turtle(found)
    assert linkset(found)


def test_the_citation_is_complete(page: Landing) -> None:
    assert page.citation == (
        "Martin, Ada (2026). Nuclei of HeLa cells in a confocal stack. Version 1.0. "
        f"Institut Cochin. {DOI}"
    )


def test_json_ld_has_what_bioschemas_asks(page: Landing) -> None:
    found = json.loads(to_jsonld(page))
    assert found["@type"] == "Dataset"
    for key in ("description", "identifier", "keywords", "license", "name", "url"):
        assert found[key]
    assert found["dct:conformsTo"]["@id"].startswith("https://bioschemas.org/")
    assert found["identifier"] == DOI
    assert found["creator"][0]["@id"].endswith(ORCID)
    assert found["measurementTechnique"] == ["confocal microscopy"]
    assert found["variableMeasured"] == ["DAPI", "GFP"]
    assert len(found["distribution"]) == 2


def test_turtle_describes_the_set_and_its_images(page: Landing) -> None:
    triples = set(parse(to_turtle(page).encode(), format="ttl"))
    dcat = "http://www.w3.org/ns/dcat#"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert (f"<{SET}>", kind, f"<{dcat}Dataset>") in triples
    assert any("excitationWavelength" in predicate for _s, predicate, _o in triples)
    assert not any("schema.org/email" in predicate for _s, predicate, _o in triples)


def test_signposting_has_one_identifier_and_every_form(page: Landing) -> None:
    links = links_of(page)
    by_rel: dict[str, list[str]] = {}
    for link in links:
        by_rel.setdefault(link.rel, []).append(link.href)
    assert by_rel["cite-as"] == [DOI]
    assert "https://schema.org/AboutPage" in by_rel["type"]
    assert by_rel["license"] == ["https://spdx.org/licenses/CC-BY-4.0"]
    assert by_rel["author"] == [f"https://orcid.org/{ORCID}"]
    assert len(by_rel["describedby"]) == 3
    assert by_rel["item"] == ["https://files.example.org/a.tif"]
    assert 'rel="cite-as"' in link_header(links)


def test_the_linkset_leads_back_from_the_parts(page: Landing) -> None:
    anchors = {one["anchor"]: one for one in json.loads(linkset(page))["linkset"]}
    assert anchors[page.url]["cite-as"] == [{"href": DOI}]
    item = anchors["https://files.example.org/a.tif"]
    assert item["collection"][0]["href"] == page.url


def test_many_files_are_left_to_the_linkset(page: Landing) -> None:
    links = links_of(page)
    item = next(link for link in links if link.rel == "item")
    header = link_header([*links, *[item] * 100])
    assert "a.tif" not in header
    assert len(header) < 4000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # from rdflib itself
def test_dcat_ap_finds_nothing_that_must_be_there_missing(
    shared: Path, page: Landing
) -> None:
    found = [*(shared / "reference/fair").rglob("dcat-ap-SHACL.ttl")]
    if not found:
        pytest.skip("no DCAT-AP shapes among the shared references")
    import pyshacl

    conforms, _graph, text = pyshacl.validate(
        to_turtle(page),
        shacl_graph=found[0].read_text(encoding="utf-8"),
        data_graph_format="turtle",
        shacl_graph_format="turtle",
        advanced=True,
    )
    assert conforms, text


def test_an_identifier_on_the_page_is_not_cut(page: Landing) -> None:
    assert f"{SWHID} (practice, opens nowhere)" in to_html(page, language="en")


def test_the_page_is_in_the_order_of_a_reader_of_the_article(page: Landing) -> None:
    html = to_html(page, language="en").partition("</head>")[2]
    marks = (
        "<h1",
        "Ada Martin",
        'href="https://orcid.org/',
        f"{DOI} (practice, opens nowhere)",
        "Creative Commons",
        "Cite as",
        "BibTeX, RIS",
        "About these images",
        "/thumbnails/i1.png",
        "How the images were acquired",
        "Where the files are",
        "Samples and processing",
        "For programs",
    )
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_pictures_have_a_scale_bar_of_a_round_length(page: Landing) -> None:
    html = to_html(page, language="en")
    # 512 px of 0.1 µm are 51.2 µm: 10 µm is the longest round length below a third
    assert 'style="width: 19.53%"' in html
    assert ">10\N{NO-BREAK SPACE}µm<" in html


def test_settings_that_all_images_share_are_told_once(page: Landing) -> None:
    html = to_html(page, language="en").partition("</head>")[2]
    assert html.count("63×, NA 1.4") == 1
    assert "Both images" in html


@pytest.mark.parametrize("language", ["en", "fr"])
def test_many_pictures_are_folded_and_counted(tmp_path: Path, language: str) -> None:
    from study_data import image

    images = [replace(image(1), iri=f"{BASE}image/n{n}") for n in range(1500)]
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    many = replace(chosen, images=tuple(one.iri for one in images))
    html = to_html(shown(tmp_path, many, *images), language=language)
    more = "1\N{NARROW NO-BREAK SPACE}488 more images"
    french = "1\N{NARROW NO-BREAK SPACE}488 images de plus"
    assert (more if language == "en" else french) in html


def test_the_citation_is_there_for_reference_managers(tmp_path: Path) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    found = shown(tmp_path, replace(chosen, title="A & B: 50 % of {cells}."))
    assert "title = {A \\& B: 50 \\% of \\{cells\\}.}" in bibtex(found)
    assert "author = {Martin, Ada}" in bibtex(found)
    assert "doi = {10.99999/at6b-ryaf-0g51}" in bibtex(found)
    lines = ris(found).splitlines()
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    assert "TI  - A & B: 50 % of {cells}." in lines
    assert ".. Version" not in found.citation


def test_a_practice_page_says_not_to_cite_it(tmp_path: Path) -> None:
    found = replace(shown(tmp_path), practice=True)
    assert "do not cite it" in to_html(found, language="en")
    assert "do not cite it" not in to_html(replace(found, practice=False))


def test_the_abstract_keeps_its_signs_and_paragraphs(tmp_path: Path) -> None:
    chosen = next(one for one in records() if isinstance(one, PublicationSet))
    text = "Where p < 0.05 and n > 30.\n\n<b>Two</b> groups."
    html = to_html(shown(tmp_path, replace(chosen, description=text)))
    assert "<p>Where p &lt; 0.05 and n &gt; 30.</p><p>Two groups.</p>" in html
