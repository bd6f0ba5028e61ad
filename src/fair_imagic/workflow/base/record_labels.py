"""The catalogue as the one who knows what people call records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import use_language
from fair_imagic.workflow.base.label import label_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["RecordLabels"]


@dataclass(frozen=True)
class RecordLabels:
    """Labels of the records of a workspace, for :func:`fair_imagic.entry.shown`."""

    workspace: Workspace

    def label(self, iri: str, language: str) -> str | None:
        """Return what people call a record or a part of one; None for other IRIs."""
        if not iri.startswith(self.workspace.settings.base_iri):
            return None
        with use_language(language):
            return label_of(self.workspace, iri)
