"""Raw facts that no mapping took up, and names of objectives, give proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.model import Snapshot, class_named, slots_of
from fair_imagic.rdf import iri, literal
from fair_imagic.readers import RawFact
from fair_imagic.workflow.proposals import Evidence, Point
from fair_imagic.workflow.proposals.file_facts import from_file_facts
from fair_imagic.workflow.proposals.objective_name import from_objective_name

if TYPE_CHECKING:
    from fair_imagic.checks import Proposal
    from fair_imagic.workflow.base.workspace import Workspace


_TAKEN = "2010-04-08T09:18:02"


def _ask(
    workspace: Workspace, class_name: str, name: str, *facts: tuple[str, str]
) -> Proposal | None:
    image = workspace.mint("image", "abc-0")
    source = Source(workspace.mint("source", "file-abc"), SourceKind.FILE, "a.tif")
    described = (iri(image), iri("rdf:type"), iri("fi:Image"))
    change = Change(image, source, added=frozenset({described}))
    workspace.catalogue.append(ChangeSet("import", "a.tif", [change]))
    kept = [RawFact(key, value, None, "here") for key, value in facts]
    workspace.catalogue.keep_facts(source, {image: kept})
    part = {"Image": image, "Channel": f"{image}#channel-1"}.get(class_name)
    slot = next(slot for slot in slots_of(class_name) if slot.name == name)
    point = Point(part or f"{image}#objective", class_name, slot, None)
    return from_file_facts(Evidence(workspace, Snapshot.make(image, own=())), point)


@pytest.mark.parametrize(
    ("key", "value", "proposed", "sure"),
    [
        ("tiff:DateTimeOriginal", "2010:04:08 09:18:02", _TAKEN, "likely"),
        ("tiff:DateTime", "2010:04:08 10:12:30", "2010-04-08T10:12:30", "unsure"),
        (
            "zeiss:Information/Image/AcquisitionDateAndTime",
            "2020-12-15T10:24:08.5Z",
            "2020-12-15T10:24:08.5Z",
            "certain",
        ),
        ("tiff:DateTime", "0000:00:00 00:00:00", None, ""),
        ("tiff:DateTime", "yesterday", None, ""),
        ("tiff:DateTime", "2010:04:08", None, ""),
    ],
)  # fmt: skip
def test_a_time_in_the_file_is_proposed_with_its_key(
    workspace: Workspace, key: str, value: str, proposed: str | None, sure: str
) -> None:
    found = _ask(workspace, "Image", "acquired_at", (key, value))
    assert (found.value if found else None) == proposed
    if found is not None:
        assert str(found.confidence) == sure
        assert key in found.source["en"]


def test_the_time_of_taking_goes_before_the_time_of_writing(
    workspace: Workspace,
) -> None:
    found = _ask(
        workspace,
        "Image",
        "acquired_at",
        ("tiff:DateTime", "2010:04:08 10:12:30"),
        ("tiff:DateTimeOriginal", "2010:04:08 09:18:02"),
    )
    assert found is not None
    assert found.value == "2010-04-08T09:18:02"


@pytest.mark.parametrize(
    ("channel", "value", "proposed"),
    [
        (1, "200000000", "200 ms"),
        (0, "200000000", None),  # of another channel
        (1, "0", None),
        (1, "long", None),
    ],
)
def test_zeiss_exposure_times_are_nanoseconds(
    workspace: Workspace, channel: int, value: str, proposed: str | None
) -> None:
    place = "zeiss:Information/Image/Dimensions/Channels"
    key = f"{place}/Channel[{channel}]/ExposureTime"
    found = _ask(workspace, "Channel", "exposure_time", (key, value))
    assert (found.value if found else None) == proposed


def test_the_maker_of_a_file_is_unsure_for_an_objective_without_name(
    workspace: Workspace,
) -> None:
    found = _ask(workspace, "Objective", "manufacturer", ("leica:Version", "1"))
    assert found is not None
    assert (found.value, str(found.confidence)) == ("Leica Microsystems", "unsure")
    assert _ask(workspace, "Objective", "manufacturer", ("OME/UUID", "x")) is None


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("Plan-Apochromat 20x/0.8", "magnification", "20"),
        ("Plan-Apochromat 20x/0.8", "lens_na", "0.8"),
        ("HC PL APO CS2    63x/1.30 GLYC", "immersion_type", "Glycerol"),
        ("HC PL APO CS2    63x/1.30 GLYC", "lens_na", "1.30"),
        ("C-Apochromat 40x/1.2 W Korr FCS M27", "immersion_type", "Water"),
        ("UPLSAPO 100x Oil NA=1.40", "immersion_type", "Mineral Oil"),
        ("UPLSAPO 100x Oil NA=1.40", "lens_na", "1.40"),
        ("20x Plan Fluor ELWD", "magnification", "20"),
        ("20x Plan Fluor ELWD", "lens_na", None),
        ("Plan-Apochromat 50x/1.2", "immersion_type", None),
        ("LCI Plan 25x/0.8 Oil Water", "immersion_type", None),  # which one?
        ("Plan-Apochromat 20x/0.8", "manufacturer", None),
        ("my lens", "magnification", None),
    ],
)
def test_the_name_of_an_objective_tells_its_numbers(
    workspace: Workspace, name: str, field: str, value: str | None
) -> None:
    part = workspace.mint("image", "abc-0") + "#objective"
    slots = {slot.name: slot for slot in slots_of("Objective")}
    own = [
        (iri(part), iri("rdf:type"), iri(class_named("Objective").iri)),
        (iri(part), iri(slots["model"].iri), literal(name)),
    ]
    evidence = Evidence(workspace, Snapshot.make(part, own=own))
    found = from_objective_name(evidence, Point(part, "Objective", slots[field], None))
    assert (found.value if found else None) == value
