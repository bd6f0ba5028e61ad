"""DataCite XML, kernel 3 and 4: read into the attributes that JSON has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.documents.datacite.json_form import attributes_of
from fair_imagic.documents.datacite.json_record import reading_of
from fair_imagic.documents.datacite.kernel import NAMESPACE, kernel_named
from fair_imagic.documents.datacite.part import part_of_xml, schema_location
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND"]


def _recognise(content: Content) -> bool:
    return content.is_xml and content.root_name.startswith(f"{{{NAMESPACE}")


def _read(content: Content) -> Reading:
    root = content.xml
    tree = part_of_xml(root)
    if tree.name != "resource":
        raise InputError(
            _("This is not a DataCite record"),
            where=f"{content.name}:{tree.line}",
            expected="<resource>",
            found=f"<{tree.name}>",
        )
    lines = {one.place: one.line for one in tree.walk()}
    attributes = attributes_of(tree, lines)
    attributes["schemaVersion"] = str(root.nsmap.get(root.prefix, ""))
    if "doi" in attributes:
        attributes["doi"] = attributes["doi"].removeprefix("https://doi.org/")

    def where(place: str) -> str:
        near = place
        while near not in lines:
            near = near.rpartition("/")[0]
        return f"{content.name}:{lines[near]} ({place})"

    kernel = kernel_named(schema_location(root) or attributes["schemaVersion"])
    reading = reading_of(attributes, content, where=where, kernel=kernel, tree=tree)
    older = not attributes["schemaVersion"].startswith(SCHEMA_VERSION)
    return replace(reading, gap_codes=("older-kernels",)) if older else reading


_GAPS = (
    Gap(
        "older-kernels",
        both(
            "Records of kernel 4.0 to 4.3 are judged by the rules of kernel 4.4, those "
            "of kernel 3 by the rules of the newest"
        ),
    ),
    Gap(
        "markup-in-texts",
        both(
            "Markup and line breaks inside a description are read as plain text in "
            "one line"
        ),
    ),
)

KIND = Kind(
    "datacite-xml",
    title=lambda: "DataCite XML",
    recognise=_recognise,
    read=_read,
    profiles=("datacite",),
    rules="fair_imagic.publish.datacite.document:document_points",
    order=70,
    gaps=_GAPS,
)
