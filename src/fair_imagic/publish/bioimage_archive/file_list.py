"""File lists: one row per file, columns from the images' metadata, as TSV.

TSV and not xlsx: the archive reads numbers of a spreadsheet as whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.documents.file_list import SOURCE_IMAGE, tsv_of
from fair_imagic.entry.panel import panel_words
from fair_imagic.entry.placeholder import named
from fair_imagic.model import FigurePanel, view
from fair_imagic.publish.image_words import channel_name
from fair_imagic.publish.study import said
from fair_imagic.publish.wording import (
    dimensions_text,
    instrument_name,
    measured,
    measures_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.model import File, RecordGraph
    from fair_imagic.publish.study import Computed, Pictured, Study

    # Name in the submission -> column -> texts, each once, in order.
    _Rows = dict[str, dict[str, dict[str, None]]]

__all__ = ["file_list", "panels_of", "result_list"]


def file_list(
    pictures: Iterable[Pictured],
    *,
    names: Mapping[str, str],
    panels: Mapping[str, str],
    source_names: Mapping[str, str] | None = None,
) -> bytes:
    """Return the TSV of the files of some images.

    Parameters
    ----------
    pictures
        The images; a file of several images gets one row.
    names
        IRI of a file -> its name in the submission.
    panels
        IRI of an image -> its figure and panel.
    source_names
        IRI of an image -> its file in the submission; given for masks, which must name
        the image that they were made from.
    """
    rows: _Rows = {}
    for picture in pictures:
        facts = _facts(picture, panels)
        if source_names is not None:
            facts = [(SOURCE_IMAGE, _source(picture, source_names)), *facts]
        _add_rows(rows, picture.files, facts, names)
    return tsv_of(rows)


def result_list(
    results: Iterable[Computed],
    *,
    names: Mapping[str, str],
    source_names: Mapping[str, str],
) -> bytes:
    """Return the TSV of tables, figures and other files made from images.

    ``names`` and ``source_names`` are those of ``file_list``; each file names all the
    images of the submission that it was made from.
    """
    rows: _Rows = {}
    for one in results:
        facts = [
            (SOURCE_IMAGE, source_names[image])
            for image in one.result.derived_from
            if image in source_names
        ]
        facts.append(("Kind", said(one.result.role)))
        facts.append(("Measures", measures_text(one.measures)))
        _add_rows(rows, one.files, facts, names)
    return tsv_of(rows)


def _add_rows(
    rows: _Rows,
    files: Iterable[File],
    facts: list[tuple[str, str]],
    names: Mapping[str, str],
) -> None:
    for file in files:
        row = rows.setdefault(names[file.iri], {})
        for column, text in (
            *facts,
            ("Original name", said(file.path)),
            ("SHA-256", said(file.sha256)),
        ):
            if text:
                row.setdefault(column, {})[text] = None


def _facts(picture: Pictured, panels: Mapping[str, str]) -> list[tuple[str, str]]:
    image = picture.image
    return [
        ("Image", picture.title),
        ("Figure panel", panels.get(image.iri, "")),
        ("Acquired", said(image.acquired_at)),
        ("Microscope", instrument_name(picture.instrument)),
        ("Objective", picture.lens),
        ("Dimensions", dimensions_text(picture)),
        ("Pixel type", said(image.pixel_type)),
        ("Pixel size X (um)", measured(image.physical_size_x)),
        ("Pixel size Y (um)", measured(image.physical_size_y)),
        ("Pixel size Z (um)", measured(image.physical_size_z)),
        ("Time increment (s)", measured(image.time_increment)),
        ("Channels", _channel_names(picture)),
        ("Measures", measures_text(picture.measures)),
    ]


def _channel_names(picture: Pictured) -> str:
    """Return the names of the channels; nothing where none has one."""
    if not any(named(said(one.name)) for one in picture.channels):
        return ""
    return ", ".join(map(channel_name, picture.channels))


def _source(picture: Pictured, source_names: Mapping[str, str]) -> str:
    for source in picture.image.derived_from:
        if source in source_names:
            return source_names[source]
    return ""


def panels_of(study: Study, graph: RecordGraph) -> dict[str, str]:
    """Return IRI of an image -> its figure panels (``Figure 1, panel A``)."""
    found: dict[str, list[str]] = {}
    for iri in study.record.panels:
        panel = view(FigurePanel, graph, iri)
        text = panel_words(said(panel.figure), said(panel.panel_label))
        if panel.image and text:
            found.setdefault(panel.image, []).append(text)
    return {image: "; ".join(texts) for image, texts in found.items()}
