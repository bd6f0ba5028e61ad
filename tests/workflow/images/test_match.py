"""Which images a text names: exact before pattern, and never a guess."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fair_imagic.model.image_name import ImageName, addresses, labels, without_ending
from fair_imagic.workflow.images.match import Matcher, fits


def _image(
    number: int, *paths: str, title: str = "", series: str = "", index: int = 1
) -> ImageName:
    name = paths[0].rpartition("/")[2] if paths else ""
    return ImageName(
        iri=f"https://example.org/image/{number:03d}-0",
        title=title or without_ending(name),
        paths=paths,
        series=series,
        number=index,
        fileset=paths[0] if paths else "",
    )


def _numbers(matcher: Matcher, text: str) -> list[int]:
    images = matcher.match(text).images
    return [int(one.rpartition("/")[2][:3]) for one in images]


BRACKETS = Matcher(
    [
        _image(1, "plate2.tif"),
        _image(2, "plate[2].tif"),
        _image(3, "Index.idx [Well 1, Field 1].tif"),
        _image(4, "a.ome.tif", title="sample*star"),
        _image(5, "sample big star.tif"),
        _image(6, "b.ome.tif", title="cond#1 50%"),
        _image(7, "what?.tif"),
        _image(8, "whatX.tif"),
    ]
)
DOTS = Matcher(
    [
        _image(1, "drug_0.5uM_A.tif"),
        _image(2, "drug_0.5uM_B.tif"),
        _image(3, "2024.01.15_cell1.tif"),
        _image(4, "2024.01.15_cell2.tif"),
        _image(5, "v1.2.final.tif"),
    ]
)
SERIES = Matcher(
    [
        _image(1, "day1/mouse1.lif", title="Series001", series="Series001"),
        _image(2, "day2/mouse2.lif", title="Series001", series="Series001"),
        _image(3, "day2/mouse2.lif", title="renamed", series="Series002", index=2),
        _image(4, "day2/mouse3.lif", title="x", series="x"),
        _image(5, "day2/mouse3.lif", title="x", series="x", index=2),
    ]
)
FOLDERS = Matcher(
    [
        _image(1, "a/day1/cell.tif"),
        _image(2, "b/day1/cell.tif"),
        _image(3, "b/day2/cell.tif"),
        _image(4, "other.tif"),
        _image(5, "b/other.tif"),
    ]
)


@pytest.mark.parametrize(
    ("matcher", "text", "images"),
    [
        (BRACKETS, "plate[2]", [2]),
        (BRACKETS, "plate2", [1]),
        (BRACKETS, "plate[2].tif", [2]),
        (BRACKETS, "plate*", [1, 2]),
        (BRACKETS, "plate[1-9]", []),
        (BRACKETS, "Index.idx [Well 1, Field 1]", [3]),
        (BRACKETS, "sample*star", [4]),
        (BRACKETS, "cond#1 50%", [6]),
        (BRACKETS, "cond#*", [6]),
        (BRACKETS, "what?", [7]),
        (DOTS, "drug_0", []),
        (DOTS, "drug_0.5uM_A", [1]),
        (DOTS, "drug_0.5uM_A.tif", [1]),
        (DOTS, "*cell1*", [3]),
        (DOTS, "2024.01.15_cell2", [4]),
        (DOTS, "v1.2", []),
        (SERIES, "Series001", [1, 2]),
        (SERIES, "mouse1.lif", [1]),
        (SERIES, "mouse1", [1]),
        (SERIES, "mouse2.lif", [2, 3]),
        (SERIES, "mouse2.lif#Series001", [2]),
        (SERIES, "day2/mouse2.lif#Series002", [3]),
        (SERIES, "mouse2.lif#2", [3]),
        (SERIES, "mouse2.lif#Series*", [2, 3]),
        (SERIES, "renamed", [3]),
        (SERIES, "mouse3.lif#2", [5]),
        (SERIES, "https://example.org/image/003-0", [3]),
        (SERIES, "003-0", [3]),
        (FOLDERS, "day1/cell.tif", [1, 2]),
        (FOLDERS, "a/day1/cell.tif", [1]),
        (FOLDERS, "day2/cell.tif", [3]),
        (FOLDERS, "cell.tif", [1, 2, 3]),
        (FOLDERS, "other.tif", [4]),
        (FOLDERS, "b/*", [2, 3, 5]),
        (FOLDERS, "*", [1, 2, 3, 4, 5]),
        (FOLDERS, "", []),
    ],
)
def test_a_text_names_these_images(
    matcher: Matcher, text: str, images: list[int]
) -> None:
    assert _numbers(matcher, text) == images


def test_an_exact_name_of_several_is_ambiguous_and_a_pattern_is_not() -> None:
    assert SERIES.match("Series001").is_ambiguous
    assert not SERIES.match("Series0*").is_ambiguous
    assert SERIES.told(SERIES.match("Series001").images) == (
        "Series001 (day1/mouse1.lif)",
        "Series001 (day2/mouse2.lif#Series001)",
    )


def test_accents_are_equal_however_they_are_written() -> None:
    composed, apart = ("tête.tif", unicodedata.normalize("NFD", "tête.tif"))
    assert composed != apart
    assert _numbers(Matcher([_image(1, apart)]), "tête") == [1]
    assert _numbers(Matcher([_image(1, composed)]), apart) == [1]


def test_what_fits_nothing_has_names_like_it() -> None:
    assert "drug_0.5uM_A" in DOTS.nearest("drug_0.5um_A")
    assert not DOTS.match("drug_0.5um_A").images


def test_many_stars_take_no_time() -> None:
    assert not fits("a" * 5_000, "*a" * 400 + "b")
    assert fits("a" * 5_000, "*a" * 400 + "*")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("drug_0.5uM_A.tif", "drug_0.5uM_A"),
        ("field.OME.TIFF", "field"),
        ("a.companion.ome", "a"),
        ("b.ome.xml", "b"),
        ("2024.01.15_cell1.nd2", "2024.01.15_cell1"),
        ("v1.2", "v1.2"),
        (".tif", ".tif"),
        ("plain", "plain"),
    ],
)
def test_only_the_ending_of_a_format_is_taken_off(name: str, title: str) -> None:
    assert without_ending(name) == title


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    images = [
        ImageName(
            iri=str(number),
            title="cell",
            paths=("cell.tif",),
            place=f"/data/{day}/{mouse}/cell.tif",
            fileset=str(number),
        )
        for number, (day, mouse) in enumerate(
            [("d1", "m1"), ("d2", "m1"), ("d2", "m2")]
        )
    ]
    assert list(addresses(images).values()) == [
        "d1/m1/cell.tif",
        "d2/m1/cell.tif",
        "m2/cell.tif",
    ]
    assert labels(images)["2"] == "cell (m2/cell.tif)"


_PIECES = st.sampled_from(
    ["a", "b", "é", "e\u0301", "[", "]", "?", "#", "%", "*", ".", " ", "1", "/"]
)
_EASY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_TEXTS = st.lists(_PIECES, min_size=1, max_size=5).map("".join)


@_EASY
@given(st.lists(_TEXTS, min_size=1, max_size=6, unique=True), st.data())
def test_where_an_exact_hit_exists_no_other_name_is_reached(
    titles: list[str], data: st.DataObject
) -> None:
    matcher = Matcher(
        ImageName(iri=f"i:{number}", title=title, number=number + 1)
        for number, title in enumerate(titles)
    )
    wanted = data.draw(st.sampled_from(titles))
    found = matcher.match(wanted)
    composed = unicodedata.normalize("NFC", wanted)
    if composed.strip():
        assert found.images
        assert not found.by_pattern
    for image in found.images:
        title = matcher.names[image].title
        assert unicodedata.normalize("NFC", title) == composed


@_EASY
@given(
    st.lists(
        st.tuples(_TEXTS.map(lambda t: t.strip("/ ") or "x"), _TEXTS),
        min_size=1,
        max_size=6,
        unique_by=lambda pair: unicodedata.normalize("NFC", pair[0]),
    )
)
def test_an_address_that_lists_show_names_its_image_alone(
    files: list[tuple[str, str]],
) -> None:
    matcher = Matcher(
        ImageName(iri=f"i:{n}", title=title, paths=(f"{path}.tif",), fileset=path)
        for n, (path, title) in enumerate(files)
    )
    for image, address in matcher.addresses.items():
        assert image in matcher.match(address).images
