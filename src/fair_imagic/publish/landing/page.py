"""The landing page as one self-contained HTML document, in English or French."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _, current_language, day_text, size_text, use_language
from fair_imagic.publish.image_words import (
    channels_words,
    lens_words,
    pixel_words,
    run_words,
    size_words,
)
from fair_imagic.publish.landing.linked_data import to_jsonld
from fair_imagic.publish.landing.signposting import links_of
from fair_imagic.publish.shown_identifier import shown_identifier
from fair_imagic.publish.study import said, whole
from fair_imagic.publish.wording import instrument_name

if TYPE_CHECKING:
    from jinja2 import Template

    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.publish.study import Pictured

__all__ = ["to_html"]


def to_html(landing: Landing, *, language: str | None = None) -> str:
    """Return the whole page; ``language`` is ``en`` or ``fr``, else the one in use."""
    with use_language(language or current_language()):
        return _template().render(
            _=_,
            page=landing,
            study=landing.study,
            language=current_language(),
            links=[one for one in links_of(landing) if one.rel != "item"],
            jsonld=to_jsonld(landing).replace("<", "\\u003c"),
            abstract=_paragraphs(said(landing.study.record.description)),
            images=[_card(landing, one) for one in landing.study.images],
            methods=_methods(landing),
            files=_files(landing),
            total=size_text(landing.study.byte_size),
            said=said,
            day=day_text,
            shown=functools.partial(shown_identifier, practice=landing.practice),
        )


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    place = Path(__file__).with_name("templates") / "page.html"
    source = place.read_text(encoding="utf-8")
    return environment.from_string(source)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _card(landing: Landing, picture: Pictured) -> dict[str, Any]:
    sources = {one.image.iri: one.title for one in landing.study.images}
    made_from = [
        sources.get(source, source.rpartition("/")[2])
        for source in picture.image.derived_from
    ]
    facts = (
        (_("Microscope"), instrument_name(picture.instrument)),
        (_("Objective"), lens_words(picture.objective)),
        (_("Size"), size_words(picture)),
        (_("Pixel size"), pixel_words(picture)),
        (_("Channels"), channels_words(picture.channels)),
        (_("Acquired on"), day_text(said(picture.image.acquired_at))),
        (_("Sample"), said(picture.sample.title) if picture.sample else ""),
        (_("Made from"), ", ".join(made_from)),
        (_("Processed with"), run_words(picture.run) if picture.run else ""),
    )
    return {
        "title": picture.title,
        "thumbnail": landing.thumbnails.get(picture.image.iri, ""),
        "facts": [(label, text) for label, text in facts if text],
    }


def _methods(landing: Landing) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for sample in landing.study.samples:
        facts = (
            (_("Organism"), said(sample.organism_label)),
            (_("Biological entity"), said(sample.biological_entity)),
            (_("Preparation"), said(sample.preparation_protocol)),
            (_("Growth"), said(sample.growth_protocol)),
            (_("Experimental variable"), said(sample.experimental_variable)),
        )
        title = said(sample.title) or _("Sample")
        groups.append((title, [(label, text) for label, text in facts if text]))
    for run in landing.study.runs:
        about = (
            (_("Software"), f"{said(run.software_name)} {said(run.software_version)}"),
            (_("Libraries"), ", ".join(said(one) for one in run.library_versions)),
            (_("Done on"), day_text(said(run.ended_at))),
        )
        kept = [(label, text) for label, text in about if text.strip()]
        groups.append((run_words(run), kept))
    return groups


def _files(landing: Landing) -> list[dict[str, str]]:
    return [
        {
            "name": said(file.path),
            "size": size_text(whole(file.byte_size)),
            "media_type": said(file.media_type),
            "sha256": said(file.sha256),
            "url": landing.file_urls.get(file.iri, ""),
        }
        for file in landing.study.files
    ]
