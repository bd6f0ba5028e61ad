"""Methods and technical information of a DOI record, in the language of the set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import LANGUAGES, _, ngettext, use_language
from fair_imagic.publish.acquisition import acquired, acquisition_sentences
from fair_imagic.publish.image_words import name_list, run_words, sample_name
from fair_imagic.publish.study import said
from fair_imagic.publish.wording import instrument_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.publish.study import Study

__all__ = ["methods_paragraphs", "technical_paragraphs", "text_language"]


def text_language(code: str) -> str:
    """Return the language of our own texts for a set: the set's, else English."""
    return code[:2].lower() if code[:2].lower() in LANGUAGES else "en"


def methods_paragraphs(study: Study) -> list[str]:
    """Return how samples were prepared, images acquired and processed."""
    with use_language(text_language(said(study.record.language))):
        return [*_samples(study), *_microscopes(study), *_runs(study)]


def technical_paragraphs(study: Study) -> list[str]:
    """Return the settings of the images: what all share, then what differs."""
    with use_language(text_language(said(study.record.language))):
        return acquisition_sentences(acquired(study.images))


def _samples(study: Study) -> Iterator[str]:
    """Yield each protocol once, with the samples that it is of."""
    protocols: dict[str, list[str]] = {}
    for sample in study.samples:
        protocol = named(said(sample.preparation_protocol)).rstrip(". ")
        if protocol:
            protocols.setdefault(protocol, []).append(sample_name(sample))
    for protocol, names in protocols.items():
        called = name_list([name for name in names if name])
        if not called:
            yield _("Sample preparation: {text}.").format(text=protocol)
            continue
        text = ngettext(
            "Sample {names}: {text}.", "Samples {names}: {text}.", len(names)
        )
        yield text.format(names=called, text=protocol)


def _microscopes(study: Study) -> Iterator[str]:
    names = [name for one in study.instruments if (name := named(instrument_name(one)))]
    if names:
        yield _("Acquired with {names}.").format(names=name_list(names))


def _runs(study: Study) -> Iterator[str]:
    texts = dict.fromkeys(map(run_words, study.runs))
    if texts:
        yield _("Processed: {texts}.").format(texts=_("; ").join(texts))
