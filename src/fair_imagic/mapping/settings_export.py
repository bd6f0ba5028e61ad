"""The settings of an image as a file that the Micro-Meta App reads.

The document that was imported is the ground, as for microscopes: only what the record
says otherwise is written over it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.mapping.component_document import place_values
from fair_imagic.mapping.json_text import json_text
from fair_imagic.mapping.micrometa import parse_settings
from fair_imagic.mapping.settings_channel import CHANNEL_FIELDS
from fair_imagic.mapping.settings_record import SettingsTarget, describe_settings
from fair_imagic.model.graph import RecordGraph
from fair_imagic.rdf import expand, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.mapping.micrometa import Json
    from fair_imagic.rdf import Triple

__all__ = ["export_settings"]

_SETTINGS = "settings"


def export_settings(
    target: SettingsTarget, statements: Iterable[Triple], *, document: str
) -> str:
    """Return the settings of an image as the text of a Micro-Meta App file.

    ``statements`` is what the image's record says now, ``document`` the text of the
    file that was imported. Values that did not change keep their text.
    """
    content = parse_settings(document, Path(_SETTINGS))
    before = describe_settings(content, target)
    was = RecordGraph(one.triple for one in before.statements)
    now = RecordGraph(statements)
    parts = dict(before.parts)
    for subject in [one for one in now.subjects if one in parts]:
        if "#channel-" in subject and subject.rpartition("-")[2].isdecimal():
            _place_channel(parts[subject], subject, was=was, now=now)
        if subject != target.image_iri:
            place_values(subject, was=was, now=now, parts=parts)
    return json_text(content) + "\n"


def _place_channel(
    part: dict[str, Json], subject: str, *, was: RecordGraph, now: RecordGraph
) -> None:
    """Write the fields of a channel that a person has corrected since."""
    for key, path in CHANNEL_FIELDS.items():
        before, after = (graph.values(subject, expand(path)) for graph in (was, now))
        if before and after and set(before) != set(after) and not is_iri(after[0]):
            part[key] = text_of(after[0])
