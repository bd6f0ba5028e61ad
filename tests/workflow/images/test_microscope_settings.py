"""Settings files of the Micro-Meta App: what they add to an image, and the way back."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from fair_imagic.errors import InputError, NotFoundError, UnreadableFileError
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.rdf import expand, text_of
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_matching
from fair_imagic.workflow.images.microscope_settings import export_text, import_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

    Written = Callable[..., Path]


def part(schema: str, **values: Any) -> dict[str, Any]:
    head = {"Name": schema, "ID": f"{schema}-1", "Tier": 1, "Version": "2.01.1"}
    return {**head, "Schema_ID": f"{schema}.json", **values}


def component(study: StudyFolder, schema: str) -> str:
    """Return the identifier of the microscope's first component of a schema."""
    text = study.microscopes["widefield"].read_text(encoding="utf-8")
    parts = json.loads(text)["components"]
    return next(one["ID"] for one in parts if one["Schema_ID"].startswith(schema))


@pytest.fixture
def written(study: StudyFolder, tmp_path: Path) -> Written:
    """Return a function that writes settings as the application does."""
    lens, camera = component(study, "Objective"), component(study, "CMOS")
    led = component(study, "Fluorescence_LightSource")
    spots = {
        "LightSource": part(
            "LightSourceSettings", Component_ID=led, IlluminationPowerSettings=12.50
        ),
        "Detector": part(
            "CameraSettings",
            Component_ID=camera,
            Binning="2x2",
            AnalogGain=1.0,
            AmplificationGain=1,
            EffectiveBitDepth="12bit",
            SensorExposureMode="Rolling shutter",
            PixelReadOutRate=100,
            PixelReadOutRateUnit="MHz",
            Integration=1,
        ),
        "AdditionalSlot_1": [
            {"Name": "Lens", "ID": "n-1", "Component_ID": component(study, "Emission")}
        ],
    }
    channel = part(
        "Channel",
        Name="DAPI again",
        ContrastMethod="Fluorescence",
        IlluminationType="Epifluorescence",
        Fluorophore=part("Fluorophore", Name="DAPI", Type="Organic dye"),
        LightPath=part("LightPath", ComponentSettings=spots),
    )
    document = part(
        "Image",
        Name="field_01_control",
        ID="image-1",
        InstrumentName="Widefield 1",
        Pixels=part("Pixels", SizeX=7, PixelType="uint16", Interleaved=False),
        ImagingEnvironment=[
            part("ImagingEnvironment", Temperature="37.0", TemperatureUnit="degrees C")
        ],
        ObjectiveSettings=part(
            "ObjectiveSettings",
            Component_ID=lens,
            CorrectionCollarPosition="0.17",
            ImmersionLiquid=part("ImmersionLiquid", Type="Water", RefractiveIndex=1.33),
        ),
        Channels=[channel],
        Planes=[part("Plane", TheZ=0, TheT=0, TheC=0, Timestamp=0.0)],
        Unheard="of",
    )

    def write(**values: Any) -> Path:
        path = tmp_path / "settings.json"
        path.write_text(json.dumps({**document, **values}), encoding="utf-8")
        return path

    return write


def graph_of(workspace: Workspace, image: str) -> RecordGraph:
    return RecordGraph(workspace.catalogue.effective(image))


def one(graph: RecordGraph, subject: str, path: str) -> str:
    (value,) = graph.values(subject, expand(path))
    return text_of(value)


def test_settings_describe_the_image_of_their_name(
    imported: Workspace, written: Written, study: StudyFolder
) -> None:
    done = import_file(imported, written(), author="a")
    (image,) = done.images
    graph = graph_of(imported, image)
    seen = view(Image, graph, image)
    assert seen.objective_settings and seen.imaging_environment
    settings = seen.objective_settings
    assert one(graph, settings, "nboq:correctionCollarPosition") == "0.17"
    liquid = one(graph, settings, "nboq:immersionLiquid")
    assert one(graph, liquid, "nboq:refractiveIndex") == "1.33"
    lens = component(study, "Objective")
    assert one(graph, settings, "fi:settingsOf").endswith(f"#{lens}")


def test_a_channel_names_the_components_that_it_used(
    imported: Workspace, written: Written, study: StudyFolder
) -> None:
    (image,) = import_file(imported, written(), author="a").images
    graph = graph_of(imported, image)
    channel = f"{image}#channel-0"
    light = component(study, "Fluorescence_LightSource")
    assert one(graph, channel, "fi:lightSource").endswith(f"#{light}")
    assert one(graph, channel, "fi:detector").endswith("#" + component(study, "CMOS"))
    path = one(graph, channel, "nboq:lightPath")
    camera = one(graph, path, "nboq:detectorSettings")
    assert one(graph, camera, "nboq:binning") == "2x2"


