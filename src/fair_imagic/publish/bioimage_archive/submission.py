"""The submission of a publication set as PageTab, with its file lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.section import attribute, attributes
from fair_imagic.entry.licence import licence_of
from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import ngettext, use_language
from fair_imagic.publish.base import Role
from fair_imagic.publish.bioimage_archive.file_list import (
    file_list,
    panels_of,
    result_list,
)
from fair_imagic.publish.bioimage_archive.licences import name_and_address
from fair_imagic.publish.bioimage_archive.methods import methods_of
from fair_imagic.publish.bioimage_archive.naming import archive_names
from fair_imagic.publish.bioimage_archive.people import people_sections
from fair_imagic.publish.image_words import image_count, run_words
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Published
    from fair_imagic.publish.bioimage_archive.methods import Methods
    from fair_imagic.publish.study import Computed, Pictured, Study

__all__ = ["METADATA_FILE", "TEMPLATE", "Submission", "submission_of"]

TEMPLATE = "BioImages.v5"
METADATA_FILE = "nboq-metadata.ttl"


@dataclass(frozen=True)
class Submission:
    """PageTab, the file lists by name, and file record -> name in the submission."""

    pagetab: dict[str, Any]
    lists: dict[str, bytes]
    names: dict[str, str]


@dataclass
class _Parts:
    """Sections that come with a file list, collected while they are made."""

    names: dict[str, str]
    panels: dict[str, str]
    methods: Methods
    lists: dict[str, bytes] = field(default_factory=dict)

    def add_list(
        self,
        name: str,
        pictures: list[Pictured],
        *,
        source_names: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """Write the file list and return the attribute that names it."""
        self.lists[name] = file_list(
            pictures, names=self.names, panels=self.panels, source_names=source_names
        )
        return attribute("File List", name)


@use_language("en")
def submission_of(
    study: Study,
    snapshot: Snapshot,
    *,
    released: str,
    root_path: str,
    published: tuple[Published, ...] = (),
) -> Submission:
    """Return the submission; ``released`` is the day (ISO) on which it is public.

    ``root_path`` is the folder below the user's own where the files are sent.
    """
    names = archive_names(study.files)
    pictures = [one for one in study.images if not one.is_mask]
    masks = [one for one in study.images if one.is_mask]
    parts = _Parts(names, panels_of(study, snapshot.graph), methods_of(study, pictures))
    components = _components(pictures, parts)
    annotations = _annotations(masks, pictures, parts)
    section = _study_section(study, released, published)
    section["subsections"] = [
        *people_sections(study),
        *parts.methods.sections,
        *components,
        *annotations,
        *_result_components(study, parts),
    ]
    top = [
        attribute("Title", study.title),
        attribute("ReleaseDate", released),
        attribute("AttachTo", "BioImages"),
        attribute("Template", TEMPLATE),
        attribute("RootPath", root_path),
    ]
    pagetab = {"type": "submission", "attributes": top, "section": section}
    return Submission(pagetab, parts.lists, names)


def _study_section(
    study: Study, released: str, published: tuple[Published, ...]
) -> dict[str, Any]:
    record = study.record
    found = attributes(
        (
            ("Title", study.title),
            ("ReleaseDate", released),
            ("Description", named(said(record.description))),
            *(("Keywords", named(said(word))) for word in record.keywords),
            ("Acknowledgements", named(said(record.acknowledgements))),
            ("Funding statement", named(said(record.funding_statement))),
        )
    )
    licence = licence_of(said(record.license))
    if licence is not None:
        name, address = name_and_address(licence)
        found.append(attribute("License", name, qualifiers={"URL": address}))
    section = {
        "accno": "study",
        "type": "Study",
        "attributes": found,
        "files": [
            {
                "path": METADATA_FILE,
                "type": "file",
                "attributes": attributes(
                    (("Description", "NBO-Q metadata of all images (Turtle)"),)
                ),
            }
        ],
    }
    links = _links(study, published)
    return section | ({"links": links} if links else {})


def _links(study: Study, published: tuple[Published, ...]) -> list[dict[str, Any]]:
    software = {one.iri for one in study.software}
    found = []
    for one in published:
        if one.of == study.record.iri and one.role is Role.PAGE:
            found.append(_link(one.identifier, "Landing page of the data set"))
        elif one.of in software and one.address:
            found.append(_link(one.address, "Processing scripts"))
    return found


def _link(url: str, description: str) -> dict[str, Any]:
    return {"url": url, "attributes": attributes((("Description", description),))}


def _components(pictures: list[Pictured], parts: _Parts) -> list[dict[str, Any]]:
    """Return one study component for each sample, acquisition and processing run."""
    methods = parts.methods
    groups: dict[tuple[str, str, str], list[Pictured]] = {}
    for picture in pictures:
        key = (
            picture.sample.iri if picture.sample else "",
            methods.acquisitions[picture.image.iri],
            picture.run.iri if picture.run else "",
        )
        groups.setdefault(key, []).append(picture)
    return [
        _component(number, key, members, parts)
        for number, (key, members) in enumerate(sorted(groups.items()), start=1)
    ]


def _component(
    number: int, key: tuple[str, str, str], members: list[Pictured], parts: _Parts
) -> dict[str, Any]:
    sample, acquisition, run = key
    methods = parts.methods
    kind = "Processed images" if run else "Images"
    subject = methods.biosamples.get(sample, "")
    name = f"{kind} {number}" + (f": {subject}" if subject else "")
    listed = parts.add_list(f"file_list_images_{number}.tsv", members)
    described = (
        ("Name", name),
        ("Description", f"{image_count(len(members))}. {acquisition}"),
    )
    return {
        "accno": f"component-{number}",
        "type": "Study Component",
        "attributes": [*attributes(described), listed],
        "subsections": [_association(f"associations-{number}", key, methods)],
    }


def _association(
    accno: str, key: tuple[str, str, str], methods: Methods
) -> dict[str, Any]:
    sample, acquisition, run = key
    return {
        "accno": accno,
        "type": "Associations",
        "attributes": attributes(
            (
                ("Biosample", methods.biosamples.get(sample, "")),
                ("Specimen", methods.specimens.get(sample, "")),
                ("Image acquisition", acquisition),
                ("Image analysis", methods.analyses.get(run, "")),
            )
        ),
    }


def _result_components(study: Study, parts: _Parts) -> Iterator[dict[str, Any]]:
    """Yield one study component for the tables and figures of each processing run."""
    groups: dict[str, list[Computed]] = {}
    for one in study.results:
        groups.setdefault(one.run.iri if one.run else "", []).append(one)
    source_names = _source_names(study.images, parts)
    for number, (run, members) in enumerate(sorted(groups.items()), start=1):
        name = f"file_list_results_{number}.tsv"
        parts.lists[name] = result_list(
            members, names=parts.names, source_names=source_names
        )
        made_from = dict.fromkeys(i for one in members for i in one.result.derived_from)
        keys = {
            (source.sample.iri if source.sample else "", acquisition, run)
            for source in study.pictures_of(made_from)
            if (acquisition := parts.methods.acquisitions.get(source.image.iri))
        }
        method = parts.methods.analyses.get(run, "Processing")
        described = (
            ("Name", f"Results {number}: {method}"),
            (
                "Description",
                f"{_result_count(len(members))}. {method}",
            ),
        )
        yield {
            "accno": f"results-{number}",
            "type": "Study Component",
            "attributes": [*attributes(described), attribute("File List", name)],
            "subsections": [
                _association(
                    f"results-{number}-associations-{place}", key, parts.methods
                )
                for place, key in enumerate(sorted(keys), start=1)
            ],
        }


def _result_count(count: int) -> str:
    return ngettext(
        "{count} table, figure or other file",
        "{count} tables, figures and other files",
        count,
    ).format(count=count)


def _source_names(pictures: Iterable[Pictured], parts: _Parts) -> dict[str, str]:
    """Return IRI of an image, or of the one it stands for -> its file's name."""
    filed = [one for one in pictures if one.files]
    found = {
        iri: parts.names[one.files[0].iri]
        for one in filed
        for iri in one.image.stands_for
    }
    return found | {one.image.iri: parts.names[one.files[0].iri] for one in filed}


