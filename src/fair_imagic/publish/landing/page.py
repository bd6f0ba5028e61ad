"""The landing page as one self-contained HTML document, in English or French."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import (
    _,
    count_text,
    current_language,
    day_text,
    ngettext,
    size_text,
    use_language,
)
from fair_imagic.publish.image_words import run_words
from fair_imagic.publish.landing.citation import bibtex, ris
from fair_imagic.publish.landing.linked_data import to_jsonld
from fair_imagic.publish.landing.pictures import cards_of, key_facts
from fair_imagic.publish.landing.signposting import links_of
from fair_imagic.publish.plain_text import paragraphs
from fair_imagic.publish.shown_identifier import shown_identifier
from fair_imagic.publish.study import said, whole

if TYPE_CHECKING:
    from jinja2 import Template

    from fair_imagic.publish.landing.facts import Landing

__all__ = ["to_html"]


# More pictures than this are folded.
_MOST_PICTURES = 12


def to_html(landing: Landing, *, language: str | None = None) -> str:
    """Return the whole page; ``language`` is ``en`` or ``fr``, else the one in use."""
    record = landing.study.record
    with use_language(language or current_language()):
        cards = cards_of(landing)
        return _template().render(
            _=_,
            ngettext=ngettext,
            page=landing,
            shown=functools.partial(shown_identifier, practice=landing.practice),
            study=landing.study,
            title=named(landing.study.title) or _("Images without a title"),
            language=current_language(),
            own_language=said(record.language) or current_language(),
            links=[one for one in links_of(landing) if one.rel != "item"],
            jsonld=to_jsonld(landing).replace("<", "\\u003c"),
            abstract=paragraphs(named(said(record.description))),
            keywords=[word for word in record.keywords if named(said(word))],
            meta=_meta(landing),
            bibtex=bibtex(landing),
            ris=ris(landing),
            pictures=cards[:_MOST_PICTURES],
            more_pictures=cards[_MOST_PICTURES:],
            key_facts=key_facts(landing),
            copies=[one for one in landing.others if one.of == record.iri],
            scripts=[one for one in landing.others if one.of != record.iri],
            samples=_samples(landing),
            runs=_runs(landing),
            files=_files(landing),
            count=count_text,
            total=size_text(landing.study.byte_size),
            thanks=_thanks(landing),
            day=day_text,
        )


def _meta(landing: Landing) -> str:
    """Return publisher, day and version as one line."""
    parts = (
        named(landing.publisher),
        _("Published on {date}").format(date=day_text(landing.issued)),
        _("Version {version}").format(version=landing.version),
    )
    return " · ".join(filter(None, parts))


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


def _samples(landing: Landing) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return what is said of each sample, in paragraphs; of equal ones once."""
    found: dict[str, tuple[list[str], list[tuple[str, list[str]]]]] = {}
    for sample in landing.study.samples:
        facts = (
            (_("Organism"), sample.organism_label),
            (_("Biological entity"), sample.biological_entity),
            (_("Preparation"), sample.preparation_protocol),
            (_("Growth"), sample.growth_protocol),
            (_("Experimental variable"), sample.experimental_variable),
        )
        kept = [(label, paragraphs(named(said(text)))) for label, text in facts]
        facts_told = [(label, texts) for label, texts in kept if texts]
        names, _told = found.setdefault(repr(facts_told), ([], facts_told))
        names.append(named(said(sample.title)) or _("Sample"))
    return [(", ".join(dict.fromkeys(names)), told) for names, told in found.values()]


def _runs(landing: Landing) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    found = []
    for run in landing.study.runs:
        libraries = [one for one in map(said, run.library_versions) if named(one)]
        facts = (
            (_("Libraries"), ", ".join(libraries)),
            (_("Done on"), day_text(said(run.ended_at))),
        )
        found.append(
            (run_words(run), [(label, [text]) for label, text in facts if text])
        )
    return found


def _thanks(landing: Landing) -> list[str]:
    record = landing.study.record
    texts = (record.funding_statement, record.acknowledgements)
    return [part for text in texts for part in paragraphs(named(said(text)))]


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
