"""The pictures of a landing page: what each one has of its own, and a scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.placeholder import named
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, day_text
from fair_imagic.publish.acquisition import acquired, acquisition_facts
from fair_imagic.publish.image_words import (
    all_images,
    image_count,
    name_list,
    run_words,
    sample_name,
)
from fair_imagic.publish.study import said, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.publish.study import Pictured

__all__ = ["Card", "KeyFacts", "ScaleBar", "cards_of", "key_facts"]

_SHARE = Decimal("0.3")
_STEPS = (Decimal(5), Decimal(2), Decimal(1))


@dataclass(frozen=True, kw_only=True)
class ScaleBar:
    """A bar over a picture: its share of the width in per cent, and its length."""

    percent: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One picture: what it has of its own; ``settings`` where images differ in them."""

    title: str
    thumbnail: str
    ratio: str
    bar: ScaleBar | None
    facts: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class KeyFacts:
    """Facts that some images share: which ones, and what."""

    title: str
    names: str
    facts: tuple[tuple[str, str], ...]


def key_facts(landing: Landing) -> tuple[KeyFacts, ...]:
    """Return what all acquired images share, then what each group has of its own."""
    pictures = acquired(landing.study.images)
    shared, groups = told_once([acquisition_facts(one) for one in pictures])
    shared |= told_once([_own(one) for one in pictures])[0]
    found = []
    if shared:
        title = all_images(len(pictures))
        found.append(KeyFacts(title=title, names="", facts=_pairs(shared)))
    for group in groups if len(groups) > 1 else ():
        facts = {name: text or _("not recorded") for name, text in group.facts.items()}
        found.append(
            KeyFacts(
                title=image_count(len(group.members)),
                names=name_list([pictures[place].title for place in group.members]),
                facts=_pairs(facts),
            )
        )
    return tuple(found)


def _own(picture: Pictured) -> dict[str, str]:
    """Return what is told beside the picture, where not all have the same."""
    return {
        _("Sample"): sample_name(picture.sample) if picture.sample else "",
        _("Acquired on"): day_text(said(picture.image.acquired_at)),
    }


def cards_of(landing: Landing) -> tuple[Card, ...]:
    """Return the pictures in the order of the set."""
    images = landing.study.images
    shared = told_once([_own(one) for one in acquired(images)])[0]
    titles = {one.image.iri: one.title for one in images}
    return tuple(_card(landing, one, shared, titles) for one in images)


def _card(
    landing: Landing,
    picture: Pictured,
    shared: Mapping[str, str],
    titles: Mapping[str, str],
) -> Card:
    facts = {n: text for n, text in _own(picture).items() if shared.get(n) != text}
    sources = [
        titles.get(source, source.rpartition("/")[2])
        for source in picture.image.derived_from
    ]
    facts[_("Source")] = name_list(sources)
    facts[_("Processing")] = run_words(picture.run) if picture.run else ""
    width, height = whole(picture.image.size_x), whole(picture.image.size_y)
    return Card(
        title=picture.title,
        thumbnail=landing.thumbnails.get(picture.image.iri, ""),
        ratio=f"{width} / {height}" if width and height else "1",
        bar=scale_bar(picture),
        facts=_pairs(facts),
        settings=_pairs(acquisition_facts(picture)),
    )


def scale_bar(picture: Pictured) -> ScaleBar | None:
    """Return a bar of a round length, at most a third of the width, or None."""
    size = decimal_of(said(picture.image.physical_size_x)) or Decimal(0)
    width = size * whole(picture.image.size_x)
    if size <= 0 or width <= 0:
        return None
    most = width * _SHARE
    power = Decimal(10) ** most.adjusted()
    length = next(step * power for step in _STEPS if step * power <= most)
    share = length / width * 100
    number = rounded(f"{length:f}")
    return ScaleBar(percent=f"{share:.2f}", words=f"{number}\N{NO-BREAK SPACE}µm")


def _pairs(facts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in facts.items() if named(text))
