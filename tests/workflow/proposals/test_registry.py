"""Proposals of a whole set: few, right, and each with its source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fair_imagic.catalogue import SourceKind
from fair_imagic.checks import Confidence
from fair_imagic.mapping.components import components_of
from fair_imagic.model import (
    PublicationSet,
    RecordGraph,
    Snapshot,
    class_named,
    slot_named,
    slots_of,
    view,
)
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.readers import RawFact
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.images import voice_of_file
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.proposals import PROPOSERS, Evidence, Point
from fair_imagic.workflow.proposals.channels import from_channels
from fair_imagic.workflow.sets import defaults
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.checks import Proposal
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

    Ask = Callable[..., dict[str, Proposal]]


def _graph(workspace: Workspace, record: str) -> RecordGraph:
    return RecordGraph(workspace.catalogue.effective(record))


def test_two_other_images_made_the_same_way_give_the_pixel_size(
    imported: Workspace, study: StudyFolder, proposed: Ask
) -> None:
    assert proposed(imported, "s", "/physicalSizeX") == {}, "one image proves nothing"
    import_images.run(
        imported,
        [study.images["widefield"] / "field_02_control.ome.tiff"],
        collection="few",
        author="Ana",
        instrument="scope",
    )
    sets.create(imported, "t", author="Ana", title="T", images="all")
    found = proposed(imported, "t", "/physicalSizeX")
    assert {k: v.value for k, v in found.items()} == {"field_03_control": "0.323 µm"}
    assert found["field_03_control"].source["en"].startswith("2 other images")
    pair = [("image.physical_size_x", "0.4 um")]
    root = imported.record("set", "t")
    repair.set_values(imported, root, pair, author="Ana", images="field_02*")
    assert proposed(imported, "t", "/physicalSizeX") == {}, "they do not agree"


def test_images_of_another_size_in_pixels_are_no_model(
    imported: Workspace, study: StudyFolder, proposed: Ask
) -> None:
    import_images.run(
        imported,
        [study.images["widefield"] / "field_02_control.ome.tiff"],
        collection="few",
        author="Ana",
        instrument="scope",
    )
    sets.create(imported, "t", author="Ana", title="T", images="all")
    root = imported.record("set", "t")
    binned = [("image.size_x", "128")]
    repair.set_values(imported, root, binned, author="Ana", images="field_02*")
    assert proposed(imported, "t", "/physicalSizeX") == {}


def test_images_of_a_collection_share_their_microscope(
    workspace: Workspace, study: StudyFolder, proposed: Ask
) -> None:
    names = ("field_01_control", "field_02_control", "field_03_control")
    files = [study.images["widefield"] / f"{name}.ome.tiff" for name in names]
    import_images.run(workspace, files, collection="few", author="Ana")
    sets.create(workspace, "s", author="Ana", title="S", images="all")
    instruments.import_file(
        workspace, study.microscopes["widefield"], author="Ana", name="scope"
    )
    scope = workspace.record("instrument", "scope")
    root = workspace.record("set", "s")
    for pattern in ("field_01*", "field_02*"):
        repair.set_values(
            workspace, root, [("image.instrument", scope)], author="A", images=pattern
        )
    found = proposed(workspace, "s", "/acquiredWith")
    assert {k: v.value for k, v in found.items()} == {"field_03_control": scope}


def test_the_channels_tell_the_imaging_method(
    imported: Workspace, proposed: Ask
) -> None:
    found = {
        label: one.value
        for label, one in proposed(imported, "s", "/imagingMethodLabel").items()
    }
    assert found == {
        "field_01_control": "fluorescence microscopy",
        "field_03_control": "fluorescence microscopy",
        "zstack_01": "confocal microscopy",
    }


def test_a_fluorophore_or_a_shift_of_colour_tells_the_contrast(
    imported: Workspace,
) -> None:
    channels = (
        ("dye", [("fluorophore", "EGFP")], "Fluorescence"),
        ("shift", [("excitation", "488"), ("emission", "525")], "Fluorescence"),
        ("light", [("excitation", "550"), ("emission", "550")], None),
        ("words", [("excitation", "blue"), ("emission", "525")], None),
        ("blank", [], None),
    )
    for name, told, wanted in channels:
        channel = f"https://x.example/image/a#{name}"
        names = {
            "fluorophore": "fluorophore",
            "excitation": "excitation_wavelength",
            "emission": "emission_wavelength",
        }
        slots = {slot.name: slot for slot in slots_of("Channel")}
        own = [(iri(channel), iri("rdf:type"), iri(class_named("Channel").iri))]
        own += [(iri(channel), iri(slots[names[k]].iri), literal(v)) for k, v in told]
        evidence = Evidence(
            imported, Snapshot.make("https://x.example/image/a", own=own)
        )
        found = from_channels(
            evidence, Point(channel, "Channel", slots["contrast_method"], None)
        )
        assert (found.value if found else None) == wanted, name


def test_a_default_of_the_facility_that_came_later_is_certain(
    imported: Workspace, proposed: Ask
) -> None:
    defaults.set_default(imported, "license", "CC-BY-4.0")
    defaults.set_default(imported, "image.objective.manufacturer", "Example Optics")
    found = proposed(imported, "s", "/license")
    assert [(p.value, p.confidence) for p in found.values()] == [
        ("CC-BY-4.0", Confidence.CERTAIN)
    ]


def test_the_plan_gives_the_licence_that_it_promises(
    imported: Workspace, proposed: Ask
) -> None:
    root = imported.record("set", "s")
    person = imported.names("person")[0]
    plans.draft(imported, "p", contact=person, author="Ana", sets=["s"])
    output = view(PublicationSet, _graph(imported, root), root).fulfils
    assert output is not None
    promise = [("license", "CC0-1.0")]
    repair.set_values(imported, output, promise, author="Ana")
    found = proposed(imported, "s", "/license")
    assert [one.value for one in found.values()] == [
        "https://spdx.org/licenses/CC0-1.0"
    ]
    assert next(iter(found.values())).source["en"] == "the plan, for “Some nuclei”"


def test_the_file_names_the_microscope_and_its_parts(
    workspace: Workspace, study: StudyFolder, tmp_path: Path, proposed: Ask
) -> None:
    source = study.images["widefield"] / "field_01_control.ome.tiff"
    import_images.run(workspace, [source], collection="few", author="Ana")
    record = study.microscopes["widefield"]
    instruments.import_file(workspace, record, author="Ana", name="scope")
    sets.create(workspace, "s", author="Ana", title="S", images="all")
    root = workspace.record("set", "s")
    scope = workspace.record("instrument", "scope")
    image = view(PublicationSet, _graph(workspace, root), root).images[0]
    kept = workspace.catalogue.facts(voice_of_file(workspace, image).source)
    stand = next(
        part
        for part in components_of(_graph(workspace, scope), scope)
        if part.is_a("MicroscopeStand")
    )
    named = RawFact("Instrument/Microscope/Model", stand.text("model"), None, "here")
    origin = next(
        one.source
        for one in workspace.catalogue.origins(image).values()
        if one.source.kind is SourceKind.FILE
    )
    workspace.catalogue.keep_facts(origin, {image: [*kept[image], named]})
    found = proposed(workspace, "s", "/acquiredWith")
    assert [one.value for one in found.values()] == [scope]
    # named by hand, not attached: what the record knows is proposed, not filled in
    pair = [("image.instrument", scope)]
    repair.set_values(workspace, root, pair, author="Ana")
    makers = proposed(workspace, "s", "/manufacturer")
    assert [one.value for one in makers.values()] == ["Example Optics"]
    assert "microscope record" in next(iter(makers.values())).source["en"]


def test_a_wrong_licence_is_proposed_by_its_name(
    imported: Workspace, proposed: Ask
) -> None:
    root = imported.record("set", "s")
    address = "https://creativecommons.org/licenses/by/4.0/"
    edits = Edits(imported.catalogue, person_source(imported, "Ana"))
    edits.put(root, [(expand("dcterms:license"), iri(address))])
    edits.append("Ana", "as another program wrote it")
    found = proposed(imported, "s", "/license")
    assert [one.value for one in found.values()] == ["CC-BY-4.0"]


def test_every_proposal_removes_its_point(imported: Workspace) -> None:
    """Keeping what is proposed leaves none of these points behind."""
    before = check.run(imported, "s")
    edits = Edits(imported.catalogue, person_source(imported, "Ana"))
    door = Door(imported)
    proposed = [one for one in before.findings if one.proposal is not None]
    assert proposed
    for one in proposed:
        assert one.proposal is not None
        slot = slot_named(edits.type_of(one.focus) or "", one.path)
        edits.put(
            one.focus, door.read(one.proposal.value, slot, subject=one.focus).terms
        )
    edits.append("Ana", "proposals")
    after = Counter((f.code, f.focus) for f in check.run(imported, "s").findings)
    assert not [one for one in proposed if (one.code, one.focus) in after]


def test_every_proposer_stands_in_the_registry_once() -> None:
    assert len(set(PROPOSERS)) == len(PROPOSERS) == 10


def test_real_samples_get_few_and_right_proposals(
    workspace: Workspace, shared: Path, proposed: Ask
) -> None:
    """The truth of each was read from the maker's own program and the names."""
    folder = shared / "samples" / "images"
    import_images.run(workspace, [folder], collection="real", author="Ana")
    sets.create(workspace, "real", author="Ana", title="Real", images="all")
    methods = proposed(workspace, "real", "/imagingMethodLabel")
    assert set(Counter(one.value for one in methods.values())) <= {
        "confocal microscopy",
        "fluorescence microscopy",
    }
    makers = proposed(workspace, "real", "/manufacturer")
    told = {label.partition(" /")[0]: one.value for label, one in makers.items()}
    assert told.get("nikon_cluster") == "Nikon"
    assert told.get("zeiss_t3_c2_z5") == "Carl Zeiss Microscopy"
    assert told.get("xzt") == "Leica Microsystems"
    dates = proposed(workspace, "real", "/resultTime")
    assert {one.confidence for one in dates.values()} <= {Confidence.UNSURE}
