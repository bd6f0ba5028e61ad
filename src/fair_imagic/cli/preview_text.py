"""The preview of corrections, as a terminal and as another program reads it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from fair_imagic.checks.reports.words import first_names
from fair_imagic.entry.thing import confidence_words
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.workflow.correcting import Flaw, Item, Left, Preview

__all__ = ["flaw_lines", "preview_json", "preview_lines"]

_MOST_FLAWS = 50
_SHOWN_NAMES = 4


def preview_lines(planned: Preview) -> Iterator[str]:
    """Yield the lines of a preview: by record, then what is left out, then errors."""
    for names, items in _alike(planned):
        yield click.style(first_names(names, _SHOWN_NAMES), bold=True)
        for item in items:
            yield from _item(item)
        yield ""
    if planned.left:
        yield click.style(_("Left out, because the data changed since:"), bold=True)
        yield from map(_left, planned.left)
        yield ""
    if planned.flaws:
        yield click.style(_("These values cannot be used:"), bold=True, fg="red")
        yield from flaw_lines(planned.flaws)
        yield ""
    yield from planned.notes
    yield _summary(planned)


def flaw_lines(flaws: Sequence[Flaw]) -> Iterator[str]:
    """Yield the first of what cannot be used, and how many more there are."""
    for flaw in flaws[:_MOST_FLAWS]:
        yield from _flaw(flaw)
    rest = len(flaws) - _MOST_FLAWS
    if rest > 0:
        yield _("… and {count} more").format(count=rest)


def _alike(planned: Preview) -> Iterator[tuple[list[str], list[Item]]]:
    """Yield the records that change in the same way together, with what changes."""
    groups: dict[object, list[str]] = {}
    firsts: dict[object, list[Item]] = {}
    for items in planned.by_record.values():
        key = tuple(item.change for item in items)
        groups.setdefault(key, []).append(items[0].record)
        firsts.setdefault(key, items)
    for same, names in groups.items():
        yield names, firsts[same]


def _item(item: Item) -> Iterator[str]:
    name = f"{item.thing} / {item.field}" if item.thing else item.field
    before = _one_line(", ".join(item.before)) or _("nothing")
    yield f"  {name}: {before} → {_one_line(', '.join(item.after))}"
    if item.note:
        yield f"    {item.note}"
    source = (
        f"{confidence_words(item.confidence)}: {item.source}" if item.confidence else ""
    )
    told = source or " · ".join(filter(None, (item.source, item.place)))
    if told:
        yield f"    {told}"


def _one_line(text: str) -> str:
    return " ⏎ ".join(text.splitlines())


def _left(left: Left) -> str:
    where = " · ".join(filter(None, (left.place, left.label, left.field)))
    return f"  {where}: {_one_line(left.text)} ({left.reason})"


def _flaw(flaw: Flaw) -> Iterator[str]:
    line = _("{label}: {text}")
    yield "  " + line.format(label=flaw.place, text=flaw.message)
    if flaw.expected:
        yield "    " + line.format(label=_("expected"), text=flaw.expected)
    if flaw.found:
        yield "    " + line.format(label=_("found"), text=_one_line(flaw.found))
    if flaw.hint:
        yield "    " + line.format(label=_("what to do"), text=flaw.hint)


def _summary(planned: Preview) -> str:
    text = ngettext(
        "{values} value in {records} records would change",
        "{values} values in {records} records would change",
        len(planned.items),
    )
    parts = [text.format(values=len(planned.items), records=planned.records)]
    if not planned.items:
        parts = [_("There is nothing to correct here.").rstrip(".")]
    if planned.empty:
        parts = [_("No new value was filled in: every cell of that column is empty")]
    if planned.unchanged:
        more = _("{count} are there already").format(count=planned.unchanged)
        parts.append(more)
    return "; ".join(parts)


def preview_json(planned: Preview, *, change: int | None) -> str:
    """Return a preview as JSON; ``change`` is the number of the change made, if any."""
    document = {
        "format": "fair-imagic-corrections/1",
        "subject": planned.root,
        "from": planned.origin,
        "change": change,
        "corrections": [_item_dict(item) for item in planned.items],
        "leftOut": [
            {
                "thing": one.label,
                "field": one.field,
                "value": one.text,
                "reason": one.reason,
                "place": one.place,
            }
            for one in planned.left
        ],
        "errors": [dataclasses.asdict(flaw) for flaw in planned.flaws],
        "unchanged": planned.unchanged,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _item_dict(item: Item) -> dict[str, object]:
    return {
        "focus": item.subject,
        "path": item.path,
        "record": item.record,
        "thing": item.thing,
        "field": item.field,
        "before": list(item.exact[0]),
        "after": list(item.exact[1]),
        "note": item.note,
        "source": item.source,
        "confidence": item.confidence,
        "codes": list(item.codes),
        "place": item.place,
    }
