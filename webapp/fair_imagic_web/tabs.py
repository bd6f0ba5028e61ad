"""The steps of a publication set's page: links, never locked, and the next act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from fair_imagic.i18n import _
from fair_imagic.views.next_step import Step
from fair_imagic_web import access

if TYPE_CHECKING:
    from fair_imagic.views.next_step import Act
    from fair_imagic.views.set import SetPage

__all__ = ["SetTabs", "StepLink", "act_url", "next_button", "set_tabs"]

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
    """The steps of a set's page, its state in a sentence, and the one main button.

    ``why_none`` says why a visitor has no button.
    """

    steps: tuple[StepLink, ...]
    kind: str
    sentence: str
    words: str
    url: str
    why_none: str


def set_tabs(page: SetPage) -> SetTabs:
    """Return the steps of a set with the next act of this visitor."""
    name, path = page.row.name, page.row.path
    words, url, why_none = next_button(name, path.act)
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
        words=words,
        url=url,
        why_none=why_none,
    )


def next_button(name: str, act: Act) -> tuple[str, str, str]:
    """Return words and address of the next act, or why this visitor has none."""
    if act.for_all or access.allowed("researcher"):
        return act.words, act_url(name, act), ""
    return "", "", _("A researcher goes on from here; you can read everything.")


def act_url(name: str, act: Act) -> str:
    """Return where an act is done."""
    if act.address:
        return act.address
    anchor = act.field or None
    if act.looks:
        return url_for("publish.preview", name=name, target=act.target)
    if act.step is Step.PUBLISH and act.target:
        anchor = f"target-{act.target}"
    return url_for(_ADDRESSES[act.step], name=name, _anchor=anchor)
