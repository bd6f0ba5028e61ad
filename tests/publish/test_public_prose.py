"""Texts for the public: each kind of fault is found, and none is in what we write."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from study_data import BASE, OBO, records, settings_for, snapshot
from tests.public_prose import lines_of, prose_faults, texts_of_pagetab

from fair_imagic.i18n import LANGUAGES
from fair_imagic.model import Channel, Image, ProcessingRun, PublicationSet, Sample
from fair_imagic.publish.landing import landing_of, to_html
from fair_imagic.publish.plain_text import has_markup, paragraphs, plain
from fair_imagic.publish.registry import load
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.model import Record, Snapshot

FAULTS = {
    "en": {
        "two blanks": "Acquired  with a microscope.",
        "empty brackets": "Images were processed () with a program.",
        "a program's word": "Channels: None.",
        "two marks in a row": "It was fixed.. Then stained.",
        "a blank before a mark": "Acquired with a microscope .",
        "a mark as a name": "Channels: , (exposure 3 ms).",
        "a frame every 0": "One frame every 0 s.",
        "no value told as one": "exposure -1 ms",
        "an address of ours": "see nboq:Objective",
        "one told as many": "There are 1 images.",
        "many told as one": "There are 3 image here.",
        "a word without its rest": "Segmentation with.",
        "a list without entries": "Channels:",
    },
    "fr": {
        "one told as many": "Il y a 0 images.",
        "many told as one": "Il y a 3 canal.",
        "a word without its rest": "Segmentation avec.",
        "a blank is missing": "DAPI (3 ms); canaux; fin",
        "words of the other language": "objectif not recorded",
    },
}


@pytest.mark.parametrize(
    ("language", "kind"),
    [(language, kind) for language in LANGUAGES for kind in FAULTS[language]],
)
def test_the_linter_finds_each_kind_of_fault(language: str, kind: str) -> None:
    found = prose_faults(FAULTS[language][kind], language)
    assert any(one.startswith(f"{kind}:") for one in found), found


def test_the_linter_leaves_good_texts_alone() -> None:
    good = "All 18 images: 20×, NA 0.8 (1 channel, 2.5 s). Figure 1, panel A: 1 plane."
    assert prose_faults(good, "en") == []
    french = "Les 18 images : 20×, ON 0,8 ; 1 canal ; 0 image."
    assert prose_faults(french, "fr") == []


# ------------------------------------------------------------------------- markup
KEPT = [
    "differences with p < 0.05 and n > 30 are reported",
    "area <5 µm² were dropped; n > 30",
    "See <https://example.org/x>.",
    "a<b and c>d",
    "if 1 <i and j> 2",
    "x <= 3 >= y <-> z",
    "mail <someone@example.org>",
    "gene <A> and <i>",
]


@pytest.mark.parametrize("text", KEPT)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert plain(text) == text
    assert not has_markup(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A <b>bold</b> title", "A bold title"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ('<a href="https://example.org/">here</a>', "here"),
        ("H<sub>2</sub>O and p < 0.05", "H2O and p < 0.05"),
        ("<jats:p>One.</jats:p>", "One."),
        ("before<!-- a note -->after", "beforeafter"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
    ],
)
def test_elements_go_and_their_words_stay(text: str, words: str) -> None:
    assert plain(text) == words
    assert has_markup(text)


def test_blank_lines_make_paragraphs() -> None:
    assert paragraphs("One\nand more.\n \n\nTwo.\r\n\r\nThree.") == [
        "One\nand more.",
        "Two.",
        "Three.",
    ]


def test_an_abstract_with_signs_reaches_the_doi_record_whole(
    shared: Path, tmp_path: Path
) -> None:
    case = shared / "cases/publish/abstract-with-less-than.txt"
    if not case.is_file():
        pytest.skip("no case of an abstract with signs among the shared files")
    text = case.read_text(encoding="utf-8").strip()
    package = built("datacite", snapshot(changed=[the_set(description=text)]), tmp_path)
    abstract = package.payload["descriptions"][0]
    assert abstract["description"] == text
    assert "markup" not in {gap.code for gap in package.lost}


def test_markup_that_is_taken_out_is_told(tmp_path: Path) -> None:
    changed = [the_set(description="Cells were <b>not</b> fixed.")]
    package = built("datacite", snapshot(changed=changed), tmp_path)
    assert package.payload["descriptions"][0]["description"] == "Cells were not fixed."
    assert "markup" in {gap.code for gap in package.lost}


# --------------------------------------------------------------- what we write
def the_set(**values: Any) -> PublicationSet:
    found = next(one for one in records() if isinstance(one, PublicationSet))
    return PublicationSet(**{**vars(found), **values})


def built(target: str, held: Snapshot, tmp_path: Path) -> Any:
    return load(target).build(held, settings_for(tmp_path / "home"))


def prose_of(held: Snapshot, language: str, tmp_path: Path) -> Iterator[str]:
    """Yield every text that goes to the public, in a language where it has several."""
    for one in built("datacite", held, tmp_path).payload.get("descriptions", ()):
        yield from one["description"].splitlines()
    if language == "en":
        yield from built("datacite", held, tmp_path).payload.get("sizes", ())
        yield from texts_of_pagetab(built("bioimage-archive", held, tmp_path).payload)
    page = landing_of(held, settings_for(tmp_path / "home"))
    yield from lines_of(to_html(page, language=language))


ODD = (None, "", ",", "None", " ", "nan", "-", expand("fi:unknown"), "()", "null")
NUMBERS = (None, "0", "-1", "1", "2", "20", "0.3230001", expand("fi:notApplicable"))


class Odd:
    """A seeded choice of values as files and people leave them behind."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.seed = seed

    def name(self, *good: str) -> str | None:
        return self._random.choice((*ODD, *good, *good, *good))

    def number(self) -> str | None:
        return self._random.choice(NUMBERS)

    def count(self, most: int) -> int:
        return self._random.choice((0, 1, 1, 2, most))

    def study(self, language: str) -> Snapshot:
        """A set with images that share settings, or not, or have none."""
        alike = self._random.random() < 0.4
        count = self._random.choice((1, 2, 3))
        settings = [self.image(one) for one in (1, 2, 3)]
        if alike:
            settings = [self.copy(settings[0], one) for one in (1, 2, 3)]
        chosen = [f"{BASE}image/i{one}" for one in (1, 2, 3)][:count]
        changed: list[Record] = [
            the_set(
                images=tuple(chosen),
                language=language,
                description=self.name("First.\n\nSecond."),
                funding_statement=self.name("Nobody paid."),
                acknowledgements=self.name("We thank all."),
                keywords=tuple(filter(None, (self.name("cells"), self.name("a")))),
            ),
            *(part for parts in settings for part in parts),
            Sample(
                iri=BASE + "sample/hela",
                title=self.name("HeLa cells"),
                organism=OBO + "NCBITaxon_9606",
                organism_label=self.name("Homo sapiens"),
                preparation_protocol=self.name("Fixed.", "Fixed with acid\n\nrinsed"),
                growth_protocol=self.name("Grown."),
            ),
            ProcessingRun(
                iri=BASE + "run/r1",
                title=self.name("Segmentation"),
                processor=self.name("segmentation"),
                used=(BASE + "image/i1",),
                software_name=self.name("scikit-image"),
                software_version=self.name("0.26.0"),
                library_versions=tuple(filter(None, (self.name("numpy 2.0"),))),
            ),
        ]
        return snapshot(changed=changed)

    def image(self, number: int) -> list[Record]:
        record = f"{BASE}image/i{number}"
        channels = self.count(30)
        parts = [f"{record}#channel-{one}" for one in range(channels)]
        held = next(one for one in records() if one.iri == record)
        values = {
            "channels": tuple(parts),
            "size_z": self.number(),
            "size_c": str(channels),
            "size_t": self.number(),
            "time_increment": self.number(),
            "physical_size_x": self.number(),
            "physical_size_y": self.number(),
            "physical_size_z": self.number(),
            "imaging_method_label": self.name("confocal microscopy"),
            "title": self.name(f"cells {number}"),
            "instrument": self._random.choice((None, BASE + "instrument/sp8")),
            "sample": self._random.choice((None, BASE + "sample/hela")),
            "generated_by": self._random.choice((None, BASE + "run/r1")),
        }
        return [
            Image(**{**vars(held), **values}),
            *(
                Channel(
                    iri=part,
                    index=str(place),
                    name=self.name("DAPI", "GFP"),
                    fluorophore=self.name("DAPI"),
                    excitation_wavelength=self.number(),
                    emission_wavelength=self.number(),
                    exposure_time=self.number(),
                    pinhole=self.number(),
                )
                for place, part in enumerate(parts)
            ),
        ]

    def copy(self, parts: list[Record], number: int) -> list[Record]:
        first, record = parts[0].iri, f"{BASE}image/i{number}"
        fileset = f"{BASE}fileset/f{number}"
        found = []
        for one in parts:
            values = {**vars(one), "iri": one.iri.replace(first, record)}
            if isinstance(one, Image):
                values["channels"] = tuple(
                    channel.replace(first, record) for channel in one.channels
                )
                values["fileset"] = fileset
            found.append(type(one)(**values))
        return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(40))
def test_no_set_makes_texts_with_faults(
    seed: int, language: str, tmp_path: Path
) -> None:
    held = Odd(seed).study(language)
    found = [
        fault
        for line in prose_of(held, language, tmp_path)
        for fault in prose_faults(line, language)
    ]
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
