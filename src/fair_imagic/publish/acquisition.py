"""How the images of a set were acquired: what all share once, then what differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fair_imagic.entry.placeholder import named
from fair_imagic.entry.shown import words_of
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, count_text, labelled, ngettext
from fair_imagic.publish.image_words import (
    all_images,
    channels_words,
    image_count,
    interval_words,
    lens_words,
    name_list,
    pixel_words,
    size_words,
)
from fair_imagic.publish.study import said
from fair_imagic.publish.wording import instrument_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.entry.told_once import Alike
    from fair_imagic.publish.study import Pictured

__all__ = ["acquired", "acquisition_facts", "acquisition_sentences"]

# More kinds of settings than this are told field by field, with the values most used.
_MOST_GROUPS = 6
_MOST_VALUES = 4


def acquired(pictures: Iterable[Pictured]) -> tuple[Pictured, ...]:
    """Return the images that a microscope made; all, where none of them was."""
    chosen = tuple(pictures)
    return tuple(one for one in chosen if one.run is None) or chosen


def acquisition_facts(picture: Pictured) -> dict[str, str]:
    """Return the settings of an image, by their names in the language in use."""
    image = picture.image
    method = words_of(image, "imaging_method_label")
    return {
        _("Microscope"): named(instrument_name(picture.instrument)),
        _("Imaging method"): named(method if said(image.imaging_method_label) else ""),
        _("Objective"): lens_words(picture.objective),
        _("Pixel size"): pixel_words(picture),
        _("Size"): size_words(picture),
        _("Time between frames"): interval_words(picture),
        _("Channels"): channels_words(picture.channels),
    }


def acquisition_sentences(pictures: Sequence[Pictured]) -> list[str]:
    """Return ``All 18 images: ...`` and a text for each group of images that differs.

    Nothing where nothing is recorded.
    """
    things = [acquisition_facts(one) for one in pictures]
    shared, groups = told_once(things)
    found = []
    if shared:
        found.append(f"{all_images(len(pictures))}. {_facts(shared)}")
    if len(groups) > _MOST_GROUPS:
        return [*found, *_by_field(things, groups[0].facts)]
    if len(groups) > 1:
        found += [_group(pictures, one) for one in groups]
    return found


def _group(pictures: Sequence[Pictured], group: Alike) -> str:
    names = name_list([pictures[place].title for place in group.members])
    facts = {name: text or _("not recorded") for name, text in group.facts.items()}
    return f"{image_count(len(group.members))} ({names}). {_facts(facts)}"


def _by_field(
    things: Sequence[Mapping[str, str]], names: Iterable[str]
) -> Iterable[str]:
    for name in names:
        counts = Counter(one[name] for one in things)
        most = counts.most_common(_MOST_VALUES)
        values = [
            f"{text or _('not recorded')} ({image_count(count)})"
            for text, count in most
        ]
        others = len(counts) - len(most)
        if others:
            more = ngettext("{count} other value", "{count} other values", others)
            values.append(more.format(count=count_text(others)))
        yield labelled(name, f"{_('; ').join(values)}.")


def _facts(facts: Mapping[str, str]) -> str:
    return " ".join(f"{labelled(name, text)}." for name, text in facts.items())
