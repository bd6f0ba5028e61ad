"""A small publication set, made through the model's public constructors."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fair_imagic.config import Settings, load
from fair_imagic.model import (
    Channel,
    FigurePanel,
    File,
    Fileset,
    Image,
    Instrument,
    Organisation,
    Person,
    Plan,
    ProcessingRun,
    PublicationSet,
    Record,
    ResearchOutput,
    Sample,
    Snapshot,
    Software,
    statements,
)
from fair_imagic.rdf import Triple, iri, literal

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://imagic.example.org/"
SET = BASE + "set/demo"
SCRIPTS = BASE + "software/segment"
ORCID = "0000-0002-1825-0097"
ROR = "https://ror.org/051sk4035"
OBO = "http://purl.obolibrary.org/obo/"
TAKEN_AT = "2026-11-22T10:00:00Z"


def settings_for(home: Path, **values: str) -> Settings:
    environ = {f"FAIR_IMAGIC_{name.upper()}": text for name, text in values.items()}
    return load(home, environ={"FAIR_IMAGIC_BASE_IRI": BASE, **environ})


def people() -> list[Record]:
    return [
        Organisation(
            iri=BASE + "organisation/cochin",
            name="Institut Cochin",
            ror=ROR,
            address="22 rue Méchain, 75014 Paris",
        ),
        Person(
            iri=BASE + "person/ada",
            name="Ada Martin",
            given_name="Ada",
            family_name="Martin",
            email="ada.martin@example.org",
            orcid=ORCID,
            affiliation=BASE + "organisation/cochin",
        ),
        Person(
            iri=BASE + "person/bo",
            name="Bo Durand",
            role=("data acquisition",),
            affiliation=BASE + "organisation/cochin",
        ),
    ]


def image(number: int, **values: object) -> Image:
    record = f"{BASE}image/i{number}"
    facts: dict[str, object] = {
        "title": f"HeLa cells, field {number}",
        "fileset": f"{BASE}fileset/f{number}",
        "acquired_at": f"2026-10-0{number}T09:30:00Z",
        "instrument": BASE + "instrument/sp8",
        "objective": record + "#objective",
        "sample": BASE + "sample/hela",
        "imaging_method": OBO + "FBbi_00000251",
        "imaging_method_label": "confocal microscopy",
        "content_kind": "raw",
        "size_x": "512",
        "size_y": "512",
        "size_z": "20",
        "size_c": "2",
        "size_t": "1",
        "pixel_type": "uint16",
        "physical_size_x": "0.1",
        "physical_size_y": "0.1",
        "physical_size_z": "0.300",
        "channels": (record + "#channel-0", record + "#channel-1"),
    }
    return Image(iri=record, **{**facts, **values})  # type: ignore[arg-type]


def parts_of(record: str) -> list[Record]:
    return [
        Channel(
            iri=record + "#channel-0",
            index="0",
            name="DAPI",
            fluorophore="DAPI",
            excitation_wavelength="405",
            emission_wavelength="450",
            exposure_time="100",
        ),
        Channel(iri=record + "#channel-1", index="1", name="GFP"),
    ]


def lens_of(record: str) -> list[Triple]:
    subject = iri(record + "#objective")
    return [
        (subject, iri("rdf:type"), iri("nboq:Objective")),
        (subject, iri("nboq:magnification"), literal("63", datatype="xsd:decimal")),
        (subject, iri("nboq:lensNA"), literal("1.40", datatype="xsd:decimal")),
        (subject, iri("nboq:immersionType"), literal("Oil")),
    ]


def file_record(number: int, path: str, content: bytes) -> list[Record]:
    fileset = f"{BASE}fileset/f{number}"
    return [
        Fileset(iri=fileset, title=path, files=(fileset + "#file-0",)),
        File(
            iri=fileset + "#file-0",
            path=path,
            byte_size=str(len(content)),
            sha256=hashlib.sha256(content).hexdigest(),
            media_type="image/tiff",
        ),
    ]


def content_of(number: int) -> bytes:
    return f"pixels of image {number} ".encode() * 100


def records() -> list[Record]:
    found: list[Record] = [
        PublicationSet(
            iri=SET,
            title="Nuclei of HeLa cells in a confocal stack",
            description="Confocal stacks of HeLa cells with stained nuclei, for tests.",
            images=tuple(f"{BASE}image/i{number}" for number in (1, 2, 3)),
            panels=(SET + "#panel-1",),
            creators=(BASE + "person/ada",),
            contributors=(BASE + "person/bo",),
            publisher=BASE + "organisation/cochin",
            license="https://spdx.org/licenses/CC-BY-4.0",
            keywords=("nuclei", "HeLa"),
            issued="2026-11-22",
            language="en",
            version="1.0",
            funding_statement="Funded by nobody.",
            fulfils=BASE + "output/images",
            software=(SCRIPTS,),
        ),
        FigurePanel(
            iri=SET + "#panel-1",
            figure="Figure 1",
            panel_label="A",
            image=BASE + "image/i1",
        ),
        image(1),
        image(2),
        image(
            3,
            content_kind="label mask",
            title="Nuclei of field 1",
            derived_from=(BASE + "image/i1",),
            generated_by=BASE + "run/r1",
        ),
        Sample(
            iri=BASE + "sample/hela",
            title="HeLa cells",
            organism=OBO + "NCBITaxon_9606",
            organism_label="Homo sapiens (human)",
            biological_entity="HeLa cell line",
            preparation_protocol="Fixed with PFA 4 %,\nstained with DAPI.",
        ),
        ProcessingRun(
            iri=BASE + "run/r1",
            title="Segmentation of nuclei",
            used=(BASE + "image/i1",),
            software_name="scikit-image",
            software_version="0.26.0",
            library_versions=("numpy 2.0.2",),
            ended_at="2026-11-20T10:00:00Z",
        ),
        Software(
            iri=SCRIPTS,
            title="Segmentation script",
            description="Segments nuclei by threshold and watershed.",
            version="1.2",
            authors=(BASE + "person/ada",),
            license="https://spdx.org/licenses/BSD-3-Clause",
        ),
    ]
    found += file_record(1, "jour 1/HeLa é+1.tif", content_of(1))
    found += file_record(2, "jour 1/HeLa é&1.tif", content_of(2))
    found += file_record(3, "masks/field1.tif", content_of(3))
    for number in (1, 2, 3):
        found += parts_of(f"{BASE}image/i{number}")
    return found


def plan() -> list[Record]:
    return [
        ResearchOutput(
            iri=BASE + "output/images",
            title="Images of the facility",
            description="All images acquired.",
            plan=BASE + "plan/entity",
            output_type="Image",
            personal_data="no",
            sensitive_data="no",
        ),
        Plan(
            iri=BASE + "plan/entity",
            title="Data management plan of the facility",
            description="What the facility does with data.",
            language="en",
            created="2026-01-05T08:00:00Z",
            modified="2026-11-01T08:00:00Z",
            contact=BASE + "person/ada",
            identifier="https://doi.org/10.99999/plan",
        ),
    ]


def snapshot(
    *, changed: list[Record] | None = None, root: str = SET, taken_at: str = TAKEN_AT
) -> Snapshot:
    """Return the snapshot; ``changed`` records replace those of the same IRI."""
    new = {record.iri: record for record in changed or []}
    own = [new.pop(record.iri, record) for record in records()]
    frozen = [
        new.pop(record.iri, record)
        for record in [
            *people(),
            *plan(),
            Instrument(iri=BASE + "instrument/sp8", title="Leica SP8"),
        ]
    ]
    own += list(new.values())
    triples = [triple for record in own for triple in statements(record)]
    for number in (1, 2, 3):
        triples += lens_of(f"{BASE}image/i{number}")
    context = [triple for record in frozen for triple in statements(record)]
    return Snapshot.make(root, own=triples, context=context, taken_at=taken_at)


def write_sources(folder: Path) -> dict[str, Path]:
    """Write the image files and the scripts; return where each record's bytes are."""
    found: dict[str, Path] = {}
    for number in (1, 2, 3):
        path = folder / f"image-{number}.tif"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_of(number))
        found[f"{BASE}fileset/f{number}#file-0"] = path
    scripts = folder / "scripts"
    (scripts / "lib").mkdir(parents=True)
    (scripts / "segment.py").write_text("print('segment')\n", encoding="utf-8")
    (scripts / "segment.py").chmod(0o755)
    (scripts / "lib" / "tools.py").write_text("X = 1\n", encoding="utf-8")
    (scripts / "README.md").write_text("How to run\n", encoding="utf-8")
    (scripts / "LICENSE").write_text("BSD-3-Clause\n", encoding="utf-8")
    found[SCRIPTS] = scripts
    return found
