"""DataCite's official XSD, where the facility has a copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["official_points"]


def official_points(xml: bytes, folder: str, points: Points) -> Iterator[Finding]:
    """Yield what the XSD in the folder (its ``metadata.xsd``) objects to."""
    from lxml import etree

    path = Path(folder) / "metadata.xsd"
    if not path.is_file():
        raise ConfigurationError(
            _("The folder of DataCite's XSD holds no metadata.xsd"),
            where=str(path),
            hint=_("Correct the setting datacite_xsd, or leave it empty."),
        )
    schema = etree.XMLSchema(etree.parse(str(path)))
    if schema.validate(parse_xml(xml)):
        return
    log: Any = schema.error_log  # lxml's type stubs do not say that it can be read
    for error in log:
        yield points.make(
            "official-schema",
            message="DataCite's official schema objects: {value}",
            repair="Correct the value in the publication set",
            place=f"datacite.xml:{error.line}",
            value=error.message,
        )
