"""For each known gap of a target: a study that has the thing, and where it is not.

A proof builds the package of a study in which the thing carries a mark, and says that
the package does not carry it, as the sentence of the gap has it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.model import (
    Channel,
    Parameter,
    ProcessingRun,
    PublicationSet,
    QualityMeasurement,
    QualityRun,
    Snapshot,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.config import Settings
    from fair_imagic.model import Record
    from fair_imagic.publish.base import Package, Target

    Build = Callable[..., Package]
    Proof = Callable[[Build, dict[str, Path]], Package]

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
from study_data import BASE, SCRIPTS, content_of, records, snapshot

MARK = "markedvalue"
RUN = BASE + "run/r1"


def builder(target: Target, settings: Settings, sources: dict[str, Path]) -> Build:
    """Return what builds a package of the study with changed or further records."""

    def build(*changed: Record, context: tuple[Record, ...] = ()) -> Package:
        study = snapshot(changed=list(changed))
        more = [triple for record in context for triple in statements(record)]
        whole = Snapshot.make(
            study.root,
            own=study.own,
            context=[*study.context, *more],
            taken_at=study.taken_at,
        )
        return target.build(whole, settings, sources=sources)

    return build


def leaves(value: object) -> Iterator[str]:
    """Yield the texts of a JSON value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def everything(package: Package, *, without: str = "\0") -> str:
    """Return all texts of a package, names of files with them."""
    files = [
        content.decode("utf-8", "replace")
        for name, content in package.files.items()
        if name != without
    ]
    payload = json.dumps(package.payload, ensure_ascii=False)
    return "\n".join((payload, *files, *package.attachments))


def _channel() -> Channel:
    (found,) = (
        one
        for one in records()
        if isinstance(one, Channel) and one.iri == BASE + "image/i1#channel-0"
    )
    return dataclasses.replace(found, fluorophore=MARK)


def settings_are_a_text(build: Build, _sources: dict[str, Path]) -> Package:
    package = build(_channel())
    texts = list(leaves(package.payload))
    assert any(MARK in text for text in texts), "sent as a text"
    assert MARK not in texts, "but as no value of its own"
    return package


def settings_are_a_text_and_in_the_file(
    build: Build, sources: dict[str, Path]
) -> Package:
    package = settings_are_a_text(build, sources)
    assert MARK in package.files["nboq-metadata.ttl"].decode()
    return package


def _run(*libraries: str) -> tuple[Record, ...]:
    parameter = Parameter(iri=RUN + "#parameter-x", name="x", value=MARK)
    (run,) = (one for one in records() if isinstance(one, ProcessingRun))
    more = (*run.library_versions, *libraries)
    run = dataclasses.replace(run, parameters=(parameter.iri,), library_versions=more)
    return run, parameter


def parameters_are_left_out(build: Build, _sources: dict[str, Path]) -> Package:
    package = build(*_run(f"{MARK} 1.0"))
    assert MARK not in everything(package)
    return package


def parameters_are_in_the_file_alone(
    build: Build, _sources: dict[str, Path]
) -> Package:
    package = build(*_run())
    assert MARK not in everything(package, without="nboq-metadata.ttl")
    assert MARK in package.files["nboq-metadata.ttl"].decode()
    assert "Segmentation of nuclei" in everything(package), "the method is named"
    return package


def quality_is_left_out(build: Build, _sources: dict[str, Path]) -> Package:
    run = BASE + "quality/q1"
    measurement = QualityMeasurement(
        iri=run + "#m1", title=f"Field uniformity {MARK}", value="0.87654"
    )
    control = QualityRun(
        iri=run,
        title=f"Control {MARK}",
        controlled_instrument=BASE + "instrument/sp8",
        measured_on="2026-10-01",
        measurements=(measurement.iri,),
    )
    package = build(context=(control, measurement))
    assert MARK not in everything(package)
    assert "0.87654" not in everything(package)
    return package


def images_stay_where_they_are(build: Build, _sources: dict[str, Path]) -> Package:
    package = build()
    assert package.attachments == {}
    assert content_of(1) not in b"".join(package.files.values())
    return package


def contributors_are_left_out(build: Build, _sources: dict[str, Path]) -> Package:
    package = build()
    assert "Ada Martin" in everything(package), "an author is there"
    assert "Bo Durand" not in everything(package)
    return package


def images_are_not_named(build: Build, _sources: dict[str, Path]) -> Package:
    package = build()
    told = everything(package)
    for record in ("image/i1", "image/i2", "run/r1", "HeLa cells, field 1"):
        assert record not in told
    return package


def empty_folders_are_left_out(build: Build, sources: dict[str, Path]) -> Package:
    scripts = sources[SCRIPTS]
    (scripts / "empty").mkdir()
    for name in (".git", "__pycache__"):
        (scripts / name).mkdir()
        (scripts / name / "inside").write_text(MARK, encoding="utf-8")
    package = build()
    with zipfile.ZipFile(io.BytesIO(package.files["archive.zip"])) as archive:
        names = archive.namelist()
    assert "segment.py" in names
    left_out = ("empty", ".git", "__pycache__")
    assert not any(part in name for name in names for part in left_out)
    return package


def scripts_are_left_out(build: Build, sources: dict[str, Path]) -> Package:
    package = build()
    scripts = set(sources[SCRIPTS].rglob("*"))
    assert package.attachments
    assert scripts.isdisjoint(package.attachments.values())
    assert b"print('segment')" not in b"".join(package.files.values())
    return package


def markup_is_taken_out(build: Build, _sources: dict[str, Path]) -> Package:
    (record,) = (one for one in records() if isinstance(one, PublicationSet))
    text = f"Cells <b class='x'>{MARK}</b>, p < 0.05."
    told = everything(build(dataclasses.replace(record, description=text)))
    assert f"Cells {MARK}, p < 0.05." in told
    return build(dataclasses.replace(record, description=text))


PROOFS: dict[str, dict[str, Proof]] = {
    "datacite": {
        "image-files": images_stay_where_they_are,
        "structured-settings": settings_are_a_text,
        "processing-parameters": parameters_are_left_out,
        "microscope-quality": quality_is_left_out,
        "markup": markup_is_taken_out,
    },
    "bioimage-archive": {
        "structured-settings": settings_are_a_text_and_in_the_file,
        "microscope-quality": quality_is_left_out,
        "contributors": contributors_are_left_out,
        "processing-parameters": parameters_are_in_the_file_alone,
    },
    "software-heritage": {
        "images-processed": images_are_not_named,
        "empty-folders": empty_folders_are_left_out,
    },
    "folder-archive": {"scripts": scripts_are_left_out},
}
