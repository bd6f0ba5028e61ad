"""Biosample, specimen, acquisition and analysis sections, and who belongs to which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.section import attribute, attributes
from fair_imagic.entry.placeholder import named
from fair_imagic.publish.acquisition import acquisition_sentences
from fair_imagic.publish.image_words import run_words, sample_name
from fair_imagic.publish.study import said
from fair_imagic.publish.wording import instrument_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import ProcessingRun, Sample
    from fair_imagic.publish.study import Pictured, Study

__all__ = ["Methods", "methods_of"]

_TERM = re.compile(r"(NCBITaxon|FBbi)[_:]\d+")


@dataclass(frozen=True)
class Methods:
    """The sections, and the titles by which study components refer to them.

    ``biosamples`` and ``specimens`` are keyed by sample, ``acquisitions`` by image,
    ``analyses`` by processing run. Titles are written from here only, so that the
    associations, which the archive matches by text, always fit.
    """

    sections: list[dict[str, Any]]
    biosamples: dict[str, str]
    specimens: dict[str, str]
    acquisitions: dict[str, str]
    analyses: dict[str, str]


def methods_of(study: Study, pictures: Iterable[Pictured]) -> Methods:
    """Return the sections for some images of a study."""
    chosen = list(pictures)
    samples = [
        one
        for one in study.samples
        if any(p.sample and p.sample.iri == one.iri for p in chosen)
    ]
    biosamples = _titles((one.iri, _sample_title(one)) for one in samples)
    specimens = {iri: f"Specimen: {title}" for iri, title in biosamples.items()}
    groups, acquisitions = _acquisition_groups(study, chosen)
    runs = {run.iri: run for run in study.runs}
    analyses = _titles((iri, run_words(run)) for iri, run in sorted(runs.items()))
    sections = [
        *(
            _biosample(sample, f"biosample-{number}", biosamples[sample.iri])
            for number, sample in enumerate(samples, start=1)
        ),
        *(
            _specimen(sample, f"specimen-{number}", specimens[sample.iri])
            for number, sample in enumerate(samples, start=1)
        ),
        *(
            _acquisition(members, f"acquisition-{number}", title)
            for number, (title, members) in enumerate(groups.items(), start=1)
        ),
        *(
            _analysis(runs[iri], f"analysis-{number}", title)
            for number, (iri, title) in enumerate(analyses.items(), start=1)
        ),
    ]
    return Methods(sections, biosamples, specimens, acquisitions, analyses)


def _titles(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the titles, numbered where two would be the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for iri, title in pairs:
        name, number = title, 1
        while name.casefold() in taken:
            number += 1
            name = f"{title} ({number})"
        taken.add(name.casefold())
        found[iri] = name
    return found


def _sample_title(sample: Sample) -> str:
    return sample_name(sample) or sample.iri.rpartition("/")[2]


def _acquired(study: Study, picture: Pictured) -> Pictured:
    """Return the image of the set that was acquired, for one computed from it."""
    if picture.instrument is not None:
        return picture
    sources = study.pictures_of(picture.image.derived_from)
    return sources[0] if sources else picture


def _acquisition_groups(
    study: Study,
    pictures: list[Pictured],
) -> tuple[dict[str, list[Pictured]], dict[str, str]]:
    groups: dict[str, list[Pictured]] = {}
    titles: dict[str, str] = {}
    for computed in pictures:
        picture = _acquired(study, computed)
        parts = (
            named(instrument_name(picture.instrument)) or "Microscope",
            named(said(picture.image.imaging_method_label)),
            picture.lens,
        )
        title = ", ".join(part for part in parts if part)
        members = groups.setdefault(title, [])
        if picture not in members:
            members.append(picture)
        titles[computed.image.iri] = title
    return dict(sorted(groups.items())), titles


def _term(iri: str | None) -> dict[str, str]:
    """Return the qualifiers that carry an ontology term."""
    match = _TERM.search(said(iri))
    if match is None:
        return {}
    return {"Ontology": match[1], "TermId": match[0].replace(":", "_")}


def _biosample(sample: Sample, accno: str, title: str) -> dict[str, Any]:
    found = attributes((("Title", title),))
    if named(said(sample.organism_label)):
        found.append(
            attribute(
                "Organism",
                said(sample.organism_label),
                qualifiers=_term(sample.organism),
            )
        )
    found += attributes(
        (
            ("Biological entity", said(sample.biological_entity)),
            ("Description", named(said(sample.description))),
            ("Experimental variable", said(sample.experimental_variable)),
            ("Extrinsic variable", said(sample.extrinsic_variable)),
            ("Intrinsic variable", said(sample.intrinsic_variable)),
        )
    )
    return {"accno": accno, "type": "Biosample", "attributes": found}


def _specimen(sample: Sample, accno: str, title: str) -> dict[str, Any]:
    found = attributes(
        (
            ("Title", title),
            ("Sample preparation protocol", named(said(sample.preparation_protocol))),
            ("Growth protocol", named(said(sample.growth_protocol))),
        )
    )
    return {"accno": accno, "type": "Specimen", "attributes": found}


def _acquisition(members: list[Pictured], accno: str, title: str) -> dict[str, Any]:
    found = attributes(
        (
            ("Title", title),
            ("Imaging instrument", instrument_name(members[0].instrument)),
            ("Image acquisition parameters", _parameters(members)),
        )
    )
    methods = {
        named(said(one.image.imaging_method_label)): one.image.imaging_method
        for one in members
    }
    found += [
        attribute("Imaging method", label, qualifiers=_term(iri))
        for label, iri in sorted(methods.items())
        if label
    ]
    return {"accno": accno, "type": "Image acquisition", "attributes": found}


def _parameters(members: list[Pictured]) -> str:
    """Return the settings as one paragraph: the archive's forms show no other."""
    text = " ".join(acquisition_sentences(members))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _analysis(run: ProcessingRun, accno: str, title: str) -> dict[str, Any]:
    parts = [run_words(run)]
    libraries = [one for one in run.library_versions if named(said(one))]
    if libraries:
        parts.append(f"Libraries: {', '.join(libraries)}")
    found = attributes(
        (("Title", title), ("Image analysis overview", ". ".join(parts)))
    )
    return {"accno": accno, "type": "Image analysis", "attributes": found}