def test_what_the_image_file_says_stays_and_what_contradicts_it_is_told(
    imported: Workspace, written: Written
) -> None:
    (image,) = images_matching(imported, "title=field_01*")
    before = view(Image, graph_of(imported, image), image)
    done = import_file(imported, written(), author="a")
    after = view(Image, graph_of(imported, image), image)
    assert after.size_x == before.size_x != "7"
    assert after.channels == before.channels
    assert any(p.startswith("Pixels.SizeX: 7 here") for p in done.problems)


def test_nothing_of_the_file_is_lost_on_the_way_back(
    imported: Workspace, written: Written
) -> None:
    path = written()
    (image,) = import_file(imported, path, author="a").images
    text = export_text(imported, image)
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))
    assert "12.5" in text
    assert '"Unheard": "of"' in text


def test_a_persons_correction_is_in_the_export(
    imported: Workspace, written: Written
) -> None:
    (image,) = import_file(imported, written(), author="a").images
    repair.set_values(
        imported,
        image,
        [("objective_settings.correction_collar_position", "0.19")],
        author="Ana Roux",
    )
    content = json.loads(export_text(imported, image))
    assert content["ObjectiveSettings"]["CorrectionCollarPosition"] == "0.19"
    assert content["Channels"][0]["Fluorophore"]["Type"] == "Organic dye"


def test_the_schemas_of_the_application_accept_the_exported_parts(
    imported: Workspace, written: Written, shared: Path
) -> None:
    (image,) = import_file(imported, written(), author="a").images
    content = json.loads(export_text(imported, image))
    path = content["Channels"][0]["LightPath"]
    schemas = shared / "reference" / "nboq" / "json-schemas"
    parts = (content["ObjectiveSettings"], path, *path["ComponentSettings"].values())
    forms = [one for one in parts if isinstance(one, dict)]
    assert len(forms) == 4
    for held in forms:
        text = (schemas / held["Schema_ID"]).read_text(encoding="utf-8")
        schema = json.loads(text)
        schema.pop("required", None)  # the test writes a part of each form
        errors = jsonschema.Draft7Validator(schema).iter_errors(held)
        assert [error.message for error in errors] == []


def test_importing_twice_changes_nothing_and_a_new_file_replaces_the_old(
    imported: Workspace, written: Written
) -> None:
    (image,) = import_file(imported, written(), author="a").images
    assert import_file(imported, written(), author="a").number is None
    import_file(imported, written(ImagingEnvironment=[]), author="a")
    assert not view(Image, graph_of(imported, image), image).imaging_environment


def test_one_file_may_describe_several_images(
    imported: Workspace, written: Written
) -> None:
    done = import_file(imported, written(), author="a", images="title=field_*")
    assert len(done.images) == 2


def test_the_microscope_named_in_the_file_is_attached(
    imported: Workspace, written: Written, study: StudyFolder, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    shutil.copy(study.images["widefield"] / "field_04_control.ome.tiff", more)
    import_images.run(imported, [more], collection="more", author="a")
    (image,) = images_matching(imported, "collection=more")
    path = written(InstrumentName=view_title(imported))
    import_file(imported, path, author="a", images="collection=more")
    attached = view(Image, graph_of(imported, image), image)
    assert attached.instrument == imported.record("instrument", "scope")


def view_title(workspace: Workspace) -> str:
    record = workspace.record("instrument", "scope")
    return one(graph_of(workspace, record), record, "dcterms:title")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"Name": "no such image"}, "not known"),
        ({"Schema_ID": "Instrument.json"}, "settings of an image"),
    ],
)
def test_other_files_are_refused_and_nothing_is_kept(
    imported: Workspace, written: Written, values: dict[str, Any], words: str
) -> None:
    before = imported.catalogue.last_number()
    with pytest.raises((InputError, NotFoundError), match=words):
        import_file(imported, written(**values), author="a")
    assert imported.catalogue.last_number() == before


def test_broken_files_are_refused_with_their_place(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"Schema_ID": "Image.json",', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="line 1"):
        import_file(imported, path, author="a")


def test_a_component_that_is_not_there_is_named_with_its_place(
    imported: Workspace, written: Written
) -> None:
    settings = part("ObjectiveSettings", Component_ID="gone")
    done = import_file(imported, written(ObjectiveSettings=settings), author="a")
    assert any("ObjectiveSettings.Component_ID" in p for p in done.problems)
    assert any("gone" in problem for problem in done.problems)


def test_an_image_without_settings_says_how_to_import_them(
    imported: Workspace,
) -> None:
    (image,) = images_matching(imported, "title=zstack*")
    with pytest.raises(NotFoundError, match="No settings file"):
        export_text(imported, image)