def _annotations(
    masks: list[Pictured], pictures: list[Pictured], parts: _Parts
) -> list[dict[str, Any]]:
    """Return one section for the masks of each processing run.

    The type is ``Annotations``: the form writes the singular, but the archive's ingest
    reads only the plural.
    """
    source_names = _source_names(pictures, parts)
    groups: dict[str, list[Pictured]] = {}
    for mask in masks:
        groups.setdefault(mask.run.iri if mask.run else "", []).append(mask)
    return [
        _annotation(number, members, parts, source_names)
        for number, (_run, members) in enumerate(sorted(groups.items()), start=1)
    ]


def _annotation(
    number: int,
    members: list[Pictured],
    parts: _Parts,
    source_names: dict[str, str],
) -> dict[str, Any]:
    run = members[0].run
    method = run_words(run) if run else "Segmentation"
    described = attributes(
        (
            ("Title", f"Label masks {number}: {method}"),
            ("Annotation Overview", f"Label masks of {image_count(len(members))}"),
            ("Annotation Type", "segmentation_mask"),
            ("Annotation Method", method),
        )
    )
    listed = parts.add_list(
        f"file_list_annotations_{number}.tsv", members, source_names=source_names
    )
    return {
        "accno": f"annotations-{number}",
        "type": "Annotations",
        "attributes": [*described, listed],
    }
