"""The parts of a publication set's page, each at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.views.set import SetPage

__all__ = ["set_tabs"]


def set_tabs(page: SetPage) -> list[tuple[str, str, str, int | None]]:
    """Return key, label, address and count of each part."""
    name = page.row.name
    return [
        ("images", _("Images"), url_for("catalogue.set_", name=name), page.row.images),
        (
            "metadata",
            _("Metadata"),
            url_for("catalogue.set_metadata", name=name),
            None,
        ),
        (
            "points",
            _("Points to fix"),
            url_for("check.points", name=name),
            page.points,
        ),
        ("questions", _("Questions"), url_for("questions.questions", name=name), None),
        ("methods", _("Methods text"), url_for("questions.methods", name=name), None),
        (
            "publications",
            _("Publications"),
            url_for("publish.publications", name=name),
            len(page.publications),
        ),
    ]
