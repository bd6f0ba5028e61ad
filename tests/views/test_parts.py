"""A microscope's parts: groups in the order of interest, what is equal told once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.public_prose import prose_faults
from tests.web.large_microscope import write_large_microscope

from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.views.instrument import instrument_page
from fair_imagic.views.passport import passport_html
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.microscopes import instruments

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("parts")
    (model,) = write_study(folder / "study").root.rglob("*widefield*.json")
    path = write_large_microscope(model, folder)
    with open_workspace(folder / "home") as workspace:
        instruments.import_file(workspace, path, author="a", name="large")
        yield workspace


def test_groups_begin_with_what_people_look_for(large: Workspace) -> None:
    groups = instrument_page(large, "large").groups
    names = [one.name for one in groups]
    assert names[:4] == ["objectives", "light-sources", "detectors", "filters"]
    assert sum(one.count for one in groups) > 60


def test_each_kind_has_one_table_with_what_sets_its_parts_apart(
    large: Workspace,
) -> None:
    objectives = instrument_page(large, "large").groups[0]
    (table,) = objectives.tables
    assert len(table.parts) == 8
    assert table.columns == ("Magnification",)
    cells = [one.words for part in table.parts for one in part.cells[0]]
    assert cells == [str(10 * number) for number in range(1, 9)]
    alike = {row.label for row in table.shared}
    assert {"Numerical aperture", "Immersion", "Correction", "Manufacturer"} <= alike


def test_a_stand_in_is_told_as_not_stated_and_never_as_a_value(
    large: Workspace,
) -> None:
    groups = {one.name: one for one in instrument_page(large, "large").groups}
    for part in groups["detectors"].tables[0].parts:
        assert {"Read-out noise", "Quantum efficiency"} <= set(part.unstated)
    text = passport_html(large, "large")
    assert not re.search(r">[^<]*-1\b[^<]*<", text.partition("</style>")[2])
    assert "Not stated: " in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_passport_reads_well(large: Workspace, language: str) -> None:
    with use_language(language):
        text = passport_html(large, "large")
    body = text.partition("</style>")[2]
    found = []
    for line in re.split(r"</?(?!b>|a\b)[a-z][^>]*>", body):
        plain = re.sub(r"<[^>]+>", "", line).strip()
        found += prose_faults(plain, language) if plain[-1:] not in (":", "") else []
    assert found == []


def test_a_passport_folds_what_is_read_rarely(large: Workspace) -> None:
    text = passport_html(large, "large")
    assert text.count("<table>") < 10
    assert text.count("<details>") < 10
    assert "details::details-content" in text, "paper shows what the screen folds"
