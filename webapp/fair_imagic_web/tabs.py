"""The steps of a publication set's page: links, never locked, and the next act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from fair_imagic.i18n import _
from fair_imagic.views.next_step import Step
from fair_imagic_web import access
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from fair_imagic.views.next_step import Act
    from fair_imagic.views.set import SetPage, SetRow

__all__ = ["NextButton", "SetTabs", "StepLink", "next_button", "set_tabs"]

# The pages of each step, by the name that they give themselves.
_PAGES = {
    Step.IMAGES: ("images", "tags"),
    Step.DESCRIBE: ("describe", "metadata", "questions", "methods"),
    Step.CHECK: ("check", "points"),
    Step.PUBLISH: ("publish", "publications"),
}
_ADDRESSES = {
    Step.IMAGES: "catalogue.set_",
    Step.DESCRIBE: "describe.describe",
    Step.CHECK: "check.points",
    Step.PUBLISH: "publish.publications",
}


@dataclass(frozen=True, kw_only=True)
class StepLink:
    """One step as a link: ``kind`` is its sign, ``words`` its count in words."""

    label: str
    url: str
    kind: str
    words: str
    pages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SetTabs:
    """The steps of a set's page, its state in a sentence, and the one main button."""

    steps: tuple[StepLink, ...]
    kind: str
    sentence: str
    button: NextButton


@dataclass(frozen=True, kw_only=True)
class NextButton:
    """Words and address of the next act, or why this visitor has none."""

    words: str = ""
    url: str = ""
    why_none: str = ""


def set_tabs(page: SetPage) -> SetTabs:
    """Return the steps of a set with the next act of this visitor."""
    name, path = page.row.name, page.row.path
    return SetTabs(
        steps=tuple(
            StepLink(
                label=row.label,
                url=url_for(_ADDRESSES[row.step], name=name),
                kind=row.kind,
                words=row.words,
                pages=_PAGES[row.step],
            )
            for row in path.steps
        ),
        kind=path.kind,
        sentence=path.sentence,
        button=next_button(page.row, path.act),
    )


def next_button(row: SetRow, act: Act) -> NextButton:
    """Return the button of the next act of this visitor for a set."""
    if act.for_all or _may_edit(row.iri):
        return NextButton(words=act.words, url=_act_url(row.name, act))
    why = _("A researcher goes on from here; you can read everything.")
    return NextButton(why_none=why)


def _may_edit(record: str) -> bool:
    return access.allowed("researcher") and workspace().may_edit(record)


def _act_url(name: str, act: Act) -> str:
    """Return where an act is done."""
    if act.address:
        return act.address
    anchor = act.field or None
    if act.looks:
        return url_for("publish.preview", name=name, target=act.target)
    if act.step is Step.PUBLISH and act.target:
        anchor = f"target-{act.target}"
    return url_for(_ADDRESSES[act.step], name=name, _anchor=anchor)
