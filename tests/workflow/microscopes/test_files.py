"""Export, copies, differences, passports and a person's changes of a microscope."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import ConflictError, ExternalToolError, NotFoundError
from fair_imagic.i18n import use_language
from fair_imagic.model import Objective, RecordGraph, views
from fair_imagic.views import passport as instrument_passport
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.edit import (
    FieldErrors,
    add_component,
    component_classes,
    edit_component,
    editable_slots,
    remove_component,
)
from fair_imagic.workflow.microscopes.files import compare, duplicate, export_text
from fair_imagic.workflow.microscopes.versions import versions_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder


@pytest.fixture
def scope(workspace: Workspace, study: StudyFolder) -> str:
    path = study.microscopes["widefield"]
    return instruments.import_file(workspace, path, author="a", name="scope").iri


def lenses(workspace: Workspace, record: str) -> list[Objective]:
    return views(Objective, RecordGraph(workspace.catalogue.effective(record)))


def exported(workspace: Workspace, version: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export_text(workspace, "scope", version=version))
    return found


def test_export_gives_the_file_back(
    workspace: Workspace, scope: str, study: StudyFolder
) -> None:
    text = study.microscopes["widefield"].read_text(encoding="utf-8")
    assert exported(workspace) == json.loads(text)
    assert exported(workspace, "start") == json.loads(text)


def test_a_persons_correction_is_in_the_export_and_in_the_version(
    workspace: Workspace, scope: str
) -> None:
    lens = lenses(workspace, scope)[0]
    edit_component(workspace, scope, lens.iri, {"model": "New lens"}, author="Ana")
    (version,) = versions_of(workspace, scope)
    for record in (scope, version.iri):
        assert "New lens" in {one.model for one in lenses(workspace, record)}
    for document in (exported(workspace), exported(workspace, "start")):
        assert "New lens" in {one.get("Model") for one in document["components"]}


def test_a_change_with_a_date_is_a_new_version(
    workspace: Workspace, scope: str
) -> None:
    lens = lenses(workspace, scope)[0]
    edit_component(
        workspace,
        scope,
        lens.iri,
        {"lens_na": "0.55", "working_distance": "500 um"},
        author="Ana",
        valid_from="2026-06-01",
    )
    first, second = versions_of(workspace, scope)
    assert "0.55" not in {one.lens_na for one in lenses(workspace, first.iri)}
    assert ("0.55", "0.5") in {
        (one.lens_na, one.working_distance) for one in lenses(workspace, second.iri)
    }
    found = compare(workspace, "scope")
    # these two fields and nothing else: parts inside components are the same
    assert sorted(one.after for one in found) == ["0.55", "0.5\N{NO-BREAK SPACE}mm"]
    assert {one.component for one in found} == {found[0].component}
    assert found[0].before not in ("", "0.55")
    assert compare(workspace, "scope", "start", "start") == []


def test_wrong_values_are_named_by_field_and_nothing_is_kept(
    workspace: Workspace, scope: str
) -> None:
    lens, before = lenses(workspace, scope)[0], workspace.catalogue.last_number()
    texts = {"lens_na": "big", "immersion_type": "Beer", "model": "Fine"}
    with pytest.raises(FieldErrors) as caught:
        edit_component(
            workspace, scope, lens.iri, texts, author="Ana", valid_from="soon"
        )
    assert set(caught.value.errors) == {"lens_na", "immersion_type", "valid_from"}
    assert workspace.catalogue.last_number() == before


def test_an_emptied_field_loses_its_value(workspace: Workspace, scope: str) -> None:
    lens = lenses(workspace, scope)[0]
    edit_component(workspace, scope, lens.iri, {"model": ""}, author="Ana")
    assert None in {one.model for one in lenses(workspace, scope)}


def test_components_come_and_go(workspace: Workspace, scope: str) -> None:
    count = len(exported(workspace)["components"])
    added = add_component(workspace, scope, "Objective", "Twenty", author="Ana")
    names = [one.get("Name") for one in exported(workspace)["components"]]
    assert "Twenty" in names
    remove_component(workspace, scope, added, author="Ana")
    assert len(exported(workspace)["components"]) == count
    remove_component(workspace, scope, lenses(workspace, scope)[0].iri, author="Ana")
    assert len(exported(workspace)["components"]) == count - 1
    with pytest.raises(NotFoundError, match="no such component"):
        remove_component(workspace, scope, f"{scope}#gone", author="Ana")


def test_a_component_added_by_hand_and_one_of_a_new_file_are_both_there(
    workspace: Workspace, scope: str, study: StudyFolder, tmp_path: Path
) -> None:
    add_component(workspace, scope, "Objective", "Twenty", author="Ana")
    text = study.microscopes["widefield"].read_text(encoding="utf-8")
    document = json.loads(text)
    lens = {"Schema_ID": "Objective.json", "ID": "lens-40", "Name": "Forty", "Tier": 1}
    dropped = document["components"].pop()
    document["components"].append(lens)
    path = tmp_path / "new.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    instruments.import_file(workspace, path, author="a", name="scope")
    found = exported(workspace)["components"]
    assert {"Twenty", "Forty"} <= {one.get("Name") for one in found}
    assert dropped["ID"] not in {one["ID"] for one in found}
    (first, _second) = versions_of(workspace, scope)
    old = exported(workspace, first.name)["components"]
    assert dropped["ID"] in {one["ID"] for one in old}
    assert "Forty" not in {one.get("Name") for one in old}


def test_every_kind_of_component_has_a_form() -> None:
    assert {"Objective", "Laser", "CCD"} <= set(component_classes())
    for name in component_classes():
        assert any(slot.name == "name" for slot in editable_slots(name))


def test_a_copy_stands_on_its_own(workspace: Workspace, scope: str) -> None:
    copy = duplicate(workspace, "scope", "Scope 2", author="Ana")
    assert copy.endswith("/scope-2")
    assert len(lenses(workspace, copy)) == len(lenses(workspace, scope))
    lens = lenses(workspace, copy)[0]
    edit_component(workspace, copy, lens.iri, {"model": "Other"}, author="Ana")
    assert "Other" not in {one.model for one in lenses(workspace, scope)}
    with pytest.raises(ConflictError, match="of this name"):
        duplicate(workspace, "scope", "Scope 2", author="Ana")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Microscope passport"), ("fr", "Passeport du microscope")],
)
def test_the_passport_says_all_in_one_page(
    workspace: Workspace, scope: str, language: str, words: str
) -> None:
    lens = lenses(workspace, scope)[0]
    text = "<script>alert(1)</script>"
    edit_component(workspace, scope, lens.iri, {"model": text}, author="Ana")
    with use_language(language):
        page = instrument_passport.passport_html(workspace, "scope")
    assert words in page
    assert f'lang="{language}"' in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "http://www" not in page  # nothing is fetched


def test_a_pdf_without_a_browser_says_what_to_do(
    workspace: Workspace, scope: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExternalToolError, match="print it to PDF"):
        instrument_passport.passport_pdf(workspace, "scope")


@pytest.mark.browser
def test_a_pdf_is_printed_by_chromium(workspace: Workspace, scope: str) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium here: apt-get install chromium")
    data = instrument_passport.passport_pdf(workspace, "scope")
    assert data.startswith(b"%PDF-")
